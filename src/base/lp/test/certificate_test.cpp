#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/lp/certificate.hpp>

#include "random_problem.hpp"

namespace leaven::lp::test {
namespace {

/// x within bounds and rows meeting A x, chosen first: whatever y says, the problem is feasible.
RC_GTEST_PROP(Certificate, nothing_proves_a_feasible_problem_infeasible, ()) {
    auto given = problem(6, 10, false);
    const auto& matrix = given.matrix;
    std::vector<double> activity(matrix.rows);
    for (int j = 0; j < matrix.columns; ++j) {
        const double x = std::clamp(static_cast<double>(*between(-9, 9)), given.lower[j], given.upper[j]);
        for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k)
            activity[matrix.indices[k]] += matrix.values[k] * x;
    }
    given.row_lower = given.row_upper = activity;
    std::vector<double> y(matrix.rows);
    for (auto& value : y) value = *between(-5, 5);
    RC_ASSERT(farkas_violation(given, y) <= 1e-12);
}

TEST(Certificate, farkas_vector_by_hand) {
    // v1 - v2 = 0, v1 >= 3, v2 <= 1: y = 1 asks v1 - v2 = 0, which is at least 2. Size 1 + 2.
    Problem given;
    given.matrix.rows = 1;
    given.matrix.add_column({0}, {1});
    given.matrix.add_column({0}, {-1});
    given.lower = {3, 0};
    given.upper = {9, 1};
    given.row_lower = given.row_upper = {0};
    given.objective = {0, 0};
    EXPECT_NEAR(farkas_violation(given, {1}), 2.0 / 3, 1e-12);
    EXPECT_NEAR(farkas_violation(given, {-5}), 2.0 / 3, 1e-12);
    EXPECT_EQ(farkas_violation(given, {0}), 0);

    const auto conflict = conflicting_bounds(given, Solver(given, {}).solve(), {});
    const std::vector<BoundInConflict> expected{{0, Side::lower, 3}, {1, Side::upper, 1}};
    EXPECT_EQ(conflict, expected);
}

RC_GTEST_PROP(Certificate, sees_every_false_optimum, ()) {
    // Moving one value of an optimum off its place must show as a residual or as a gap.
    const auto given = problem(8, 16, true);
    RC_PRE(given.matrix.columns > 0);
    auto solution = Solver(given, {}).solve();
    RC_PRE(solution.status == SolveStatus::optimal);
    const int j = *between(0, given.matrix.columns - 1);
    RC_PRE(given.matrix.starts[j] < given.matrix.starts[j + 1] || given.objective[j] != 0);
    bool all_equalities = true;
    for (int i = 0; i < given.matrix.rows; ++i) all_equalities &= given.row_lower[i] == given.row_upper[i];
    RC_PRE(all_equalities || given.objective[j] != 0);
    solution.x[j] += 0.5;
    const auto proof = certify(given, solution);
    RC_ASSERT(proof.primal_residual + proof.dual_residual + proof.gap > 1e-6);
}

Problem with_bounds(Problem problem, const std::vector<BoundInConflict>& bounds, std::uint32_t chosen) {
    problem.objective.assign(problem.matrix.columns, 0);
    problem.lower.assign(problem.matrix.columns, -infinity);
    problem.upper.assign(problem.matrix.columns, infinity);
    for (std::size_t b = 0; b < bounds.size(); ++b)
        if ((chosen >> b & 1U) != 0)
            (bounds[b].side == Side::lower ? problem.lower : problem.upper)[bounds[b].column] = bounds[b].value;
    return problem;
}

RC_GTEST_PROP(Certificate, conflicting_bounds_conflict_and_none_can_be_spared, ()) {
    // Few are infeasible, and none of the small ones that RapidCheck begins with.
    Problem given;
    Solution solution;
    for (int draws = 0; draws < 40 && solution.status != SolveStatus::infeasible; ++draws) {
        given = *rc::gen::resize(50, rc::gen::exec([] { return problem(6, 8, *rc::gen::arbitrary<bool>()); }));
        solution = Solver(given, {}).solve();
    }
    RC_PRE(solution.status == SolveStatus::infeasible);
    const auto conflict = conflicting_bounds(given, solution, {});
    RC_ASSERT(conflict == conflicting_bounds(given, solution, {}));
    RC_ASSERT(conflict.size() <= 16);
    for (const auto& entry : conflict)
        RC_ASSERT(entry.value == (entry.side == Side::lower ? given.lower : given.upper)[entry.column]);

    // Brute force over all its subsets: the whole conflicts, no proper part does.
    const auto all = (std::uint32_t{1} << conflict.size()) - 1;
    for (std::uint32_t chosen = 0; chosen <= all; ++chosen) {
        const auto status = Solver(with_bounds(given, conflict, chosen), {}).solve().status;
        RC_ASSERT(status == (chosen == all ? SolveStatus::infeasible : SolveStatus::optimal));
    }
}

}  // namespace
}  // namespace leaven::lp::test
