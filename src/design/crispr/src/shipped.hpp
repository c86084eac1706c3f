// Tables that are part of the program: data/crispr, with their sources in its MANIFEST.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leaven::crispr {

using ShippedRow = std::vector<std::string>;

/// The lines of a table, the first with the names of its columns. A name that is not there is a bug.
std::vector<ShippedRow> shipped_rows(std::string_view name);

}  // namespace leaven::crispr
