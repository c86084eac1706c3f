// The upper side of a convex set over a plane: where a concave function is linear, and with which slopes.
//
// Pure geometry: the function is asked for its value and a slope at one point after another. The least of the planes
// found so far lies nowhere below the function; where it lies above at a corner of one of its pieces, the slope there
// gives a new plane that cuts it down. When it touches at all corners it is the function, by concavity.
//
// Reference  the pieces are the phases of Edwards, Ramakrishna, Palsson 2002, doi:10.1002/bit.10047.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include <leaven/core/result.hpp>

#include "polygon.hpp"

namespace leaven::metabolism {

/// value + slope · (p - at) is nowhere below the function.
struct Tangent {
    Point at;
    double value;
    std::array<double, 2> slope;
};

using TangentAt = std::function<Result<Tangent>(Point)>;

struct Phase {
    std::array<double, 2> slope;
    std::vector<Point> region;  // counter-clockwise
};

/// The phases over a convex domain (counter-clockwise), from left to right. Pieces smaller than 1e-6 of the domain's
/// area are not told from their neighbours. None where the domain has no area.
///
/// Cost    a few questions a phase
/// Errors  those of `tangent_at`
Result<std::vector<Phase>> find_phases(const std::vector<Point>& domain, const TangentAt& tangent_at);

}  // namespace leaven::metabolism
