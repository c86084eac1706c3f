// The flux distribution of least total flux, sum of |v|, under what the objective and bounds ask.
//
// A compressed column that can run both ways becomes two, one for each direction; its cost is the sum of |factor| of its
// reactions, so that the total is that of the original network.
// Threads: one object is used by one thread.
#pragma once

#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/lp/solver.hpp>

#include "study.hpp"

namespace leaven::metabolism {

class LeastFlux {
public:
    LeastFlux(const Study& study, const Context& context);

    /// From now on the objective may miss `value` by no more than `loss`.
    void hold_objective(double value, double loss);

    /// Bounds of a column of the compression, within those it has there.
    void set_bounds(std::int32_t column, double lower, double upper);

    struct Flux {
        std::vector<double> flux;  // of each reaction; empty where there is none
        Certificate certificate;   // of the program solved here
    };
    /// Errors  infeasible  nothing satisfies the bounds;  cancelled;  bug  the program could not be solved
    Result<Flux> solve();

private:
    const Study& study_;
    std::vector<std::int32_t> forward_;   // of each column of the compression: its column here, or -1
    std::vector<std::int32_t> backward_;  // the same for its negative part
    lp::Solver solver_;
};

/// Sum of |v|.
double total_flux(const std::vector<double>& flux);

}  // namespace leaven::metabolism
