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
        // The optima are the first face.
        keep_face(study.compression.problem, optimum.compressed);
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
        std::vector<std::pair<int, double>> terms;
        for (const auto j : open_) {
            const auto& bounds = growing_.problem();
            if (bounds.lower[j] >= centre_[j])
                terms.emplace_back(j, size_[j]);
            else if (bounds.upper[j] <= centre_[j])
                terms.emplace_back(j, -size_[j]);
            else
                terms.emplace_back(growing_.add_distance(j, centre_[j]), size_[j]);
        }
        auto problem = growing_.build();
        for (const auto& [column, value] : terms) problem.objective[column] = value;
        lp::Solver solver(problem, {.tolerance = study_.tolerance, .stop = &context_.stop_flag()});
        const auto nearest = solve_checked(study_, solver);
        if (!nearest) return pass(nearest);
        if (nearest->status != lp::SolveStatus::optimal)
            return failure(ErrorCode::bug, {"the middle of the optima could not be found", "未能求出最优解的中央点"});
        keep_face(problem, *nearest);
        const auto& face = growing_.problem();
        for (std::size_t j = 0; j < face.lower.size(); ++j)
            solver.set_bounds(static_cast<int>(j), face.lower[j], face.upper[j]);
        for (std::size_t i = 0; i < face.row_lower.size(); ++i)
            solver.set_row_bounds(static_cast<int>(i), face.row_lower[i], face.row_upper[i]);
        point_.assign(nearest->x.begin(), nearest->x.begin() + static_cast<std::ptrdiff_t>(size_.size()));
        solver_.emplace(std::move(solver));
        known_ = nearest->x;
        return {};
    }

    /// All optima of a program, from one and its prices: what has a price stays at its bound. Asking for the value
    /// instead would leave a slab thinner than any tolerance.
    void keep_face(const lp::Problem& problem, const lp::Solution& solution) {
        constexpr double no_price = 1e-8;
        auto& face = growing_.problem();
        const auto nearer = [](double value, double lower, double upper) {
            return std::fabs(value - lower) <= std::fabs(value - upper) ? lower : upper;
        };
        for (std::size_t j = 0; j < solution.reduced_costs.size(); ++j)
            if (std::fabs(solution.reduced_costs[j]) > no_price)
                face.lower[j] = face.upper[j] = nearer(solution.x[j], problem.lower[j], problem.upper[j]);
        std::vector<double> sums(problem.matrix.rows, 0);
        for (int j = 0; j < problem.matrix.columns; ++j)
            for (int k = problem.matrix.starts[j]; k < problem.matrix.starts[j + 1]; ++k)
                sums[problem.matrix.indices[k]] += problem.matrix.values[k] * solution.x[j];
        for (int i = 0; i < problem.matrix.rows; ++i)
            if (std::fabs(solution.row_duals[i]) > no_price && problem.row_lower[i] < problem.row_upper[i])
                face.row_lower[i] = face.row_upper[i] = nearer(sums[i], problem.row_lower[i], problem.row_upper[i]);
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
