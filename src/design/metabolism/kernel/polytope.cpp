#include "polytope.hpp"

#include <Eigen/QR>
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

using Factors = Eigen::ColPivHouseholderQR<Eigen::MatrixXd>;

/// Q block, in place: reflection by reflection, a few columns at a time so that they stay in the cache.
void turn(const Factors& factors, Eigen::MatrixXd& block) {
    constexpr Eigen::Index columns_at_once = 16;
    const auto& reflectors = factors.matrixQR();
    const auto& scale = factors.hCoeffs();
    const auto rows = block.rows();
    for (Eigen::Index first = 0; first < block.cols(); first += columns_at_once) {
        const auto end = std::min(first + columns_at_once, block.cols());
        for (Eigen::Index k = scale.size() - 1; k >= 0; --k) {
            const auto tail = rows - k - 1;
            const auto reflector = reflectors.col(k).tail(tail);
            for (Eigen::Index j = first; j < end; ++j) {
                const double share = scale[k] * (block(k, j) + reflector.dot(block.col(j).tail(tail)));
                block(k, j) -= share;
                block.col(j).tail(tail) -= share * reflector;
            }
        }
    }
}

/// Minus the x of R' x = P' right, over the rows that count: the change of y is Q x.
Eigen::VectorXd forward(const Factors& factors, const Eigen::VectorXd& right) {
    const auto& triangle = factors.matrixQR();
    Eigen::VectorXd out = Eigen::VectorXd::Zero(factors.rank());
    for (Eigen::Index i = 0; i < out.size(); ++i)
        out[i] = -(right[factors.colsPermutation().indices()[i]] + triangle.col(i).head(i).dot(out.head(i))) /
                 triangle(i, i);
    return out;
}

/// Fills in the basis; the smallest change of y that balances the base.
Eigen::VectorXd balance(const Study& study, Polytope& polytope) {
    const auto count = static_cast<Eigen::Index>(polytope.free.size());
    Eigen::VectorXd row_scale;
    const Eigen::MatrixXd columns = balance_of(study, polytope.free, polytope.scale, row_scale).transpose();
    if (count == 0 || columns.cols() == 0) {
        polytope.basis = Eigen::MatrixXd::Identity(count, count);
        return Eigen::VectorXd::Zero(count);
    }
    Factors factors(count, columns.cols());
    factors.setThreshold(1e-11);
    factors.compute(columns);
    const auto rank = factors.rank();
    polytope.basis = Eigen::MatrixXd::Zero(count, count - rank);
    for (Eigen::Index i = rank; i < count; ++i) polytope.basis(i, i - rank) = 1;
    turn(factors, polytope.basis);
    Eigen::MatrixXd change = Eigen::MatrixXd::Zero(count, 1);
    change.col(0).head(rank) = forward(factors, imbalance(study, polytope.base).cwiseProduct(row_scale));
    turn(factors, change);
    return change.col(0);
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

}  // namespace leaven::metabolism
