// Where what leaves a basis goes.
#pragma once

#include <cmath>

#include <leaven/lp/solver.hpp>

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
