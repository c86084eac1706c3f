#include "clp.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <ClpEventHandler.hpp>
#include <ClpPresolve.hpp>

#include "basis.hpp"

namespace leaven::lp {
namespace {

constexpr int no_perturbation = 100;
constexpr int automatic_perturbation = 50;
constexpr int certain_perturbation = 55;  // where 50 may find that the costs need none; networks always do
constexpr int automatic_scaling = 3;
constexpr int pivots_between_factorisations = 100;

// Bits of Clp's startFinishOptions: keep the arrays and the factorisation, use those of the last solve.
constexpr int keep_work = 1;
constexpr int reuse_work = 1 + 2 + 4;

/// Lets Clp look at the stop flag after every iteration.
class StopHandler final : public ClpEventHandler {
public:
    explicit StopHandler(const std::atomic<bool>* stop) : stop_(stop) {}
    int event(Event) override { return stop_ != nullptr && stop_->load(std::memory_order_relaxed) ? 0 : -1; }
    [[nodiscard]] ClpEventHandler* clone() const override { return new StopHandler(*this); }

private:
    const std::atomic<bool>* stop_;
};

double clp_bound(double bound) { return std::isinf(bound) ? std::copysign(COIN_DBL_MAX, bound) : bound; }

std::vector<double> clp_bounds(std::vector<double> bounds) {
    std::transform(bounds.begin(), bounds.end(), bounds.begin(), clp_bound);
    return bounds;
}

/// Enough for any honest solve of such a size, and an end to cycling.
int iteration_limit(const ClpSimplex& model) { return 20000 + 20 * (model.numberRows() + model.numberColumns()); }

void prepare(ClpSimplex& model, const SolverOptions& options) {
    const StopHandler handler(options.stop);
    model.passInEventHandler(&handler);
    model.setLogLevel(0);
    model.setPrimalTolerance(options.tolerance);
    model.setDualTolerance(options.tolerance);
    model.setFactorizationFrequency(pivots_between_factorisations);
    model.setMaximumIterations(iteration_limit(model));
}

signed char place_of(ClpSimplex::Status status) {
    switch (status) {
        case ClpSimplex::basic:
            return place::basic;
        case ClpSimplex::atUpperBound:
            return place::upper;
        case ClpSimplex::atLowerBound:
        case ClpSimplex::isFixed:
            return place::lower;
        case ClpSimplex::isFree:
        case ClpSimplex::superBasic:
            return place::between;
    }
    return place::between;
}

ClpSimplex::Status status_of(signed char where, double lower, double upper) {
    if (where == place::basic) return ClpSimplex::basic;
    const auto valid = nearest_place(where, lower, upper);
    if (valid == place::upper) return ClpSimplex::atUpperBound;
    if (valid == place::lower) return ClpSimplex::atLowerBound;
    return ClpSimplex::isFree;
}

std::vector<double> copy_and_delete(double* values, int count) {
    if (values == nullptr) return {};
    std::vector<double> copy(values, values + count);
    delete[] values;
    return copy;
}

}  // namespace

Clp::Clp(const Problem& problem, const SolverOptions& options)
    : model_(std::make_unique<ClpSimplex>()), options_(options), sign_(problem.sense == Sense::minimize ? 1 : -1) {
    auto costs = problem.objective;
    for (auto& cost : costs) cost *= sign_;
    model_->setLogLevel(0);
    model_->loadProblem(problem.matrix.columns, problem.matrix.rows, problem.matrix.starts.data(),
                        problem.matrix.indices.data(), problem.matrix.values.data(), clp_bounds(problem.lower).data(),
                        clp_bounds(problem.upper).data(), costs.data(), clp_bounds(problem.row_lower).data(),
                        clp_bounds(problem.row_upper).data());
    prepare(*model_, options_);
    model_->scaling(0);
    model_->setPerturbation(no_perturbation);
}

void Clp::set_cost(int column, double cost, Sense sense) {
    sign_ = sense == Sense::minimize ? 1 : -1;
    model_->setObjectiveCoefficient(column, sign_ * cost);
}

void Clp::set_bounds(int column, double lower, double upper) {
    model_->setColumnBounds(column, clp_bound(lower), clp_bound(upper));
    const auto now = model_->getColumnStatus(column);
    const auto valid = status_of(place_of(now), lower, upper);
    if (valid == now || (now == ClpSimplex::isFixed && lower == upper)) return;
    // Clp does not look for places that new bounds made impossible, and stops the program when it meets one.
    model_->setColumnStatus(column, valid);
    places_changed_ = true;
}

void Clp::set_row_bounds(int row, double lower, double upper) {
    model_->setRowBounds(row, clp_bound(lower), clp_bound(upper));
    const auto now = model_->getRowStatus(row);
    const auto valid = status_of(place_of(now), lower, upper);
    if (valid == now || (now == ClpSimplex::isFixed && lower == upper)) return;
    model_->setRowStatus(row, valid);
    places_changed_ = true;
}

Solution Clp::dual(bool refactor) { return run(Algorithm::dual, refactor); }

Solution Clp::primal(bool refactor) { return run(Algorithm::primal, refactor); }

Solution Clp::presolved() {
    ClpPresolve presolve;
    presolve.setDoDupcol(false);  // finding equal columns costs more than they do
    const std::unique_ptr<ClpSimplex> small(presolve.presolvedModel(*model_, options_.tolerance, false, 1, true));
    if (!small) return {};
    prepare(*small, options_);
    small->scaling(automatic_scaling);
    small->setPerturbation(certain_perturbation);
    small->dual();
    if (small->status() == 5) return {.status = SolveStatus::stopped};
    if (small->status() != 0) return {};
    const int before = small->numberIterations();
    presolve.postsolve(true);
    auto solution = run(Algorithm::primal, true);
    solution.iterations += before;
    return solution;
}

Solution Clp::cold_dual() {
    model_->allSlackBasis(true);
    model_->setPerturbation(automatic_perturbation);
    auto solution = run(Algorithm::dual, true);
    model_->setPerturbation(no_perturbation);
    return solution;
}

Solution Clp::cold_primal() {
    model_->allSlackBasis(true);
    return run(Algorithm::primal, true);
}

Solution Clp::run(Algorithm algorithm, bool refactor) {
    const int work = refactor || std::exchange(places_changed_, false) ? keep_work : reuse_work;
    if (algorithm == Algorithm::dual)
        model_->dual(0, work);
    else
        model_->primal(0, work);
    return answer(algorithm);
}

Solution Clp::answer(Algorithm algorithm) {
    const int rows = model_->numberRows();
    const int columns = model_->numberColumns();
    Solution solution;
    solution.iterations = model_->numberIterations();
    solution.x.assign(model_->primalColumnSolution(), model_->primalColumnSolution() + columns);
    switch (model_->status()) {
        case 0:
            solution.status = SolveStatus::optimal;
            solution.row_duals.assign(model_->dualRowSolution(), model_->dualRowSolution() + rows);
            for (auto& price : solution.row_duals) price *= sign_;
            break;
        case 1:
            solution.status = SolveStatus::infeasible;
            solution.ray = copy_and_delete(model_->infeasibilityRay(), rows);
            break;
        case 2:
            // The dual algorithm says so without a feasible point.
            if (algorithm == Algorithm::dual) break;
            solution.status = SolveStatus::unbounded;
            solution.ray = copy_and_delete(model_->unboundedRay(), columns);
            break;
        case 5:
            solution.status = SolveStatus::stopped;
            break;
        default:
            break;
    }
    return solution;
}

Basis Clp::basis() const {
    Basis basis;
    for (int j = 0; j < model_->numberColumns(); ++j) basis.columns.push_back(place_of(model_->getColumnStatus(j)));
    for (int i = 0; i < model_->numberRows(); ++i) basis.rows.push_back(place_of(model_->getRowStatus(i)));
    return basis;
}

void Clp::restore(const Basis& basis) {
    for (int j = 0; j < model_->numberColumns(); ++j)
        model_->setColumnStatus(j, status_of(basis.columns[j], model_->columnLower()[j], model_->columnUpper()[j]));
    for (int i = 0; i < model_->numberRows(); ++i)
        model_->setRowStatus(i, status_of(basis.rows[i], model_->rowLower()[i], model_->rowUpper()[i]));
}

}  // namespace leaven::lp
