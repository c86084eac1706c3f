// The cheapest set that meets every one of some sets.
//
// Pure combinatorics: branch and bound on the set with the fewest ways to be met, with disjoint sets as the bound.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>

namespace leaven::metabolism {

struct HittingSet {
    std::vector<std::int32_t> elements;  // increasing
    double cost = 0;
    bool proved = true;  // no cheaper one exists; else the search was cut short, and `bound` is what is known
    double bound = 0;
};

struct HittingSetProblem {
    std::vector<double> costs;                         // of each element, above zero
    std::vector<std::vector<std::int32_t>> to_hit;     // of each of these one element at least
    std::vector<std::vector<std::int32_t>> not_whole;  // of each of these not all elements
};

/// Nothing where no set will do. Stops early where the context is stopped or after `most_nodes`.
std::optional<HittingSet> cheapest_hitting_set(const HittingSetProblem& problem, const Context& context,
                                               std::int64_t most_nodes = 20'000'000);

}  // namespace leaven::metabolism
