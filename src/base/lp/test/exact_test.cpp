#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/lp/exact.hpp>

#include "random_problem.hpp"

namespace leaven::lp::test {
namespace {

Basis slacks(const Problem& problem) {
    return {std::vector<signed char>(problem.matrix.columns, 1), std::vector<signed char>(problem.matrix.rows, 0), {}};
}

/// max x + y under 3 x + y <= 1 and x + 3 y <= 1: a quarter each.
Problem two_thirds() {
    Problem problem;
    problem.matrix.rows = 2;
    problem.matrix.add_column({0, 1}, {3, 1});
    problem.matrix.add_column({0, 1}, {1, 3});
    problem.lower = {0, 0};
    problem.upper = {infinity, infinity};
    problem.row_lower = {-infinity, -infinity};
    problem.row_upper = {1, 1};
    problem.objective = {1, 1};
    return problem;
}

TEST(Exact, a_quarter_and_a_quarter_are_a_half) {
    const auto problem = two_thirds();
    const auto solution = solve_exactly(problem, slacks(problem), {});
    ASSERT_EQ(solution.status, SolveStatus::optimal);
    EXPECT_EQ(solution.fraction, "1/2");
    EXPECT_EQ(solution.x, (std::vector<double>{0.25, 0.25}));
}

TEST(Exact, a_tenth_is_the_decimal_not_the_double) {
    auto problem = two_thirds();
    problem.row_upper = {0.1, 0.1};
    EXPECT_EQ(solve_exactly(problem, slacks(problem), {}).fraction, "1/20");
}

TEST(Exact, what_a_tolerance_lets_pass_is_infeasible) {
    auto problem = two_thirds();
    problem.row_lower = {1, 1 + 1e-12};
    problem.row_upper = {1, 1 + 1e-12};
    problem.lower = {0.25, 0};
    const auto solution = solve_exactly(problem, slacks(problem), {});
    EXPECT_EQ(solution.status, SolveStatus::infeasible);
    EXPECT_EQ(Solver(problem, {}).solve().status, SolveStatus::optimal);
}

TEST(Exact, stops_when_asked) {
    const std::atomic<bool> stop = true;
    const auto problem = two_thirds();
    EXPECT_EQ(solve_exactly(problem, slacks(problem), {.stop = &stop}).status, SolveStatus::stopped);
}

RC_GTEST_PROP(Exact, agrees_with_the_solver_from_any_basis, ()) {
    const auto given = problem(12, 20, *rc::gen::arbitrary<bool>());
    Solver solver(given, {});
    const auto rounded = solver.solve();
    for (const auto& basis : {solver.basis(), slacks(given)}) {
        const auto exact = solve_exactly(given, basis, {});
        RC_ASSERT(exact.status == rounded.status);
        if (exact.status == SolveStatus::optimal)
            RC_ASSERT(std::abs(exact.objective - rounded.objective) <= 1e-7 * std::max(1.0, std::abs(exact.objective)));
    }
    // A problem without entries is solved without a basis.
    if (rounded.status == SolveStatus::optimal && !given.matrix.indices.empty())
        RC_ASSERT(solve_exactly(given, solver.basis(), {}).pivots == 0);
}

}  // namespace
}  // namespace leaven::lp::test
