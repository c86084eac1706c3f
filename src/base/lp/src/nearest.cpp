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

}  // namespace

NearestPoint nearest_point(const Problem& problem, std::span<const double> weights, std::span<const double> targets,
                           std::span<const double> start, const SolverOptions& options) {
    constexpr int steps_from_start = 40;
    constexpr int steps_to_polish = 20;
    const auto scaled = scale(problem, weights, targets);
    NormalEquations normal(scaled.b);
    Vector prices = Vector::Zero(problem.matrix.rows);
    if (!start.empty())
        prices = 0.5 * Eigen::Map<const Vector>(start.data(), problem.matrix.rows).cwiseQuotient(scaled.row_scale);
    const auto accepted = [&](const LeastNormPoint& point) -> std::optional<NearestPoint> {
        auto out = unscale(problem, weights, targets, scaled, point);
        out.status = point.status;
        if (point.status == SolveStatus::optimal && residual(problem, out.x) > options.tolerance) return std::nullopt;
        if (point.status == SolveStatus::failed) return std::nullopt;
        return out;
    };
    if (auto out = accepted(solve_by_newton(scaled, normal, std::move(prices), steps_from_start, options)))
        return *std::move(out);
    const auto inside = solve_from_inside(scaled, normal, options);
    if (inside.status == SolveStatus::optimal)
        if (auto out = accepted(solve_by_newton(scaled, normal, inside.y, steps_to_polish, options)))
            return *std::move(out);
    if (auto out = accepted(inside)) return *std::move(out);
    return {};
}

}  // namespace leaven::lp
