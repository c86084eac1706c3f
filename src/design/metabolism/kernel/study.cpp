#include "study.hpp"

#include <algorithm>
#include <cmath>

#include "conflict.hpp"
#include "exact_verdict.hpp"

namespace leaven::metabolism {
namespace {

/// The status that ends an analysis early, or an error where there is none.
Failure unsolved(const lp::Solution& solution) {
    if (solution.status == lp::SolveStatus::stopped) return cancelled();
    return failure(ErrorCode::bug,
                   {"the linear program could not be solved within its tolerance", "线性规划未能在容差内求解"})
        .advise({"try another tolerance, such as 1e-7", "可换一个容差，例如 1e-7"});
}

/// Residuals of original rows may exceed the solver's tolerance by what expansion multiplies.
double allowed_residual(const Study& study) { return 100 * study.tolerance; }

/// Moves an optimum into its bounds, which a solver oversteps by its tolerance, and sees whether it still balances.
bool holds(const Study& study, const lp::Problem& problem, lp::Solution& solution) {
    for (std::size_t j = 0; j < solution.x.size(); ++j)
        solution.x[j] = std::clamp(solution.x[j], problem.lower[j], problem.upper[j]);
    return residual(study.network, expand(study.compression, solution.x)) <= allowed_residual(study);
}

bool conclusive(const lp::Solution& solution) {
    return solution.status == lp::SolveStatus::infeasible || solution.status == lp::SolveStatus::unbounded;
}

Optimum expanded(const Study& study, lp::Solution solution) {
    const auto& problem = study.network.problem;
    Optimum optimum;
    optimum.flux = expand(study.compression, solution.x);
    optimum.value = dot(problem.objective, optimum.flux);
    optimum.shadow_prices =
        expand_duals(study.network, study.compression, problem.objective, problem.sense, solution.row_duals);
    optimum.reduced_costs = reduced_costs(problem, optimum.shadow_prices);
    optimum.verdict.certificate = certify_optimum(study, optimum);
    optimum.compressed = std::move(solution);
    return optimum;
}

Optimum without_value(Verdict verdict) {
    Optimum optimum;
    optimum.verdict = std::move(verdict);
    return optimum;
}

}  // namespace

Result<Study> prepare(Model model, const Scenario& scenario, Aim aim) {
    auto changed = apply_scenario(std::move(model), scenario);
    if (!changed) return pass(changed);
    if (changed->reactions.empty()) return bad_input({"the model has no reactions", "模型中没有反应"}).at(changed->id);
    if (aim == Aim::none)
        changed->objective = {};
    else if (changed->objective.terms.empty())
        return bad_input({"the model has no objective", "模型没有目标函数"})
            .at(changed->id)
            .advise({"name the reaction to optimise with --objective, usually the biomass reaction",
                     "用 --objective 指定要优化的反应，通常是生物量反应"});
    auto index = ModelIndex(*changed);
    auto network = build_network(*changed);
    auto compression = compress(network, scenario.tolerance);
    Study study{*std::move(changed),    std::move(index),   std::move(network),
                std::move(compression), scenario.tolerance, scenario.exact};
    const auto& c = study.compression.problem.objective;
    if (std::any_of(c.begin(), c.end(), [](double x) { return x != 0; }))
        study.objective_row = study.compression.problem.matrix.rows;
    return study;
}

bool must_carry_flux(const Study& study, std::int32_t reaction) {
    const auto& problem = study.network.problem;
    return problem.lower[reaction] > study.tolerance || problem.upper[reaction] < -study.tolerance;
}

lp::Problem solver_problem(const Study& study) {
    auto problem = study.compression.problem;
    if (study.objective_row >= 0) append_row(problem, problem.objective);
    return problem;
}

lp::Solver solver_for(const Study& study, const Context& context) {
    return {solver_problem(study), {.tolerance = study.tolerance, .stop = &context.stop_flag()}};
}

Result<lp::Solution> solve_checked(const Study& study, lp::Solver& solver) {
    auto solution = solver.solve();
    for (const bool again : {false, true}) {
        if (again) solution = solver.solve_cold();
        if (conclusive(solution)) return solution;
        if (solution.status == lp::SolveStatus::stopped) return cancelled();
        if (solution.status == lp::SolveStatus::optimal && holds(study, solver.problem(), solution)) return solution;
    }
    return unsolved(solution);
}

namespace {

Result<Optimum> find_rounded_optimum(const Study& study, lp::Solver& solver, const Context& context) {
    Result<lp::Solution> solution;
    if (!study.compression.infeasible) solution = solve_checked(study, solver);
    if (!solution) return pass(solution);
    if (study.compression.infeasible || solution->status == lp::SolveStatus::infeasible) {
        auto verdict = explain_infeasible(study, study.compression.infeasible ? nullptr : &*solution, context);
        if (!verdict) return pass(verdict);
        return without_value(*std::move(verdict));
    }
    if (solution->status == lp::SolveStatus::unbounded)
        return without_value(
            explain_unbounded(study, *solution, study.network.problem.objective, study.network.problem.sense));
    return expanded(study, *std::move(solution));
}

}  // namespace

Result<Optimum> find_optimum(const Study& study, lp::Solver& solver, const Context& context) {
    auto optimum = find_rounded_optimum(study, solver, context);
    if (!optimum || !study.exact) return optimum;
    return with_exact_verdict(study, *std::move(optimum), context);
}

Verdict explain_unbounded(const Study& study, const lp::Solution& compressed, const std::vector<double>& objective,
                          lp::Sense sense) {
    Verdict verdict;
    verdict.status = "unbounded";
    lp::Solution original;
    original.status = lp::SolveStatus::unbounded;
    original.x = expand(study.compression, compressed.x);
    original.ray.assign(study.compression.column.size(), 0);
    for (std::size_t r = 0; r < original.ray.size(); ++r) {
        const auto column = study.compression.column[r];
        if (column < 0 || compressed.ray[column] == 0) continue;
        original.ray[r] = study.compression.factor[r] * compressed.ray[column];
        verdict.ray.push_back(study.model.reactions[r].id);
    }
    auto problem = study.network.problem;
    problem.objective = objective;
    problem.sense = sense;
    verdict.certificate = to_certificate(lp::certify(problem, original));
    return verdict;
}

Result<std::optional<Verdict>> explain_endless(const Study& study, lp::Solver solver, std::int32_t reaction,
                                               lp::Sense sense) {
    const auto column = study.compression.column[reaction];
    if (column < 0) return std::optional<Verdict>();
    std::vector<double> objective(study.compression.members.size(), 0);
    objective[column] = study.compression.factor[reaction];
    solver.set_objective(objective, sense);
    const auto solution = solve_checked(study, solver);
    if (!solution) return pass(solution);
    if (solution->status != lp::SolveStatus::unbounded) return std::optional<Verdict>();
    std::vector<double> wanted(study.model.reactions.size(), 0);
    wanted[reaction] = 1;
    return std::optional(explain_unbounded(study, *solution, wanted, sense));
}

void hold_objective(const Study& study, lp::Solver& solver, double value, double loss) {
    const bool maximize = study.network.problem.sense == lp::Sense::maximize;
    const double least = maximize ? value - loss : -lp::infinity;
    const double greatest = maximize ? lp::infinity : value + loss;
    if (study.objective_row >= 0) solver.set_row_bounds(study.objective_row, least, greatest);
}

double allowed_loss(double optimum, double fraction) {
    constexpr double least_slack = 1e-10;
    return std::max(1 - fraction, least_slack) * std::fabs(optimum);
}

Certificate certify_optimum(const Study& study, const Optimum& optimum) {
    lp::Solution original;
    original.status = lp::SolveStatus::optimal;
    original.objective = optimum.value;
    original.x = optimum.flux;
    original.row_duals = optimum.shadow_prices;
    original.reduced_costs = optimum.reduced_costs;
    return to_certificate(lp::certify(study.network.problem, original));
}

Certificate to_certificate(const lp::Certificate& certificate) {
    return {certificate.kind, certificate.primal_residual, certificate.dual_residual, certificate.gap};
}

}  // namespace leaven::metabolism
