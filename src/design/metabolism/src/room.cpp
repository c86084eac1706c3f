// Fewest changed reactions: a mixed-integer program over windows of columns.
//
// The reactions of a column have their windows at fixed places of the column's range; those with the same window share
// a switch. A window that the column cannot leave, or cannot reach, needs none: the ranges of the columns, found first,
// decide that, and are the least amounts by which a switch that is on may open its window.
#include <algorithm>
#include <cmath>
#include <numeric>

#include <leaven/lp/mip.hpp>

#include "adjustment_kinds.hpp"
#include "ranges.hpp"

namespace leaven::metabolism {
namespace {

/// An interval of a column's range, and how many reactions have it as their window.
struct ColumnWindow {
    std::int32_t column;
    double least;
    double greatest;
    std::int64_t reactions;
};

class Room final : public Adjustment {
public:
    Room(const Study& study, std::vector<double> reference, Window window, const Context& context)
        : study_(study),
          reference_(std::move(reference)),
          window_(window),
          context_(context),
          base_(solver_for(study, context)) {
        base_.set_objective(std::vector<double>(base_.problem().objective.size(), 0), lp::Sense::minimize);
        for (std::size_t r = 0; r < reference_.size(); ++r)
            if (study.compression.column[r] < 0 && std::fabs(reference_[r]) > window.half_width(reference_[r]))
                ++always_changed_;
        for (std::size_t j = 0; j < study.compression.members.size(); ++j) add_windows(static_cast<std::int32_t>(j));
        for (const auto& each : windows_) largest_ = std::max(largest_, std::fabs(each.greatest));
    }

    Result<Adjusted> without(const std::vector<std::int32_t>& columns) override {
        auto solver = base_;
        for (const auto j : columns) solver.set_bounds(j, 0, 0);
        const auto start = solve_checked(study_, solver);
        if (!start) return pass(start);
        if (start->status == lp::SolveStatus::infeasible) return Adjusted{};
        std::vector<std::int32_t> all(study_.compression.members.size());
        std::iota(all.begin(), all.end(), 0);
        const auto ranges = find_ranges(study_, solver, all, {}, context_);
        if (!ranges) return pass(ranges);
        const auto program = build(solver.problem(), *ranges);
        const auto solution = lp::solve_mip(program.problem, program.switches,
                                            {.tolerance = study_.tolerance, .stop = &context_.stop_flag()});
        if (solution.status == lp::MipStatus::stopped) return cancelled();
        if (solution.status != lp::MipStatus::optimal)
            return failure(ErrorCode::bug, {"the fewest changes could not be found", "未能求出最少的改变"});
        return read(solution);
    }

private:
    struct Program {
        lp::Problem problem;  // the columns, then the switches
        std::vector<int> switches;
        std::int64_t changed = 0;  // reactions that must leave their window
    };

    void add_windows(std::int32_t j) {
        std::vector<ColumnWindow> windows;
        for (const auto r : study_.compression.members[j]) {
            const double factor = study_.compression.factor[r];
            const double middle = reference_[r] / factor;
            const double half = std::fabs(window_.half_width(reference_[r]) / factor);
            const auto same = std::find_if(windows.begin(), windows.end(), [&](const ColumnWindow& w) {
                const double rounding = 1e-11 * std::max(1.0, std::fabs(middle));
                return std::fabs(w.least - (middle - half)) <= rounding &&
                       std::fabs(w.greatest - (middle + half)) <= rounding;
            });
            if (same != windows.end())
                ++same->reactions;
            else
                windows.push_back({j, middle - half, middle + half, 1});
        }
        windows_.insert(windows_.end(), windows.begin(), windows.end());
    }

    /// Rows of a window: w - (greatest of w - greatest of window) y <= greatest of window, and the same below.
    [[nodiscard]] Program build(const lp::Problem& held, const Ranges& ranges) const {
        const auto& from = study_.compression.problem;
        Program out;
        out.changed = always_changed_;
        auto& problem = out.problem;
        problem.sense = lp::Sense::minimize;
        problem.row_lower = from.row_lower;
        problem.row_upper = from.row_upper;
        std::vector<std::vector<std::pair<int, double>>> more(from.matrix.columns);  // entries in rows of windows
        std::vector<std::vector<std::pair<int, double>>> switches;
        std::vector<double> costs;
        for (int j = 0; j < from.matrix.columns; ++j) {
            const double widest = no_limit_ * largest_;
            problem.lower.push_back(
                std::clamp(ranges.columns[j].least.value_or(-widest), held.lower[j], held.upper[j]));
            problem.upper.push_back(
                std::clamp(ranges.columns[j].greatest.value_or(widest), problem.lower[j], held.upper[j]));
        }
        for (const auto& window : windows_) {
            const double lower = problem.lower[window.column];
            const double upper = problem.upper[window.column];
            const double rounding = 1e-9 * std::max(1.0, std::fabs(window.greatest));
            if (window.least > upper + rounding || window.greatest < lower - rounding) {
                out.changed += window.reactions;
                continue;
            }
            std::vector<std::pair<int, double>> entries;
            if (upper > window.greatest + rounding) {
                const int row = add_row(problem, -lp::infinity, window.greatest);
                more[window.column].emplace_back(row, 1);
                entries.emplace_back(row, window.greatest - upper);
            }
            if (lower < window.least - rounding) {
                const int row = add_row(problem, window.least, lp::infinity);
                more[window.column].emplace_back(row, 1);
                entries.emplace_back(row, window.least - lower);
            }
            if (entries.empty()) continue;
            switches.push_back(std::move(entries));
            costs.push_back(static_cast<double>(window.reactions));
        }
        problem.matrix.rows = static_cast<int>(problem.row_lower.size());
        for (int j = 0; j < from.matrix.columns; ++j) {
            std::vector<std::pair<int, double>> entries;
            for (int k = from.matrix.starts[j]; k < from.matrix.starts[j + 1]; ++k)
                entries.emplace_back(from.matrix.indices[k], from.matrix.values[k]);
            entries.insert(entries.end(), more[j].begin(), more[j].end());
            add_column(problem, entries, 0);
        }
        for (std::size_t k = 0; k < switches.size(); ++k) {
            out.switches.push_back(problem.matrix.columns);
            add_column(problem, switches[k], costs[k]);
            problem.lower.push_back(0);
            problem.upper.push_back(1);
        }
        return out;
    }

    static int add_row(lp::Problem& problem, double lower, double upper) {
        problem.row_lower.push_back(lower);
        problem.row_upper.push_back(upper);
        return static_cast<int>(problem.row_lower.size()) - 1;
    }
    static void add_column(lp::Problem& problem, const std::vector<std::pair<int, double>>& entries, double cost) {
        std::vector<int> rows;
        std::vector<double> values;
        for (const auto& [row, value] : entries) {
            rows.push_back(row);
            values.push_back(value);
        }
        problem.matrix.add_column(rows, values);
        problem.objective.push_back(cost);
    }

    [[nodiscard]] Result<Adjusted> read(const lp::MipSolution& solution) const {
        const auto count = study_.compression.members.size();
        Adjusted out;
        out.flux = expand(study_.compression, std::span(solution.x).first(count));
        out.distance = static_cast<double>(count_changed(out.flux, reference_, window_));
        out.certificate.kind = "optimal";
        out.certificate.primal_residual = residual(study_.network, out.flux);
        out.certificate.gap = solution.gap;
        return out;
    }

    static constexpr double no_limit_ = 1e4;
    double largest_ = 1;

    const Study& study_;
    std::vector<double> reference_;
    Window window_;
    const Context& context_;
    lp::Solver base_;
    std::vector<ColumnWindow> windows_;
    std::int64_t always_changed_ = 0;
};

}  // namespace

std::unique_ptr<Adjustment> make_room(const Study& study, std::vector<double> reference, Window window,
                                      const Context& context) {
    return std::make_unique<Room>(study, std::move(reference), window, context);
}

}  // namespace leaven::metabolism
