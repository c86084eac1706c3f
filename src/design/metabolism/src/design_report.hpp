// From what a search found to designs with names, costs and evidence.
#pragma once

#include <cstdint>
#include <optional>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/design.hpp>

#include "cut_sets.hpp"
#include "design_search.hpp"
#include "interventions.hpp"
#include "region_probe.hpp"
#include "study.hpp"

namespace leaven::metabolism {

/// What designs are written up from.
struct Reporter {
    const Study& study;
    const Interventions& interventions;
    std::optional<std::int32_t> target;
    std::optional<std::int32_t> substrate;
    Goal aim;
};

/// Growth and target of the cell in which nothing is inserted or knocked out.
Status write_wild_type(const Study& study, const Interventions& interventions, std::int32_t target,
                       const Context& context, DesignResult& result);

/// Each design solved again on the original model. Stopped meanwhile: the rest is listed as the search left it, not
/// verified, and the answer is incomplete.
Status write_designs(const Reporter& reporter, const SearchOutcome& outcome, const Context& context,
                     DesignResult& result);

/// The same of cut sets, each with every choice among interchangeable genes or reactions, at most `most` in all (0: no
/// limit).
///
/// Errors  bad_input  these choices are too many to list
Status write_cut_sets(const Reporter& reporter, const CutSetQuestion& question, const CutSetOutcome& outcome,
                      std::size_t most, const Context& context, DesignResult& result);

}  // namespace leaven::metabolism
