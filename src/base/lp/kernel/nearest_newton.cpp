// Newton's method with an exact line search on the dual: piecewise quadratic, concave, smooth once.
#include <Eigen/SparseCholesky>
#include <algorithm>
#include <cmath>

#include "nearest_least_norm.hpp"

namespace leaven::lp {
namespace {

class Newton {
public:
    Newton(const LeastNorm& problem, NormalEquations& normal, Vector start, int most_steps,
           const SolverOptions& options)
        : p_(problem), options_(options), most_steps_(most_steps), y_(std::move(start)), normal_(normal) {
        look();
    }

    SolveStatus run() {
        double best = missed_.norm();
        int idle = 0;
        for (; steps_ < most_steps_; ++steps_) {
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
        const double damping = std::clamp(1e-4 * missed_.norm() / size(), 1e-13, 1e-4);
        if (!normal_.factorise(inside, damping)) return Vector::Constant(y_.size(), std::nan(""));
        return normal_.solve(missed_);
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

    const LeastNorm& p_;
    SolverOptions options_;
    int most_steps_;
    Vector y_, pull_, z_, missed_;
    NormalEquations& normal_;
    int steps_ = 0;
};

}  // namespace

LeastNormPoint solve_by_newton(const LeastNorm& problem, NormalEquations& normal, Vector start, int most_steps,
                               const SolverOptions& options) {
    Newton newton(problem, normal, std::move(start), most_steps, options);
    const auto status = newton.run();
    return {status, newton.point(), newton.prices(), newton.steps()};
}

}  // namespace leaven::lp
