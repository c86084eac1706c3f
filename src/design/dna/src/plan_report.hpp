// A choice in words: names, steps, orders.
#pragma once

#include "plan_check.hpp"

namespace leaven::dna {

/// `checks`: of each target. Requires  a choice with a trip for every target
Plan plan_of(const PlanChoice& choice, const std::vector<TripCheck>& checks, const std::vector<PlanLayout>& layouts,
             const std::vector<PlanItem>& items, std::span<const seq::Record> parts,
             std::span<const PlanTarget> targets);

}  // namespace leaven::dna
