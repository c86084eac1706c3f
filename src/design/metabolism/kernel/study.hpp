// A model under its scenario, ready to be solved many times: what every analysis starts from.
//
//     auto study = prepare(std::move(model), scenario);
//     auto solver = solver_for(*study, context);            // on the compressed network
//     auto optimum = find_optimum(*study, solver, context);  // or why there is none
//     solver.set_bounds(column, 0, 0);
//     auto solution = solve_checked(*study, solver);         // its flux holds on the original network
//     auto flux = expand(study->compression, solution->x);
//
// Threads: a Study is shared as const; each thread has a Solver of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/lp/certificate.hpp>
#include <leaven/lp/solver.hpp>
#include <leaven/metabolism/model.hpp>
#include <leaven/metabolism/scenario.hpp>
#include <leaven/metabolism/verdict.hpp>

#include "compress.hpp"
#include "network.hpp"

namespace leaven::metabolism {

struct Study {
    Model model;  // with the scenario written into it
    ModelIndex index;
    Network network;
    Compression compression;
    double tolerance;
    bool exact;  // optima are proved in fractions too

    /// The row of a solver of this study in which the objective can be held; none where it is always zero.
    std::int32_t objective_row = -1;
};

/// Must the reaction carry flux as long as it is on?
bool must_carry_flux(const Study& study, std::int32_t reaction);

/// What an analysis asks of the objective.
enum class Aim { objective, none };

/// With Aim::none the objective is left out: nothing is optimised, and none is needed.
///
/// Errors  bad_input  no reaction, or no objective; and those of `apply_scenario`
Result<Study> prepare(Model model, const Scenario& scenario, Aim aim = Aim::objective);

/// A solver on the compressed network, with the objective of the scenario, and that once more as a free row.
lp::Solver solver_for(const Study& study, const Context& context);

/// What that solver starts from.
lp::Problem solver_problem(const Study& study);

/// Solves as the solver stands. An optimum is moved into its bounds; where its flux then misses the original network by
/// more than it may, it is solved again from nothing. Statuses other than optimal, infeasible, unbounded are errors.
///
/// Errors  cancelled;  bug  no way to solve it came to an end, or none within the tolerance
Result<lp::Solution> solve_checked(const Study& study, lp::Solver& solver);

/// The optimum of the scenario's objective on the original network, with its evidence.
struct Optimum {
    Verdict verdict;
    double value = 0;
    std::vector<double> flux;           // of each reaction
    std::vector<double> shadow_prices;  // of each row of the network
    std::vector<double> reduced_costs;  // of each reaction
    lp::Solution compressed;
};

/// Leaves the solver at the optimal basis. Where the study is exact, the flux is that of the exact optimum. What is
/// infeasible or unbounded is said by the verdict, not by an error.
Result<Optimum> find_optimum(const Study& study, lp::Solver& solver, const Context& context);

/// Of a solution of the compressed network that is unbounded: the reactions of its ray. `objective` is over reactions.
Verdict explain_unbounded(const Study& study, const lp::Solution& compressed, const std::vector<double>& objective,
                          lp::Sense sense);

/// Where the flux of a reaction has no end that way: that verdict. `solver` holds no objective.
Result<std::optional<Verdict>> explain_endless(const Study& study, lp::Solver solver, std::int32_t reaction,
                                               lp::Sense sense);

/// From now on the solver's objective as it was prepared may miss `value` by no more than `loss`.
void hold_objective(const Study& study, lp::Solver& solver, double value, double loss);

/// (1 - fraction) |optimum|, and 1e-10 |optimum| at least.
double allowed_loss(double optimum, double fraction);

/// Recomputed from the flux and the shadow prices as they stand.
Certificate certify_optimum(const Study& study, const Optimum& optimum);

Certificate to_certificate(const lp::Certificate& certificate);

}  // namespace leaven::metabolism
