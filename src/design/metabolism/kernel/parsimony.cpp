#include "parsimony.hpp"

#include <algorithm>
#include <cmath>

namespace leaven::metabolism {
namespace {

/// The columns of the split network under construction.
struct Split {
    lp::Problem problem;
    std::vector<std::int32_t> forward;
    std::vector<std::int32_t> backward;
};

/// Appends column j of the compression, its entries times `sign`.
std::int32_t append(const Study& study, lp::Problem& problem, int j, double sign) {
    const auto& from = study.compression.problem;
    const auto begin = from.matrix.starts[j];
    const auto end = from.matrix.starts[j + 1];
    std::vector<int> rows(from.matrix.indices.begin() + begin, from.matrix.indices.begin() + end);
    std::vector<double> values(from.matrix.values.begin() + begin, from.matrix.values.begin() + end);
    if (study.objective_row >= 0 && from.objective[j] != 0) {
        rows.push_back(study.objective_row);
        values.push_back(from.objective[j]);
    }
    for (auto& value : values) value *= sign;
    problem.matrix.add_column(rows, values);
    problem.lower.push_back(std::max(0.0, sign > 0 ? from.lower[j] : -from.upper[j]));
    problem.upper.push_back(std::max(0.0, sign > 0 ? from.upper[j] : -from.lower[j]));
    double cost = 0;
    for (const auto r : study.compression.members[j]) cost += std::fabs(study.compression.factor[r]);
    problem.objective.push_back(cost);
    return problem.matrix.columns - 1;
}

Split split(const Study& study) {
    const auto& from = study.compression.problem;
    Split out;
    out.problem.sense = lp::Sense::minimize;
    out.problem.row_lower = from.row_lower;
    out.problem.row_upper = from.row_upper;
    if (study.objective_row >= 0) {
        out.problem.row_lower.push_back(-lp::infinity);
        out.problem.row_upper.push_back(lp::infinity);
    }
    out.problem.matrix.rows = static_cast<int>(out.problem.row_lower.size());
    for (int j = 0; j < from.matrix.columns; ++j) {
        out.forward.push_back(from.upper[j] > 0 ? append(study, out.problem, j, 1) : -1);
        out.backward.push_back(from.lower[j] < 0 ? append(study, out.problem, j, -1) : -1);
    }
    return out;
}

}  // namespace

LeastFlux::LeastFlux(const Study& study, const Context& context)
    : study_(study), solver_([&] {
          auto parts = split(study);
          forward_ = std::move(parts.forward);
          backward_ = std::move(parts.backward);
          return lp::Solver(std::move(parts.problem), {.tolerance = study.tolerance, .stop = &context.stop_flag()});
      }()) {}

/// A column stands in its half that carries its flux, and so does what is basic; the other half is at zero.
void LeastFlux::start_from(const lp::Solver& solver, const std::vector<double>& w) {
    constexpr int most_rows = 1200;  // more are quicker from nothing, presolved: Human-GEM in half the time
    if (solver_.problem().matrix.rows > most_rows) return;
    const auto basis = solver.bare_basis();
    lp::Basis start;
    start.columns.assign(solver_.problem().matrix.columns, lp::place::lower);
    start.rows = basis.rows;
    for (std::size_t j = 0; j < forward_.size(); ++j) {
        const bool runs_back = backward_[j] >= 0 && (w[j] < 0 || forward_[j] < 0);
        const auto half = runs_back ? backward_[j] : forward_[j];
        if (half < 0) continue;
        const double above = std::fabs(w[j]) - solver_.problem().lower[half];
        const double below = solver_.problem().upper[half] - std::fabs(w[j]);
        start.columns[half] = basis.columns[j] == lp::place::basic ? lp::place::basic
                              : below < above                      ? lp::place::upper
                                                                   : lp::place::lower;
    }
    solver_.restore(start);
}

void LeastFlux::hold_objective(double value, double loss) {
    const bool maximize = study_.network.problem.sense == lp::Sense::maximize;
    const double least = maximize ? value - loss : -lp::infinity;
    const double greatest = maximize ? lp::infinity : value + loss;
    if (study_.objective_row >= 0) solver_.set_row_bounds(study_.objective_row, least, greatest);
}

void LeastFlux::set_bounds(std::int32_t column, double lower, double upper) {
    if (forward_[column] >= 0) solver_.set_bounds(forward_[column], std::max(0.0, lower), std::max(0.0, upper));
    if (backward_[column] >= 0) solver_.set_bounds(backward_[column], std::max(0.0, -upper), std::max(0.0, -lower));
}

Result<LeastFlux::Flux> LeastFlux::keeping(double value) {
    constexpr double greatest_loss = 1e-7;
    for (double loss = allowed_loss(value, 1);; loss *= 10) {
        hold_objective(value, loss);
        auto flux = solve();
        const bool unattained = !flux && flux.error().code != ErrorCode::cancelled;
        if (!unattained || loss == 0 || loss > greatest_loss * std::fabs(value)) return flux;
    }
}

Result<LeastFlux::Flux> LeastFlux::solve() {
    const auto solution = solver_.solve();
    if (solution.status == lp::SolveStatus::stopped) return cancelled();
    if (solution.status == lp::SolveStatus::infeasible)
        return infeasible({"no flux distribution keeps the objective", "没有能保持目标值的通量分布"});
    if (solution.status != lp::SolveStatus::optimal)
        return failure(ErrorCode::bug, {"the least total flux could not be found", "未能求出最小总通量"});
    const auto& problem = solver_.problem();
    const auto within = [&](std::int32_t j) { return std::clamp(solution.x[j], problem.lower[j], problem.upper[j]); };
    std::vector<double> w(forward_.size(), 0);
    for (std::size_t j = 0; j < w.size(); ++j) {
        if (forward_[j] >= 0) w[j] += within(forward_[j]);
        if (backward_[j] >= 0) w[j] -= within(backward_[j]);
    }
    return Flux{expand(study_.compression, w), to_certificate(lp::certify(problem, solution))};
}

double total_flux(const std::vector<double>& flux) {
    double total = 0;
    for (const double v : flux) total += std::fabs(v);
    return total;
}

}  // namespace leaven::metabolism
