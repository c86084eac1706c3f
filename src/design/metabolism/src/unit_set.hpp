// A set of things that can be switched off, as numbers that increase.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "sort_unique.hpp"

namespace leaven::metabolism {

/// Units, increasing.
using UnitSet = std::vector<std::int32_t>;

/// FNV-1a over the numbers.
struct UnitSetHash {
    std::size_t operator()(const UnitSet& set) const {
        std::size_t hash = 1469598103934665603ULL;
        for (const auto unit : set) hash = (hash ^ static_cast<std::size_t>(unit)) * 1099511628211ULL;
        return hash;
    }
};

inline bool contains(const UnitSet& set, const UnitSet& part) {
    return std::includes(set.begin(), set.end(), part.begin(), part.end());
}

inline UnitSet union_of(const UnitSet& a, const UnitSet& b) {
    UnitSet both;
    both.reserve(a.size() + b.size());
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both;
}

/// What is in `a` alone.
inline UnitSet without(const UnitSet& a, const UnitSet& b) {
    UnitSet rest;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(rest));
    return rest;
}

/// Leaves out every set that holds another one; the rest by size, then members. Complexity: quadratic where sizes
/// differ, else that of sorting.
inline void keep_minimal(std::vector<UnitSet>& sets) {
    std::sort(sets.begin(), sets.end(),
              [](const UnitSet& a, const UnitSet& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; });
    sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
    std::vector<UnitSet> kept;
    std::size_t smaller = 0;  // how many of those kept have fewer members: of one size none holds another
    for (auto& set : sets) {
        if (!kept.empty() && kept.back().size() < set.size()) smaller = kept.size();
        const auto end = kept.begin() + static_cast<std::ptrdiff_t>(smaller);
        if (std::none_of(kept.begin(), end, [&](const UnitSet& one) { return contains(set, one); }))
            kept.push_back(std::move(set));
    }
    sets = std::move(kept);
}

}  // namespace leaven::metabolism
