// Mehrotra's predictor and corrector for bounds on both sides, through the normal equations.
#include <Eigen/SparseCholesky>
#include <algorithm>
#include <cmath>

#include "nearest_least_norm.hpp"

namespace leaven::lp {
namespace {

class Interior {
public:
    Interior(const LeastNorm& problem, NormalEquations& normal, const SolverOptions& options)
        : p_(problem), normal_(normal), options_(options) {
        const auto n = p_.lower.size();
        z_.resize(n);
        below_ = Vector::Zero(n);
        above_ = Vector::Zero(n);
        y_ = Vector::Zero(p_.b.rows());
        for (Eigen::Index j = 0; j < n; ++j) {
            z_[j] = inside(p_.lower[j], p_.upper[j]);
            if (is_fixed(j)) continue;
            if (has_lower(j)) below_[j] = 1;
            if (has_upper(j)) above_[j] = 1;
        }
    }

    LeastNormPoint run() {
        constexpr int most_steps = 100;
        for (steps_ = 0; steps_ < most_steps; ++steps_) {
            if (options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed))
                return end(SolveStatus::stopped);
            measure();
            if (close_enough(1e-12)) return end(SolveStatus::optimal);
            if (!step()) break;
        }
        measure();
        return end(close_enough(1e-9) ? SolveStatus::optimal : SolveStatus::failed);
    }

private:
    /// A move of everything.
    struct Move {
        Vector z, y, below, above;
    };

    static double inside(double lower, double upper) {
        if (meet(lower, upper)) return lower;
        const double room = std::isinf(upper - lower) ? 1.0 : std::min(1.0, 0.1 * (upper - lower));
        return std::clamp(0.0, lower + room, upper - room);
    }
    static bool meet(double lower, double upper) {
        return !std::isinf(upper - lower) && upper - lower <= fixed_width_ * std::max(1.0, std::fabs(lower));
    }
    [[nodiscard]] bool is_fixed(Eigen::Index j) const { return meet(p_.lower[j], p_.upper[j]); }
    [[nodiscard]] bool has_lower(Eigen::Index j) const { return !std::isinf(p_.lower[j]); }
    [[nodiscard]] bool has_upper(Eigen::Index j) const { return !std::isinf(p_.upper[j]); }

    [[nodiscard]] LeastNormPoint end(SolveStatus status) const { return {status, z_, y_, steps_}; }

    void measure() {
        missed_ = p_.c - p_.b * z_;
        pull_ = z_ - p_.transposed * y_ - below_ + above_;
        double sum = 0;
        int count = 0;
        for (Eigen::Index j = 0; j < z_.size(); ++j) {
            if (is_fixed(j)) {
                pull_[j] = 0;
                continue;
            }
            if (has_lower(j)) sum += below_[j] * (z_[j] - p_.lower[j]), ++count;
            if (has_upper(j)) sum += above_[j] * (p_.upper[j] - z_[j]), ++count;
        }
        barrier_ = count > 0 ? sum / count : 0;
    }

    [[nodiscard]] bool close_enough(double share) const {
        const double size = std::max(1.0, z_.lpNorm<Eigen::Infinity>());
        const double rows = missed_.size() > 0 ? missed_.lpNorm<Eigen::Infinity>() : 0;
        return rows <= share * size && pull_.lpNorm<Eigen::Infinity>() <= share * size && barrier_ <= share * size;
    }

    bool step() {
        if (!factorise()) return false;
        const auto zero = Vector::Zero(z_.size());
        const auto predicted = move(0, zero, zero);
        if (!predicted.z.allFinite()) return false;
        const double reach = longest(predicted, 1.0);
        const double after = barrier_after(predicted, reach);
        const double centring = barrier_ > 0 ? std::pow(after / barrier_, 3) : 0;
        const auto corrected = move(std::min(1.0, centring) * barrier_, predicted.z.cwiseProduct(predicted.below),
                                    predicted.z.cwiseProduct(predicted.above));
        if (!corrected.z.allFinite()) return false;
        const double length = longest(corrected, 0.9995);
        z_ += length * corrected.z;
        y_ += length * corrected.y;
        below_ += length * corrected.below;
        above_ += length * corrected.above;
        return length > 1e-10;
    }

    bool factorise() {
        constexpr double damping = 1e-13;  // rows may depend on one another
        stiffness_.resize(z_.size());
        for (Eigen::Index j = 0; j < z_.size(); ++j) {
            double stiff = 1;
            if (has_lower(j)) stiff += below_[j] / (z_[j] - p_.lower[j]);
            if (has_upper(j)) stiff += above_[j] / (p_.upper[j] - z_[j]);
            stiffness_[j] = is_fixed(j) ? 0 : 1 / stiff;
        }
        return normal_.factorise(stiffness_, damping);
    }

    /// Newton's move towards complementarity `target`; `below` and `above` are the second-order terms.
    [[nodiscard]] Move move(double target, const Vector& below, const Vector& above) const {
        Vector pushed = -pull_;
        for (Eigen::Index j = 0; j < z_.size(); ++j) {
            if (is_fixed(j)) continue;
            if (has_lower(j)) pushed[j] += (target - below[j]) / (z_[j] - p_.lower[j]) - below_[j];
            if (has_upper(j)) pushed[j] -= (target + above[j]) / (p_.upper[j] - z_[j]) - above_[j];
        }
        const Vector wanted = missed_ - p_.b * stiffness_.cwiseProduct(pushed);
        Move out;
        out.y = normal_.solve(wanted);
        out.z = stiffness_.cwiseProduct(p_.transposed * out.y + pushed);
        out.below = Vector::Zero(z_.size());
        out.above = Vector::Zero(z_.size());
        for (Eigen::Index j = 0; j < z_.size(); ++j) {
            if (is_fixed(j)) continue;
            if (has_lower(j))
                out.below[j] = (target - below[j] - below_[j] * out.z[j]) / (z_[j] - p_.lower[j]) - below_[j];
            if (has_upper(j))
                out.above[j] = (target + above[j] + above_[j] * out.z[j]) / (p_.upper[j] - z_[j]) - above_[j];
        }
        return out;
    }

    /// The share of the move that keeps everything positive.
    [[nodiscard]] double longest(const Move& move, double share) const {
        double length = 1;
        const auto keep = [&](double value, double change) {
            if (change < 0) length = std::min(length, -share * value / change);
        };
        for (Eigen::Index j = 0; j < z_.size(); ++j) {
            if (is_fixed(j)) continue;
            if (has_lower(j)) keep(z_[j] - p_.lower[j], move.z[j]), keep(below_[j], move.below[j]);
            if (has_upper(j)) keep(p_.upper[j] - z_[j], -move.z[j]), keep(above_[j], move.above[j]);
        }
        return length;
    }

    [[nodiscard]] double barrier_after(const Move& move, double length) const {
        double sum = 0;
        int count = 0;
        for (Eigen::Index j = 0; j < z_.size(); ++j) {
            if (is_fixed(j)) continue;
            const double z = z_[j] + length * move.z[j];
            if (has_lower(j)) sum += (z - p_.lower[j]) * (below_[j] + length * move.below[j]), ++count;
            if (has_upper(j)) sum += (p_.upper[j] - z) * (above_[j] + length * move.above[j]), ++count;
        }
        return count > 0 ? sum / count : 0;
    }

    static constexpr double fixed_width_ = 1e-12;

    const LeastNorm& p_;
    NormalEquations& normal_;
    SolverOptions options_;
    Vector z_, y_, below_, above_;  // below, above: what each bound pushes with
    Vector missed_, pull_;
    Vector stiffness_;
    double barrier_ = 0;
    int steps_ = 0;
};

}  // namespace

LeastNormPoint solve_from_inside(const LeastNorm& problem, NormalEquations& normal, const SolverOptions& options) {
    return Interior(problem, normal, options).run();
}

}  // namespace leaven::lp
