#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <optional>
#include <utility>

#include <leaven/lp/certificate.hpp>
#include <leaven/lp/exact.hpp>
#include <leaven/lp/solver.hpp>

#include "basis.hpp"
#include "check.hpp"
#include "clp.hpp"
#include "crash.hpp"
#include "proof.hpp"
#include "simplex.hpp"

namespace leaven::lp {
namespace {

/// A way to solve; later ones are tried where earlier ones do not end in an answer that can be checked.
enum class Way { own, own_again, warm, other_algorithm, presolved, cold_dual, cold_primal, fractions };

constexpr std::array ways{Way::own,       Way::own_again, Way::warm,        Way::other_algorithm,
                          Way::presolved, Way::cold_dual, Way::cold_primal, Way::fractions};

bool fresh(Way way) { return way == Way::cold_dual || way == Way::cold_primal; }

constexpr std::int64_t solves_between_factorisations = 64;  // of Clp, warm
constexpr int most_rows_crashed = 1200;                     // more rows are solved from nothing by Clp: it presolves
constexpr int smallest_presolved = 40;                      // columns; below, presolve costs more than it saves
constexpr int most_rows_in_fractions = 500;                 // the last way of all; more rows would take minutes

/// How well the numbers, recomputed from the problem, bear the answer out.
enum class Proof { none, wide_gap, sound };

/// Completes an optimum by its objective and reduced costs.
Proof proof_of(const Problem& problem, Solution& solution, double tolerance) {
    const bool optimal = solution.status == SolveStatus::optimal;
    const auto proof = optimal ? check_optimum(problem, solution) : certify(problem, solution);
    const double allowed = 10 * tolerance;
    const bool small_residuals = proof.primal_residual <= allowed && proof.dual_residual <= allowed;
    switch (solution.status) {
        case SolveStatus::optimal:
            // Violations within tolerance, times prices or bounds of a million, can leave a gap in all good faith.
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

/// The basis of slacks, everything else at the bound next to zero.
Basis slack_basis(const Problem& problem) {
    Basis slack;
    for (int j = 0; j < problem.matrix.columns; ++j)
        slack.columns.push_back(nearest_place(place::basic, problem.lower[j], problem.upper[j]));
    slack.rows.assign(problem.matrix.rows, place::basic);
    return slack;
}

}  // namespace

class Solver::Engine {
public:
    Engine(Problem given, SolverOptions chosen) : problem(std::move(given)), options(chosen) {
        if (options.code == Code::leaven && !problem.matrix.indices.empty()) own_.emplace(problem, options);
    }
    Engine(const Engine& other)
        : problem(other.problem),
          options(other.options),
          solves(other.solves),
          own_(other.own_),
          last_x_(other.last_x_),
          has_basis_(other.has_basis_),
          may_crash_(other.may_crash_),
          objective_changed_(other.objective_changed_) {
        if (has_basis_ && other.clp_) clp().restore(other.clp_->basis());
    }
    Engine& operator=(const Engine&) = delete;
    ~Engine() = default;

    Problem problem;
    SolverOptions options;
    std::int64_t solves = 0;

    void set_cost(int column, double cost) {
        if (problem.objective[column] == cost) return;
        problem.objective[column] = cost;
        pass_cost(column);
    }

    void set_sense(Sense sense) {
        if (problem.sense == sense) return;
        problem.sense = sense;
        for (int j = 0; j < problem.matrix.columns; ++j)
            if (problem.objective[j] != 0) pass_cost(j);
    }

    void set_bounds(int column, double lower, double upper) {
        if (problem.lower[column] == lower && problem.upper[column] == upper) return;
        problem.lower[column] = lower;
        problem.upper[column] = upper;
        if (clp_) clp_->set_bounds(column, lower, upper);
        if (own_) own_->set_bounds(column, lower, upper);
    }

    void set_row_bounds(int row, double lower, double upper) {
        if (problem.row_lower[row] == lower && problem.row_upper[row] == upper) return;
        problem.row_lower[row] = lower;
        problem.row_upper[row] = upper;
        if (clp_) clp_->set_row_bounds(row, lower, upper);
        if (own_) own_->set_bounds(problem.matrix.columns + row, lower, upper);
    }

    /// The next solve is Clp's, so that who doubts an answer hears a second opinion.
    void forget_basis() { has_basis_ = may_crash_ = false; }

    /// May be called by several threads: they share the solver to copy it and its basis.
    [[nodiscard]] Basis basis() const {
        if (!has_basis_) return slack_basis(problem);
        if (!own_) return clp_->basis();
        if (own_->knows_weights()) return own_->basis();
        const std::scoped_lock lock(weighing_);
        if (!weighed_) {
            auto copy = *own_;
            copy.compute_weights();
            weighed_ = copy.basis();
        }
        return *weighed_;
    }

    [[nodiscard]] Basis bare_basis() const {
        if (!has_basis_) return slack_basis(problem);
        auto bare = own_ ? own_->basis() : clp_->basis();
        bare.weights.clear();
        return bare;
    }

    void restore(const Basis& basis) {
        weighed_.reset();
        if (own_)
            own_->restore(basis);
        else
            clp().restore(basis);
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
        if (!problem.matrix.indices.empty()) return solve_by_simplex();
        ++solves;
        auto solution = solve_without_matrix(problem);
        (void)proof_of(problem, solution, options.tolerance);
        return solution;
    }

private:
    Solution solve_by_simplex() {
        weighed_.reset();
        std::int64_t iterations = 0;
        Solution second_best;
        for (const Way way : ways) {
            if (!applies(way)) continue;
            auto solution = solve(way);
            auto proof = proof_of(problem, solution, options.tolerance);
            if (proof == Proof::none && fresh(way)) {
                solution = look_for_proof(std::move(solution));
                proof = proof_of(problem, solution, options.tolerance);
            }
            iterations += std::exchange(solution.iterations, 0);
            if (way == Way::fractions && solution.status == SolveStatus::infeasible) proof = Proof::sound;  // a theorem
            // Two ways that end with a gap of this kind are as good as one without.
            if (proof == Proof::wide_gap && second_best.status == SolveStatus::optimal) proof = Proof::sound;
            if (proof == Proof::sound) return settled(std::move(solution), way, iterations);
            if (proof == Proof::wide_gap) second_best = std::move(solution);
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
        if (own_ && clp_) {
            if (has_basis_) own_->restore(clp_->basis());
            clp_.reset();
        }
        return solution;
    }

    /// What a fresh basis says must be so has its proof looked for, where it brings none.
    Solution look_for_proof(Solution solution) {
        if (solution.status == SolveStatus::infeasible) return ++solves, least_infeasibility(problem, options);
        if (solution.status == SolveStatus::unbounded) return ++solves, steepest_ray(problem, options);
        return solution;
    }

    [[nodiscard]] bool applies(Way way) const {
        if (way == Way::own || way == Way::own_again) return own_ && (has_basis_ || may_crash_);
        if (way == Way::warm || way == Way::other_algorithm) return has_basis_;
        if (way == Way::fractions) return problem.matrix.rows <= most_rows_in_fractions;
        return way != Way::presolved || problem.matrix.columns >= smallest_presolved;
    }

    Solution solve(Way way) {
        ++solves;
        const bool refactor = refactor_ || solves % solves_between_factorisations == 0;
        switch (way) {
            case Way::own:
                if (!has_basis_) own_->restore(crash_basis(problem));
                return solve_own();
            case Way::own_again:
                own_->refresh();
                return solve_own();
            case Way::warm:
                return primal_first() ? clp().primal(refactor) : clp().dual(refactor);
            case Way::other_algorithm:
                return primal_first() ? clp().dual(true) : clp().primal(true);
            case Way::presolved:
                return clp().presolved();
            case Way::cold_dual:
                return clp().cold_dual();
            case Way::cold_primal:
                return clp().cold_primal();
            case Way::fractions:
                return solve_in_fractions();
        }
        return {};
    }

    /// What is infeasible may still be solved where rows miss by the tolerance, as they may in all other ways: the
    /// entries of a problem are rounded themselves.
    Solution solve_in_fractions() {
        auto solution = solve_in_fractions(problem);
        if (solution.status != SolveStatus::infeasible) return solution;
        auto loose = problem;
        for (auto& bound : loose.row_lower) bound -= options.tolerance;
        for (auto& bound : loose.row_upper) bound += options.tolerance;
        return solve_in_fractions(loose);
    }

    Solution solve_in_fractions(const Problem& of) {
        for (const auto& start : {clp().basis(), slack_basis(of)}) {
            auto exact = solve_exactly(of, start, options);
            if (exact.status == SolveStatus::failed) continue;
            return {.status = exact.status,
                    .x = std::move(exact.x),
                    .row_duals = std::move(exact.row_duals),
                    .ray = std::move(exact.ray),
                    .iterations = exact.pivots};
        }
        return {};
    }

    Solution solve_own() {
        auto solution = own_->solve();
        if (problem.sense == Sense::maximize)
            for (auto& price : solution.row_duals) price = -price;
        return solution;
    }

    /// Made when it is first needed; starts from where our own simplex is.
    Clp& clp() {
        if (!clp_) {
            clp_.emplace(problem, options);
            if (own_ && has_basis_) clp_->restore(own_->basis());
        }
        return *clp_;
    }

    void pass_cost(int column) {
        const double cost = problem.objective[column];
        if (clp_) clp_->set_cost(column, cost, problem.sense);
        if (own_) own_->set_cost(column, problem.sense == Sense::minimize ? cost : -cost);
        objective_changed_ = true;
    }

    /// The primal algorithm wants the last point to be feasible still, the dual one the last prices to be.
    [[nodiscard]] bool primal_first() const {
        if (!objective_changed_ || last_x_.empty()) return false;
        for (int j = 0; j < problem.matrix.columns; ++j)
            if (last_x_[j] < problem.lower[j] - options.tolerance || last_x_[j] > problem.upper[j] + options.tolerance)
                return false;
        return true;
    }

    std::optional<Clp> clp_;
    std::optional<Simplex> own_;
    mutable std::mutex weighing_;
    mutable std::optional<Basis> weighed_;  // the present basis with its weights, computed when first asked for
    std::vector<double> last_x_;            // of the last optimum, empty where there was none
    bool has_basis_ = false;
    bool may_crash_ = problem.matrix.rows <= most_rows_crashed;
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
Basis Solver::bare_basis() const { return engine_->bare_basis(); }
void Solver::restore(const Basis& basis) { engine_->restore(basis); }
std::int64_t Solver::solves() const { return engine_->solves; }

}  // namespace leaven::lp
