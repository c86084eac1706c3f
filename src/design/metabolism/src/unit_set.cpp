#include "unit_set.hpp"

#include <algorithm>
#include <utility>

namespace leaven::metabolism {

bool contains(const UnitSet& set, const UnitSet& part) {
    return std::includes(set.begin(), set.end(), part.begin(), part.end());
}

void keep_minimal(std::vector<UnitSet>& sets) {
    std::sort(sets.begin(), sets.end(),
              [](const UnitSet& a, const UnitSet& b) { return std::pair(a.size(), a) < std::pair(b.size(), b); });
    std::vector<UnitSet> kept;
    for (auto& set : sets) {
        const bool redundant =
            std::any_of(kept.begin(), kept.end(), [&](const UnitSet& smaller) { return contains(set, smaller); });
        if (!redundant) kept.push_back(std::move(set));
    }
    sets = std::move(kept);
}

}  // namespace leaven::metabolism
