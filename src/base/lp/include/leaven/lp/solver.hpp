// Solves one linear program many times, with changing objective and bounds, from the last basis.
//
//     Solver solver(problem, {.tolerance = 1e-9, .stop = &context.stop_flag()});
//     auto best = solver.solve();
//     solver.set_bounds(column, 0, 0);
//     auto after = solver.solve();            // warm: the dual simplex from the last optimum
//
// Threads: one Solver is used by one thread; a copy is an independent solver with the same basis.
// Rules    nothing is rescaled behind the caller's back: tolerances hold in the units of the problem, for small
//          coefficients matter (a vitamin enters biomass at 2e-6, and default scaling hides that it is essential);
//          every solve is bounded, and one that fails to finish is tried again cold, a second way, and where rows are
//          few at last in fractions, first exactly, then with rows that may miss by the tolerance;
//          an answer `infeasible` or `unbounded` is confirmed by its ray, else from a fresh basis.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <leaven/lp/problem.hpp>

namespace leaven::lp {

enum class SolveStatus {
    optimal,
    infeasible,  // `ray` proves it: a Farkas vector over the rows (empty where a lower bound exceeds its upper bound)
    unbounded,   // `ray` proves it: a direction over the columns that improves the objective for ever
    stopped,     // the stop flag was raised
    failed,      // no way finished within its limits
};

struct Solution {
    SolveStatus status = SolveStatus::failed;
    double objective = 0;                    // c'x, in the sense of the problem
    std::vector<double> x = {};              // value of each column; where infeasible, the last point tried
    std::vector<double> row_duals = {};      // change of the objective per unit of each row's right-hand side
    std::vector<double> reduced_costs = {};  // c - A'y
    std::vector<double> ray = {};            // see SolveStatus
    std::int64_t iterations = 0;
};

/// Which simplex code solves first. Clp is the second way in either case, and the first from nothing where the problem
/// has more than a thousand rows.
enum class Code { leaven, clp };

struct SolverOptions {
    double tolerance = 1e-9;                  // primal and dual, absolute, unscaled
    const std::atomic<bool>* stop = nullptr;  // looked at every few iterations; not owned
    Code code = Code::leaven;
};

/// The places a column or a row can have in a Basis.
namespace place {
inline constexpr signed char basic = 0;
inline constexpr signed char lower = 1;
inline constexpr signed char upper = 2;
inline constexpr signed char between = 3;  // not basic and at no bound: a free variable, at zero
}  // namespace place

/// Where each column and row stands in a basis; what `Solver::restore` needs to start from there. Any places will do.
struct Basis {
    std::vector<signed char> columns;
    std::vector<signed char> rows;
    std::vector<float> weights =
        {};  // of what is basic, in order: they make the next solves shorter; may be left empty

    static void members(auto& p, auto&& v) { v(p.columns), v(p.rows), v(p.weights); }
};

class Solver {
public:
    Solver(Problem problem, SolverOptions options);
    Solver(const Solver& other);
    Solver(Solver&&) noexcept;
    Solver& operator=(const Solver&) = delete;
    Solver& operator=(Solver&&) noexcept;
    ~Solver();

    /// The problem as it now stands, with all changes applied.
    [[nodiscard]] const Problem& problem() const;

    void set_objective(std::span<const double> coefficients, Sense sense);
    void set_objective_coefficient(int column, double coefficient);
    void set_sense(Sense sense);
    void set_bounds(int column, double lower, double upper);
    void set_row_bounds(int row, double lower, double upper);

    /// Solves from the present basis (at first: from a triangular one, or after presolve where that is quicker).
    Solution solve();

    /// Forgets the basis and solves from nothing, by Clp: a second opinion.
    Solution solve_cold();

    [[nodiscard]] Basis basis() const;

    /// The same without weights: what they would cost to compute a single solve does not win back.
    [[nodiscard]] Basis bare_basis() const;
    void restore(const Basis& basis);

    /// Linear programs solved so far, confirmations included.
    [[nodiscard]] std::int64_t solves() const;

private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

}  // namespace leaven::lp
