// The point of a network nearest to a given one: a convex quadratic program with a diagonal.
//
//     minimise  sum of weight (x - target)^2   subject to   A x = b,   lower <= x <= upper
//
// Solved through its dual: for prices y of the rows, the best x within its bounds is known column by column, and the
// dual is smooth, so Newton's method with an exact line search walks from one set of columns at their bounds to the
// next until the rows hold. So x keeps its bounds and the prices their signs exactly; all error is in the rows.
//
// Reference  Li, Sun, Toh 2020, doi:10.1137/19M1257640 (projection onto a polyhedron by a semismooth Newton method).
// Threads: pure function. Cost: a sparse factorisation each step, some tens of steps.
#pragma once

#include <span>
#include <vector>

#include <leaven/lp/problem.hpp>
#include <leaven/lp/solver.hpp>

namespace leaven::lp {

struct NearestPoint {
    SolveStatus status = SolveStatus::failed;  // optimal, stopped or failed
    double distance = 0;                       // sum of weight (x - target)^2
    std::vector<double> x = {};
    std::vector<double> row_duals = {};      // change of the distance per unit of each row's right-hand side
    std::vector<double> reduced_costs = {};  // 2 weight (x - target) - A'y: zero between bounds
    std::int64_t iterations = 0;
};

/// Requires  weights above zero; rows with both bounds equal; lower <= upper; a point that satisfies them all. Where
///           there is none the answer is `failed`: ask a linear program first.
/// Ensures   rows hold to `options.tolerance`, relative to max(1, sum of |a x|). `start` may bring the row duals of a
///           similar problem and makes the way shorter, no more.
NearestPoint nearest_point(const Problem& problem, std::span<const double> weights, std::span<const double> targets,
                           std::span<const double> start, const SolverOptions& options);

}  // namespace leaven::lp
