// Flux balance analysis: the best value of the objective, and a flux distribution that reaches it.
//
// Units: fluxes in mmol/gDW/h, growth in 1/h. Cost: one linear program on the compressed network; iML1515 in tens of
// milliseconds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/scenario.hpp>
#include <leaven/metabolism/verdict.hpp>

namespace leaven::metabolism {

struct FbaParams : Scenario {
    std::string method = "fba";

    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        v(p.method, {.name = "method",
                     .doc = {"which optimum: any (fba), or the one of least total flux (pfba)",
                             "取哪个最优解：任意一个（fba），或总通量最小的一个（pfba）"},
                     .choices = "fba|pfba"});
    }
};

struct ReactionFlux {
    std::string reaction;
    double flux = 0;
    double reduced_cost = 0;

    static void describe(auto& p, auto&& v) {
        v(p.reaction, {.name = "reaction", .doc = {"reaction", "反应"}, .format = "reaction"});
        v(p.flux, {.name = "flux", .doc = {"flux", "通量"}, .unit = "mmol/g{DW}/h"});
        v(p.reduced_cost, {.name = "reduced_cost", .doc = {"reduced cost", "约简成本"}});
    }
};

struct ShadowPrice {
    std::string metabolite;
    double value = 0;

    static void describe(auto& p, auto&& v) {
        v(p.metabolite, {.name = "metabolite", .doc = {"metabolite", "代谢物"}, .format = "metabolite"});
        v(p.value, {.name = "value", .doc = {"shadow price", "影子价格"}});
    }
};

struct FbaResult : Verdict {
    std::optional<double> objective;   // of the scenario's objective, whatever the method
    std::optional<double> total_flux;  // sum of |flux|
    std::vector<ReactionFlux> fluxes;  // of every reaction, in the order of the model
    std::vector<ShadowPrice> shadow_prices;

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.objective, {.name = "objective", .doc = {"objective", "目标值"}});
        v(p.total_flux, {.name = "total_flux", .doc = {"total flux", "总通量"}, .unit = "mmol/g{DW}/h"});
        v(p.fluxes, {.name = "fluxes", .doc = {"fluxes", "通量"}});
        v(p.shadow_prices, {.name = "shadow_prices", .doc = {"shadow prices", "影子价格"}});
        describe_evidence(p, v);
    }
};

/// Reference  fba: Orth, Thiele, Palsson 2010, doi:10.1038/nbt.1614; pfba: Lewis et al. 2010, doi:10.1038/msb.2010.47.
/// Ensures    fluxes within their bounds; S v = 0 to `certificate.primal_residual`; with pfba the least total flux
///            among the optima. A medium that was given and lets the objective reach only zero is infeasible, and
///            `conflict` names the uptakes that it lacks.
/// Errors     bad_input   no objective, no reaction, a bad scenario
///            not_found   an identifier or file of the scenario
///            cancelled
Result<FbaResult> fba(const FbaParams& params, Context& context);

/// The same on a model in memory; `params.model` is not looked at.
Result<FbaResult> fba(Model model, const FbaParams& params, Context& context);

}  // namespace leaven::metabolism
