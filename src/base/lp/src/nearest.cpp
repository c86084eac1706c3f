#include <Eigen/SparseCholesky>
#include <Eigen/SparseCore>
#include <algorithm>
#include <cmath>

#include <leaven/lp/nearest.hpp>

namespace leaven::lp {
namespace {

using Vector = Eigen::VectorXd;
using Matrix = Eigen::SparseMatrix<double>;

/// The problem in z = sqrt(weight) (x - target), rows brought to length one: the least |z|^2 / 2 with B z = c.
struct Scaled {
    Matrix b;
    Matrix transposed;
    Vector c;
    Vector lower, upper;
    Vector root;       // sqrt(weight)
    Vector row_scale;  // of each row of A
};

Scaled scale(const Problem& problem, std::span<const double> weights, std::span<const double> targets) {
    const auto& matrix = problem.matrix;
    Scaled out;
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

class Newton {
public:
    Newton(const Scaled& problem, Vector start, const SolverOptions& options)
        : p_(problem), options_(options), y_(std::move(start)) {
        look();
    }

    SolveStatus run() {
        constexpr int most_steps = 500;
        double best = missed_.norm();
        int idle = 0;
        for (; steps_ < most_steps; ++steps_) {
            if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed)) return SolveStatus::stopped;
            if (missed_.size() == 0 || missed_.lpNorm<Eigen::Infinity>() <= smallest_miss())
                return SolveStatus::optimal;
            // Rounding ends progress: whoever asked judges what is left.
            idle = missed_.norm() < 0.5 * best ? 0 : idle + 1;
            best = std::min(best, missed_.norm());
            if (idle > patience_ && best <= 1e-9 * size()) return SolveStatus::optimal;
            if (!step()) return SolveStatus::failed;
        }
        return best <= 1e-9 * size() ? SolveStatus::optimal : SolveStatus::failed;
    }

    [[nodiscard]] const Vector& point() const { return z_; }
    [[nodiscard]] const Vector& prices() const { return y_; }
    [[nodiscard]] int steps() const { return steps_; }

private:
    [[nodiscard]] double size() const { return std::max(1.0, z_.lpNorm<Eigen::Infinity>()); }
    [[nodiscard]] double smallest_miss() const { return 1e-15 * size(); }

    /// The best point for the present prices, and what its rows miss.
    void look() {
        pull_ = p_.transposed * y_;
        z_ = pull_.cwiseMax(p_.lower).cwiseMin(p_.upper);
        missed_ = p_.c - p_.b * z_;
    }

    bool step() {
        Vector direction = newton_direction();
        if (!direction.allFinite()) return false;
        const double length = best_length(direction);
        if (length <= 0) return false;
        y_ += length * direction;
        look();
        return true;
    }

    Vector newton_direction() {
        Vector inside(z_.size());
        for (Eigen::Index j = 0; j < z_.size(); ++j)
            inside[j] = pull_[j] > p_.lower[j] && pull_[j] < p_.upper[j] ? 1.0 : 0.0;
        const Matrix curvature = p_.b * inside.asDiagonal() * p_.transposed;
        const double damping = std::clamp(1e-4 * missed_.norm() / size(), 1e-13, 1e-4);
        Matrix damped = curvature;
        for (Eigen::Index i = 0; i < damped.rows(); ++i) damped.coeffRef(i, i) += damping;
        factor_.compute(damped);
        if (factor_.info() != Eigen::Success) return Vector::Constant(y_.size(), std::nan(""));
        Vector direction = factor_.solve(missed_);
        for (int again = 0; again < 2; ++again) direction += factor_.solve(missed_ - damped * direction);
        return direction;
    }

    /// Slope of the dual along the direction: falls, in straight pieces, from above zero to below.
    [[nodiscard]] double slope(const Vector& along, double by_rows, double length) const {
        const Vector z = (pull_ + length * along).cwiseMax(p_.lower).cwiseMin(p_.upper);
        return by_rows - z.dot(along);
    }

    [[nodiscard]] double best_length(const Vector& direction) const {
        constexpr double longest = 1e12;
        constexpr int halvings = 60;
        const Vector along = p_.transposed * direction;
        const double by_rows = p_.c.dot(direction);
        double low = 0;
        double high = 1;
        double slope_low = missed_.dot(direction);
        double slope_high = slope(along, by_rows, high);
        if (slope_low <= 0) return 0;
        if (std::fabs(slope_high) <= 1e-6 * slope_low) return 1;
        while (slope_high > 0 && high < longest) {
            low = high;
            slope_low = slope_high;
            high *= 4;
            slope_high = slope(along, by_rows, high);
        }
        if (slope_high > 0) return high;
        for (int i = 0; i < halvings && high - low > 1e-12 * high; ++i) {
            // The secant is exact on the last straight piece; halving guards it.
            const double secant = low + (high - low) * slope_low / (slope_low - slope_high);
            const double middle = i % 3 == 2 ? 0.5 * (low + high) : secant;
            const double now = slope(along, by_rows, middle);
            if (std::fabs(now) <= 1e-10 * missed_.dot(direction)) return middle;
            (now > 0 ? low : high) = middle;
            (now > 0 ? slope_low : slope_high) = now;
        }
        return low > 0 ? low : high;
    }

    static constexpr int patience_ = 6;

    const Scaled& p_;
    SolverOptions options_;
    Vector y_, pull_, z_, missed_;
    Eigen::SimplicialLDLT<Matrix> factor_;
    int steps_ = 0;
};

NearestPoint unscale(const Problem& problem, std::span<const double> weights, std::span<const double> targets,
                     const Scaled& scaled, const Newton& newton) {
    const auto& matrix = problem.matrix;
    NearestPoint out;
    out.iterations = newton.steps();
    for (int i = 0; i < matrix.rows; ++i) out.row_duals.push_back(2 * newton.prices()[i] * scaled.row_scale[i]);
    for (int j = 0; j < matrix.columns; ++j) {
        const double x = targets[j] + newton.point()[j] / scaled.root[j];
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
    const auto scaled = scale(problem, weights, targets);
    Vector prices = Vector::Zero(problem.matrix.rows);
    if (!start.empty())
        prices = 0.5 * Eigen::Map<const Vector>(start.data(), problem.matrix.rows).cwiseQuotient(scaled.row_scale);
    Newton newton(scaled, std::move(prices), options);
    const auto status = newton.run();
    auto point = unscale(problem, weights, targets, scaled, newton);
    point.status = status;
    if (status == SolveStatus::optimal && residual(problem, point.x) > options.tolerance)
        point.status = SolveStatus::failed;
    return point;
}

}  // namespace leaven::lp
