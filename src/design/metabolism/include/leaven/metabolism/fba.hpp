// Flux balance analysis: the best value of the objective, and a flux distribution that reaches it; or the flux nearest
// to what a cell did before it lost something.
//
// Units: fluxes in mmol/gDW/h, growth in 1/h. Cost: one linear program on the compressed network, iML1515 in tens of
// milliseconds; `geometric` hundreds; `loopless` and `room` search, which can take seconds and more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/flux_method.hpp>
#include <leaven/metabolism/scenario.hpp>
#include <leaven/metabolism/verdict.hpp>

namespace leaven::metabolism {

struct FbaParams : Scenario, FluxMethod {
    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        FluxMethod::describe(p, v);
    }
};

struct ReactionFlux {
    std::string reaction;
    double flux = 0;
    std::optional<double> reduced_cost;

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
    std::optional<double> objective;      // of the scenario's objective, whatever the method
    std::optional<double> total_flux;     // sum of |flux|
    std::optional<double> distance;       // from the reference, in the method's measure; none without one
    std::optional<std::int64_t> changed;  // reactions that left the window |v - w| <= delta |w| + epsilon
    std::vector<ReactionFlux> fluxes;     // of every reaction, in the order of the model
    std::vector<ShadowPrice> shadow_prices;

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.objective, {.name = "objective", .doc = {"objective", "目标值"}});
        v(p.total_flux, {.name = "total_flux", .doc = {"total flux", "总通量"}, .unit = "mmol/g{DW}/h"});
        v(p.distance, {.name = "distance", .doc = {"distance from the reference", "与参考通量的距离"}});
        v(p.changed, {.name = "changed", .doc = {"changed reactions", "改变的反应数"}, .unit = "1"});
        v(p.fluxes, {.name = "fluxes", .doc = {"fluxes", "通量"}});
        v(p.shadow_prices, {.name = "shadow_prices", .doc = {"shadow prices", "影子价格"}});
        describe_evidence(p, v);
    }
};

/// fba          any optimum. Orth, Thiele, Palsson 2010, doi:10.1038/nbt.1614.
/// pfba         the least total flux among the optima. Lewis et al. 2010, doi:10.1038/msb.2010.47.
/// loopless     the best objective of a flux that obeys the loop law: no set of internal reactions, each in the
/// direction
///              it runs, balances without an exchange. Schellenberger, Lewis, Palsson 2011,
///              doi:10.1016/j.bpj.2010.12.3707.
/// geometric    the optimum of least total flux in the middle of all such, found by shrinking the box of their ranges.
///              Smallbone, Simeonidis 2009, doi:10.1016/j.jtbi.2009.01.027.
/// moma         the least sum of (v - w)^2 over all reactions, w being the reference: `distance`.
///              Segre, Vitkup, Church 2002, doi:10.1073/pnas.232349399.
/// linear-moma  the least sum of |v - w|: `distance`. Becker et al. 2007, doi:10.1038/nprot.2007.99.
/// room         the fewest reactions that leave |v - w| <= delta |w| + epsilon: `distance` and `changed`.
///              Shlomi, Berkman, Ruppin 2005, doi:10.1073/pnas.0406346102.
/// linear-room  the least sum of the shares of the way from w to its bound that each v has gone: `distance`.
/// The last four ask for no objective: what is left of it is part of the answer. Reactions that a reference file does
/// not name stood at zero in it.
///
/// Ensures    fluxes within their bounds; S v = 0 to `certificate.primal_residual`; `objective` is dot(objective,
/// fluxes).
///            Dual values (`reduced_cost`, `shadow_prices`) are of the optimum with fba, pfba, geometric, and with
///            loopless where the loop law costs nothing; of the distance with moma; otherwise there are none. A medium
///            that was given and lets the objective reach only zero is infeasible, and `conflict` names the uptakes
///            that it lacks.
/// Errors     bad_input   no objective, no reaction, a bad scenario, a reference that cannot be read
///            not_found   an identifier or file of the scenario or the reference
///            infeasible  the reference was to be the flux without the knock-outs, and there is none
///            cancelled
Result<FbaResult> fba(const FbaParams& params, Context& context);

/// The same on a model in memory; `params.model` is not looked at.
Result<FbaResult> fba(Model model, const FbaParams& params, Context& context);

}  // namespace leaven::metabolism
