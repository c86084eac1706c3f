// Tables in tab-separated text, as the shipped catalogues are written.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace leaven::policy {

/// The parts between separators; none of an empty text.
std::vector<std::string> split(std::string_view text, char separator);

/// Each row by the names of the first line.
std::vector<std::map<std::string, std::string>> separated_rows(std::string_view text);

}  // namespace leaven::policy
