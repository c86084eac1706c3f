// Every answer is judged by its certificate, which uses neither basis nor solver: weak duality is the oracle.

#include <cmath>
#include <thread>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/lp/certificate.hpp>
#include <leaven/lp/solver.hpp>

#include "random_problem.hpp"

namespace leaven::lp::test {
namespace {

constexpr double close_enough = 1e-6;

/// Each law holds for both simplex codes.
SolverOptions any_code() { return {.code = *rc::gen::element(Code::leaven, Code::clp)}; }

void assert_proved(const Problem& problem, const Solution& solution) {
    const auto proof = certify(problem, solution);
    switch (solution.status) {
        case SolveStatus::optimal:
            RC_ASSERT(proof.primal_residual <= 1e-8);
            RC_ASSERT(proof.dual_residual <= 1e-8);
            RC_ASSERT(proof.gap <= close_enough);
            break;
        case SolveStatus::infeasible:
            RC_ASSERT(proof.margin > 1e-8);
            break;
        case SolveStatus::unbounded:
            RC_ASSERT(proof.primal_residual <= 1e-8);
            RC_ASSERT(proof.dual_residual <= 1e-8);
            RC_ASSERT(proof.margin > 1e-8);
            break;
        default:
            RC_FAIL("neither stopped nor failed was expected");
    }
}

void assert_same(const Solution& one, const Solution& other) {
    RC_ASSERT(one.status == other.status);
    if (one.status != SolveStatus::optimal) return;
    RC_ASSERT(std::abs(one.objective - other.objective) <= close_enough * std::max(1.0, std::abs(one.objective)));
}

/// Knocks out, relaxes or moves a column's bounds, or moves a row's, or changes the objective.
void change_something(Solver& solver, bool boxed) {
    const auto& now = solver.problem();
    if (now.matrix.columns == 0) return;
    const int j = *between(0, now.matrix.columns - 1);
    const auto bounds = range(boxed);
    switch (*between(0, 5)) {
        case 0:
            solver.set_bounds(j, 0, 0);
            break;
        case 1:
            solver.set_bounds(j, bounds.lower, bounds.upper);
            break;
        case 2:
            if (now.matrix.rows > 0)
                solver.set_row_bounds(*between(0, now.matrix.rows - 1), bounds.lower, bounds.upper);
            break;
        case 3:
            solver.set_objective_coefficient(j, *between(-3, 3));
            break;
        case 4: {
            std::vector<double> unit(now.matrix.columns);
            unit[j] = 1;
            solver.set_objective(unit, *between(0, 1) == 0 ? Sense::minimize : Sense::maximize);
            break;
        }
        default:
            solver.set_sense(now.sense == Sense::minimize ? Sense::maximize : Sense::minimize);
    }
}

RC_GTEST_PROP(Solver, proves_its_answer, ()) {
    Solver solver(problem(12, 24, *rc::gen::arbitrary<bool>()), any_code());
    const auto solution = solver.solve();
    assert_proved(solver.problem(), solution);
}

RC_GTEST_PROP(Solver, finds_the_optimum_of_a_problem_built_around_it, ()) {
    // x and y are chosen first; bounds and costs are then made such that both are optimal: the optimum is known.
    auto built = problem(8, 16, true);
    const auto& matrix = built.matrix;
    std::vector<double> activity(matrix.rows);
    std::vector<double> price(matrix.rows);
    for (auto& y : price) y = *between(-3, 3);
    double optimum = 0;
    built.sense = Sense::minimize;
    for (int j = 0; j < matrix.columns; ++j) {
        const double x = *between(-5, 5);
        const int reduced = *between(-2, 2);
        built.lower[j] = reduced > 0 ? x : x - *between(0, 5);
        built.upper[j] = reduced < 0 ? x : x + *between(0, 5);
        built.objective[j] = reduced;
        for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k) {
            activity[matrix.indices[k]] += matrix.values[k] * x;
            built.objective[j] += matrix.values[k] * price[matrix.indices[k]];
        }
        optimum += built.objective[j] * x;
    }
    for (int i = 0; i < matrix.rows; ++i) {
        built.row_lower[i] = price[i] > 0 ? activity[i] : activity[i] - *between(0, 3);
        built.row_upper[i] = price[i] < 0 ? activity[i] : activity[i] + *between(0, 3);
    }
    const auto solution = Solver(built, {}).solve();
    RC_ASSERT(solution.status == SolveStatus::optimal);
    RC_ASSERT(std::abs(solution.objective - optimum) <= close_enough * std::max(1.0, std::abs(optimum)));
}

RC_GTEST_PROP(Solver, warm_answers_equal_cold_ones, ()) {
    const bool boxed = *rc::gen::arbitrary<bool>();
    Solver solver(problem(10, 20, boxed), any_code());
    for (int round = 0; round < 8; ++round) {
        const auto warm = solver.solve();
        assert_proved(solver.problem(), warm);
        assert_same(warm, Solver(solver.problem(), {}).solve());
        change_something(solver, boxed);
    }
}

RC_GTEST_PROP(Solver, maximising_is_minimising_the_negative, ()) {
    auto given = problem(10, 20, false);
    given.sense = Sense::maximize;
    const auto greatest = Solver(given, {}).solve();
    given.sense = Sense::minimize;
    for (auto& c : given.objective) c = -c;
    const auto least = Solver(given, {}).solve();
    // Of two answers that are both true for such a problem, either may be given.
    RC_ASSERT(greatest.status == least.status);
    if (greatest.status == SolveStatus::optimal) RC_ASSERT(std::abs(greatest.objective + least.objective) <= 1e-6);
}

RC_GTEST_PROP(Solver, row_duals_are_the_slope_of_the_objective, ()) {
    // The optimum is concave in a row's right-hand side (maximising): the dual's line lies above it.
    auto given = problem(8, 20, true);
    RC_PRE(given.matrix.rows > 0 && given.matrix.columns > 0);
    given.sense = Sense::maximize;
    const auto before = Solver(given, {}).solve();
    RC_PRE(before.status == SolveStatus::optimal);
    const int i = *between(0, given.matrix.rows - 1);
    const double shift = *between(-4, 4) / 4.0;
    given.row_lower[i] += shift;
    given.row_upper[i] += shift;
    const auto after = Solver(given, {}).solve();
    RC_PRE(after.status == SolveStatus::optimal);
    RC_ASSERT(after.objective <= before.objective + before.row_duals[i] * shift + 1e-6);
}

RC_GTEST_PROP(Solver, a_copy_is_independent, ()) {
    Solver one(problem(10, 20, true), any_code());
    const auto before = one.solve();
    Solver other(one);
    for (int k = 0; k < 3; ++k) change_something(other, true);
    assert_proved(other.problem(), other.solve());
    assert_same(one.solve(), before);
    assert_same(Solver(one).solve(), before);
}

RC_GTEST_PROP(Solver, a_restored_basis_gives_the_same_answer, ()) {
    Solver solver(problem(10, 20, true), any_code());
    const auto first = solver.solve();
    const auto start = solver.problem();
    const auto basis = solver.basis();
    change_something(solver, false);
    (void)solver.solve();
    for (int j = 0; j < start.matrix.columns; ++j) solver.set_bounds(j, start.lower[j], start.upper[j]);
    for (int i = 0; i < start.matrix.rows; ++i) solver.set_row_bounds(i, start.row_lower[i], start.row_upper[i]);
    solver.set_objective(start.objective, start.sense);
    solver.restore(basis);
    assert_same(solver.solve(), first);
}

RC_GTEST_PROP(Solver, any_basis_may_be_restored, ()) {
    Solver solver(problem(8, 16, false), any_code());
    const auto honest = solver.solve();
    Basis basis;
    for (int j = 0; j < solver.problem().matrix.columns; ++j)
        basis.columns.push_back(static_cast<signed char>(*between(0, 3)));
    for (int i = 0; i < solver.problem().matrix.rows; ++i)
        basis.rows.push_back(static_cast<signed char>(*between(0, 3)));
    solver.restore(basis);
    const auto again = solver.solve();
    assert_proved(solver.problem(), again);
    assert_same(again, honest);
}

TEST(Solver, sees_a_need_for_two_millionths) {
    // A vitamin enters biomass at 2e-6: without a source of it there is no growth, whatever else there is.
    Problem network;
    network.matrix.rows = 2;                          // carbon, vitamin
    network.matrix.add_column({0}, {1});              // carbon uptake
    network.matrix.add_column({1}, {1});              // vitamin synthesis
    network.matrix.add_column({0, 1}, {-10, -2e-6});  // biomass
    network.lower = {0, 0, 0};
    network.upper = {10, 1000, 1000};
    network.row_lower = network.row_upper = {0, 0};
    network.objective = {0, 0, 1};
    Solver solver(network, {});
    EXPECT_NEAR(solver.solve().objective, 1.0, 1e-9);
    solver.set_bounds(1, 0, 0);
    EXPECT_NEAR(solver.solve().objective, 0.0, 1e-3);  // tolerance / 2e-6
    EXPECT_NEAR(solver.solve_cold().objective, 0.0, 1e-3);
}

TEST(Solver, solves_entries_too_unlike_for_pivots_that_are_not_scaled) {
    // The least flux that keeps an objective, from a network of one metabolite. Most of the objective is full at 1000;
    // the rest, 0.0143, comes at 3.5e-6 a unit, which is no pivot next to 4096.
    Problem problem;
    problem.sense = Sense::minimize;
    problem.matrix.rows = 2;
    problem.row_lower = {0, 1000.0142970800214};
    problem.row_upper = {0, infinity};
    const auto add = [&](double upper, double cost, double balance, double wanted) {
        problem.matrix.add_column({0, 1}, {balance, wanted});
        problem.lower.push_back(0);
        problem.upper.push_back(upper);
        problem.objective.push_back(cost);
    };
    add(0.244140625, 4096, 0.913408, 4096);
    add(64000, 0.015625, 0.93453125, 3.484375e-06);
    add(3, 1, -1, 0);
    add(1000, 1, -1, 0);
    add(1000, 1, -1, 0);
    add(2000, 0.5, -1, 0);
    add(125, 8, -0.8, 0);
    for (const auto code : {Code::leaven, Code::clp}) {
        const auto solution = Solver(problem, {.code = code}).solve();
        ASSERT_EQ(solution.status, SolveStatus::optimal);
        // The first column full, the second what is missing; what they make leaves at the least cost, through the sixth
        // column and then the others.
        const double second = (1000.0142970800214 - 4096 * 0.244140625) / 3.484375e-06;
        const double leaves = 0.913408 * 0.244140625 + 0.93453125 * second;
        EXPECT_NEAR(solution.objective, 1000 + 0.015625 * second + 0.5 * 2000 + (leaves - 2000), 1e-6);
    }
}

TEST(Solver, problems_without_rows_or_columns) {
    EXPECT_EQ(Solver(Problem{}, {}).solve().status, SolveStatus::optimal);

    Problem no_rows;
    no_rows.matrix.add_column({}, {});
    no_rows.lower = {-2};
    no_rows.upper = {infinity};
    no_rows.objective = {3};
    EXPECT_EQ(Solver(no_rows, {}).solve().status, SolveStatus::unbounded);
    no_rows.sense = Sense::minimize;
    EXPECT_DOUBLE_EQ(Solver(no_rows, {}).solve().objective, -6);

    Problem no_columns;
    no_columns.matrix.rows = 1;
    no_columns.row_lower = {1};
    no_columns.row_upper = {2};
    const auto solution = Solver(no_columns, {}).solve();
    EXPECT_EQ(solution.status, SolveStatus::infeasible);
    EXPECT_GT(certify(no_columns, solution).margin, 0.5);
}

TEST(Solver, bounds_that_cross_are_infeasible) {
    Problem crossed;
    crossed.matrix.rows = 1;
    crossed.matrix.add_column({0}, {1});
    crossed.lower = {2};
    crossed.upper = {1};
    crossed.row_lower = {0};
    crossed.row_upper = {3};
    crossed.objective = {1};
    const auto solution = Solver(crossed, {}).solve();
    EXPECT_EQ(solution.status, SolveStatus::infeasible);
    EXPECT_DOUBLE_EQ(certify(crossed, solution).margin, 1);
    EXPECT_EQ(conflicting_bounds(crossed, solution, {}).size(), 2U);
}

/// A dense problem that takes many pivots.
Problem long_problem() {
    constexpr int size = 120;
    Problem slow;
    slow.matrix.rows = size;
    std::vector<int> all(size);
    for (int i = 0; i < size; ++i) all[i] = i;
    for (int j = 0; j < 2 * size; ++j) {
        std::vector<double> column(size);
        for (int i = 0; i < size; ++i) column[i] = 1 + (i * 7919 + j * 104729 + i * j * 31) % 97;
        slow.matrix.add_column(all, column);
    }
    slow.lower.assign(2 * size, 0);
    slow.upper.assign(2 * size, infinity);
    slow.row_lower.assign(size, -infinity);
    slow.row_upper.assign(size, 1000);
    for (int j = 0; j < 2 * size; ++j) slow.objective.push_back(1 + j % 13);
    return slow;
}

TEST(Solver, stops_when_asked) {
    std::atomic<bool> stop = true;
    Solver solver(long_problem(), {.stop = &stop});
    const auto stopped = solver.solve();
    EXPECT_EQ(stopped.status, SolveStatus::stopped);
    EXPECT_EQ(stopped.iterations, 0);
    stop = false;
    EXPECT_EQ(solver.solve().status, SolveStatus::optimal);
    EXPECT_EQ(certify(solver.problem(), stopped).kind, "none");
}

TEST(Solver, stops_in_the_middle_and_goes_on_afterwards) {
    std::atomic<bool> stop = false;
    Solver solver(long_problem(), {.stop = &stop});
    const auto whole = Solver(solver.problem(), {}).solve();
    std::jthread asker([&](const std::stop_token& done) {
        while (!done.stop_requested()) stop = true;
    });
    SolveStatus status = SolveStatus::optimal;
    while (status != SolveStatus::stopped) {
        stop = false;
        status = solver.solve_cold().status;
    }
    asker.request_stop();
    asker.join();
    stop = false;
    EXPECT_NEAR(solver.solve().objective, whole.objective, 1e-6);
}

TEST(Solver, instances_work_side_by_side) {
    const auto given = long_problem();
    const auto expected = Solver(given, {}).solve().objective;
    std::vector<double> found(4);
    {
        std::vector<std::jthread> threads;
        for (auto& value : found) threads.emplace_back([&] { value = Solver(given, {}).solve().objective; });
    }
    for (const double value : found) EXPECT_EQ(value, expected);
}

TEST(Solver, counts_what_it_solves) {
    Solver solver(long_problem(), {});
    EXPECT_EQ(solver.solves(), 0);
    (void)solver.solve();
    const auto first = solver.solves();
    EXPECT_GE(first, 1);
    (void)solver.solve();
    EXPECT_GT(solver.solves(), first);
}

}  // namespace
}  // namespace leaven::lp::test
