// What a Model holds and a format has no place for: kept in one text under the key "leaven", which other programs pass
// over, and listed to whoever converts.
//
// It is found by comparison, not by a list of what each format lacks: a model is written, read again, and whatever
// differs is put here. So nothing can be lost in silence.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include <leaven/metabolism/convert.hpp>
#include <leaven/metabolism/model.hpp>

#include "notes.hpp"

namespace leaven::metabolism {

/// Under which formats keep it.
inline constexpr const char* extras_key = "leaven";

/// How the resources of annotations begin unless the extras say otherwise.
inline constexpr std::string_view identifiers_org = "https://identifiers.org/";

/// What a file has no place for.
struct Extras {
    std::string text;  // on one line, for the key "leaven"; bytes that are no text are replaced; empty where nothing is
    std::vector<Loss> losses;  // the same in words, one for each kind of thing
};

/// What turns `held`, as it was read back, into `wanted`.
///
/// Requires  both have the same elements in the same order
Extras extras_of(const Model& wanted, Model held);

/// Resources of annotations that begin as those of identifiers.org usually do begin with `prefix` from now on.
void change_prefix(Model& model, std::string_view prefix);

/// What was kept, as it is put back.
class KeptExtras {
public:
    KeptExtras();

    /// Errors  bad_input  no object in JSON
    static Result<KeptExtras> parse(std::string_view text, const std::string& name);

    /// The rule of a reaction, in the place of the one that its text would give; false where the extras have none.
    bool take_rule(const std::string& reaction, const std::unordered_map<std::string, std::int32_t>& genes,
                   GeneRule& rule) const;

    /// Everything else. Elements that are not in the model are passed over with a note.
    ///
    /// Errors  bad_input  something of the wrong type or out of range
    Status apply(Model& model, const std::string& name, NoteList& notes) const;

private:
    std::shared_ptr<const nlohmann::json> json_;
};

}  // namespace leaven::metabolism
