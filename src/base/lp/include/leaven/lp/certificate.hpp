// Evidence for an answer, computed from the problem and the answer alone, in unscaled units.
//
// Whoever doubts the solver can check these numbers without it: they use no basis and no factorisation.
#pragma once

#include <string>
#include <vector>

#include <leaven/lp/problem.hpp>
#include <leaven/lp/solver.hpp>

namespace leaven::lp {

struct Certificate {
    std::string kind = "none";   // optimal | infeasible | unbounded | none
    double primal_residual = 0;  // largest violation of a row, relative to max(1, sum of |a x| in it), or of a bound
    double dual_residual = 0;  // largest reduced cost or row dual of the wrong sign, relative to max(1, sum of |a y|);
                               // unbounded: how far the ray leaves the rows and bounds, relative to its size
    double gap = 0;            // |primal - dual objective| / max(1, |primal|)
    double margin = 0;         // infeasible: farkas_violation; unbounded: gain along the ray, relative to its size
};

/// Complexity: O(nonzeros).
Certificate certify(const Problem& problem, const Solution& solution);

/// How far a Farkas vector y is from proving that no x satisfies rows and bounds.
///
/// For every x within its bounds, y'(A x) lies in [least, greatest]; the rows ask for [least_asked, greatest_asked].
/// Returns the distance between the two intervals (less what rounding can have added), divided by sum |y| + sum |A'y|:
/// a value v > 0 proves that no x comes within v of satisfying every row and bound. 0 where y proves nothing. The sign
/// of y does not matter. A column without a bound counts as absent where its terms of A'y cancel to 1e-9 of their size.
/// An empty y uses no row: the result is then the largest amount by which a lower bound exceeds its upper bound.
double farkas_violation(const Problem& problem, const std::vector<double>& y);

/// Columns whose bounds, together with the rows, already make the problem infeasible, and of which none can be
/// spared (relaxing any one to infinity makes the rest feasible): a smallest conflicting set by deletion filter,
/// started from the support of the Farkas vector. In order of column. `Side` says which bound takes part.
///
/// Empty where the rows conflict among themselves, where `infeasible` is no infeasible solution, and where the
/// stop flag was raised. Cost: one warm solve for each column in the support of the Farkas vector.
enum class Side { lower, upper };
struct BoundInConflict {
    int column;
    Side side;
    double value;
    bool operator==(const BoundInConflict&) const = default;
};
std::vector<BoundInConflict> conflicting_bounds(const Problem& problem, const Solution& infeasible,
                                                const SolverOptions& options);

}  // namespace leaven::lp
