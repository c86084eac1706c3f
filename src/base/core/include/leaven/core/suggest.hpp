// The names a person may have meant: used wherever a name is not known.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leaven {

/// Number of single-character insertions, deletions, replacements and swaps of neighbours between two words
/// (optimal string alignment), upper and lower case alike. Cost: O(|a| |b|).
int edit_distance(std::string_view a, std::string_view b);

/// At most `limit` of the `known` names nearest to `name`, best first; none where nothing is near.
std::vector<std::string> nearest(std::string_view name, std::span<const std::string> known, std::size_t limit = 3);

}  // namespace leaven
