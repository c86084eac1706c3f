#include "coupling_solver.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "design_search.hpp"

namespace leaven::metabolism {

ColumnBits::ColumnBits(const std::vector<double>& flux, std::size_t columns, double idle)
    : words_((columns + 63) / 64, 0) {
    for (std::size_t j = 0; j < columns; ++j)
        if (std::fabs(flux[j]) > idle) words_[j / 64] |= std::uint64_t{1} << (j % 64);
}

bool ColumnBits::avoids(const std::vector<std::int32_t>& columns) const {
    for (const auto column : columns)
        if (has(column)) return false;
    return true;
}

std::vector<std::int32_t> ColumnBits::columns() const {
    std::vector<std::int32_t> list;
    for (std::size_t w = 0; w < words_.size(); ++w)
        for (auto bits = words_[w]; bits != 0; bits &= bits - 1)
            list.push_back(static_cast<std::int32_t>(w * 64 + static_cast<std::size_t>(std::countr_zero(bits))));
    return list;
}

CouplingSolver::CouplingSolver(const Study& study, const lp::Solver& solver, std::int32_t target)
    : study_(study),
      solver_(solver),
      growth_(study.compression.problem.objective),
      target_(growth_.size(), 0.0),
      reaction_(target),
      target_column_(study.compression.column[target]),
      target_factor_(study.compression.factor[target]) {
    target_[static_cast<std::size_t>(target_column_)] = target_factor_;
}

void CouplingSolver::switch_off(const std::vector<std::int32_t>& off) {
    const auto& problem = study_.compression.problem;
    for (const auto j : off_) solver_.set_bounds(j, problem.lower[j], problem.upper[j]);
    for (const auto j : off) solver_.set_bounds(j, 0, 0);
    off_ = off;
}

GrowthFlux CouplingSolver::flux_of(const lp::Solution& solution, double growth) const {
    const double target = solution.x[static_cast<std::size_t>(target_column_)] * target_factor_;
    return {growth, target, ColumnBits(solution.x, growth_.size())};
}

Result<std::optional<GrowthFlux>> CouplingSolver::grow() {
    solver_.set_objective(growth_, lp::Sense::maximize);
    ++solved_;
    const auto solution = solve_checked(study_, solver_);
    if (!solution) return pass(solution);
    if (solution->status == lp::SolveStatus::unbounded)
        return failure(ErrorCode::infeasible, {"growth has no limit once something is inserted", "插入后生长没有上限"})
            .at("insertable")
            .advise({"bound what feeds it", "请为其供料的反应设定上限"});
    if (solution->status != lp::SolveStatus::optimal) return std::optional<GrowthFlux>();
    return std::optional(flux_of(*solution, solution->objective));
}

Result<std::optional<GrowthFlux>> CouplingSolver::maximize_growth(const std::vector<std::int32_t>& off,
                                                                  const lp::Basis& basis) {
    hold_objective(study_, solver_, -lp::infinity, 0);
    switch_off(off);
    solver_.restore(basis);
    return grow();
}

/// Closing the target closes its column, and with it every reaction that only runs together with the target.
bool CouplingSolver::others_need_the_column() const {
    const auto& members = study_.compression.members[static_cast<std::size_t>(target_column_)];
    return std::any_of(members.begin(), members.end(),
                       [&](std::int32_t r) { return r != reaction_ && must_carry_flux(study_, r); });
}

Result<std::optional<GrowthFlux>> CouplingSolver::maximize_growth_without_target() {
    if (!std::binary_search(off_.begin(), off_.end(), target_column_)) {
        if (others_need_the_column()) return std::optional<GrowthFlux>();
        solver_.set_bounds(target_column_, 0, 0);
        off_.insert(std::lower_bound(off_.begin(), off_.end(), target_column_), target_column_);
    }
    return grow();
}

Result<GrowthFlux> CouplingSolver::optimize_target(double growth, lp::Sense sense) {
    hold_objective(study_, solver_, growth, growth_slack * std::fabs(growth));
    solver_.set_objective(target_, sense);
    ++solved_;
    const auto solution = solve_checked(study_, solver_);
    if (!solution) return pass(solution);
    if (solution->status == lp::SolveStatus::unbounded)
        return failure(ErrorCode::infeasible, {"the target has no limit", "目标产物的通量没有上限"}).at("target");
    if (solution->status != lp::SolveStatus::optimal)
        return failure(ErrorCode::bug,
                       {"the target at maximal growth could not be found", "未能求得最大生长下的目标产物通量"});
    return flux_of(*solution, growth);
}

}  // namespace leaven::metabolism
