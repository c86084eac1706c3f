// The one flux in the middle of all optima.
//
// Among the optima, those of least total flux; of what is left the box of ranges has a centre, and those nearest to it
// (by sum of |v - centre|) are kept; and so on until the box has no width. Each step keeps a face of the last, so the
// answer is unique and in the symmetric middle, whichever optimum was found first.
//
// Reference  Smallbone, Simeonidis 2009, doi:10.1016/j.jtbi.2009.01.027.
// Cost       flux variability in each of a few rounds.
#pragma once

#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/lp/solver.hpp>

#include "study.hpp"

namespace leaven::metabolism {

/// A flux for each reaction, with the optimum's value. No range is left wider than 1e-6 max(1, |v|).
///
/// Errors  cancelled;  bug  the box did not close
Result<std::vector<double>> middle_of_optima(const Study& study, const Optimum& optimum, const Context& context);

}  // namespace leaven::metabolism
