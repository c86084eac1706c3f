// Positions on a molecule: 0-based and half-open, so that the length is always end - start.
//
// On a circular molecule of n bases an interval that passes the origin has end > n: [n - 3, n + 2) is the last three
// bases and the first two.
#pragma once

#include <compare>
#include <cstdint>

namespace leaven::seq {

struct Interval {
    std::int64_t start = 0;
    std::int64_t end = 0;

    [[nodiscard]] std::int64_t length() const { return end - start; }
    [[nodiscard]] bool empty() const { return end <= start; }
    auto operator<=>(const Interval&) const = default;
};

enum class Strand : std::int8_t { forward = 1, reverse = -1 };

inline Strand opposite(Strand strand) { return strand == Strand::forward ? Strand::reverse : Strand::forward; }

/// "+" or "-"
inline const char* name_of(Strand strand) { return strand == Strand::forward ? "+" : "-"; }

enum class Topology : std::uint8_t { linear, circular };

}  // namespace leaven::seq
