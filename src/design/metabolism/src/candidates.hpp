// Which genes or reactions may be knocked out, which reactions may be inserted, and what each of that costs.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/design.hpp>

#include "study.hpp"

namespace leaven::metabolism {

struct Candidates {
    bool genes = true;                     // `knockable` is about genes; else about reactions
    std::vector<bool> knockable;           // of each gene or reaction of the model
    std::vector<std::int32_t> insertable;  // reactions, increasing
    std::map<std::string, double> costs;   // of an identifier; 1 where it is not here

    [[nodiscard]] double cost_of(const std::string& id) const;
};

/// Asked for or all suitable ones, less the excluded, less what is to be inserted.
///
/// Errors  not_found  an identifier that the model does not have, or no file of costs;  bad_input  a line of that file
Result<Candidates> find_candidates(const Study& study, const DesignParams& params);

/// The reactions that `insertable` names, increasing.
///
/// Errors  not_found  a reaction that the model does not have;  bad_input  one that must carry flux
Result<std::vector<std::int32_t>> find_insertable(const Model& model, const ModelIndex& index,
                                                  const std::vector<std::string>& names);

}  // namespace leaven::metabolism
