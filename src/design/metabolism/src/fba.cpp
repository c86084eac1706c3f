#include <algorithm>
#include <cmath>

#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/load.hpp>

#include "adjustment.hpp"
#include "conflict.hpp"
#include "geometric.hpp"
#include "loopless.hpp"
#include "parsimony.hpp"
#include "reference.hpp"
#include "study.hpp"

namespace leaven::metabolism {
namespace {

/// Replaces the flux of the optimum; its dual values go on to prove that the objective cannot be better.
Status make_parsimonious(const Study& study, const lp::Solver& solver, Optimum& optimum, const Context& context) {
    LeastFlux search(study, context);
    search.start_from(solver, optimum.compressed.x);
    auto least = search.keeping(optimum.value);
    if (!least) return pass(least);
    optimum.flux = std::move(least->flux);
    optimum.value = dot(study.network.problem.objective, optimum.flux);
    const auto kept = certify_optimum(study, optimum);
    auto& certificate = optimum.verdict.certificate;
    certificate.exact = false;  // of another flux
    certificate.primal_residual = std::max(kept.primal_residual, least->certificate.primal_residual);
    certificate.dual_residual = std::max(certificate.dual_residual, least->certificate.dual_residual);
    certificate.gap = std::max(kept.gap, least->certificate.gap);
    return {};
}

/// The same with the flux in the middle.
Status make_geometric(const Study& study, Optimum& optimum, const Context& context) {
    auto middle = middle_of_optima(study, optimum, context);
    if (!middle) return pass(middle);
    optimum.flux = *std::move(middle);
    optimum.value = dot(study.network.problem.objective, optimum.flux);
    optimum.verdict.certificate = certify_optimum(study, optimum);
    return {};
}

FbaResult report(const Study& study, const Optimum& optimum) {
    FbaResult result;
    static_cast<Verdict&>(result) = optimum.verdict;
    if (!optimum.verdict.solved()) return result;
    result.objective = optimum.value;
    result.total_flux = total_flux(optimum.flux);
    for (std::size_t r = 0; r < optimum.flux.size(); ++r) {
        result.fluxes.push_back({study.model.reactions[r].id, optimum.flux[r], std::nullopt});
        if (!optimum.reduced_costs.empty()) result.fluxes[r].reduced_cost = optimum.reduced_costs[r];
    }
    for (std::size_t i = 0; i < optimum.shadow_prices.size(); ++i)
        result.shadow_prices.push_back(
            {study.model.metabolites[study.network.metabolite_of_row[i]].id, optimum.shadow_prices[i]});
    return result;
}

/// A medium was asked for and supports nothing: that is no answer but a question without one.
bool medium_fails(const Study& study, const FbaParams& params, const Optimum& optimum) {
    return !params.medium.empty() && optimum.verdict.solved() && study.model.objective.maximize &&
           std::fabs(optimum.value) <= study.tolerance;
}

/// The flux nearest to `reference`, in place of the optimum that showed that there is one.
Result<FbaResult> nearest(const Study& study, Optimum optimum, const std::vector<double>& reference, Nearness nearness,
                          const FbaParams& params, const Context& context) {
    const Window window{params.delta, params.epsilon};
    auto adjusted = make_adjustment(study, reference, nearness, window, context)->without({});
    if (!adjusted) return pass(adjusted);
    optimum.flux = std::move(adjusted->flux);
    optimum.value = dot(study.network.problem.objective, optimum.flux);
    optimum.shadow_prices = std::move(adjusted->shadow_prices);
    optimum.reduced_costs = std::move(adjusted->reduced_costs);
    optimum.verdict = {};
    optimum.verdict.certificate = adjusted->certificate;
    auto result = report(study, optimum);
    result.distance = adjusted->distance;
    result.changed = count_changed(optimum.flux, reference, window);
    return result;
}

/// Replaces the optimum by the best flux that obeys the loop law. Where that is as good, the dual values prove it
/// still.
Status make_loopless(const Study& study, const lp::Solver& solver, Optimum& optimum, const Context& context) {
    const auto& bounds = study.compression.problem;
    const auto loops = Loops::find(study, bounds.lower, bounds.upper, context);
    if (!loops) return pass(loops);
    const auto best = LooplessSearch(study, solver, *loops, context).best_objective();
    if (!best) return pass(best);
    const bool was_solved = optimum.verdict.solved();
    if (!best->feasible || !best->bounded) {
        optimum.verdict = {};
        optimum.verdict.status = best->feasible ? "unbounded" : "infeasible";
        return {};
    }
    const double before = optimum.value;
    optimum.flux = expand(study.compression, best->flux);
    optimum.value = dot(study.network.problem.objective, optimum.flux);
    if (was_solved && std::fabs(optimum.value - before) <= 10 * study.tolerance * std::max(1.0, std::fabs(before))) {
        optimum.verdict.certificate = certify_optimum(study, optimum);
        return {};
    }
    optimum.verdict = {};
    optimum.verdict.certificate.kind = "optimal";
    optimum.verdict.certificate.primal_residual = residual(study.network, optimum.flux);
    optimum.shadow_prices.clear();
    optimum.reduced_costs.clear();
    return {};
}

}  // namespace

Result<FbaResult> fba(const FbaParams& params, Context& context) {
    auto model = load_network(params.model, &context.stop_flag());
    if (!model) return pass(model);
    return fba(*std::move(model), params, context);
}

Result<FbaResult> fba(Model model, const FbaParams& params, Context& context) {
    const auto nearness = nearness_of(params.method);
    Result<std::vector<double>> reference;
    if (nearness) reference = reference_flux(model, params, params.reference, context);
    if (!reference) return pass(reference);
    const auto study = prepare(std::move(model), params);
    if (!study) return pass(study);
    auto solver = solver_for(*study, context);
    auto optimum = find_optimum(*study, solver, context);
    if (!optimum) return pass(optimum);
    if (nearness && optimum->verdict.status != "infeasible")
        return nearest(*study, *std::move(optimum), *reference, *nearness, params, context);
    if (medium_fails(*study, params, *optimum)) {
        auto verdict = explain_zero(*study, *optimum, context);
        if (!verdict) return pass(verdict);
        optimum->verdict = *std::move(verdict);
    }
    if (params.method == "pfba" && optimum->verdict.solved())
        if (auto status = make_parsimonious(*study, solver, *optimum, context); !status) return pass(status);
    if (params.method == "geometric" && optimum->verdict.solved())
        if (auto status = make_geometric(*study, *optimum, context); !status) return pass(status);
    if (params.method == "loopless" && optimum->verdict.status != "infeasible")
        if (auto status = make_loopless(*study, solver, *optimum, context); !status) return pass(status);
    return report(*study, *optimum);
}

}  // namespace leaven::metabolism
