#include "crash.hpp"

#include <cmath>
#include <functional>
#include <queue>
#include <utility>

#include "basis.hpp"

namespace leaven::lp {
namespace {

constexpr double share_for_a_start = 0.01;  // of its column, below which an entry is no pivot

/// How freely a column can move: the higher, the better a place in the basis suits it.
int freedom(double lower, double upper) {
    if (lower == upper) return 0;
    if (lower < 0 && upper > 0) return 3;
    return upper - lower >= 1 ? 2 : 1;
}

class Crash {
public:
    explicit Crash(const Problem& problem) : problem_(problem), matrix_(problem.matrix), rows_(matrix_.rows) {
        for (int j = 0; j < matrix_.columns; ++j) {
            usable_.push_back(freedom(problem.lower[j], problem.upper[j]) > 0 ? 1 : 0);
            if (usable_[j] == 0) continue;
            for (int k = matrix_.starts[j]; k < matrix_.starts[j + 1]; ++k)
                rows_[matrix_.indices[k]].columns.push_back(j);
        }
        for (int i = 0; i < matrix_.rows; ++i) {
            rows_[i].count = static_cast<int>(rows_[i].columns.size());
            if (problem.row_lower[i] == problem.row_upper[i]) queue_.emplace(rows_[i].count, i);
        }
    }

    Basis run() {
        Basis basis;
        for (int j = 0; j < matrix_.columns; ++j)
            basis.columns.push_back(nearest_place(place::basic, problem_.lower[j], problem_.upper[j]));
        basis.rows.assign(matrix_.rows, place::basic);
        while (!queue_.empty()) {
            const auto [count, row] = queue_.top();
            queue_.pop();
            if (rows_[row].done || count != rows_[row].count) continue;
            rows_[row].done = true;
            const int column = best_column(row);
            if (column < 0) continue;
            basis.columns[column] = place::basic;
            basis.rows[row] = place::lower;
            for (const int j : rows_[row].columns) drop(j);
        }
        return basis;
    }

private:
    struct Row {
        std::vector<int> columns;
        int count = 0;  // of those that are usable still
        bool done = false;
    };

    /// The freest column with a pivot in the row; of these the one with the fewest entries.
    [[nodiscard]] int best_column(int row) const {
        int best = -1;
        std::pair<int, int> best_rank;
        for (const int j : rows_[row].columns) {
            if (usable_[j] == 0 || !can_pivot(j, row)) continue;
            const std::pair rank(freedom(problem_.lower[j], problem_.upper[j]),
                                 matrix_.starts[j] - matrix_.starts[j + 1]);
            if (best >= 0 && rank <= best_rank) continue;
            best = j;
            best_rank = rank;
        }
        return best;
    }

    [[nodiscard]] bool can_pivot(int column, int row) const {
        double largest = 0;
        double entry = 0;
        for (int k = matrix_.starts[column]; k < matrix_.starts[column + 1]; ++k) {
            largest = std::max(largest, std::abs(matrix_.values[k]));
            if (matrix_.indices[k] == row) entry = std::abs(matrix_.values[k]);
        }
        return entry >= share_for_a_start * largest;
    }

    /// A column with an entry in a row that has its pivot would break the triangle.
    void drop(int column) {
        if (usable_[column] == 0) return;
        usable_[column] = 0;
        for (int k = matrix_.starts[column]; k < matrix_.starts[column + 1]; ++k) {
            auto& row = rows_[matrix_.indices[k]];
            --row.count;
            if (!row.done && row.count > 0) queue_.emplace(row.count, matrix_.indices[k]);
        }
    }

    const Problem& problem_;
    const SparseMatrix& matrix_;
    std::vector<Row> rows_;
    std::vector<char> usable_;
    std::priority_queue<std::pair<int, int>, std::vector<std::pair<int, int>>, std::greater<>> queue_;
};

}  // namespace

Basis crash_basis(const Problem& problem) { return Crash(problem).run(); }

}  // namespace leaven::lp
