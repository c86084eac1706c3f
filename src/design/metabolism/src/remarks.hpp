// Remarks about elements, as the formats spell them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

/// A remark as every format can hold it: blanks at the ends removed; of a key with a colon, what follows the colon
/// belongs to the text; an empty key is "note".
Remark make_remark(std::string_view key, std::string_view text);

/// Words that old files put among the remarks for what has a place of its own: GENE_ASSOCIATION, SUBSYSTEM, FORMULA,
/// CHARGE. No Model keeps them as remarks.
bool is_field_key(std::string_view key);

}  // namespace leaven::metabolism
