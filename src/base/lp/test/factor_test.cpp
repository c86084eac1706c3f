// Factorisations against the matrix itself: what they solve must multiply back.

#include "factor.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "random_problem.hpp"

namespace leaven::lp::test {
namespace {

/// Entries of a column of (A, -I), dense.
std::vector<double> dense_column(const SparseMatrix& matrix, int variable) {
    std::vector<double> column(matrix.rows);
    if (variable >= matrix.columns) {
        column[variable - matrix.columns] = -1;
        return column;
    }
    for (int k = matrix.starts[variable]; k < matrix.starts[variable + 1]; ++k)
        column[matrix.indices[k]] = matrix.values[k];
    return column;
}

SparseVector random_right_side(int rows) {
    SparseVector v(rows);
    for (auto& value : v.value)
        if (*between(0, 2) == 0) value = *between(-5, 5);
    return v;
}

double size_of(const std::vector<double>& v) {
    return std::accumulate(v.begin(), v.end(), 1.0, [](double most, double x) { return std::max(most, std::abs(x)); });
}

void assert_solves(const Factor& factor, const SparseMatrix& matrix, const std::vector<int>& head) {
    const auto given = random_right_side(matrix.rows);
    auto solution = given;
    factor.solve(solution);
    auto transposed = given;
    factor.solve_transposed(transposed);
    std::vector<double> back(matrix.rows);
    for (int p = 0; p < matrix.rows; ++p) {
        const auto column = dense_column(matrix, head[p]);
        double product = 0;
        for (int i = 0; i < matrix.rows; ++i) {
            back[i] += column[i] * solution.value[p];
            product += column[i] * transposed.value[i];
        }
        RC_ASSERT(std::abs(product - given.value[p]) <= 1e-8 * size_of(transposed.value));
    }
    for (int i = 0; i < matrix.rows; ++i)
        RC_ASSERT(std::abs(back[i] - given.value[i]) <= 1e-8 * size_of(solution.value));
    for (int p = 0; p < matrix.rows; ++p) {
        const bool listed = std::find(solution.index.begin(), solution.index.end(), p) != solution.index.end();
        RC_ASSERT(listed == (solution.value[p] != 0));
    }
}

/// As many different variables as there are rows.
std::vector<int> random_head(const SparseMatrix& matrix) {
    std::vector<int> all(matrix.columns + matrix.rows);
    std::iota(all.begin(), all.end(), 0);
    for (std::size_t k = 0; k < all.size(); ++k)
        std::swap(all[k], all[*between(static_cast<int>(k), static_cast<int>(all.size()) - 1)]);
    all.resize(matrix.rows);
    return all;
}

RC_GTEST_PROP(Factor, solves_for_any_choice_of_columns, ()) {
    const auto matrix = problem(20, 40, true).matrix;
    RC_PRE(matrix.rows > 0);
    auto head = random_head(matrix);
    Factor factor(matrix.rows);
    Elimination elimination;
    const auto before = head;
    const auto replaced = factor.build(matrix, head, elimination);
    for (const int variable : replaced) RC_ASSERT(std::find(head.begin(), head.end(), variable) == head.end());
    for (const int variable : before)
        RC_ASSERT((std::find(head.begin(), head.end(), variable) == head.end()) ==
                  (std::find(replaced.begin(), replaced.end(), variable) != replaced.end()));
    assert_solves(factor, matrix, head);
}

RC_GTEST_PROP(Factor, solves_after_exchanges, ()) {
    const auto matrix = problem(20, 40, true).matrix;
    RC_PRE(matrix.rows > 0);
    auto head = random_head(matrix);
    Factor factor(matrix.rows);
    Elimination elimination;
    (void)factor.build(matrix, head, elimination);
    int exchanged = 0;
    for (int k = 0; k < 30; ++k) {
        const int entering = *between(0, matrix.columns + matrix.rows - 1);
        if (std::find(head.begin(), head.end(), entering) != head.end()) continue;
        SparseVector column(matrix.rows);
        column.value = dense_column(matrix, entering);
        std::vector<Entry> spike;
        factor.solve(column, &spike);
        const int position = *between(0, matrix.rows - 1);
        const double pivot = column.value[position];
        if (std::abs(pivot) < 0.1) continue;
        SparseVector row(matrix.rows);
        row.value[position] = 1;
        std::vector<Entry> partial;
        factor.solve_transposed(row, position, &partial);
        factor.exchange(position, spike, partial, pivot);
        head[position] = entering;
        RC_ASSERT(factor.exchanges() == ++exchanged);
        assert_solves(factor, matrix, head);
    }
}

TEST(Factor, replaces_a_column_that_depends_on_others) {
    SparseMatrix matrix;
    matrix.rows = 2;
    matrix.add_column({0, 1}, {1, 2});
    matrix.add_column({0, 1}, {2, 4});
    Factor factor(2);
    Elimination elimination;
    std::vector<int> head{0, 1};
    EXPECT_EQ(factor.build(matrix, head, elimination).size(), 1U);
    EXPECT_TRUE(head[0] >= 2 || head[1] >= 2);
}

}  // namespace
}  // namespace leaven::lp::test
