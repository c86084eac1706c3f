// The matrix of a basis as L U in fractions. The order of the pivots is that of the floating-point elimination, which
// keeps fill low; the numbers are exact.
#pragma once

#include <utility>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

#include <leaven/lp/problem.hpp>

#include "elimination.hpp"

namespace leaven::lp {

using Fraction = boost::multiprecision::cpp_rational;

/// The shortest decimal that reads back as `value`, which is finite.
Fraction to_fraction(double value);

/// A matrix by columns, then for each row a column with the single entry -1.
class ExactMatrix {
public:
    explicit ExactMatrix(const SparseMatrix& matrix);

    [[nodiscard]] int rows() const { return rows_; }
    [[nodiscard]] int variables() const { return static_cast<int>(columns_.size()); }
    [[nodiscard]] const std::vector<std::pair<int, Fraction>>& column(int variable) const { return columns_[variable]; }
    [[nodiscard]] Fraction product(int variable, const std::vector<Fraction>& y) const;

private:
    int rows_;
    std::vector<std::vector<std::pair<int, Fraction>>> columns_;
};

class ExactFactor {
public:
    /// False where the columns of `head` depend on each other, as far as can be seen.
    bool build(const SparseMatrix& pattern, const ExactMatrix& matrix, const std::vector<int>& head);

    /// B x = v in place: v by row becomes x by place in `head`.
    void solve(std::vector<Fraction>& v) const;

    /// B' y = v in place: v by place in `head` becomes y by row.
    void solve_transposed(std::vector<Fraction>& v) const;

private:
    struct Step {
        int row;
        int place;  // in head
        Fraction pivot;
        std::vector<std::pair<int, Fraction>> lower;  // multiples that rows lose, by row
        std::vector<std::pair<int, Fraction>> upper;  // entries in steps before
    };
    void add_step(const ExactMatrix& matrix, const Pivot& pivot, int variable);

    std::vector<Step> steps_;
    std::vector<int> step_of_row_;
    std::vector<Fraction> work_;
};

}  // namespace leaven::lp
