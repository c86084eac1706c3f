// The flux distribution of least total flux, sum of |v|, under what the objective and bounds ask.
//
// A compressed column that can run both ways becomes two, one for each direction; its cost is the sum of |factor| of
// its reactions, so that the total is that of the original network. Threads: one object is used by one thread.
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

    /// Where that is quicker, starts from where a solver of the study stands, with its flux: what is optimal there is
    /// feasible here.
    void start_from(const lp::Solver& solver, const std::vector<double>& w);

    /// Bounds of a column of the compression, within those it has there.
    void set_bounds(std::int32_t column, double lower, double upper);

    struct Flux {
        std::vector<double> flux;  // of each reaction; empty where there is none
        Certificate certificate;   // of the program solved here
    };
    /// The flux of least total among those that keep the objective at `value`, less 1e-10 of it. Where rounding put
    /// that a trifle too high to be attained, ten times the loss is allowed, up to 1e-7 of it.
    ///
    /// Errors  infeasible  nothing satisfies the bounds;  cancelled;  bug  the program could not be solved
    Result<Flux> keeping(double value);

private:
    void hold_objective(double value, double loss);
    Result<Flux> solve();

    const Study& study_;
    std::vector<std::int32_t> forward_;   // of each column of the compression: its column here, or -1
    std::vector<std::int32_t> backward_;  // the same for its negative part
    lp::Solver solver_;
};

/// Sum of |v|.
double total_flux(const std::vector<double>& flux);

}  // namespace leaven::metabolism
