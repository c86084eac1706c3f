#include "proof.hpp"

#include <algorithm>
#include <cmath>

#include "clp.hpp"

namespace leaven::lp {
namespace {

Problem with_row_slacks(Problem problem) {
    problem.sense = Sense::minimize;
    problem.objective.assign(problem.matrix.columns, 0);
    for (int i = 0; i < problem.matrix.rows; ++i)
        for (const double side : {1.0, -1.0}) {
            problem.matrix.add_column({i}, {side});
            problem.lower.push_back(0);
            problem.upper.push_back(infinity);
            problem.objective.push_back(1);
        }
    return problem;
}

/// Steps that may be repeated for ever.
Problem recession_cone(Problem problem) {
    for (auto* bounds : {&problem.lower, &problem.row_lower})
        for (auto& bound : *bounds) bound = std::isinf(bound) ? -1 : 0;
    for (auto* bounds : {&problem.upper, &problem.row_upper})
        for (auto& bound : *bounds) bound = std::isinf(bound) ? 1 : 0;
    for (int i = 0; i < problem.matrix.rows; ++i) {
        if (problem.row_lower[i] < 0) problem.row_lower[i] = -infinity;
        if (problem.row_upper[i] > 0) problem.row_upper[i] = infinity;
    }
    return problem;
}

}  // namespace

Solution least_infeasibility(const Problem& problem, const SolverOptions& options) {
    const auto elastic = with_row_slacks(problem);
    auto found = Clp(elastic, options).cold_dual();
    if (found.status != SolveStatus::optimal) found = Clp(elastic, options).cold_primal();
    if (found.status == SolveStatus::stopped) return found;
    if (found.status != SolveStatus::optimal) return {};
    double missed = 0;
    for (std::size_t j = problem.matrix.columns; j < found.x.size(); ++j) missed += std::abs(found.x[j]);
    found.x.resize(problem.matrix.columns);
    if (missed > options.tolerance) {
        found.status = SolveStatus::infeasible;
        std::swap(found.ray, found.row_duals);
    }
    return found;
}

Solution steepest_ray(const Problem& problem, const SolverOptions& options) {
    auto direction = Clp(recession_cone(problem), options).cold_primal();
    if (direction.status == SolveStatus::stopped) return direction;
    if (direction.status != SolveStatus::optimal) return {};
    auto point = least_infeasibility(problem, options);
    if (point.status != SolveStatus::optimal) return point;
    return {.status = SolveStatus::unbounded, .x = point.x, .ray = direction.x, .iterations = direction.iterations};
}

}  // namespace leaven::lp
