// A design solved again, cold, on the original model: what `verified` stands for.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/design.hpp>

#include "design_search.hpp"
#include "study.hpp"

namespace leaven::metabolism {

/// What a strain with some reactions off does, by linear programs on the uncompressed network, each from nothing.
struct StrainCheck {
    double growth = 0;
    double guaranteed = 0;          // least target at that growth, held to 1e-6 relative
    double maximum = 0;             // greatest
    double least_when_growing = 0;  // least target at a thousandth of that growth or more
    double growth_lost = 0;         // with the target closed; only where asked for
    std::vector<double> flux;       // at the guaranteed target
    DesignCertificate certificate;  // of growth, guaranteed, maximum, growth_lost
};

/// None where the strain has no flux distribution at all.
Result<std::optional<StrainCheck>> check_strain(const Study& study, const std::vector<std::int32_t>& reactions_off,
                                                std::int32_t target, Goal aim, const Context& context);

}  // namespace leaven::metabolism
