// The matrix by columns and by rows, shared by all copies of a simplex.
#pragma once

#include <vector>

#include <leaven/lp/problem.hpp>

#include "elimination.hpp"
#include "sparse_vector.hpp"

namespace leaven::lp {

/// Variables are numbered through: the columns of the matrix, then for each row its activity r, as A x - r = 0.
struct Network {
    SparseMatrix matrix;
    std::vector<int> row_starts;
    std::vector<Entry> row_entries;
    std::vector<double> jitter;  // for each variable, in [0.5, 1), always the same

    explicit Network(SparseMatrix given);

    [[nodiscard]] int variables() const { return matrix.columns + matrix.rows; }

    /// v += factor * (column of the variable); v's index is left alone.
    void add_column(int variable, double factor, SparseVector& v) const;

    [[nodiscard]] double product(int variable, const std::vector<double>& y) const;
};

}  // namespace leaven::lp
