// A model in which fluxes draw on a pool of enzyme.
#pragma once

#include <leaven/metabolism/model.hpp>

#include "enzyme_costs.hpp"

namespace leaven::metabolism {

/// Where a reaction of the original model is found in the constrained one.
struct EnzymeReaction {
    std::int32_t reaction;  // of the constrained model
    std::int32_t original;
    double mass_per_flux;  // g·h/mmol; negative where a negative flux costs
};

struct EnzymeModel {
    Model model;
    std::int32_t supply = -1;  // the reaction that gives the pool
    std::vector<EnzymeReaction> costed;
    std::int64_t constrained = 0;  // reactions of the original that cost enzyme
};

/// A costed reaction that can run both ways becomes two, the second named ID_reverse.
///
/// Errors  bad_input  an identifier that is to be added is there already
Result<EnzymeModel> constrain_by_enzyme(Model model, const EnzymeCosts& costs, double pool);

/// A costed reaction that can run both ways stays whole: reactions ID_forward and ID_backward draw on the pool for it,
/// and the metabolite ID_metered sees to it that its flux is the difference of theirs. `applied` is the model under the
/// scenario that will be applied: what can run in either of the two is metered, so the limit holds in both.
///
/// Errors  bad_input  an identifier that is to be added is there already; a boundary reaction has a cost
Result<EnzymeModel> meter_by_enzyme(Model model, const EnzymeCosts& costs, double pool, const Model& applied);

}  // namespace leaven::metabolism
