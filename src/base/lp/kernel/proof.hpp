// Proofs that a problem has no optimum, each from a linear program of its own, solved from nothing.
//
// Needed where a simplex code claims "infeasible" or "unbounded" and its ray does not bear it out.
#pragma once

#include <leaven/lp/problem.hpp>
#include <leaven/lp/solver.hpp>

namespace leaven::lp {

/// The least sum of amounts by which rows must be missed. Optimum > 0: `infeasible`, with its prices as the Farkas
/// vector; else `optimal`, with a feasible point as x.
Solution least_infeasibility(const Problem& problem, const SolverOptions& options);

/// The direction within the box [-1, 1] that leaves no bound and gains most: `unbounded`, with x from
/// least_infeasibility, where it gains anything and there is such an x.
Solution steepest_ray(const Problem& problem, const SolverOptions& options);

}  // namespace leaven::lp
