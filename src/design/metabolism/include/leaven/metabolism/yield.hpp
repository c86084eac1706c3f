// The greatest yield of a product on a substrate.
//
// Yield is a ratio of two fluxes, and the flux at which it is greatest is in general not the one of greatest
// production: it is found as the optimum of a linear-fractional program, not by fixing the uptake. Units: mol/mol,
// C-mol/C-mol, g/g; fluxes in mmol/gDW/h.
#pragma once

#include <optional>
#include <string>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/production.hpp>
#include <leaven/metabolism/scenario.hpp>
#include <leaven/metabolism/verdict.hpp>

namespace leaven::metabolism {

struct YieldParams : Scenario, Production {
    double growth_fraction = 0;
    bool maintenance = true;

    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        Production::describe(p, v);
        v(p.growth_fraction, {.name = "growth_fraction",
                              .doc = {"share of the greatest growth to keep", "保留的最大生长比例"},
                              .unit = "1",
                              .min = 0,
                              .max = 1});
        v(p.maintenance,
          {.name = "maintenance",
           .doc = {"keep the fluxes that the model forces, such as maintenance", "保留模型强制的通量（如维持能耗）"}});
    }
};

struct YieldResult : Verdict {
    std::optional<double> yield_mol;
    std::optional<double> yield_cmol;  // none where a formula is unknown or holds no carbon
    std::optional<double> yield_mass;  // none where a formula is unknown
    std::optional<double> target_flux;
    std::optional<double> substrate_flux;  // as in the model: uptake is negative where the reaction consumes it
    std::optional<double> growth;          // the objective's value at the flux of greatest yield
    std::string substrate;

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.yield_mol, {.name = "yield_mol", .doc = {"molar yield", "摩尔得率"}, .unit = "mol/mol"});
        v(p.yield_cmol, {.name = "yield_cmol", .doc = {"carbon yield", "碳得率"}, .unit = "mol/mol"});
        v(p.yield_mass, {.name = "yield_mass", .doc = {"mass yield", "质量得率"}, .unit = "g/g"});
        v(p.target_flux, {.name = "target_flux", .doc = {"product flux", "产物通量"}, .unit = "mmol/g{DW}/h"});
        v(p.substrate_flux, {.name = "substrate_flux", .doc = {"substrate flux", "底物通量"}, .unit = "mmol/g{DW}/h"});
        v(p.growth, {.name = "growth", .doc = {"growth", "生长速率"}, .unit = "1/h"});
        v(p.substrate, {.name = "substrate", .doc = {"substrate reaction", "底物反应"}, .format = "reaction"});
        describe_evidence(p, v);
    }
};

/// Reference  Klamt, Müller, Regensburger, Zanghellini 2018, doi:10.1016/j.ymben.2018.02.001; solved by Dinkelbach's
///            iteration (1967, doi:10.1287/mnsc.13.7.492): the last linear program proves that no flux yields more.
/// Ensures    yield_mol >= target flux / uptake of every flux that takes substrate up. Status unbounded where the
///            product can be made without the substrate.
/// Errors     as fba; bad_input: the substrate cannot be taken up, or is the target; the target is
///         the objective
Result<YieldResult> yield(const YieldParams& params, Context& context);
Result<YieldResult> yield(Model model, const YieldParams& params, Context& context);

}  // namespace leaven::metabolism
