#include "region_probe.hpp"

#include "flux_store.hpp"

namespace leaven::metabolism {

namespace {

bool is_reached(const lp::Solution& solution, const Region& region, double tolerance) {
    return solution.status == lp::SolveStatus::unbounded ||
           (solution.status == lp::SolveStatus::optimal && region.reached_by(solution.objective, tolerance));
}

}  // namespace

Result<ReadyRegion> make_ready(const Study& study, const Region& region, const Context& context) {
    ReadyRegion ready{.region = region};
    auto made = on_compression(study, region);
    ready.decisive_row = made.decisive_row;
    ready.unreachable = made.unreachable || study.compression.infeasible;
    if (ready.unreachable) return ready;
    ready.solver.emplace(std::move(made.problem),
                         lp::SolverOptions{.tolerance = study.tolerance, .stop = &context.stop_flag()});
    const auto solution = solve_checked(study, *ready.solver);
    if (!solution) return pass(solution);
    ready.unreachable = !is_reached(*solution, region, study.tolerance);
    ready.basis = ready.solver->basis();
    return ready;
}

/// A point of the region, as the solver's bounds stand; none where there is none.
Result<std::optional<lp::Solution>> RegionProbe::solve() {
    ++solved_;
    auto solution = solve_checked(study_, *solver_);
    if (!solution) return pass(solution);
    if (!is_reached(*solution, ready_.region, study_.tolerance)) return std::optional<lp::Solution>();
    if (solution->status == lp::SolveStatus::optimal) return std::optional(*std::move(solution));
    // The optimum has no limit, so that the bound can be asked for as it stands: any point will do.
    const auto& region = ready_.region;
    const auto objective = solver_->problem().objective;
    const double lower = solver_->problem().row_lower[ready_.decisive_row];
    const double upper = solver_->problem().row_upper[ready_.decisive_row];
    const bool maximize = region.sense == lp::Sense::maximize;
    solver_->set_objective(std::vector<double>(objective.size(), 0), region.sense);
    solver_->set_row_bounds(ready_.decisive_row, maximize ? region.bound : lower, maximize ? upper : region.bound);
    ++solved_;
    solution = solve_checked(study_, *solver_);
    solver_->set_objective(objective, region.sense);
    solver_->set_row_bounds(ready_.decisive_row, lower, upper);
    if (!solution) return pass(solution);
    if (solution->status != lp::SolveStatus::optimal)
        return failure(ErrorCode::bug, {"a region without limit has no point", "无界区域中没有点"});
    return std::optional(*std::move(solution));
}

Result<std::optional<std::vector<std::int32_t>>> RegionProbe::reach(const std::vector<std::int32_t>& off) {
    using Support = std::optional<std::vector<std::int32_t>>;
    if (ready_.unreachable) return Support();
    if (!solver_) solver_.emplace(*ready_.solver);
    for (const auto j : off) solver_->set_bounds(j, 0, 0);
    solver_->restore(ready_.basis);
    const auto solution = solve();
    const auto& problem = study_.compression.problem;
    for (const auto j : off) solver_->set_bounds(j, problem.lower[j], problem.upper[j]);
    if (!solution) return pass(solution);
    if (!*solution) return Support();
    return Support(support_of((*solution)->x));
}

}  // namespace leaven::metabolism
