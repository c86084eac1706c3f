// Locations on a molecule that becomes part of a longer one.
#pragma once

#include <leaven/seq/location.hpp>

namespace leaven::dna {

/// Moves a location by so many bases; on a circle of `circle` bases it starts within them. 0: a linear molecule.
inline void shift(seq::Location& location, std::int64_t by, std::int64_t circle) {
    for (auto& part : location.parts) shift(part, by, circle);
    if (!location.parts.empty() || !location.remote.empty()) return;
    auto& [start, end] = location.span;
    start += by, end += by;
    if (circle > 0 && start >= circle) start -= circle, end -= circle;
}

}  // namespace leaven::dna
