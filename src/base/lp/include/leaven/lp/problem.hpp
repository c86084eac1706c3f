// A linear program as plain arrays.
//
//     minimise or maximise  c'x   subject to   row_lower <= A x <= row_upper,   lower <= x <= upper
//
// Infinite bounds are ±`infinity`. Cost: plain data, passed by value.
#pragma once

#include <limits>
#include <vector>

namespace leaven::lp {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

enum class Sense { minimize, maximize };

/// Columns one after the other: column j holds entries starts[j] … starts[j+1]-1, rows in increasing order.
struct SparseMatrix {
    int rows = 0;
    int columns = 0;
    std::vector<int> starts{0};
    std::vector<int> indices;
    std::vector<double> values;

    /// Appends a column; `row_indices` increase, no entry is zero.
    void add_column(const std::vector<int>& row_indices, const std::vector<double>& entries) {
        indices.insert(indices.end(), row_indices.begin(), row_indices.end());
        values.insert(values.end(), entries.begin(), entries.end());
        starts.push_back(static_cast<int>(indices.size()));
        ++columns;
    }
};

struct Problem {
    SparseMatrix matrix;
    std::vector<double> lower, upper;          // of the columns
    std::vector<double> row_lower, row_upper;  // of the rows
    std::vector<double> objective;             // one coefficient a column
    Sense sense = Sense::maximize;
};

}  // namespace leaven::lp
