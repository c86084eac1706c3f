// One step of the search for cut sets: what can be added to a set that leaves some region open.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>

#include "flux_store.hpp"
#include "interventions.hpp"
#include "minimal_list.hpp"
#include "region_probe.hpp"
#include "study.hpp"
#include "unit_set.hpp"

namespace leaven::metabolism {

using Support = std::vector<std::int32_t>;

/// A set that does not yet close all regions, and what its supersets must not hold: other branches have that.
struct OpenSet {
    UnitSet set;
    std::vector<bool> barred_units;
    std::vector<UnitSet> barred_sets;

    static void members(auto& p, auto&& v) { v(p.set), v(p.barred_units), v(p.barred_sets); }

    [[nodiscard]] bool bars(const UnitSet& units, const UnitSet& whole) const {
        return std::any_of(units.begin(), units.end(),
                           [&](std::int32_t unit) { return barred_units[static_cast<std::size_t>(unit)]; }) ||
               std::any_of(barred_sets.begin(), barred_sets.end(),
                           [&](const UnitSet& set_) { return contains(whole, set_); });
    }
    void bar(const UnitSet& units) {
        if (units.size() == 1)
            barred_units[static_cast<std::size_t>(units[0])] = true;
        else
            barred_sets.push_back(units);
    }
};

/// The regions, ready, and the fluxes that are known in each.
struct Knowledge {
    std::vector<ReadyRegion> regions;  // those to close, then those to keep
    std::size_t to_close = 0;
    std::vector<FluxStore> fluxes;
};

/// What came of one open set.
struct Expansion {
    std::vector<UnitSet> closing;
    std::vector<OpenSet> open;
    std::vector<std::pair<std::size_t, Support>> fluxes;  // of a region
    Proof proof;

    static void members(auto& p, auto&& v) {
        v(p.closing), v(p.open), v(p.fluxes), v(p.proof.nodes), v(p.proof.lps), v(p.proof.witnessed);
    }
};

/// Where a set is expanded: shared by all threads, changed by none.
struct Expanding {
    const Study& study;
    const Interventions& interventions;
    const World& world;
    std::size_t most_units;
    const Knowledge& known;
    const MinimalList& found;  // sets that close all regions
};

/// The additions to one open set, tried in order.
///
/// Errors  cancelled;  bug
Result<Expansion> expand(const Expanding& where, OpenSet open, const Context& context);

}  // namespace leaven::metabolism
