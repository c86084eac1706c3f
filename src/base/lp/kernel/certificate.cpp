#include <algorithm>
#include <cmath>

#include <leaven/lp/certificate.hpp>

#include "check.hpp"
#include "product.hpp"

namespace leaven::lp {
namespace {

/// A reduced cost below this share of its terms is zero, however large a bound it would be multiplied with.
constexpr double rounding = 1e-12;

/// Of each row: A x and the sum of |a x|.
using Activity = std::vector<Product>;

Activity activity_of(const SparseMatrix& matrix, const std::vector<double>& x) {
    Activity rows(matrix.rows);
    for (int j = 0; j < matrix.columns; ++j) {
        if (x[j] == 0) continue;
        for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k) {
            const double term = matrix.values[k] * x[j];
            rows[matrix.indices[k]].value += term;
            rows[matrix.indices[k]].size += std::abs(term);
        }
    }
    return rows;
}

/// To miss / max(1, size), where that is more. Most misses are none, and need no division.
void raise(double& worst, double miss, double size) {
    if (miss > worst) worst = std::max(worst, miss / std::max(1.0, size));
}

double outside(double value, double lower, double upper) { return std::max({0.0, lower - value, value - upper}); }

double primal_residual(const Problem& problem, const std::vector<double>& x, const Activity& rows) {
    double worst = 0;
    for (int j = 0; j < problem.matrix.columns; ++j)
        worst = std::max(worst, outside(x[j], problem.lower[j], problem.upper[j]));
    for (int i = 0; i < problem.matrix.rows; ++i)
        raise(worst, outside(rows[i].value, problem.row_lower[i], problem.row_upper[i]), rows[i].size);
    return worst;
}

/// The part of a multiplier (in the sense of minimising) that its place does not allow: it may be positive only at
/// the lower bound and negative only at the upper bound.
double wrong_sign(double multiplier, double value, double lower, double upper) {
    const double near = 1e-7 * std::max(1.0, std::abs(value));
    const bool may_be_positive = value <= lower + near;
    const bool may_be_negative = value >= upper - near;
    if (multiplier > 0) return may_be_positive ? 0 : multiplier;
    return may_be_negative ? 0 : -multiplier;
}

/// What the multiplier adds to the dual objective; a wrong sign at an infinite bound is counted as a residual instead.
double dual_term(double multiplier, double lower, double upper) {
    const double bound = multiplier > 0 ? lower : upper;
    return multiplier == 0 || std::isinf(bound) ? 0 : multiplier * bound;
}

}  // namespace

Certificate check_optimum(const Problem& problem, Solution& solution) {
    const auto rows = activity_of(problem.matrix, solution.x);
    const double sign = problem.sense == Sense::minimize ? 1 : -1;
    Certificate proof{.kind = "optimal", .primal_residual = primal_residual(problem, solution.x, rows)};
    double primal = 0;
    double dual = 0;
    solution.reduced_costs.resize(problem.matrix.columns);
    for (int j = 0; j < problem.matrix.columns; ++j) {
        const auto priced = product(problem.matrix, j, solution.row_duals);
        solution.reduced_costs[j] = problem.objective[j] - priced.value;
        const double reduced = sign * solution.reduced_costs[j];
        const double size = priced.size + std::abs(problem.objective[j]);
        const double wrong = wrong_sign(reduced, solution.x[j], problem.lower[j], problem.upper[j]);
        raise(proof.dual_residual, wrong, size);
        primal += problem.objective[j] * solution.x[j];
        if (std::abs(reduced) > rounding * size) dual += sign * dual_term(reduced, problem.lower[j], problem.upper[j]);
    }
    for (int i = 0; i < problem.matrix.rows; ++i) {
        const double price = sign * solution.row_duals[i];
        const double wrong = wrong_sign(price, rows[i].value, problem.row_lower[i], problem.row_upper[i]);
        raise(proof.dual_residual, wrong, std::abs(price));
        dual += sign * dual_term(price, problem.row_lower[i], problem.row_upper[i]);
    }
    solution.objective = primal;
    proof.gap = std::abs(primal - dual) / std::max(1.0, std::abs(primal));
    return proof;
}

namespace {

/// How far moving along `step` for ever leaves [lower, upper].
double escape(double step, double lower, double upper) {
    if (step > 0 && !std::isinf(upper)) return step;
    if (step < 0 && !std::isinf(lower)) return -step;
    return 0;
}

Certificate certify_unbounded(const Problem& problem, const Solution& solution) {
    Certificate proof{.kind = "unbounded"};
    proof.primal_residual = primal_residual(problem, solution.x, activity_of(problem.matrix, solution.x));
    const auto rows = activity_of(problem.matrix, solution.ray);
    double size = 0;
    double gain = 0;
    for (int j = 0; j < problem.matrix.columns; ++j) {
        size = std::max(size, std::abs(solution.ray[j]));
        gain += problem.objective[j] * solution.ray[j];
    }
    if (size == 0) return proof;
    for (int j = 0; j < problem.matrix.columns; ++j)
        proof.dual_residual =
            std::max(proof.dual_residual, escape(solution.ray[j], problem.lower[j], problem.upper[j]) / size);
    for (int i = 0; i < problem.matrix.rows; ++i)
        proof.dual_residual =
            std::max(proof.dual_residual,
                     escape(rows[i].value, problem.row_lower[i], problem.row_upper[i]) / std::max(size, rows[i].size));
    proof.margin = (problem.sense == Sense::maximize ? gain : -gain) / size;
    return proof;
}

/// An interval that grows by multiples of another one.
struct Interval {
    double least = 0;
    double greatest = 0;
    double size = 0;  // of the finite terms

    void add(double factor, double lower, double upper) {
        if (factor == 0) return;
        least += factor * (factor > 0 ? lower : upper);
        greatest += factor * (factor > 0 ? upper : lower);
        for (const double bound : {lower, upper})
            if (!std::isinf(bound)) size += std::abs(factor * bound);
    }
};

/// An answer without its vectors proves nothing.
bool has_its_numbers(const Problem& problem, const Solution& solution) {
    const auto rows = static_cast<std::size_t>(problem.matrix.rows);
    const auto columns = static_cast<std::size_t>(problem.matrix.columns);
    switch (solution.status) {
        case SolveStatus::optimal:
            return solution.x.size() == columns && solution.row_duals.size() == rows;
        case SolveStatus::unbounded:
            return solution.x.size() == columns && solution.ray.size() == columns;
        case SolveStatus::infeasible:
            return solution.ray.empty() || solution.ray.size() == rows;
        case SolveStatus::stopped:
        case SolveStatus::failed:
            break;
    }
    return false;
}

double largest_crossing(const Problem& problem) {
    double worst = 0;
    for (int j = 0; j < problem.matrix.columns; ++j) worst = std::max(worst, problem.lower[j] - problem.upper[j]);
    for (int i = 0; i < problem.matrix.rows; ++i) worst = std::max(worst, problem.row_lower[i] - problem.row_upper[i]);
    return worst;
}

}  // namespace

double farkas_violation(const Problem& problem, const std::vector<double>& y) {
    if (y.empty()) return largest_crossing(problem);
    Interval possible;
    Interval asked;
    double size = 0;
    for (int i = 0; i < problem.matrix.rows; ++i) {
        asked.add(y[i], problem.row_lower[i], problem.row_upper[i]);
        size += std::abs(y[i]);
    }
    for (int j = 0; j < problem.matrix.columns; ++j) {
        const auto entry = product(problem.matrix, j, y);
        size += std::abs(entry.value);
        const bool bounded = !std::isinf(problem.lower[j]) && !std::isinf(problem.upper[j]);
        if (!bounded && entry.cancels()) continue;
        possible.add(entry.value, problem.lower[j], problem.upper[j]);
    }
    const double slack = 1e-14 * (possible.size + asked.size);
    const double distance = std::max(possible.least - asked.greatest, asked.least - possible.greatest) - slack;
    return distance > 0 && size > 0 ? distance / size : 0;  // false for NaN too: then nothing is proved
}

Certificate certify(const Problem& problem, const Solution& solution) {
    if (!has_its_numbers(problem, solution)) return {};
    switch (solution.status) {
        case SolveStatus::optimal: {
            Solution copy = solution;
            return check_optimum(problem, copy);
        }
        case SolveStatus::unbounded:
            return certify_unbounded(problem, solution);
        case SolveStatus::infeasible:
            return {.kind = "infeasible", .margin = farkas_violation(problem, solution.ray)};
        case SolveStatus::stopped:
        case SolveStatus::failed:
            break;
    }
    return {};
}

}  // namespace leaven::lp
