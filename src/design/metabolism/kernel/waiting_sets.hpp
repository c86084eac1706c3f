// Sets of units that are yet to be looked at, each with the node that led to it: millions, in a few blocks of memory,
// so that they are let go at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "unit_set.hpp"

namespace leaven::metabolism {

/// Requires  all sets have the same size, one at least.
class WaitingSets {
public:
    /// A set may be added more than once: the smallest node counts.
    void add(const UnitSet& set, std::uint32_t node);

    /// Tells each set once, in order, until `visit` returns false; then lets all go. Complexity: O(n log n).
    void drain(const std::function<bool(const UnitSet& set, std::uint32_t node)>& visit);

private:
    using Rows = std::vector<std::int32_t>;  // for each set its units, then the node

    bool visit_rows(const Rows& rows, const std::function<bool(const UnitSet&, std::uint32_t)>& visit) const;

    std::size_t size_ = 0;         // of each set
    std::vector<Rows> beginning_;  // by the first unit
};

}  // namespace leaven::metabolism
