// Minimal cut sets: all smallest sets of interventions that close regions of flux space and keep others.
//
// A set K that does not close a region leaves a flux v in it. Whatever superset closes it must stop a column that v
// uses: so only the smallest additions that do so are looked at, and those that avoid v have it as their witness. Each
// set is reached once, for what was added at one branch is barred from the next ones. A flux found anywhere is kept:
// where one avoids all columns that a set stops, no linear program is needed. Within a world (src/interventions.hpp) a
// closed region stays closed and a lost one stays lost, so a set that closes all needs no superset, and one that has
// lost what is to be kept ends its branch.
//
// Reference  minimal cut sets: Klamt, Gilles 2004, doi:10.1093/bioinformatics/btg395; with desired fluxes: Hädicke,
//            Klamt 2011, doi:10.1016/j.ymben.2010.12.004. The search is in the manner of Fast-SL (Pratapa et al. 2015,
//            doi:10.1093/bioinformatics/btv352).
// Threads    sets are expanded in rounds whose parts depend on the input alone; fluxes are exchanged between rounds,
//            among ranks too.
#pragma once

#include <cstdint>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>

#include "design_search.hpp"
#include "interventions.hpp"
#include "regions.hpp"
#include "study.hpp"

namespace leaven::metabolism {

struct CutSet {
    std::vector<std::int32_t> inserted;  // insertions
    UnitSet set;
    std::size_t size = 0;  // knock-outs and inserted reactions
};

struct CutSetQuestion {
    std::vector<Region> suppress;
    std::vector<Region> protect;
};

struct CutSetOutcome {
    std::vector<CutSet> found;  // minimal ones, by size
    Proof proof;                // `bound`: no minimal set of this size or less is missing
    bool complete = false;
};

/// Errors  bug  a linear program could not be solved. Being stopped is no error: the outcome is then incomplete.
Result<CutSetOutcome> find_cut_sets(const Study& study, const Interventions& interventions,
                                    const CutSetQuestion& question, const SearchLimits& limits, const Context& context);

}  // namespace leaven::metabolism
