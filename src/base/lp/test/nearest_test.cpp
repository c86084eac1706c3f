// The nearest point is judged by linear programs: a point is nearest exactly where no other point of the polyhedron
// lies further down the tangent of the distance.

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/lp/nearest.hpp>
#include <leaven/lp/solver.hpp>

#include "random_problem.hpp"

namespace leaven::lp::test {
namespace {

struct Question {
    Problem problem;  // equality rows alone
    std::vector<double> weights;
    std::vector<double> targets;
};

Question question(bool boxed) {
    Question q{problem(8, 14, boxed), {}, {}};
    q.problem.row_upper = q.problem.row_lower;
    for (auto& bound : q.problem.row_lower)
        if (std::isinf(bound)) bound = 0;
    q.problem.row_upper = q.problem.row_lower;
    for (int j = 0; j < q.problem.matrix.columns; ++j) {
        q.weights.push_back(std::pow(10.0, *between(-3, 3)));
        q.targets.push_back(*between(-30, 30) / 2.0);
    }
    return q;
}

/// What the distance can still lose, at most, from `x` on: tangent at x less the least of the tangent.
double gain_left(const Question& q, const std::vector<double>& x) {
    auto tangent = q.problem;
    tangent.sense = Sense::minimize;
    double at = 0;
    for (std::size_t j = 0; j < x.size(); ++j) {
        tangent.objective[j] = 2 * q.weights[j] * (x[j] - q.targets[j]);
        at += tangent.objective[j] * x[j];
    }
    const auto least = Solver(tangent, {}).solve();
    RC_ASSERT(least.status == SolveStatus::optimal);
    return at - least.objective;
}

RC_GTEST_PROP(Nearest, no_point_lies_further_down_the_tangent, ()) {
    const auto q = question(*rc::gen::arbitrary<bool>());
    auto feasible = q.problem;
    std::fill(feasible.objective.begin(), feasible.objective.end(), 0.0);
    if (Solver(feasible, {}).solve().status != SolveStatus::optimal) RC_DISCARD("no point");
    const auto nearest = nearest_point(q.problem, q.weights, q.targets, {}, {});
    RC_ASSERT(nearest.status == SolveStatus::optimal);
    for (std::size_t j = 0; j < nearest.x.size(); ++j)
        RC_ASSERT(nearest.x[j] >= q.problem.lower[j] && nearest.x[j] <= q.problem.upper[j]);
    RC_ASSERT(gain_left(q, nearest.x) <= 1e-6 * std::max(1.0, nearest.distance));
}

RC_GTEST_PROP(Nearest, a_start_changes_the_way_not_the_end, ()) {
    const auto q = question(true);
    const auto cold = nearest_point(q.problem, q.weights, q.targets, {}, {});
    if (cold.status != SolveStatus::optimal) RC_DISCARD("no point");
    std::vector<double> start;
    for (std::size_t i = 0; i < cold.row_duals.size(); ++i) start.push_back(*between(-50, 50) / 7.0);
    const auto warm = nearest_point(q.problem, q.weights, q.targets, start, {});
    RC_ASSERT(warm.status == SolveStatus::optimal);
    RC_ASSERT(std::abs(warm.distance - cold.distance) <= 1e-7 * std::max(1.0, cold.distance));
}

TEST(Nearest, the_foot_of_a_perpendicular) {  // of the origin's mirror (2, 2) on x + y = 1: (1/2, 1/2), by hand
    Problem line;
    line.matrix.rows = 1;
    for (int j = 0; j < 2; ++j) line.matrix.add_column({0}, {1});
    line.lower.assign(2, -infinity);
    line.upper.assign(2, infinity);
    line.row_lower = line.row_upper = {1};
    line.objective.assign(2, 0);
    const std::vector<double> ones{1, 1};
    const std::vector<double> targets{2, 2};
    const auto nearest = nearest_point(line, ones, targets, {}, {});
    EXPECT_NEAR(nearest.x[0], 0.5, 1e-14);
    EXPECT_NEAR(nearest.distance, 4.5, 1e-13);
    EXPECT_NEAR(nearest.row_duals[0], -3, 1e-13);  // d/db of 2 (2 - b/2)^2 at 1
}

TEST(Nearest, a_price_that_is_the_last_bit_of_the_target_is_no_gain_left) {
    // The second column has no upper bound, ends close to its target and weighs much: what rounding leaves of its
    // price, 7e-14, over no end of room would be a gain of 7e-5.
    Problem problem;
    problem.matrix.rows = 2;
    problem.row_lower = problem.row_upper = {0, 0};
    problem.matrix.add_column({0, 1}, {-1, -9});
    problem.matrix.add_column({0}, {1});
    problem.matrix.add_column({1}, {1});
    problem.matrix.add_column({0}, {1});
    problem.matrix.add_column({0}, {-8});
    problem.lower = {0, -5, 0, 0, 0};
    problem.upper = {1000, infinity, 1000, 4, 1000};
    problem.objective.assign(5, 0);
    const auto point = nearest_point(problem, std::vector{0.001, 100.0, 0.01, 10.0, 0.1},
                                     std::vector{-13.5, 9.5, -9.5, 2.0, -14.0}, {}, {});
    ASSERT_EQ(point.status, SolveStatus::optimal);
    // By hand: the first column is at zero, and with it the third; 8 of the last are made of the second and the fourth.
    const double pull = 2 * (9.5 + 2 + 8 * 14) / (1 / 100.0 + 1 / 10.0 + 64 / 0.1);
    EXPECT_NEAR(point.x[0], 0, 1e-9);
    EXPECT_NEAR(point.x[1], 9.5 - pull / 200, 1e-9);
    EXPECT_NEAR(point.x[3], 2 - pull / 20, 1e-9);
    EXPECT_NEAR(point.x[4], (point.x[1] + point.x[3]) / 8, 1e-9);
}

TEST(Nearest, a_raised_flag_stops_it) {
    Problem line;
    line.matrix.rows = 1;
    line.matrix.add_column({0}, {1});
    line.lower = {0};
    line.upper = {10};
    line.row_lower = line.row_upper = {1};
    line.objective = {0};
    const std::atomic<bool> stop = true;
    const std::vector<double> one{1};
    EXPECT_EQ(nearest_point(line, one, one, {}, {.stop = &stop}).status, SolveStatus::stopped);
}

}  // namespace
}  // namespace leaven::lp::test
