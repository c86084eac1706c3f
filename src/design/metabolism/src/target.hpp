// The reaction that releases the product, as design, targets and yield ask for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/lp/solver.hpp>
#include <leaven/metabolism/verdict.hpp>

#include "study.hpp"

namespace leaven::metabolism {

/// Errors  not_found  no such reaction;  bad_input  it is the objective
Result<std::int32_t> find_target(const Study& study, const std::string& id);

/// Where the target can carry no flux at all: that verdict, with the bounds to blame. `solver` stands at any point and
/// holds no objective.
Result<std::optional<Verdict>> explain_blocked(const Study& study, lp::Solver solver, std::int32_t target,
                                               const Context& context);

}  // namespace leaven::metabolism
