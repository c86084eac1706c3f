// A medium: which exchanges may take up how much, all others nothing.
#pragma once

#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

/// Each entry is "EXCHANGE=UPTAKE" (mmol/gDW/h), or a file of lines "EXCHANGE UPTAKE" (# begins a comment; a first line
/// that holds no number is a heading). Nothing changes where there are no entries.
Status apply_medium(Model& model, const ModelIndex& index, const std::vector<std::string>& entries);

}  // namespace leaven::metabolism
