// Least and greatest value of columns of a compressed network: what flux variability, blocked reactions and the bounds
// of other searches are made of.
//
// Every solution found is a witness: where it stands at a bound, that end point is settled and needs no program.
// Columns are dealt to a fixed number of lanes, each with a solver of its own, in rounds; witnesses are exchanged
// between the rounds. So the answer is the same for any number of threads.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/lp/solver.hpp>

#include "study.hpp"

namespace leaven::metabolism {

struct ColumnRange {
    std::optional<double> least;  // none: unbounded
    std::optional<double> greatest;
};

struct Ranges {
    std::vector<ColumnRange> columns;  // of each wanted column, in the order given
    std::int64_t lps = 0;
    std::int64_t witnessed = 0;  // end points
};

/// `solver` stands at some feasible point and knows all constraints; `known` are solutions that satisfy them.
Result<Ranges> find_ranges(const Study& study, const lp::Solver& solver, const std::vector<std::int32_t>& wanted,
                           const std::vector<std::vector<double>>& known, const Context& context);

}  // namespace leaven::metabolism
