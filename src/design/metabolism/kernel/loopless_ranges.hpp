// Ranges of columns among fluxes that obey the loop law.
#pragma once

#include <string_view>

#include "loops.hpp"
#include "ranges.hpp"
#include "study.hpp"

namespace leaven::metabolism {

/// Whether some bound, or the objective, can hold a loop in place: else every loop can be taken out of every flux.
bool may_force_loops(const Study& study, const Loops& loops);

/// `plain` are the ranges without the law, of which most stand: where no loop runs through a column in the direction
/// of its end point, the loops of the flux that attains it can be taken out. The others are searched, one by one, so
/// that the answer is the same for any number of threads.
///
/// `forced` as may_force_loops says: then every end point is searched.
/// Errors  infeasible  no flux obeys the law;  cancelled
Result<Ranges> loopless_ranges(const Study& study, const lp::Solver& solver, const std::vector<std::int32_t>& wanted,
                               Ranges plain, const Loops& loops, bool forced, const Context& context);

/// End points after CycleFreeFlux (Desouki et al. 2015, doi:10.1093/bioinformatics/btv096): the
/// loops are taken out of one flux that attains the plain end point; what ran only in loops through the column is then
/// held at zero and the end point sought again. Quick; it may stop short of the end point, or lie beyond it.
Result<Ranges> cyclefree_ranges(const Study& study, const lp::Solver& solver, const std::vector<std::int32_t>& wanted,
                                Ranges plain, const Loops& loops, const Context& context);

}  // namespace leaven::metabolism
