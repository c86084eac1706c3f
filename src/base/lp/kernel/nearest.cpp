#include <algorithm>
#include <cmath>
#include <optional>

#include <leaven/lp/nearest.hpp>

#include "nearest_least_norm.hpp"

namespace leaven::lp {
namespace {

LeastNorm scale(const Problem& problem, std::span<const double> weights, std::span<const double> targets) {
    const auto& matrix = problem.matrix;
    LeastNorm out;
    out.root = Eigen::Map<const Vector>(weights.data(), matrix.columns).cwiseSqrt();
    out.lower.resize(matrix.columns);
    out.upper.resize(matrix.columns);
    out.c = Eigen::Map<const Vector>(problem.row_lower.data(), matrix.rows);
    Vector length = Vector::Zero(matrix.rows);
    for (int j = 0; j < matrix.columns; ++j) {
        out.lower[j] = out.root[j] * (problem.lower[j] - targets[j]);
        out.upper[j] = out.root[j] * (problem.upper[j] - targets[j]);
        for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k) {
            const double entry = matrix.values[k] / out.root[j];
            length[matrix.indices[k]] += entry * entry;
            out.c[matrix.indices[k]] -= matrix.values[k] * targets[j];
        }
    }
    out.row_scale = length.unaryExpr([](double x) { return x > 0 ? 1 / std::sqrt(x) : 1.0; });
    out.c = out.c.cwiseProduct(out.row_scale);
    std::vector<Eigen::Triplet<double>> entries;
    for (int j = 0; j < matrix.columns; ++j)
        for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k)
            entries.emplace_back(matrix.indices[k], j,
                                 out.row_scale[matrix.indices[k]] * matrix.values[k] / out.root[j]);
    out.b.resize(matrix.rows, matrix.columns);
    out.b.setFromTriplets(entries.begin(), entries.end());
    out.transposed = out.b.transpose();
    return out;
}

NearestPoint unscale(const Problem& problem, std::span<const double> weights, std::span<const double> targets,
                     const LeastNorm& scaled, const LeastNormPoint& point) {
    const auto& matrix = problem.matrix;
    NearestPoint out;
    out.iterations = point.steps;
    for (int i = 0; i < matrix.rows; ++i) out.row_duals.push_back(2 * point.y[i] * scaled.row_scale[i]);
    for (int j = 0; j < matrix.columns; ++j) {
        const double x = targets[j] + point.z[j] / scaled.root[j];
        out.x.push_back(std::clamp(x, problem.lower[j], problem.upper[j]));
        const double change = out.x[j] - targets[j];
        out.distance += weights[j] * change * change;
        double reduced = 2 * weights[j] * change;
        for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k)
            reduced -= matrix.values[k] * out.row_duals[matrix.indices[k]];
        out.reduced_costs.push_back(reduced);
    }
    return out;
}

/// Largest miss of a row relative to max(1, sum of |a x|).
double residual(const Problem& problem, const std::vector<double>& x) {
    const auto& matrix = problem.matrix;
    std::vector<double> sum(matrix.rows, 0);
    std::vector<double> size(matrix.rows, 1);
    for (int j = 0; j < matrix.columns; ++j) {
        for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k) {
            sum[matrix.indices[k]] += matrix.values[k] * x[j];
            size[matrix.indices[k]] += std::fabs(matrix.values[k] * x[j]);
        }
    }
    double worst = 0;
    for (int i = 0; i < matrix.rows; ++i) worst = std::max(worst, std::fabs(sum[i] - problem.row_lower[i]) / size[i]);
    return worst;
}

/// What the distance can still lose: by bounds that have a price but are not met, and by prices of rows that do not
/// hold.
double gain_left(const Problem& problem, std::span<const double> weights, std::span<const double> targets,
                 const NearestPoint& point) {
    constexpr double rounding = 1e-13;
    constexpr double last_bit = 2.3e-16;
    double gain = 0;
    std::vector<double> missed = problem.row_lower;
    const auto& matrix = problem.matrix;
    for (int j = 0; j < matrix.columns; ++j) {
        const double price = point.reduced_costs[j];
        double size = std::fabs(price);
        for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k) {
            missed[matrix.indices[k]] -= matrix.values[k] * point.x[j];
            size += std::fabs(matrix.values[k] * point.row_duals[matrix.indices[k]]);
        }
        // x - target keeps what x and the target lost of their last bits.
        const double lost = 2 * weights[j] * last_bit * (std::fabs(point.x[j]) + std::fabs(targets[j]));
        if (std::fabs(price) <= rounding * size + lost) continue;
        const double room = price > 0 ? point.x[j] - problem.lower[j] : problem.upper[j] - point.x[j];
        if (room > 0) gain += std::fabs(price) * std::min(room, 1e9);
    }
    for (int i = 0; i < matrix.rows; ++i) gain += std::fabs(missed[i] * point.row_duals[i]);
    return gain;
}

/// The best of what several ways end with.
class Choice {
public:
    Choice(const Problem& problem, std::span<const double> weights, std::span<const double> targets,
           const SolverOptions& options)
        : problem_(problem), weights_(weights), targets_(targets), options_(options) {}

    /// Whether that is so good that no other way need be tried.
    bool offer(NearestPoint point) {
        if (point.status == SolveStatus::stopped) {
            best_ = std::move(point);
            return true;
        }
        if (point.status != SolveStatus::optimal || !(residual(problem_, point.x) <= options_.tolerance)) return false;
        constexpr double most_gain = 1e-6;
        const double gain = gain_left(problem_, weights_, targets_, point) / std::max(1.0, point.distance);
        if (!(gain <= most_gain) || (best_.status == SolveStatus::optimal && gain >= gain_)) return false;
        gain_ = gain;
        best_ = std::move(point);
        return gain_ <= options_.tolerance;
    }
    [[nodiscard]] NearestPoint take() { return std::move(best_); }

private:
    const Problem& problem_;
    std::span<const double> weights_, targets_;
    SolverOptions options_;
    NearestPoint best_;
    double gain_ = 0;
};

/// The three ways, in order of cost, until one is good enough.
NearestPoint try_all(const Problem& problem, std::span<const double> weights, std::span<const double> targets,
                     std::span<const double> start, const SolverOptions& options) {
    constexpr int steps_from_start = 40;
    constexpr int steps_to_polish = 20;
    const auto scaled = scale(problem, weights, targets);
    NormalEquations normal(scaled.b);
    Vector prices = Vector::Zero(problem.matrix.rows);
    if (!start.empty())
        prices = 0.5 * Eigen::Map<const Vector>(start.data(), problem.matrix.rows).cwiseQuotient(scaled.row_scale);
    Choice choice(problem, weights, targets, options);
    const auto offer = [&](const LeastNormPoint& point) {
        auto out = unscale(problem, weights, targets, scaled, point);
        out.status = point.status;
        return choice.offer(std::move(out));
    };
    if (offer(solve_by_newton(scaled, normal, std::move(prices), steps_from_start, options))) return choice.take();
    const auto inside = solve_from_inside(scaled, normal, options);
    if (offer(inside)) return choice.take();
    offer(solve_by_newton(scaled, normal, inside.y, steps_to_polish, options));
    return choice.take();
}

/// With columns that rows and bounds together leave no room held at their one value: what is left has an inside.
std::optional<Problem> without_implied(Problem problem, const SolverOptions& options) {
    std::fill(problem.objective.begin(), problem.objective.end(), 0.0);
    problem.sense = Sense::minimize;
    Solver solver(problem, options);
    auto least = solver.solve().x;
    auto greatest = least;
    if (static_cast<int>(least.size()) != problem.matrix.columns) return std::nullopt;
    const auto has_room = [&](int j) { return greatest[j] - least[j] > 1e-7 * std::max(1.0, std::fabs(least[j])); };
    for (int j = 0; j < problem.matrix.columns; ++j) {
        for (const auto sense : {Sense::maximize, Sense::minimize}) {
            if (has_room(j)) break;
            solver.set_objective_coefficient(j, 1);
            solver.set_sense(sense);
            const auto solution = solver.solve();
            solver.set_objective_coefficient(j, 0);
            if (solution.status == SolveStatus::unbounded) {
                greatest[j] = infinity;
                break;
            }
            if (solution.status != SolveStatus::optimal) return std::nullopt;
            for (std::size_t i = 0; i < least.size(); ++i) {
                least[i] = std::min(least[i], solution.x[i]);
                greatest[i] = std::max(greatest[i], solution.x[i]);
            }
        }
        if (has_room(j)) continue;
        problem.lower[j] = problem.upper[j] = std::clamp(least[j], problem.lower[j], problem.upper[j]);
    }
    return problem;
}

/// The last way, dear but sure: where bounds hold by force there may be no inside, and prices without limit.
NearestPoint solve_without_implied(const Problem& problem, std::span<const double> weights,
                                   std::span<const double> targets, const SolverOptions& options) {
    const auto free = without_implied(problem, options);
    if (!free) return {};
    auto point = try_all(*free, weights, targets, {}, options);
    if (point.status != SolveStatus::optimal) return point;
    // Prices of the whole problem are those of its tangent.
    auto tangent = problem;
    tangent.sense = Sense::minimize;
    for (std::size_t j = 0; j < point.x.size(); ++j) tangent.objective[j] = 2 * weights[j] * (point.x[j] - targets[j]);
    const auto prices = Solver(tangent, options).solve();
    if (prices.status != SolveStatus::optimal) return {};
    point.row_duals = prices.row_duals;
    point.reduced_costs = prices.reduced_costs;
    Choice choice(problem, weights, targets, options);
    choice.offer(std::move(point));
    return choice.take();
}

}  // namespace

NearestPoint nearest_point(const Problem& problem, std::span<const double> weights, std::span<const double> targets,
                           std::span<const double> start, const SolverOptions& options) {
    auto point = try_all(problem, weights, targets, start, options);
    if (point.status != SolveStatus::failed) return point;
    return solve_without_implied(problem, weights, targets, options);
}

}  // namespace leaven::lp
