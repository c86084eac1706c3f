// Models asked how far single reactions can go: what checks by linear programs share.
#pragma once

#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/lp/solver.hpp>
#include <leaven/metabolism/model.hpp>

#include "study.hpp"

namespace leaven::metabolism {

/// What counts as open.
inline constexpr double open_bound = 1000;

/// A reaction that runs forwards only, as far as it likes.
Reaction drain(std::string id, std::vector<Term> terms);

/// A model to be asked about several of its reactions.
Result<Study> prepare_probes(Model model);

/// The flux that makes one reaction greatest, or nothing where it stays at zero. Leaves the solver changed.
Result<std::vector<double>> greatest(const Study& study, lp::Solver& solver, std::int32_t reaction);

}  // namespace leaven::metabolism
