// The certificate of an optimum together with the reduced costs that it has to compute anyway.
#pragma once

#include <vector>

#include <leaven/lp/certificate.hpp>
#include <leaven/lp/problem.hpp>
#include <leaven/lp/solver.hpp>

namespace leaven::lp {

/// Uses `x` and `row_duals` alone; writes `objective` and `reduced_costs`.
Certificate check_optimum(const Problem& problem, Solution& solution);

}  // namespace leaven::lp
