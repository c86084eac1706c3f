#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include <leaven/lp/certificate.hpp>
#include <leaven/lp/solver.hpp>

#include "basis.hpp"
#include "clp.hpp"
#include "proof.hpp"

namespace leaven::lp {
namespace {

/// A way to solve; later ones are tried where earlier ones do not end in an answer that can be checked.
enum class Way { warm, other_algorithm, presolved, cold_dual, cold_primal };

constexpr std::array ways{Way::warm, Way::other_algorithm, Way::presolved, Way::cold_dual, Way::cold_primal};

bool fresh(Way way) { return way == Way::cold_dual || way == Way::cold_primal; }

constexpr std::int64_t solves_between_factorisations = 64;
constexpr int smallest_presolved = 40;  // columns; below, presolve costs more than it saves

/// How well the numbers, recomputed from the problem, bear the answer out.
enum class Proof { none, wide_gap, sound };

Proof proof_of(const Problem& problem, const Solution& solution, double tolerance) {
    const double allowed = 10 * tolerance;
    const auto proof = certify(problem, solution);
    const bool small_residuals = proof.primal_residual <= allowed && proof.dual_residual <= allowed;
    switch (solution.status) {
        case SolveStatus::optimal:
            // Reduced costs within tolerance, times bounds of a million, can leave a gap although all is in order.
            if (!small_residuals) return Proof::none;
            return proof.gap <= 1000 * tolerance ? Proof::sound : Proof::wide_gap;
        case SolveStatus::infeasible:
            return proof.margin > 0 ? Proof::sound : Proof::none;
        case SolveStatus::unbounded:
            return small_residuals && proof.margin > tolerance ? Proof::sound : Proof::none;
        case SolveStatus::stopped:
            return Proof::sound;
        case SolveStatus::failed:
            break;
    }
    return Proof::none;
}

bool bounds_cross(const Problem& problem) { return farkas_violation(problem, {}) > 0; }

/// Without entries every column is on its own.
Solution solve_without_matrix(const Problem& problem) {
    const auto& matrix = problem.matrix;
    Solution solution{.status = SolveStatus::optimal, .x = std::vector<double>(matrix.columns)};
    solution.row_duals.assign(matrix.rows, 0);
    const double sign = problem.sense == Sense::minimize ? 1 : -1;
    for (int j = 0; j < matrix.columns; ++j) {
        const double cost = sign * problem.objective[j];
        const auto wish = cost > 0 ? place::lower : cost < 0 ? place::upper : place::between;
        const auto where = nearest_place(wish, problem.lower[j], problem.upper[j]);
        if (where != place::between) solution.x[j] = where == place::lower ? problem.lower[j] : problem.upper[j];
        if (cost == 0 || where == wish) continue;
        solution.status = SolveStatus::unbounded;
        solution.ray.assign(matrix.columns, 0);
        solution.ray[j] = cost > 0 ? -1 : 1;
    }
    for (int i = 0; i < matrix.rows; ++i) {
        if (problem.row_lower[i] <= 0 && problem.row_upper[i] >= 0) continue;
        solution.status = SolveStatus::infeasible;
        solution.ray.assign(matrix.rows, 0);
        solution.ray[i] = 1;
    }
    return solution;
}

}  // namespace

class Solver::Engine {
public:
    Engine(Problem given, SolverOptions chosen) : problem(std::move(given)), options(chosen), clp_(problem, options) {}
    Engine(const Engine& other)
        : problem(other.problem),
          options(other.options),
          solves(other.solves),
          clp_(problem, options),
          last_x_(other.last_x_),
          has_basis_(other.has_basis_),
          objective_changed_(other.objective_changed_) {
        if (has_basis_) clp_.restore(other.clp_.basis());
    }
    Engine& operator=(const Engine&) = delete;
    ~Engine() = default;

    Problem problem;
    SolverOptions options;
    std::int64_t solves = 0;

    void set_cost(int column, double cost) {
        if (problem.objective[column] == cost) return;
        problem.objective[column] = cost;
        clp_.set_cost(column, cost, problem.sense);
        objective_changed_ = true;
    }

    void set_sense(Sense sense) {
        if (problem.sense == sense) return;
        problem.sense = sense;
        for (int j = 0; j < problem.matrix.columns; ++j) clp_.set_cost(j, problem.objective[j], sense);
        objective_changed_ = true;
    }

    void set_bounds(int column, double lower, double upper) {
        if (problem.lower[column] == lower && problem.upper[column] == upper) return;
        problem.lower[column] = lower;
        problem.upper[column] = upper;
        clp_.set_bounds(column, lower, upper);
    }

    void set_row_bounds(int row, double lower, double upper) {
        if (problem.row_lower[row] == lower && problem.row_upper[row] == upper) return;
        problem.row_lower[row] = lower;
        problem.row_upper[row] = upper;
        clp_.set_row_bounds(row, lower, upper);
    }

    void forget_basis() { has_basis_ = false; }

    [[nodiscard]] Basis basis() const { return clp_.basis(); }

    void restore(const Basis& basis) {
        clp_.restore(basis);
        last_x_.clear();
        has_basis_ = true;
        refactor_ = true;
        objective_changed_ = false;
    }

    Solution solve() {
        if (options.stop != nullptr && options.stop->load(std::memory_order_relaxed))
            return {.status = SolveStatus::stopped};
        if (bounds_cross(problem))
            return {.status = SolveStatus::infeasible, .x = std::vector<double>(problem.matrix.columns)};
        Solution solution;
        if (problem.matrix.indices.empty()) {
            ++solves;
            solution = solve_without_matrix(problem);
        } else {
            solution = solve_by_simplex();
        }
        complete(solution);
        return solution;
    }

private:
    Solution solve_by_simplex() {
        std::int64_t iterations = 0;
        Solution second_best;
        for (const Way way : ways) {
            if (!applies(way)) continue;
            auto solution = proved_or_replaced(solve(way), way);
            iterations += std::exchange(solution.iterations, 0);
            const auto proof = proof_of(problem, solution, options.tolerance);
            if (proof == Proof::wide_gap) second_best = std::move(solution);
            if (proof == Proof::sound) return settled(std::move(solution), way, iterations);
        }
        return settled(std::move(second_best), Way::cold_primal, iterations);
    }

    /// Remembers what the next solve starts from.
    Solution settled(Solution solution, Way way, std::int64_t iterations) {
        const bool optimal = solution.status == SolveStatus::optimal;
        has_basis_ = optimal || solution.status == SolveStatus::infeasible || solution.status == SolveStatus::unbounded;
        refactor_ = way != Way::warm || !optimal;
        last_x_ = optimal ? solution.x : std::vector<double>();
        objective_changed_ = !optimal;
        solution.iterations = iterations;
        return solution;
    }

    /// What a fresh basis says must be so has its proof looked for, where it brings none.
    Solution proved_or_replaced(Solution solution, Way way) {
        if (!fresh(way) || proof_of(problem, solution, options.tolerance) != Proof::none) return solution;
        if (solution.status == SolveStatus::infeasible) return ++solves, least_infeasibility(problem, options);
        if (solution.status == SolveStatus::unbounded) return ++solves, steepest_ray(problem, options);
        return solution;
    }

    [[nodiscard]] bool applies(Way way) const {
        if (way == Way::warm || way == Way::other_algorithm) return has_basis_;
        return way != Way::presolved || problem.matrix.columns >= smallest_presolved;
    }

    Solution solve(Way way) {
        ++solves;
        const bool refactor = refactor_ || solves % solves_between_factorisations == 0;
        switch (way) {
            case Way::warm:
                return primal_first() ? clp_.primal(refactor) : clp_.dual(refactor);
            case Way::other_algorithm:
                return primal_first() ? clp_.dual(true) : clp_.primal(true);
            case Way::presolved:
                return clp_.presolved();
            case Way::cold_dual:
                return clp_.cold_dual();
            case Way::cold_primal:
                return clp_.cold_primal();
        }
        return {};
    }

    /// The primal algorithm wants the last point to be feasible still, the dual one the last prices to be.
    [[nodiscard]] bool primal_first() const {
        if (!objective_changed_ || last_x_.empty()) return false;
        for (int j = 0; j < problem.matrix.columns; ++j)
            if (last_x_[j] < problem.lower[j] - options.tolerance || last_x_[j] > problem.upper[j] + options.tolerance)
                return false;
        return true;
    }

    void complete(Solution& solution) const {
        if (solution.status != SolveStatus::optimal) return;
        const auto& matrix = problem.matrix;
        solution.reduced_costs = problem.objective;
        for (int j = 0; j < matrix.columns; ++j) {
            solution.objective += problem.objective[j] * solution.x[j];
            for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k)
                solution.reduced_costs[j] -= matrix.values[k] * solution.row_duals[matrix.indices[k]];
        }
    }

    Clp clp_;
    std::vector<double> last_x_;  // of the last optimum, empty where there was none
    bool has_basis_ = false;
    bool refactor_ = true;
    bool objective_changed_ = false;  // since then
};

Solver::Solver(Problem problem, SolverOptions options)
    : engine_(std::make_unique<Engine>(std::move(problem), options)) {}
Solver::Solver(const Solver& other) : engine_(std::make_unique<Engine>(*other.engine_)) {}
Solver::Solver(Solver&&) noexcept = default;
Solver& Solver::operator=(Solver&&) noexcept = default;
Solver::~Solver() = default;

const Problem& Solver::problem() const { return engine_->problem; }

void Solver::set_objective(std::span<const double> coefficients, Sense sense) {
    engine_->set_sense(sense);
    for (std::size_t j = 0; j < coefficients.size(); ++j) engine_->set_cost(static_cast<int>(j), coefficients[j]);
}

void Solver::set_objective_coefficient(int column, double coefficient) { engine_->set_cost(column, coefficient); }
void Solver::set_sense(Sense sense) { engine_->set_sense(sense); }
void Solver::set_bounds(int column, double lower, double upper) { engine_->set_bounds(column, lower, upper); }
void Solver::set_row_bounds(int row, double lower, double upper) { engine_->set_row_bounds(row, lower, upper); }

Solution Solver::solve() { return engine_->solve(); }

Solution Solver::solve_cold() {
    engine_->forget_basis();
    return engine_->solve();
}

Basis Solver::basis() const { return engine_->basis(); }
void Solver::restore(const Basis& basis) { engine_->restore(basis); }
std::int64_t Solver::solves() const { return engine_->solves; }

}  // namespace leaven::lp
