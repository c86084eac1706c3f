// A verdict proved once more in fractions: on the original network, without the compression and without tolerances.
#pragma once

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>

#include "study.hpp"

namespace leaven::metabolism {

/// The same verdict with `exact` set where the fractions agree; an optimum then has the flux, prices and value of the
/// exact vertex. A network that is infeasible for the fractions, where tolerances hid it, is infeasible. Where no exact
/// proof is found, `exact` stays unset.
///
/// Errors  cancelled
Result<Optimum> with_exact_verdict(const Study& study, Optimum optimum, const Context& context);

}  // namespace leaven::metabolism
