#include "knockout_solver.hpp"

namespace leaven::metabolism {

Result<std::optional<KnockoutOptimum>> KnockoutSolver::optimum(const std::vector<std::int32_t>& off) {
    const auto& problem = study_.compression.problem;
    solver_.restore(basis_);
    for (const auto j : off) solver_.set_bounds(j, 0, 0);
    auto solution = solve_checked(study_, solver_);
    for (const auto j : off)
        solver_.set_bounds(j, problem.lower[static_cast<std::size_t>(j)], problem.upper[static_cast<std::size_t>(j)]);
    if (!solution) return pass(solution);
    if (solution->status != lp::SolveStatus::optimal) return std::optional<KnockoutOptimum>();
    solution->x.resize(problem.objective.size());
    const double value = dot(problem.objective, solution->x);
    return std::optional(KnockoutOptimum{value, std::move(solution->x)});
}

}  // namespace leaven::metabolism
