// Sets of small numbers as sorted lists.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace leaven::metabolism {

using NumberSet = std::vector<std::int32_t>;

inline void sort_unique(NumberSet& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

inline bool contains(const NumberSet& set, const NumberSet& part) {
    return std::includes(set.begin(), set.end(), part.begin(), part.end());
}

inline NumberSet union_of(const NumberSet& a, const NumberSet& b) {
    NumberSet both;
    both.reserve(a.size() + b.size());
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both;
}

/// What is in `a` alone.
inline NumberSet without(const NumberSet& a, const NumberSet& b) {
    NumberSet rest;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(rest));
    return rest;
}

/// Leaves out every set that holds another one; the rest by size, then members. Complexity: quadratic.
inline void keep_minimal(std::vector<NumberSet>& sets) {
    std::sort(sets.begin(), sets.end(),
              [](const NumberSet& a, const NumberSet& b) { return std::pair(a.size(), a) < std::pair(b.size(), b); });
    std::vector<NumberSet> kept;
    for (auto& set : sets)
        if (std::none_of(kept.begin(), kept.end(), [&](const NumberSet& smaller) { return contains(set, smaller); }))
            kept.push_back(std::move(set));
    sets = std::move(kept);
}

}  // namespace leaven::metabolism
