// The shadow of a convex set in the plane, found by asking how far it reaches in one direction after another.
//
// Pure geometry: where the points come from is the caller's business. Cost: one question a vertex and one an edge.
#pragma once

#include <functional>
#include <vector>

#include <leaven/core/result.hpp>

namespace leaven::metabolism {

struct Point {
    double x;
    double y;
};

/// A point of the set that reaches farthest along (x, y).
using Reach = std::function<Result<Point>(Point direction)>;

/// The vertices, counter-clockwise from the one of least x (then least y); two of a segment, one of a point.
///
/// Ensures  no point of the set lies outside by more than 1e-8 of the set's extent; no three vertices in a line.
/// Errors   those of `reach`
Result<std::vector<Point>> find_polygon(const Reach& reach);

}  // namespace leaven::metabolism
