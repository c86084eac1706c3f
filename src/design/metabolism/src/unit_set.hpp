// A set of things that can be switched off, as indices that increase.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

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

/// Does `set` hold all of `part`?
bool contains(const UnitSet& set, const UnitSet& part);

/// Leaves out every set that holds another one; the rest by size, then by units. Complexity: O(n^2) in the sets.
void keep_minimal(std::vector<UnitSet>& sets);

}  // namespace leaven::metabolism
