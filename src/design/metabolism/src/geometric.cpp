#include "geometric.hpp"

#include <algorithm>
#include <cmath>

#include "ranges.hpp"

namespace leaven::metabolism {
namespace {

/// The compressed network with rows and columns appended as the rounds go on; its first columns stay what they are.
class Growing {
public:
    explicit Growing(const Study& study) : problem_(solver_problem(study)) {
        const auto& matrix = problem_.matrix;
        for (int j = 0; j < matrix.columns; ++j) {
            columns_.emplace_back();
            for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k)
                columns_.back().emplace_back(matrix.indices[k], matrix.values[k]);
        }
        std::fill(problem_.objective.begin(), problem_.objective.end(), 0);
    }

    int add_row(double lower, double upper) {
        problem_.row_lower.push_back(lower);
        problem_.row_upper.push_back(upper);
        return static_cast<int>(problem_.row_lower.size()) - 1;
    }
    int add_column(double lower, double upper) {
        columns_.emplace_back();
        problem_.lower.push_back(lower);
        problem_.upper.push_back(upper);
        problem_.objective.push_back(0);
        return static_cast<int>(columns_.size()) - 1;
    }
    void add_entry(int row, int column, double value) { columns_[column].emplace_back(row, value); }

    /// A column that is at least |w - centre|.
    int add_distance(int column, double centre) {
        const int distance = add_column(0, lp::infinity);
        const int above = add_row(-lp::infinity, centre);
        add_entry(above, column, 1);
        add_entry(above, distance, -1);
        const int below = add_row(centre, lp::infinity);
        add_entry(below, column, 1);
        add_entry(below, distance, 1);
        return distance;
    }

    [[nodiscard]] lp::Problem build() const {
        auto out = problem_;
        out.sense = lp::Sense::minimize;
        out.matrix = {};
        out.matrix.rows = static_cast<int>(out.row_lower.size());
        for (const auto& column : columns_) {
            std::vector<int> rows;
            std::vector<double> values;
            for (const auto& [row, value] : column) {
                rows.push_back(row);
                values.push_back(value);
            }
            out.matrix.add_column(rows, values);
        }
        return out;
    }

    lp::Problem& problem() { return problem_; }

private:
    lp::Problem problem_;
    std::vector<std::vector<std::pair<int, double>>> columns_;
};

class Middle {
public:
    Middle(const Study& study, const Optimum& optimum, const Context& context)
        : study_(study), context_(context), growing_(study), point_(optimum.compressed.x) {
        for (const auto& members : study.compression.members) {
            double size = 0;
            for (const auto r : members) size += std::fabs(study.compression.factor[r]);
            size_.push_back(size);
            open_.push_back(static_cast<std::int32_t>(open_.size()));
        }
        const double loss = allowed_loss(optimum.value, 1);
        const bool maximize = study.network.problem.sense == lp::Sense::maximize;
        if (study.objective_row < 0) return;
        growing_.problem().row_lower[study.objective_row] = maximize ? optimum.value - loss : -lp::infinity;
        growing_.problem().row_upper[study.objective_row] = maximize ? lp::infinity : optimum.value + loss;
    }

    Result<std::vector<double>> run() {
        constexpr int most_rounds = 100;
        centre_.assign(size_.size(), 0);
        for (int round = 0; round < most_rounds; ++round) {
            if (auto status = keep_nearest(); !status) return pass(status);
            if (auto status = shrink(); !status) return pass(status);
            if (open_.empty()) return expand(study_.compression, point_);
        }
        return failure(ErrorCode::bug, {"the middle of the optima could not be found", "未能求出最优解的中央点"});
    }

private:
    /// From now on what is nearest to the centre is kept.
    Status keep_nearest() {
        const int sum = growing_.add_row(-lp::infinity, lp::infinity);
        std::vector<std::pair<int, double>> terms;
        double constant = 0;
        for (const auto j : open_) {
            const auto& bounds = growing_.problem();
            if (bounds.lower[j] >= centre_[j]) {
                terms.emplace_back(j, size_[j]);
                constant -= size_[j] * centre_[j];
            } else if (bounds.upper[j] <= centre_[j]) {
                terms.emplace_back(j, -size_[j]);
                constant += size_[j] * centre_[j];
            } else {
                terms.emplace_back(growing_.add_distance(j, centre_[j]), size_[j]);
            }
        }
        for (const auto& [column, value] : terms) growing_.add_entry(sum, column, value);
        auto problem = growing_.build();
        for (const auto& [column, value] : terms) problem.objective[column] = value;
        lp::Solver solver(std::move(problem), {.tolerance = study_.tolerance, .stop = &context_.stop_flag()});
        const auto nearest = solve_checked(study_, solver);
        if (!nearest) return pass(nearest);
        if (nearest->status != lp::SolveStatus::optimal)
            return failure(ErrorCode::bug, {"the middle of the optima could not be found", "未能求出最优解的中央点"});
        constexpr double slack = 1e-10;
        const double distance = nearest->objective + constant;
        growing_.problem().row_upper[sum] = nearest->objective + slack * std::max(1.0, distance);
        solver.set_row_bounds(sum, -lp::infinity, growing_.problem().row_upper[sum]);
        point_.assign(nearest->x.begin(), nearest->x.begin() + static_cast<std::ptrdiff_t>(size_.size()));
        solver_.emplace(std::move(solver));
        known_ = nearest->x;
        return {};
    }

    /// The box of what is left; columns without width are done.
    Status shrink() {
        constexpr double no_width = 1e-6;
        const auto ranges = find_ranges(study_, *solver_, open_, {known_}, context_);
        if (!ranges) return pass(ranges);
        std::vector<std::int32_t> still_open;
        for (std::size_t i = 0; i < open_.size(); ++i) {
            const auto j = open_[i];
            const auto& [least, greatest] = ranges->columns[i];
            if (!least || !greatest)
                return failure(ErrorCode::bug,
                               {"the middle of the optima could not be found", "未能求出最优解的中央点"});
            centre_[j] = 0.5 * (*least + *greatest);
            auto& bounds = growing_.problem();
            bounds.lower[j] = std::max(bounds.lower[j], *least - study_.tolerance);
            bounds.upper[j] = std::min(bounds.upper[j], *greatest + study_.tolerance);
            if (*greatest - *least > no_width * std::max(1.0, std::fabs(centre_[j]))) still_open.push_back(j);
        }
        open_ = std::move(still_open);
        return {};
    }

    const Study& study_;
    const Context& context_;
    Growing growing_;
    std::vector<double> size_;        // of each column: sum of |flux| per unit
    std::vector<double> centre_;      // of the box
    std::vector<std::int32_t> open_;  // columns that can still vary
    std::vector<double> point_, known_;
    std::optional<lp::Solver> solver_;
};

}  // namespace

Result<std::vector<double>> middle_of_optima(const Study& study, const Optimum& optimum, const Context& context) {
    return Middle(study, optimum, context).run();
}

}  // namespace leaven::metabolism
