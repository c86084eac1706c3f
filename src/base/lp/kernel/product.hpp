// Entries of A'y, and whether they are anything but what is left of a cancellation.
#pragma once

#include <cmath>
#include <vector>

#include <leaven/lp/problem.hpp>

namespace leaven::lp {

struct Product {
    double value = 0;
    double size = 0;  // sum of |a y|

    [[nodiscard]] bool cancels() const { return std::abs(value) <= 1e-9 * size; }
};

inline Product product(const SparseMatrix& matrix, int column, const std::vector<double>& y) {
    Product sum;
    for (int k = matrix.starts[column]; k < matrix.starts[column + 1]; ++k) {
        const double term = matrix.values[k] * y[matrix.indices[k]];
        sum.value += term;
        sum.size += std::abs(term);
    }
    return sum;
}

}  // namespace leaven::lp
