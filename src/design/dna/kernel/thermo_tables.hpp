// The tables of thermodynamic parameters that are part of the program: data/dna/*.tsv.
#pragma once

#include <string_view>
#include <vector>

namespace leaven::dna {

/// The lines of a table, comments and empty ones left out. Requires  the table is one of the program's
std::vector<std::string_view> table_lines(std::string_view name);

std::vector<std::string_view> split(std::string_view text, char separator);

/// Requires  a number, as the program's own tables have them
double table_number(std::string_view word);

}  // namespace leaven::dna
