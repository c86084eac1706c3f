#include "knockout_solver.hpp"

#include <algorithm>

namespace leaven::metabolism {

Result<std::optional<KnockoutOptimum>> KnockoutSolver::optimum(const std::vector<std::int32_t>& off) {
    const auto& problem = study_.compression.problem;
    solver_.restore(basis_);
    for (const auto j : off) solver_.set_bounds(j, 0, 0);
    auto solution = solve_certified();
    for (const auto j : off)
        solver_.set_bounds(j, problem.lower[static_cast<std::size_t>(j)], problem.upper[static_cast<std::size_t>(j)]);
    if (!solution) return pass(solution);
    if (solution->status != lp::SolveStatus::optimal) return std::optional<KnockoutOptimum>();
    solution->x.resize(problem.objective.size());
    const double value = dot(problem.objective, solution->x);
    return std::optional(KnockoutOptimum{value, std::move(solution->x)});
}

/// The dual side too: an optimum that is too low would call a strain dead that lives.
Result<lp::Solution> KnockoutSolver::solve_certified() {
    auto solution = solve_checked(study_, solver_);
    if (!solution || solution->status != lp::SolveStatus::optimal) return solution;
    constexpr double tolerances = 1000;  // residuals are relative to the size of what was summed
    const auto holds = [&](const lp::Solution& candidate) {
        const auto certificate = lp::certify(solver_.problem(), candidate);
        return std::max({certificate.primal_residual, certificate.dual_residual, certificate.gap}) <=
               tolerances * study_.tolerance;
    };
    if (holds(*solution)) return solution;
    auto again = solver_.solve_cold();
    if (again.status == lp::SolveStatus::stopped) return cancelled();
    if (again.status != lp::SolveStatus::optimal || holds(again)) return again;
    return failure(ErrorCode::bug, {"an optimum could not be certified", "无法证明最优解"})
        .advise({"try another tolerance, such as 1e-7", "可换一个容差，例如 1e-7"});
}

}  // namespace leaven::metabolism
