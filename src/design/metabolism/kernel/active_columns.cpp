#include "active_columns.hpp"

#include <algorithm>
#include <cmath>

namespace leaven::metabolism {
namespace {

/// The most that is worth something of a flux: so little that a thousand fluxes can have it together.
constexpr double cap = 1e-4;

/// Every column twice. The second ones are at zero until they are asked for.
lp::Problem doubled(const Study& study) {
    auto problem = solver_problem(study);
    const auto columns = study.compression.problem.matrix.columns;
    for (int j = 0; j < columns; ++j) {
        const auto begin = problem.matrix.indices.begin();
        const auto values = problem.matrix.values.begin();
        const auto first = problem.matrix.starts[static_cast<std::size_t>(j)];
        const auto last = problem.matrix.starts[static_cast<std::size_t>(j) + 1];
        problem.matrix.add_column(std::vector<int>(begin + first, begin + last),
                                  std::vector<double>(values + first, values + last));
        problem.lower.push_back(0);
        problem.upper.push_back(0);
        problem.objective.push_back(0);
    }
    std::fill(problem.objective.begin(), problem.objective.end(), 0);
    problem.sense = lp::Sense::maximize;
    return problem;
}

lp::Basis doubled(lp::Basis basis, std::int32_t columns) {
    constexpr signed char at_lower_bound = 1;
    basis.columns.insert(basis.columns.end(), static_cast<std::size_t>(columns), at_lower_bound);
    return basis;
}

}  // namespace

ActiveColumns::ActiveColumns(const Study& study, const lp::Solver& solver, const Context& context)
    : study_(study),
      columns_(study.compression.problem.matrix.columns),
      solver_(doubled(study), {.tolerance = study.tolerance, .stop = &context.stop_flag()}),
      held_(static_cast<std::size_t>(columns_), false) {
    solver_.restore(doubled(solver.basis(), columns_));
}

double ActiveColumns::lower(std::int32_t column) const {
    const auto j = static_cast<std::size_t>(column);
    return held_[j] ? 0 : study_.compression.problem.lower[j];
}

double ActiveColumns::upper(std::int32_t column) const {
    const auto j = static_cast<std::size_t>(column);
    return held_[j] ? 0 : study_.compression.problem.upper[j];
}

void ActiveColumns::hold(std::vector<std::int32_t> off) {
    for (const auto j : off_) held_[static_cast<std::size_t>(j)] = false;
    for (const auto j : off) held_[static_cast<std::size_t>(j)] = true;
    for (const auto j : off_) put_back(j);
    for (const auto j : off) put_back(j);
    off_ = std::move(off);
}

/// The column runs this way alone; the first little of it is worth something.
void ActiveColumns::ask(std::int32_t column, Way way) {
    const auto part = columns_ + column;
    if (way == Way::forwards) {
        const double most = std::min(cap, upper(column));
        solver_.set_bounds(column, 0, upper(column) - most);
        solver_.set_bounds(part, 0, most);
        solver_.set_objective_coefficient(part, 1);
    } else {
        const double most = std::max(-cap, lower(column));
        solver_.set_bounds(column, lower(column) - most, 0);
        solver_.set_bounds(part, most, 0);
        solver_.set_objective_coefficient(part, -1);
    }
}

void ActiveColumns::put_back(std::int32_t column) {
    solver_.set_bounds(column, lower(column), upper(column));
    solver_.set_bounds(columns_ + column, 0, 0);
    solver_.set_objective_coefficient(columns_ + column, 0);
}

/// Leaves the flux and its worth; along a ray the worth is infinite. Else optimal or infeasible.
Result<lp::SolveStatus> ActiveColumns::solve() {
    for (const bool cold : {false, true}) {
        auto solution = cold ? solver_.solve_cold() : solver_.solve();
        ++lps_;
        const bool unbounded = solution.status == lp::SolveStatus::unbounded;
        if (solution.status == lp::SolveStatus::stopped) return cancelled();
        if (solution.status == lp::SolveStatus::infeasible) return solution.status;
        if (!unbounded && solution.status != lp::SolveStatus::optimal) continue;
        const auto& x = unbounded ? solution.ray : solution.x;
        const auto& problem = solver_.problem();
        flux_.assign(static_cast<std::size_t>(columns_), 0);
        for (std::size_t j = 0; j < flux_.size(); ++j) {
            const auto part = static_cast<std::size_t>(columns_) + j;
            flux_[j] = unbounded ? x[j]
                                 : std::clamp(x[j], problem.lower[j], problem.upper[j]) +
                                       std::clamp(x[part], problem.lower[part], problem.upper[part]);
        }
        worth_ = unbounded ? lp::infinity : dot(problem.objective, x);
        if (unbounded || residual(study_.network, expand(study_.compression, flux_)) <= 100 * study_.tolerance)
            return solution.status;
    }
    return failure(ErrorCode::bug,
                   {"the linear program could not be solved within its tolerance", "线性规划未能在容差内求解"})
        .advise({"try another tolerance, such as 1e-7", "可换一个容差，例如 1e-7"});
}

/// Takes out what is found to run this way, until a flux finds no more of it.
Status ActiveColumns::thin_out(std::vector<std::int32_t>& columns, Way way, const Witness& witness) {
    for (bool found = true; found && !columns.empty();) {
        for (const auto j : columns) ask(j, way);
        const auto status = solve();
        for (const auto j : columns) put_back(j);
        if (!status) return pass(status);
        if (*status == lp::SolveStatus::infeasible) {  // not all of them can be turned this way at once
            worth_ = lp::infinity;
            return {};
        }
        const auto before = columns.size();
        std::erase_if(columns,
                      [&](std::int32_t j) { return std::fabs(flux_[static_cast<std::size_t>(j)]) > surely_active; });
        found = columns.size() < before;
        witness(flux_);
    }
    return {};
}

Result<std::vector<std::int32_t>> ActiveColumns::undecided(std::vector<std::int32_t> columns,
                                                           std::vector<std::int32_t>& blocked, const Witness& witness) {
    std::sort(columns.begin(), columns.end());
    std::vector<bool> seen(static_cast<std::size_t>(columns_), false);
    const Witness note = [&](const std::vector<double>& flux) {
        for (std::size_t j = 0; j < seen.size(); ++j)
            if (std::fabs(flux[j]) > surely_active) seen[j] = true;
        witness(flux);
    };
    for (const auto j : columns)  // forced
        if (lower(j) > study_.tolerance || upper(j) < -study_.tolerance) seen[static_cast<std::size_t>(j)] = true;
    const auto unseen = [&](auto wanted) {
        std::vector<std::int32_t> list;
        for (const auto j : columns)
            if (!seen[static_cast<std::size_t>(j)] && wanted(j)) list.push_back(j);
        return list;
    };
    for (const Way way : {Way::forwards, Way::backwards}) {
        auto one_way = unseen([&](std::int32_t j) {
            return way == Way::forwards ? lower(j) == 0 && upper(j) > 0 : upper(j) == 0 && lower(j) < 0;
        });
        if (auto status = thin_out(one_way, way, note); !status) return pass(status);
        if (worth_ > study_.tolerance) continue;
        for (const auto j : one_way) seen[static_cast<std::size_t>(j)] = true;
        blocked.insert(blocked.end(), one_way.begin(), one_way.end());
    }
    for (const Way way : {Way::forwards, Way::backwards}) {
        auto both_ways = unseen([&](std::int32_t j) { return lower(j) < 0 && upper(j) > 0; });
        if (auto status = thin_out(both_ways, way, note); !status) return pass(status);
    }
    return unseen([](std::int32_t) { return true; });
}

Result<bool> ActiveColumns::is_active(std::int32_t column, const Witness& witness) {
    bool active = false;
    for (const double sign : {1.0, -1.0}) {
        if (active || (sign > 0 ? upper(column) <= 0 : lower(column) >= 0)) continue;
        solver_.set_objective_coefficient(column, sign);
        const auto status = solve();
        solver_.set_objective_coefficient(column, 0);
        if (!status) return pass(status);
        if (*status == lp::SolveStatus::infeasible)
            return failure(ErrorCode::bug, {"a feasible network became infeasible", "可行的网络变得不可行"});
        active = worth_ > study_.tolerance;
        if (active) witness(flux_);
    }
    return active;
}

Result<std::vector<std::int32_t>> ActiveColumns::blocked_of(std::vector<std::int32_t> columns, const Witness& witness) {
    std::vector<std::int32_t> blocked;
    const auto left = undecided(std::move(columns), blocked, witness);
    if (!left) return pass(left);
    std::vector<bool> seen(static_cast<std::size_t>(columns_), false);
    for (const auto j : *left) {
        if (seen[static_cast<std::size_t>(j)]) continue;
        const auto active = is_active(j, [&](const std::vector<double>& flux) {
            for (std::size_t k = 0; k < seen.size(); ++k)
                if (std::fabs(flux[k]) > surely_active) seen[k] = true;
            witness(flux);
        });
        if (!active) return pass(active);
        if (!*active) blocked.push_back(j);
    }
    std::sort(blocked.begin(), blocked.end());
    return blocked;
}

}  // namespace leaven::metabolism
