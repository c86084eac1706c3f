#include "polytope.hpp"

#include <algorithm>
#include <cmath>

#include <leaven/core/parallel.hpp>

namespace leaven::metabolism {
namespace {

constexpr std::int64_t columns_per_chunk = 16;

/// What one chunk of columns found.
struct ExtremeChunk {
    std::vector<double> least, greatest;
    std::vector<double> sum;
    std::vector<std::vector<double>> vertices;
    std::int32_t endless = -1;
    bool endless_upwards = false;
};

class ExtremeFinder {
public:
    ExtremeFinder(const Study& study, const lp::Solver& solver, bool keep_vertices)
        : study_(study), base_(solver), keep_(keep_vertices), columns_(study.compression.members.size()) {}

    Result<Extremes> run(const Context& context) {
        const auto count = static_cast<std::int64_t>(columns_);
        std::vector<ExtremeChunk> chunks(static_cast<std::size_t>((count + columns_per_chunk - 1) / columns_per_chunk));
        auto status = for_each_chunk(context, {"flux ranges", "通量范围"}, count, columns_per_chunk,
                                     [&](Chunk chunk, int) { return solve(chunk, chunks[chunk.index]); });
        if (!status) return pass(status);
        return joined(chunks);
    }

private:
    Status solve(Chunk chunk, ExtremeChunk& out) const {
        lp::Solver solver = base_;
        std::vector<double> objective(columns_, 0);
        out.sum.assign(columns_, 0);
        for (auto j = chunk.begin; j < chunk.end && out.endless < 0; ++j) {
            objective[j] = 1;
            for (const auto sense : {lp::Sense::minimize, lp::Sense::maximize}) {
                solver.set_objective(objective, sense);
                auto solution = solve_checked(study_, solver);
                if (!solution) return pass(solution);
                if (solution->status != lp::SolveStatus::optimal) {
                    out.endless = static_cast<std::int32_t>(j);
                    out.endless_upwards = sense == lp::Sense::maximize;
                    break;
                }
                (sense == lp::Sense::minimize ? out.least : out.greatest).push_back(solution->x[j]);
                for (std::size_t i = 0; i < columns_; ++i) out.sum[i] += solution->x[i];
                if (keep_) out.vertices.push_back(std::move(solution->x));
            }
            objective[j] = 0;
        }
        return {};
    }

    Extremes joined(std::vector<ExtremeChunk>& chunks) const {
        Extremes out;
        out.middle.assign(columns_, 0);
        for (auto& chunk : chunks) {
            if (chunk.endless >= 0) {
                out.endless = chunk.endless;
                out.endless_upwards = chunk.endless_upwards;
                return out;
            }
            out.least.insert(out.least.end(), chunk.least.begin(), chunk.least.end());
            out.greatest.insert(out.greatest.end(), chunk.greatest.begin(), chunk.greatest.end());
            for (std::size_t i = 0; i < columns_; ++i)
                out.middle[i] += chunk.sum[i] / (2 * static_cast<double>(columns_));
            std::move(chunk.vertices.begin(), chunk.vertices.end(), std::back_inserter(out.vertices));
        }
        return out;
    }

    const Study& study_;
    const lp::Solver& base_;
    bool keep_;
    std::size_t columns_;
};

/// Rows of the compressed network over the columns that can move, in units of y, each row's largest entry one.
Eigen::MatrixXd balance_of(const Study& study, const std::vector<std::int32_t>& free, const Eigen::VectorXd& scale,
                           Eigen::VectorXd& row_scale) {
    const auto& matrix = study.compression.problem.matrix;
    Eigen::MatrixXd balance = Eigen::MatrixXd::Zero(matrix.rows, static_cast<Eigen::Index>(free.size()));
    for (std::size_t i = 0; i < free.size(); ++i)
        for (int k = matrix.starts[free[i]]; k < matrix.starts[free[i] + 1]; ++k)
            balance(matrix.indices[k], static_cast<Eigen::Index>(i)) =
                matrix.values[k] * scale[static_cast<Eigen::Index>(i)];
    row_scale = Eigen::VectorXd::Ones(matrix.rows);
    for (Eigen::Index row = 0; row < matrix.rows; ++row) {
        const double largest = balance.cols() > 0 ? balance.row(row).cwiseAbs().maxCoeff() : 0;
        if (largest > 0) row_scale[row] = 1 / largest;
        balance.row(row) *= row_scale[row];
    }
    return balance;
}

/// What base leaves unbalanced, row by row.
Eigen::VectorXd imbalance(const Study& study, const std::vector<double>& base) {
    const auto& matrix = study.compression.problem.matrix;
    Eigen::VectorXd out = Eigen::VectorXd::Zero(matrix.rows);
    for (int j = 0; j < matrix.columns; ++j)
        for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k)
            out[matrix.indices[k]] += matrix.values[k] * base[j];
    return out;
}

/// Fills in the basis; the smallest change of y that balances the base.
Eigen::VectorXd balance(const Study& study, Polytope& polytope) {
    const auto count = static_cast<Eigen::Index>(polytope.free.size());
    Eigen::VectorXd row_scale;
    const auto rows = balance_of(study, polytope.free, polytope.scale, row_scale);
    if (count == 0 || rows.rows() == 0) {
        polytope.basis = Eigen::MatrixXd::Identity(count, count);
        return Eigen::VectorXd::Zero(count);
    }
    Eigen::ColPivHouseholderQR<Eigen::MatrixXd> factors(count, rows.rows());
    factors.setThreshold(1e-11);
    factors.compute(rows.transpose());
    const auto rank = factors.rank();
    const Eigen::MatrixXd turn = factors.householderQ();
    polytope.basis = turn.rightCols(count - rank);
    const Eigen::VectorXd missing = imbalance(study, polytope.base).cwiseProduct(row_scale);
    const Eigen::VectorXd asked = (factors.colsPermutation().transpose() * missing).head(rank);
    const Eigen::VectorXd parts =
        factors.matrixR().topLeftCorner(rank, rank).template triangularView<Eigen::Upper>().transpose().solve(asked);
    return turn.leftCols(rank) * -parts;
}

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
            const Eigen::MatrixXd hessian =
                polytope_.basis.transpose() * weight.matrix().asDiagonal() * polytope_.basis;
            const Eigen::VectorXd gradient = polytope_.basis.transpose() * pull.matrix();
            const Eigen::VectorXd move = -hessian.ldlt().solve(gradient);
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
    Eigen::MatrixXd shape;
    for (int i = 0; i < iterations; ++i) {
        if (context.stopped()) return cancelled();
        shape = weighted_square(rows, weight);
        const Eigen::LLT<Eigen::MatrixXd> root(shape);
        if (root.info() != Eigen::Success)
            return failure(ErrorCode::bug, {"the flux space could not be rounded", "通量空间无法圆整"});
        const Eigen::MatrixXd turned = root.matrixL().solve(rows.transpose());
        weight *= turned.colwise().squaredNorm().transpose().array();
    }
    return shape;
}

}  // namespace

Result<Extremes> find_extremes(const Study& study, const lp::Solver& solver, bool keep_vertices,
                               const Context& context) {
    return ExtremeFinder(study, solver, keep_vertices).run(context);
}

std::vector<double> Polytope::columns_at(const Eigen::VectorXd& y) const {
    auto w = base;
    for (std::size_t i = 0; i < free.size(); ++i)
        w[free[i]] += scale[static_cast<Eigen::Index>(i)] * y[static_cast<Eigen::Index>(i)];
    return w;
}

Polytope reduce(const Study& study, const Extremes& extremes) {
    constexpr double no_range = 1e-8;
    constexpr double unreached = 1e-6;  // of the range: a bound this far from the end of it takes no part
    Polytope out;
    out.base = extremes.middle;
    std::vector<double> widths;
    for (std::size_t j = 0; j < out.base.size(); ++j) {
        const double width = extremes.greatest[j] - extremes.least[j];
        if (width <= no_range * std::max(1.0, std::fabs(out.base[j]))) continue;
        out.free.push_back(static_cast<std::int32_t>(j));
        widths.push_back(width / 2);
    }
    const auto count = static_cast<Eigen::Index>(out.free.size());
    out.scale = Eigen::Map<const Eigen::VectorXd>(widths.data(), count);
    const auto correction = balance(study, out);
    const auto& problem = study.compression.problem;
    out.lower = Eigen::VectorXd::Constant(count, -lp::infinity);
    out.upper = Eigen::VectorXd::Constant(count, lp::infinity);
    for (Eigen::Index i = 0; i < count; ++i) {
        const auto j = out.free[static_cast<std::size_t>(i)];
        out.base[j] += out.scale[i] * correction[i];
        const double margin = unreached * out.scale[i];
        if (extremes.least[j] <= problem.lower[j] + margin)
            out.lower[i] = (problem.lower[j] - out.base[j]) / out.scale[i];
        if (extremes.greatest[j] >= problem.upper[j] - margin)
            out.upper[i] = (problem.upper[j] - out.base[j]) / out.scale[i];
    }
    return out;
}

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
    const Eigen::MatrixXd axes = root.matrixU().solve(identity);
    return Rounding{*centre, polytope.basis * axes};
}

}  // namespace leaven::metabolism
