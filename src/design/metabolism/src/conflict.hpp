// Why there is no flux: a Farkas vector for the original network, and a smallest set of bounds that cannot hold
// together.
//
// Which way a reaction runs counts as chemistry, not as a bound to be blamed: a zero on one side of a two-sided
// reaction always holds. So what is named is what a person chose: forced fluxes, limits, knock-outs; and where one of
// these alone is in conflict with the medium, the uptakes that are closed.
#pragma once

#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/lp/solver.hpp>
#include <leaven/metabolism/verdict.hpp>

#include "study.hpp"

namespace leaven::metabolism {

/// Of a network found to be infeasible; `compressed` is what a solver of the study said, or nothing where the
/// compression found it.
///
/// Errors  cancelled;  bug  it turns out to be feasible within the tolerance after all
Result<Verdict> explain_infeasible(const Study& study, const lp::Solution* compressed, const Context& context);

/// A linear expression over the reactions that is to stay within bounds.
struct Demand {
    std::vector<double> coefficients;  // of each reaction
    double lower;
    double upper;
};

/// The verdict "infeasible" where no flux meets all demands; nothing where one does.
Result<std::optional<Verdict>> explain_demands(const Study& study, const std::vector<Demand>& demands,
                                               const Context& context);

/// Of an objective whose optimum is zero: the bounds because of which it is no greater, as the verdict "infeasible".
Result<Verdict> explain_zero(const Study& study, const Optimum& optimum, const Context& context);

/// Of an objective that is maximised and cannot reach `least`, which is above its optimum: the bounds that hold it
/// down.
Result<Verdict> explain_below(const Study& study, const Optimum& optimum, double least, const Context& context);

}  // namespace leaven::metabolism
