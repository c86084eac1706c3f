// The optimum of a study's objective with some columns at zero, again and again, each from a basis near by.
//
// Every optimum is judged by its certificate on the compressed network as it then stands; one that fails is solved
// again from nothing. Threads: one object a thread; copies of the solver are independent.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/lp/solver.hpp>

#include "study.hpp"

namespace leaven::metabolism {

struct KnockoutOptimum {
    double value;              // of the objective
    std::vector<double> flux;  // over the columns
};

class KnockoutSolver {
public:
    /// `solver` stands at the wild type's optimum.
    KnockoutSolver(const Study& study, const lp::Solver& solver)
        : study_(study), solver_(solver), basis_(solver.basis()) {}

    /// From the last basis that was kept; none where there is no flux at all.
    Result<std::optional<KnockoutOptimum>> optimum(const std::vector<std::int32_t>& off);

    /// The next optima are looked for from where the last one was found, or from the given basis.
    void keep_basis() { basis_ = solver_.basis(); }
    void start_from(const lp::Basis& basis) { basis_ = basis; }
    [[nodiscard]] lp::Basis basis() const { return solver_.basis(); }

private:
    const Study& study_;
    lp::Solver solver_;
    lp::Basis basis_;
};

}  // namespace leaven::metabolism
