// What a unit of flux costs in enzyme, for each reaction and direction.
//
// Units: g·h/mmol.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/enzyme.hpp>
#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

/// Of each reaction: cost forwards and backwards, none where it is free.
using EnzymeCosts = std::vector<std::array<std::optional<double>, 2>>;

/// From the tables that the parameters name.
Result<EnzymeCosts> read_enzyme_costs(const Model& model, const EnzymeParams& params);

/// Mass of the lightest enzyme that the rule allows, "and" adding subunits and "or" choosing; none where the masses of
/// every choice have a gap.
std::optional<double> lightest_enzyme(const GeneRule& rule, const std::vector<std::optional<double>>& mass_of_gene);

}  // namespace leaven::metabolism
