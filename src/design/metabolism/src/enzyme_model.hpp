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

/// Errors  bad_input  an identifier that is to be added is there already
Result<EnzymeModel> constrain_by_enzyme(Model model, const EnzymeCosts& costs, double pool);

}  // namespace leaven::metabolism
