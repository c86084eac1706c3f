#include "active_columns.hpp"

#include <algorithm>
#include <cmath>

namespace leaven::metabolism {

ActiveColumns::ActiveColumns(const Study& study, const lp::Solver& solver)
    : study_(study), solver_(solver), objective_(solver.problem().objective.size(), 0) {
    solver_.set_objective(objective_, lp::Sense::maximize);
}

void ActiveColumns::hold(const std::vector<std::int32_t>& off) {
    const auto& problem = study_.compression.problem;
    for (const auto j : off_)
        solver_.set_bounds(j, problem.lower[static_cast<std::size_t>(j)], problem.upper[static_cast<std::size_t>(j)]);
    for (const auto j : off) solver_.set_bounds(j, 0, 0);
    off_ = off;
}

/// 1 and -1 where the column can run one way only, 0 where it can run both.
double ActiveColumns::direction(std::int32_t column) const {
    const auto& problem = solver_.problem();
    if (problem.lower[static_cast<std::size_t>(column)] >= 0) return 1;
    return problem.upper[static_cast<std::size_t>(column)] <= 0 ? -1 : 0;
}

/// The greatest sum of these fluxes, with `flux_` to show it; infinity and a ray where there is none. Zero is proved.
Result<double> ActiveColumns::maximize(const std::vector<std::int32_t>& columns, const std::vector<double>& signs) {
    std::fill(objective_.begin(), objective_.end(), 0);
    for (std::size_t i = 0; i < columns.size(); ++i) objective_[static_cast<std::size_t>(columns[i])] = signs[i];
    solver_.set_objective(objective_, lp::Sense::maximize);
    for (const bool cold : {false, true}) {
        if (cold) solver_.solve_cold();
        auto solution = solve_checked(study_, solver_);
        ++lps_;
        if (!solution) return pass(solution);
        if (solution->status == lp::SolveStatus::unbounded) {
            flux_ = std::move(solution->ray);
            return lp::infinity;
        }
        if (solution->status != lp::SolveStatus::optimal) break;
        flux_ = solution->x;
        const double sum = dot(objective_, flux_);
        if (sum > study_.tolerance) return sum;
        constexpr double tolerances = 1000;  // residuals are relative to the size of what was summed
        const auto certificate = lp::certify(solver_.problem(), *solution);
        if (std::max(certificate.dual_residual, certificate.gap) <= tolerances * study_.tolerance) return 0;
    }
    return failure(ErrorCode::bug, {"whether a flux is blocked could not be proved", "无法证明某通量是否阻断"})
        .advise({"try another tolerance, such as 1e-7", "可换一个容差，例如 1e-7"});
}

Result<std::vector<std::int32_t>> ActiveColumns::undecided(std::vector<std::int32_t> columns,
                                                           std::vector<std::int32_t>& blocked, const Witness& witness) {
    std::vector<std::int32_t> one_way;
    std::vector<std::int32_t> both_ways;
    for (const auto j : columns) (direction(j) != 0 ? one_way : both_ways).push_back(j);
    const auto leave_out_active = [&](std::vector<std::int32_t>& list) {
        const auto before = list.size();
        std::erase_if(list,
                      [&](std::int32_t j) { return std::fabs(flux_[static_cast<std::size_t>(j)]) > surely_active; });
        return list.size() < before;
    };
    // First all together; fluxes that can run both ways are pushed one way, then the other.
    double push = 1;
    for (int in_vain = 0; !both_ways.empty() && in_vain < 2; push = -push) {
        auto all = one_way;
        all.insert(all.end(), both_ways.begin(), both_ways.end());
        std::vector<double> signs;
        for (const auto j : all) signs.push_back(direction(j) != 0 ? direction(j) : push);
        if (const auto sum = maximize(all, signs); !sum) return pass(sum);
        witness(flux_);
        const bool fewer = leave_out_active(one_way);
        in_vain = leave_out_active(both_ways) || fewer ? 0 : in_vain + 1;
    }
    while (!one_way.empty()) {
        std::vector<double> signs;
        for (const auto j : one_way) signs.push_back(direction(j));
        const auto sum = maximize(one_way, signs);
        if (!sum) return pass(sum);
        if (*sum == 0) {
            blocked.insert(blocked.end(), one_way.begin(), one_way.end());
            one_way.clear();
            break;
        }
        witness(flux_);
        if (!leave_out_active(one_way)) break;
    }
    one_way.insert(one_way.end(), both_ways.begin(), both_ways.end());
    std::sort(one_way.begin(), one_way.end());
    return one_way;
}

Result<bool> ActiveColumns::is_active(std::int32_t column, const Witness& witness) {
    const double way = direction(column);
    for (const double sign : {1.0, -1.0}) {
        if (way == -sign) continue;
        const auto most = maximize({column}, {sign});
        if (!most) return pass(most);
        if (*most == 0) continue;
        witness(flux_);
        return true;
    }
    return false;
}

Result<std::vector<std::int32_t>> ActiveColumns::blocked_of(std::vector<std::int32_t> columns, const Witness& witness) {
    std::vector<std::int32_t> blocked;
    std::vector<bool> seen(objective_.size(), false);
    const Witness note = [&](const std::vector<double>& flux) {
        for (std::size_t j = 0; j < seen.size(); ++j)
            if (std::fabs(flux[j]) > surely_active) seen[j] = true;
        witness(flux);
    };
    const auto left = undecided(std::move(columns), blocked, note);
    if (!left) return pass(left);
    for (const auto j : *left) {
        if (seen[static_cast<std::size_t>(j)]) continue;
        const auto active = is_active(j, note);
        if (!active) return pass(active);
        if (!*active) blocked.push_back(j);
    }
    std::sort(blocked.begin(), blocked.end());
    return blocked;
}

}  // namespace leaven::metabolism
