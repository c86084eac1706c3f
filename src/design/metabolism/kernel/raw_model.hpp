// What a file in JSON, YAML or MATLAB's format says, in the order it says it, and the Model made of it once all is
// known.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

/// A reaction before the metabolites are all known: they may come later in the file.
struct RawReaction {
    Reaction reaction;  // `rule.text` as written
    std::vector<std::pair<std::string, double>> terms;
    std::optional<double> lower;
    std::optional<double> upper;
    double objective = 0;
};

struct RawModel {
    Model model;  // without reactions
    std::vector<RawReaction> reactions;
    bool has_metabolites = false;
    bool has_reactions = false;
    std::string extras;                   // the text under the key "leaven"
    std::vector<std::string> left_out;    // names of parts of the file that are not read
    bool has_control_characters = false;  // in texts other than identifiers; replaced
};

/// Errors  bad_input  an identifier is absent or used twice, a reaction names what is not declared, bounds cross
Result<Model> assemble(RawModel raw, const std::string& name);

}  // namespace leaven::metabolism
