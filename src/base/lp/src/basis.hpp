// The places a column or a row can have in a Basis.
#pragma once

#include <cmath>

namespace leaven::lp::place {

inline constexpr signed char basic = 0;
inline constexpr signed char lower = 1;
inline constexpr signed char upper = 2;
inline constexpr signed char between = 3;  // not basic and at no bound: a free variable, at zero

}  // namespace leaven::lp::place

namespace leaven::lp {

/// A place out of the basis that these bounds allow: `wish` where it has a bound, else the bound nearest to zero.
inline signed char nearest_place(signed char wish, double lower, double upper) {
    const bool has_lower = !std::isinf(lower);
    const bool has_upper = !std::isinf(upper);
    if (wish == place::lower && has_lower) return place::lower;
    if (wish == place::upper && has_upper) return place::upper;
    if (has_lower && has_upper) return std::abs(lower) <= std::abs(upper) ? place::lower : place::upper;
    if (has_lower) return place::lower;
    return has_upper ? place::upper : place::between;
}

}  // namespace leaven::lp
