#include "loops.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

namespace leaven::metabolism {
namespace {

/// Below this a column stands still but for rounding.
constexpr double idle = 1e-8;

bool has_one_side(const lp::SparseMatrix& matrix, int j) {
    bool makes = false;
    bool uses = false;
    for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k) (matrix.values[k] > 0 ? makes : uses) = true;
    return !(makes && uses);
}

bool is_internal(const Study& study, std::size_t column) {
    const auto& members = study.compression.members[column];
    return std::none_of(members.begin(), members.end(),
                        [&](std::int32_t r) { return has_one_side(study.network.problem.matrix, r); });
}

/// Directions left after those are taken out, again and again, that a row shows to be in no loop: what a column makes
/// another must be able to use, and what it uses another must make.
class Peeling {
public:
    Peeling(const lp::SparseMatrix& matrix, std::vector<char> forward, std::vector<char> backward)
        : matrix_(matrix), forward_(std::move(forward)), backward_(std::move(backward)) {
        while (pass()) {
        }
    }
    [[nodiscard]] bool forward(int j) const { return forward_[j] != 0; }
    [[nodiscard]] bool backward(int j) const { return backward_[j] != 0; }

private:
    bool pass() {
        std::vector<int> makers(matrix_.rows, 0);
        std::vector<int> users(matrix_.rows, 0);
        for_each_entry([&](int row, char makes, char uses, char&, char&) {
            makers[row] += makes;
            users[row] += uses;
        });
        bool changed = false;
        for_each_entry([&](int row, char makes, char uses, char& making, char& using_up) {
            if (makes && users[row] == uses) making = 0, changed = true;
            if (uses && makers[row] == makes) using_up = 0, changed = true;
        });
        return changed;
    }

    void for_each_entry(const auto& visit) {
        for (int j = 0; j < matrix_.columns; ++j) {
            for (int k = matrix_.starts[j]; k < matrix_.starts[j + 1] && (forward_[j] || backward_[j]); ++k) {
                auto& making = matrix_.values[k] > 0 ? forward_[j] : backward_[j];
                auto& using_up = matrix_.values[k] > 0 ? backward_[j] : forward_[j];
                visit(matrix_.indices[k], making, using_up, making, using_up);
            }
        }
    }

    const lp::SparseMatrix& matrix_;
    std::vector<char> forward_, backward_;
};

/// Appends column j of the compression, times `sign`, with `more` in the rows that follow.
void append(lp::Problem& problem, const lp::SparseMatrix& from, int j, double sign,
            const std::vector<std::pair<int, double>>& more) {
    std::vector<int> rows(from.indices.begin() + from.starts[j], from.indices.begin() + from.starts[j + 1]);
    std::vector<double> values(from.values.begin() + from.starts[j], from.values.begin() + from.starts[j + 1]);
    for (auto& value : values) value *= sign;
    for (const auto& [row, value] : more) {
        if (value == 0) continue;
        rows.push_back(row);
        values.push_back(value);
    }
    problem.matrix.add_column(rows, values);
    problem.lower.push_back(0);
    problem.upper.push_back(0);
    problem.objective.push_back(0);
}

/// Rows that no column touches only cost time.
lp::Problem without_empty_rows(lp::Problem problem) {
    std::vector<int> place(problem.matrix.rows, -1);
    for (const int row : problem.matrix.indices) place[row] = 0;
    int count = 0;
    lp::Problem out = problem;
    out.row_lower.clear();
    out.row_upper.clear();
    for (int i = 0; i < problem.matrix.rows; ++i) {
        if (place[i] < 0) continue;
        place[i] = count++;
        out.row_lower.push_back(problem.row_lower[i]);
        out.row_upper.push_back(problem.row_upper[i]);
    }
    out.matrix.rows = count;
    for (auto& row : out.matrix.indices) row = place[row];
    return out;
}

/// Finds which of the directions left by peeling are in some loop.
class DirectionFinder {
public:
    DirectionFinder(const Study& study, const Peeling& peeling, const Context& context) {
        constexpr double box = 1000;
        lp::Problem problem;
        problem.sense = lp::Sense::maximize;
        problem.row_lower.assign(study.compression.problem.matrix.rows, 0);
        problem.row_upper = problem.row_lower;
        problem.matrix.rows = study.compression.problem.matrix.rows;
        for (int j = 0; j < study.compression.problem.matrix.columns; ++j) {
            if (!peeling.forward(j) && !peeling.backward(j)) continue;
            columns_.push_back(j);
            append(problem, study.compression.problem.matrix, j, 1, {});
            problem.lower.back() = peeling.backward(j) ? -box : 0;
            problem.upper.back() = peeling.forward(j) ? box : 0;
        }
        runs_.assign(columns_.size(), {false, false});
        solver_ =
            std::make_unique<lp::Solver>(without_empty_rows(std::move(problem)),
                                         lp::SolverOptions{.tolerance = study.tolerance, .stop = &context.stop_flag()});
    }

    Status run() {
        constexpr double runs = 1e-5;
        for (std::size_t k = 0; k < columns_.size(); ++k) {
            const auto j = static_cast<int>(k);
            for (const int side : {0, 1}) {
                const double end = side == 0 ? solver_->problem().upper[k] : solver_->problem().lower[k];
                if (runs_[k][side] || end == 0) continue;
                solver_->set_objective_coefficient(j, side == 0 ? 1 : -1);
                const auto solution = solver_->solve();
                solver_->set_objective_coefficient(j, 0);
                if (solution.status == lp::SolveStatus::stopped) return cancelled();
                if (solution.status != lp::SolveStatus::optimal)
                    return failure(ErrorCode::bug, {"the internal loops could not be found", "未能求出内部循环"});
                for (std::size_t i = 0; i < columns_.size(); ++i) {
                    if (solution.x[i] > runs) runs_[i][0] = true;
                    if (solution.x[i] < -runs) runs_[i][1] = true;
                }
            }
        }
        return {};
    }

    [[nodiscard]] const std::vector<std::int32_t>& columns() const { return columns_; }
    [[nodiscard]] const std::vector<std::array<bool, 2>>& runs() const { return runs_; }

private:
    std::vector<std::int32_t> columns_;
    std::vector<std::array<bool, 2>> runs_;
    std::unique_ptr<lp::Solver> solver_;
};

}  // namespace

Result<Loops> Loops::find(const Study& study, const std::vector<double>& lower, const std::vector<double>& upper,
                          const Context& context) {
    std::vector<char> forward;
    std::vector<char> backward;
    for (std::size_t j = 0; j < lower.size(); ++j) {
        const bool internal = is_internal(study, j);
        forward.push_back(internal && upper[j] > 0);
        backward.push_back(internal && lower[j] < 0);
    }
    const Peeling peeling(study.compression.problem.matrix, std::move(forward), std::move(backward));
    DirectionFinder finder(study, peeling, context);
    if (auto status = finder.run(); !status) return pass(status);
    std::vector<std::int32_t> columns;
    std::vector<std::array<bool, 2>> runs;
    for (std::size_t k = 0; k < finder.columns().size(); ++k) {
        if (!finder.runs()[k][0] && !finder.runs()[k][1]) continue;
        columns.push_back(finder.columns()[k]);
        runs.push_back(finder.runs()[k]);
    }
    return Loops(study, std::move(columns), std::move(runs), context);
}

Loops::Loops(const Study& study, std::vector<std::int32_t> columns, std::vector<std::array<bool, 2>> runs,
             const Context& context)
    : columns_(std::move(columns)), runs_(std::move(runs)), place_(study.compression.members.size(), -1) {
    const auto& from = study.compression.problem;
    lp::Problem problem;
    problem.row_lower.assign(from.matrix.rows, 0);
    problem.row_lower.push_back(-lp::infinity);  // sum
    problem.row_lower.push_back(0);              // objective
    problem.row_upper = problem.row_lower;
    problem.row_upper[from.matrix.rows] = lp::infinity;
    problem.matrix.rows = from.matrix.rows + 2;
    for (std::size_t k = 0; k < columns_.size(); ++k) {
        const auto j = columns_[k];
        place_[j] = static_cast<std::int32_t>(k);
        double size = 0;
        for (const auto r : study.compression.members[j]) size += std::fabs(study.compression.factor[r]);
        size_.push_back(size);
        for (const double sign : {1.0, -1.0})
            append(problem, from.matrix, j, sign,
                   {{from.matrix.rows, size}, {from.matrix.rows + 1, sign * from.objective[j]}});
    }
    const bool touches_objective =
        std::any_of(columns_.begin(), columns_.end(), [&](std::int32_t j) { return from.objective[j] != 0; });
    problem = without_empty_rows(std::move(problem));
    objective_row_ = touches_objective ? problem.matrix.rows - 1 : -1;
    sum_row_ = problem.matrix.rows - (touches_objective ? 2 : 1);
    if (!columns_.empty())
        solver_.emplace(std::move(problem),
                        lp::SolverOptions{.tolerance = study.tolerance, .stop = &context.stop_flag()});
}

Result<lp::Solution> Loops::solve() {
    auto solution = solver_->solve();
    if (solution.status == lp::SolveStatus::stopped) return cancelled();
    if (solution.status == lp::SolveStatus::optimal || solution.status == lp::SolveStatus::infeasible) return solution;
    return failure(ErrorCode::bug, {"the internal loops could not be found", "未能求出内部循环"});
}

Result<std::vector<double>> Loops::without_loops(std::vector<double> flux, const std::vector<double>& lower,
                                                 const std::vector<double>& upper, std::int32_t kept) {
    if (columns_.empty()) return flux;
    solver_->set_row_bounds(sum_row_, -lp::infinity, lp::infinity);
    if (objective_row_ >= 0) solver_->set_row_bounds(objective_row_, 0, 0);
    std::vector<double> objective;
    for (std::size_t k = 0; k < columns_.size(); ++k) {
        const auto j = columns_[k];
        const bool still = j == kept || std::fabs(flux[j]) <= idle;
        const double forward = still ? 0 : std::max(0.0, flux[j] - std::max(0.0, lower[j]));
        const double backward = still ? 0 : std::max(0.0, std::min(0.0, upper[j]) - flux[j]);
        solver_->set_bounds(static_cast<int>(2 * k), 0, forward);
        solver_->set_bounds(static_cast<int>(2 * k + 1), 0, backward);
        objective.insert(objective.end(), 2, size_[k]);
    }
    solver_->set_objective(objective, lp::Sense::maximize);
    const auto solution = solve();
    if (!solution) return pass(solution);
    if (solution->status != lp::SolveStatus::optimal)
        return failure(ErrorCode::bug, {"the internal loops could not be taken out", "未能去除内部循环"});
    for (std::size_t k = 0; k < columns_.size(); ++k) {
        const auto j = columns_[k];
        flux[j] -= solution->x[2 * k] - solution->x[2 * k + 1];
        if (std::fabs(flux[j]) <= idle && lower[j] <= 0 && upper[j] >= 0) flux[j] = 0;
    }
    return flux;
}

Result<std::optional<Loop>> Loops::loop_in(const std::vector<double>& flux, std::int32_t through) {
    if (columns_.empty()) return std::optional<Loop>();
    solver_->set_row_bounds(sum_row_, 1, 1);
    if (objective_row_ >= 0) solver_->set_row_bounds(objective_row_, -lp::infinity, lp::infinity);
    std::vector<double> objective(2 * columns_.size(), 0);
    for (std::size_t k = 0; k < columns_.size(); ++k) {
        const double at = flux[columns_[k]];
        solver_->set_bounds(static_cast<int>(2 * k), 0, at > idle ? lp::infinity : 0);
        solver_->set_bounds(static_cast<int>(2 * k + 1), 0, at < -idle ? lp::infinity : 0);
    }
    if (through >= 0 && place_[through] >= 0) objective[2 * place_[through] + (flux[through] > 0 ? 0 : 1)] = 1;
    solver_->set_objective(objective, lp::Sense::maximize);
    const auto solution = solve();
    if (!solution) return pass(solution);
    if (solution->status == lp::SolveStatus::infeasible) return std::optional<Loop>();
    Loop loop;
    for (std::size_t k = 0; k < columns_.size(); ++k)
        for (const int side : {0, 1})
            if (size_[k] * solution->x[2 * k + side] > idle) loop.push_back({columns_[k], side == 0 ? 1 : -1});
    return std::optional(std::move(loop));
}

}  // namespace leaven::metabolism
