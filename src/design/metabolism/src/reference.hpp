// The flux that a cell had before: what MOMA and ROOM stay near to.
#pragma once

#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>
#include <leaven/metabolism/scenario.hpp>

namespace leaven::metabolism {

/// A flux for each reaction of `model`, to which the scenario is still to be applied: from the file, where reactions
/// that are not named are zero; or, without one, the optimum of least total flux of the scenario without its
/// knock-outs.
///
/// Errors  not_found, bad_input  the file, or a reaction it names;  infeasible  there is no such optimum;  cancelled
Result<std::vector<double>> reference_flux(const Model& model, const Scenario& scenario, const std::string& file,
                                           const Context& context);

}  // namespace leaven::metabolism
