#include "region_probe.hpp"

#include <cmath>

namespace leaven::metabolism {

Result<ReadyRegion> make_ready(const Study& study, const Region& region, const Context& context) {
    ReadyRegion ready{.region = region};
    auto made = on_compression(study, region);
    ready.unreachable = made.unreachable || study.compression.infeasible;
    if (ready.unreachable) return ready;
    ready.solver.emplace(std::move(made.problem),
                         lp::SolverOptions{.tolerance = study.tolerance, .stop = &context.stop_flag()});
    const auto solution = solve_checked(study, *ready.solver);
    if (!solution) return pass(solution);
    ready.unreachable = solution->status != lp::SolveStatus::optimal ||
                        !region.reached_by(solution->objective, study.tolerance);
    ready.basis = ready.solver->basis();
    return ready;
}

Result<std::optional<std::vector<std::int32_t>>> RegionProbe::reach(const std::vector<std::int32_t>& off) {
    constexpr double idle = 1e-12;  // a vitamin's flux may be very small
    using Support = std::optional<std::vector<std::int32_t>>;
    if (ready_.unreachable) return Support();
    if (!solver_) solver_.emplace(*ready_.solver);
    for (const auto j : off) solver_->set_bounds(j, 0, 0);
    solver_->restore(ready_.basis);
    const auto solution = solve_checked(study_, *solver_);
    const auto& problem = study_.compression.problem;
    for (const auto j : off) solver_->set_bounds(j, problem.lower[j], problem.upper[j]);
    ++solved_;
    if (!solution) return pass(solution);
    if (solution->status == lp::SolveStatus::unbounded)
        return failure(ErrorCode::bug, {"a bounded linear program has no limit", "有界的线性规划没有上限"});
    if (solution->status != lp::SolveStatus::optimal ||
        !ready_.region.reached_by(solution->objective, study_.tolerance))
        return Support();
    std::vector<std::int32_t> support;
    for (std::size_t j = 0; j < solution->x.size(); ++j)
        if (std::fabs(solution->x[j]) > idle) support.push_back(static_cast<std::int32_t>(j));
    return Support(std::move(support));
}

}  // namespace leaven::metabolism
