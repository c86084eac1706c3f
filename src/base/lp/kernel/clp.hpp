// Clp behind four verbs. What it says is not believed here: the caller checks it.
//
// Scaling is off whenever an answer is final, and so is perturbation of warm solves: both hide small coefficients.
// Only the presolved copy of a first solve is scaled and perturbed; the full problem is then solved from its basis.
#pragma once

#include <memory>

#include <ClpSimplex.hpp>

#include <leaven/lp/problem.hpp>
#include <leaven/lp/solver.hpp>

namespace leaven::lp {

class Clp {
public:
    Clp(const Problem& problem, const SolverOptions& options);

    void set_cost(int column, double cost, Sense sense);
    void set_bounds(int column, double lower, double upper);
    void set_row_bounds(int row, double lower, double upper);

    /// From the present basis. `refactor` drops the factorisation that the last solve left.
    Solution dual(bool refactor);
    Solution primal(bool refactor);

    /// From nothing: presolved and cleaned up, or as it stands. `failed` where presolve finds no finite optimum.
    Solution presolved();
    Solution cold_dual();
    Solution cold_primal();

    [[nodiscard]] Basis basis() const;
    void restore(const Basis& basis);

private:
    enum class Algorithm { primal, dual };

    Solution run(Algorithm algorithm, bool refactor);
    Solution answer(Algorithm algorithm);

    std::unique_ptr<ClpSimplex> model_;
    SolverOptions options_;
    double sign_;  // Clp minimises: its costs are the problem's times this
    bool places_changed_ = false;
};

}  // namespace leaven::lp
