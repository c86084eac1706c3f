#include <Eigen/Cholesky>
#include <cmath>

#include "polytope.hpp"

namespace leaven::metabolism {
namespace {

/// Distances of y to the bounds that can be reached.
struct Slack {
    Eigen::ArrayXd to_lower, to_upper;

    Slack(const Polytope& polytope, const Eigen::VectorXd& y)
        : to_lower(y - polytope.lower), to_upper(polytope.upper - y) {}
    [[nodiscard]] bool inside() const { return (to_lower > 0).all() && (to_upper > 0).all(); }
};

double barrier(const Slack& slack) {
    double sum = 0;
    for (const auto* side : {&slack.to_lower, &slack.to_upper})
        for (const double s : *side)
            if (std::isfinite(s)) sum -= std::log(s);
    return sum;
}

/// The lower half of rows' diag(weight) rows.
Eigen::MatrixXd weighted_square(const Eigen::MatrixXd& rows, const Eigen::ArrayXd& weight) {
    const Eigen::MatrixXd scaled = weight.sqrt().matrix().asDiagonal() * rows;
    Eigen::MatrixXd out = Eigen::MatrixXd::Zero(rows.cols(), rows.cols());
    out.selfadjointView<Eigen::Lower>().rankUpdate(scaled.transpose());
    return out;
}

/// 1 / (-inf) and the like are zero: a bound that is never reached has no part in it.
class CentreFinder {
public:
    explicit CentreFinder(const Polytope& polytope)
        : polytope_(polytope), x_(Eigen::VectorXd::Zero(polytope.dimensions())) {}

    Result<Eigen::VectorXd> run(const Context& context) {
        constexpr int most_steps = 200;
        constexpr double settled = 1e-6;
        for (int step = 0; step < most_steps; ++step) {
            if (context.stopped()) return cancelled();
            const Slack slack(polytope_, y_at(x_));
            if (!slack.inside()) break;
            const Eigen::ArrayXd pull = 1 / slack.to_upper - 1 / slack.to_lower;
            const Eigen::ArrayXd weight = slack.to_upper.square().inverse() + slack.to_lower.square().inverse();
            const Eigen::VectorXd gradient = polytope_.basis.transpose() * pull.matrix();
            const Eigen::VectorXd move = -weighted_square(polytope_.basis, weight).ldlt().solve(gradient);
            const double decrement = -gradient.dot(move);
            if (!(decrement > settled)) return Eigen::VectorXd(y_at(x_));
            if (!advance(move, decrement, barrier(slack))) return Eigen::VectorXd(y_at(x_));
            context.report({{"rounding", "圆整"}, step, 0});
        }
        const Slack slack(polytope_, y_at(x_));
        if (slack.inside()) return Eigen::VectorXd(y_at(x_));
        return failure(ErrorCode::bug, {"no point inside the flux space was found", "未找到通量空间的内点"})
            .advise({"try another tolerance, such as 1e-7", "可换一个容差，例如 1e-7"});
    }

private:
    [[nodiscard]] Eigen::VectorXd y_at(const Eigen::VectorXd& x) const { return polytope_.basis * x; }

    /// Halves the step until the barrier falls as it should; false where it cannot any more.
    bool advance(const Eigen::VectorXd& move, double decrement, double before) {
        constexpr double share = 0.25;
        for (double length = 1; length > 1e-12; length /= 2) {
            const Eigen::VectorXd next = x_ + length * move;
            const Slack slack(polytope_, y_at(next));
            if (!slack.inside() || barrier(slack) > before - share * length * decrement) continue;
            x_ = next;
            return true;
        }
        return false;
    }

    const Polytope& polytope_;
    Eigen::VectorXd x_;
};

/// Weights of the John ellipsoid of { |rows x| <= 1 }.
Result<Eigen::MatrixXd> john_shape(const Eigen::MatrixXd& rows, const Context& context) {
    constexpr int iterations = 30;
    const auto dimensions = rows.cols();
    Eigen::ArrayXd weight =
        Eigen::ArrayXd::Constant(rows.rows(), static_cast<double>(dimensions) / static_cast<double>(rows.rows()));
    const Eigen::MatrixXd columns = rows.transpose();
    Eigen::MatrixXd shape;
    for (int i = 0; i < iterations; ++i) {
        if (context.stopped()) return cancelled();
        shape = weighted_square(rows, weight);
        const Eigen::LLT<Eigen::MatrixXd> root(shape);
        if (root.info() != Eigen::Success)
            return failure(ErrorCode::bug, {"the flux space could not be rounded", "通量空间无法圆整"});
        const Eigen::MatrixXd turned = root.matrixL().solve(columns);
        weight *= turned.colwise().squaredNorm().transpose().array();
    }
    return shape;
}

}  // namespace

Result<Rounding> round(const Polytope& polytope, const Context& context) {
    const auto centre = CentreFinder(polytope).run(context);
    if (!centre) return pass(centre);
    const Slack slack(polytope, *centre);
    const Eigen::ArrayXd nearest = slack.to_lower.min(slack.to_upper);
    std::vector<Eigen::Index> reached;
    for (Eigen::Index i = 0; i < nearest.size(); ++i)
        if (std::isfinite(nearest[i])) reached.push_back(i);
    Eigen::MatrixXd rows(static_cast<Eigen::Index>(reached.size()), polytope.dimensions());
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
        const auto from = reached[static_cast<std::size_t>(i)];
        rows.row(i) = polytope.basis.row(from) / nearest[from];
    }
    const auto shape = john_shape(rows, context);
    if (!shape) return pass(shape);
    const Eigen::LLT<Eigen::MatrixXd> root(*shape);
    const Eigen::MatrixXd identity = Eigen::MatrixXd::Identity(shape->rows(), shape->cols());
    const Eigen::MatrixXd axes = root.matrixL().solve(identity);  // one a row
    return Rounding{*centre, polytope.basis * axes.transpose()};
}

}  // namespace leaven::metabolism
