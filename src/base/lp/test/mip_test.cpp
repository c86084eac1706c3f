// Mixed-integer answers against enumeration of all whole numbers, each settled by a linear program with a certificate.

#include <chrono>
#include <cmath>
#include <numeric>
#include <thread>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/lp/certificate.hpp>
#include <leaven/lp/mip.hpp>
#include <leaven/lp/solver.hpp>

#include "random_problem.hpp"

namespace leaven::lp::test {
namespace {

struct Mixed {
    Problem problem;
    std::vector<int> integers;
};

/// A boxed problem, a few of whose columns are whole numbers between 0 and 2.
Mixed mixed_problem() {
    Mixed mixed{problem(5, 9, true), {}};
    for (int j = 0; j < mixed.problem.matrix.columns && mixed.integers.size() < 5; ++j) {
        if (*between(0, 1) == 0) continue;
        mixed.integers.push_back(j);
        mixed.problem.lower[j] = 0;
        mixed.problem.upper[j] = *between(1, 2);
    }
    return mixed;
}

/// The best over every choice of the whole numbers.
std::optional<double> reference_optimum(const Mixed& mixed) {
    std::optional<double> best;
    auto held = mixed.problem;
    const auto visit = [&](const auto& self, std::size_t k) -> void {
        if (k < mixed.integers.size()) {
            const int j = mixed.integers[k];
            for (double value = mixed.problem.lower[j]; value <= mixed.problem.upper[j]; ++value) {
                held.lower[j] = held.upper[j] = value;
                self(self, k + 1);
            }
            return;
        }
        const auto solution = Solver(held, {}).solve();
        if (solution.status != SolveStatus::optimal) return;
        const bool maximize = held.sense == Sense::maximize;
        if (!best || (maximize ? solution.objective > *best : solution.objective < *best)) best = solution.objective;
    };
    visit(visit, 0);
    return best;
}

RC_GTEST_PROP(Mip, is_the_best_over_all_choices_of_the_whole_numbers, ()) {
    const auto mixed = mixed_problem();
    const auto expected = reference_optimum(mixed);
    const auto solution = solve_mip(mixed.problem, mixed.integers, {});
    if (!expected) {
        RC_ASSERT(solution.status == MipStatus::infeasible);
        return;
    }
    RC_ASSERT(solution.status == MipStatus::optimal);
    RC_ASSERT(std::abs(solution.objective - *expected) <= 1e-6 * std::max(1.0, std::abs(*expected)));
    for (const int j : mixed.integers) RC_ASSERT(solution.x[j] == std::round(solution.x[j]));
    RC_ASSERT(std::abs(solution.bound - solution.objective) <= 1e-6 * std::max(1.0, std::abs(*expected)));
}

/// Choose as many of n things as weigh no more than half of all: odd weights near one another, hard to prove.
Mixed market_split(int things) {
    Mixed mixed;
    auto& problem = mixed.problem;
    problem.matrix.rows = 4;
    std::vector<double> sums(4, 0);
    std::uint64_t state = 12345;
    for (int j = 0; j < things; ++j) {
        std::vector<int> rows(4);
        std::iota(rows.begin(), rows.end(), 0);
        std::vector<double> weights;
        for (int i = 0; i < 4; ++i) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            weights.push_back(1 + static_cast<double>((state >> 33) % 99));
            sums[i] += weights.back();
        }
        problem.matrix.add_column(rows, weights);
        problem.lower.push_back(0);
        problem.upper.push_back(1);
        problem.objective.push_back(0);
        mixed.integers.push_back(j);
    }
    for (const double sum : sums) {
        problem.row_lower.push_back(std::floor(sum / 2));
        problem.row_upper.push_back(std::floor(sum / 2));
    }
    for (int i = 0; i < 4; ++i)  // what each row misses costs
        for (const double sign : {-1.0, 1.0}) {
            problem.matrix.add_column({i}, {sign});
            problem.lower.push_back(0);
            problem.upper.push_back(infinity);
            problem.objective.push_back(1);
        }
    problem.sense = Sense::minimize;
    return mixed;
}

TEST(Mip, a_raised_flag_ends_a_search_that_would_take_long) {
    const auto mixed = market_split(40);
    std::atomic<bool> stop = false;
    std::thread other([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));  // so that the search has begun
        stop = true;
    });
    const auto solution = solve_mip(mixed.problem, mixed.integers, {.stop = &stop});
    other.join();
    EXPECT_EQ(solution.status, MipStatus::stopped);
}

TEST(Mip, a_node_limit_leaves_a_bound_and_the_same_answer_each_time) {
    const auto mixed = market_split(30);
    const auto one = solve_mip(mixed.problem, mixed.integers, {.node_limit = 200});
    const auto other = solve_mip(mixed.problem, mixed.integers, {.node_limit = 200});
    ASSERT_EQ(one.status, MipStatus::feasible);
    EXPECT_LE(one.bound, one.objective);
    EXPECT_EQ(one.x, other.x);
    EXPECT_EQ(one.bound, other.bound);
    EXPECT_EQ(one.nodes, other.nodes);
}

RC_GTEST_PROP(Mip, nothing_is_better_than_a_cutoff_at_the_optimum, ()) {
    const auto mixed = mixed_problem();
    const auto best = solve_mip(mixed.problem, mixed.integers, {});
    if (best.status != MipStatus::optimal) RC_DISCARD("no optimum");
    const double sign = mixed.problem.sense == Sense::maximize ? 1 : -1;
    const double out_of_reach = best.objective + sign * 0.5 * std::max(1.0, std::abs(best.objective));
    const auto none = solve_mip(mixed.problem, mixed.integers, {.cutoff = out_of_reach});
    RC_ASSERT(none.status == MipStatus::infeasible);
}

}  // namespace
}  // namespace leaven::lp::test
