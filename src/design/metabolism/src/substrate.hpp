// What crosses the boundary of the cell: substrates and products, in carbon and in mass.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>

#include "study.hpp"

namespace leaven::metabolism {

/// What a one-sided reaction moves per unit of its flux; none where a formula does not say, or it has two sides.
struct Cargo {
    std::optional<double> carbon_mol;  // per mol of flux
    std::optional<double> mass_g;      // the same
};
Cargo cargo_of(const Model& model, const Reaction& reaction);

/// Matter enters or leaves here: one side only, species outside not counted.
bool crosses_boundary(const Model& model, const Reaction& reaction);

/// Flux times this is what enters the cell: -1 for "A -->", 1 for "--> A".
double uptake_direction(const Model& model, const Reaction& boundary);

/// The reactions that take up carbon in `flux`, most carbon first.
std::vector<std::int32_t> carbon_sources(const Model& model, std::span<const double> flux);

/// The reaction of this identifier; where that is empty, the one that takes up most carbon in `flux`, if any does.
///
/// Errors  not_found  no such reaction
Result<std::optional<std::int32_t>> find_substrate(const Study& study, const std::string& id,
                                                   std::span<const double> flux);

}  // namespace leaven::metabolism
