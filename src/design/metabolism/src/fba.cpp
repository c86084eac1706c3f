#include <algorithm>
#include <cmath>

#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/load.hpp>

#include "parsimony.hpp"
#include "study.hpp"

namespace leaven::metabolism {
namespace {

/// Replaces the flux of the optimum; its dual values go on to prove that the objective cannot be better.
Status make_parsimonious(const Study& study, Optimum& optimum, const Context& context) {
    auto least = LeastFlux(study, context).keeping(optimum.value);
    if (!least) return pass(least);
    optimum.flux = std::move(least->flux);
    optimum.value = dot(study.network.problem.objective, optimum.flux);
    const auto kept = certify_optimum(study, optimum);
    auto& certificate = optimum.verdict.certificate;
    certificate.primal_residual = std::max(kept.primal_residual, least->certificate.primal_residual);
    certificate.dual_residual = std::max(certificate.dual_residual, least->certificate.dual_residual);
    certificate.gap = std::max(kept.gap, least->certificate.gap);
    return {};
}

FbaResult report(const Study& study, const Optimum& optimum) {
    FbaResult result;
    static_cast<Verdict&>(result) = optimum.verdict;
    if (!optimum.verdict.solved()) return result;
    result.objective = optimum.value;
    result.total_flux = total_flux(optimum.flux);
    for (std::size_t r = 0; r < optimum.flux.size(); ++r)
        result.fluxes.push_back({study.model.reactions[r].id, optimum.flux[r], optimum.reduced_costs[r]});
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

}  // namespace

Result<FbaResult> fba(const FbaParams& params, Context& context) {
    auto model = load_model(params.model);
    if (!model) return pass(model);
    return fba(*std::move(model), params, context);
}

Result<FbaResult> fba(Model model, const FbaParams& params, Context& context) {
    const auto study = prepare(std::move(model), params);
    if (!study) return pass(study);
    auto solver = solver_for(*study, context);
    auto optimum = find_optimum(*study, solver, context);
    if (!optimum) return pass(optimum);
    if (medium_fails(*study, params, *optimum)) {
        auto verdict = explain_zero(*study, *optimum, context);
        if (!verdict) return pass(verdict);
        optimum->verdict = *std::move(verdict);
    }
    if (params.method == "pfba" && optimum->verdict.solved())
        if (auto status = make_parsimonious(*study, *optimum, context); !status) return pass(status);
    return report(*study, *optimum);
}

}  // namespace leaven::metabolism
