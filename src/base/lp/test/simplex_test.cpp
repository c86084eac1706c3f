// Our own simplex by itself: the Solver would hide its failures behind Clp.

#include "simplex.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/lp/certificate.hpp>

#include "basis.hpp"
#include "crash.hpp"
#include "random_problem.hpp"

namespace leaven::lp::test {
namespace {

/// The simplex speaks of minimising; the certificate of the problem.
Solution in_sense_of(const Problem& problem, Solution solution) {
    if (problem.sense == Sense::maximize)
        for (auto& price : solution.row_duals) price = -price;
    return solution;
}

void assert_simplex_proved(const Problem& problem, const Solution& solution) {
    const auto proof = certify(problem, in_sense_of(problem, solution));
    RC_ASSERT(solution.status != SolveStatus::failed);
    if (solution.status == SolveStatus::infeasible) {
        RC_ASSERT(proof.margin > 0);
    } else {
        RC_ASSERT(proof.primal_residual <= 1e-8);
        RC_ASSERT(proof.dual_residual <= 1e-8);
        RC_ASSERT(proof.gap <= 1e-6);
        RC_ASSERT((proof.margin > 0) == (solution.status == SolveStatus::unbounded));
    }
}

/// With one entry at least: the Solver handles problems without any by itself.
Problem honest_problem(int rows, int columns, bool boxed) {
    auto given = problem(rows, columns, boxed);
    if (!given.matrix.indices.empty()) return given;
    given.matrix.rows = 1;
    given.row_lower = given.row_upper = {0};
    given.matrix.add_column({0}, {1});
    given.lower.push_back(-1);
    given.upper.push_back(1);
    given.objective.push_back(1);
    return given;
}

RC_GTEST_PROP(Simplex, finishes_from_nothing_with_a_proof, ()) {
    const auto given = honest_problem(15, 30, *rc::gen::arbitrary<bool>());
    assert_simplex_proved(given, Simplex(given, {}).solve());
}

RC_GTEST_PROP(Simplex, finishes_after_any_changes_with_a_proof, ()) {
    const bool boxed = *rc::gen::arbitrary<bool>();
    auto now = honest_problem(12, 25, boxed);
    Simplex simplex(now, {});
    for (int round = 0; round < 10; ++round) {
        assert_simplex_proved(now, simplex.solve());
        for (int changes = *between(1, 3); changes > 0; --changes) {
            const int j = *between(0, now.matrix.columns - 1);
            const auto bounds = *between(0, 2) == 0 ? Range{0, 0} : range(boxed);
            switch (*between(0, 2)) {
                case 0:
                    now.lower[j] = bounds.lower;
                    now.upper[j] = bounds.upper;
                    simplex.set_bounds(j, bounds.lower, bounds.upper);
                    break;
                case 1: {
                    const int i = *between(0, now.matrix.rows - 1);
                    now.row_lower[i] = bounds.lower;
                    now.row_upper[i] = bounds.upper;
                    simplex.set_bounds(now.matrix.columns + i, bounds.lower, bounds.upper);
                    break;
                }
                default:
                    now.objective[j] = *between(-3, 3);
                    simplex.set_cost(j, now.sense == Sense::minimize ? now.objective[j] : -now.objective[j]);
            }
        }
    }
}

RC_GTEST_PROP(Simplex, starts_from_any_basis, ()) {
    const auto given = honest_problem(12, 25, *rc::gen::arbitrary<bool>());
    Basis basis;
    for (int j = 0; j < given.matrix.columns; ++j) basis.columns.push_back(static_cast<signed char>(*between(0, 3)));
    for (int i = 0; i < given.matrix.rows; ++i) basis.rows.push_back(static_cast<signed char>(*between(0, 3)));
    Simplex simplex(given, {});
    simplex.restore(basis);
    assert_simplex_proved(given, simplex.solve());
}

RC_GTEST_PROP(Simplex, a_crash_basis_is_a_basis_without_any_repair, ()) {
    const auto given = honest_problem(15, 30, *rc::gen::arbitrary<bool>());
    const auto basis = crash_basis(given);
    std::vector<int> head;
    for (int j = 0; j < given.matrix.columns; ++j)
        if (basis.columns[j] == place::basic) head.push_back(j);
    for (int i = 0; i < given.matrix.rows; ++i)
        if (basis.rows[i] == place::basic) head.push_back(given.matrix.columns + i);
    RC_ASSERT(static_cast<int>(head.size()) == given.matrix.rows);
    Elimination elimination;
    RC_ASSERT(Factor(given.matrix.rows).build(given.matrix, head, elimination).empty());
    Simplex simplex(given, {});
    simplex.restore(basis);
    assert_simplex_proved(given, simplex.solve());
}

RC_GTEST_PROP(Simplex, a_restored_optimum_needs_no_pivot, ()) {
    const auto given = honest_problem(15, 30, true);
    Simplex simplex(given, {});
    RC_PRE(simplex.solve().status == SolveStatus::optimal);
    const auto basis = simplex.basis();
    simplex.set_bounds(*between(0, given.matrix.columns - 1), 0, 0);
    (void)simplex.solve();
    Simplex other(given, {});
    other.restore(basis);
    RC_ASSERT(other.solve().iterations == 0);
}

RC_GTEST_PROP(Simplex, the_same_basis_gives_the_same_answer_whatever_came_before, ()) {
    const auto given = honest_problem(15, 30, true);
    Simplex fresh(given, {});
    (void)fresh.solve();
    const auto basis = fresh.basis();
    Simplex used(given, {});
    for (int k = 0; k < 3; ++k) {
        const int j = *between(0, given.matrix.columns - 1);
        used.set_bounds(j, 0, 0);
        (void)used.solve();
        used.set_bounds(j, given.lower[j], given.upper[j]);
    }
    const int j = *between(0, given.matrix.columns - 1);
    for (auto* simplex : {&fresh, &used}) {
        simplex->restore(basis);
        simplex->set_bounds(j, 0, 0);
    }
    RC_ASSERT(fresh.solve().x == used.solve().x);
}

RC_GTEST_PROP(Simplex, weights_are_the_squared_rows_of_the_inverse, ()) {
    const auto given = honest_problem(15, 30, true);
    Simplex simplex(given, {});
    (void)simplex.solve();
    auto basis = simplex.basis();
    simplex.restore({basis.columns, basis.rows, {}});
    simplex.compute_weights();
    const auto weights = simplex.basis().weights;

    std::vector<int> head;
    for (int j = 0; j < given.matrix.columns; ++j)
        if (basis.columns[j] == place::basic) head.push_back(j);
    for (int i = 0; i < given.matrix.rows; ++i)
        if (basis.rows[i] == place::basic) head.push_back(given.matrix.columns + i);
    Factor factor(given.matrix.rows);
    Elimination elimination;
    RC_ASSERT(factor.build(given.matrix, head, elimination).empty());
    for (int p = 0; p < given.matrix.rows; ++p) {
        SparseVector row(given.matrix.rows);
        row.value[p] = 1;
        factor.solve_transposed(row);
        double length = 0;
        for (const double entry : row.value) length += entry * entry;
        const auto rank = std::count_if(head.begin(), head.end(), [&](int other) { return other < head[p]; });
        RC_ASSERT(std::abs(weights[rank] - length) <= 1e-6 * length);
    }
}

}  // namespace
}  // namespace leaven::lp::test
