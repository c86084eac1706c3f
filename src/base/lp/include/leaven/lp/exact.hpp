// A linear program solved in rational arithmetic, from a basis that a floating-point solver ended with.
//
//     auto solution = solver.solve();
//     auto exact = solve_exactly(problem, solver.basis(), options);
//     if (exact.status == SolveStatus::optimal) …        // a theorem about the problem, not a number within tolerance
//
// Every coefficient and bound counts as the shortest decimal that reads back as it: 0.1 is one tenth. Where the basis
// is optimal for these fractions that is all; where tolerances hid something, exact pivots go on from it.
//
// Reference   Applegate, Cook, Dash, Espinoza 2007, doi:10.1016/j.orl.2006.12.010.
// Complexity  a sparse factorisation in fractions for each pivot; a genome-scale network takes about a second.
#pragma once

#include <string>
#include <vector>

#include <leaven/lp/problem.hpp>
#include <leaven/lp/solver.hpp>

namespace leaven::lp {

struct ExactSolution {
    SolveStatus status = SolveStatus::failed;  // optimal, infeasible, unbounded are proved; else stopped or failed
    double objective = 0;                      // the fraction, rounded once
    std::string fraction;                      // the objective as "numerator/denominator"; empty where not optimal
    std::vector<double> x = {};                // of an optimum, each rounded once
    std::vector<double> row_duals = {};        // likewise
    std::vector<double> ray = {};              // as in Solution
    int pivots = 0;                            // that the given basis was away from the proof
};

/// Failed where the basis is singular for the fractions, or the proof is more than 500 pivots away.
ExactSolution solve_exactly(const Problem& problem, const Basis& start, const SolverOptions& options);

}  // namespace leaven::lp
