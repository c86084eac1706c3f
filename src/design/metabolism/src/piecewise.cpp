// Nearness that is a sum of straight pieces: linear MOMA and linear ROOM as one linear program.
//
// A column's cost bends at the fluxes its reactions had before: it becomes an anchor, where the cost is least, and
// pieces above and below it, each up to the next bend and dearer than the last, so that they fill in order by
// themselves.
#include <algorithm>
#include <cmath>

#include "adjustment_kinds.hpp"

namespace leaven::metabolism {
namespace {

/// Where a column's cost bends: cost per unit below and above this value of the column.
struct Bend {
    double at;
    double below;
    double above;
};

/// A stretch of a column's range on one side of its anchor.
struct LinearPiece {
    std::int32_t column;  // of the program
    double direction;     // 1 above the anchor, -1 below
    double from;          // values of the column that it leads from, the anchor's side, and to
    double to;
};

struct Stretch {
    double anchor;
    std::vector<LinearPiece> pieces;
};

/// Values that differ by rounding alone are one bend.
std::vector<Bend> merged(std::vector<Bend> bends) {
    constexpr double rounding = 1e-11;
    std::sort(bends.begin(), bends.end(), [](const Bend& a, const Bend& b) { return a.at < b.at; });
    std::vector<Bend> out;
    for (const auto& bend : bends) {
        if (out.empty() || bend.at - out.back().at > rounding * std::max(1.0, std::fabs(bend.at))) {
            out.push_back(bend);
            continue;
        }
        out.back().below += bend.below;
        out.back().above += bend.above;
    }
    return out;
}

class Piecewise final : public Adjustment {
public:
    Piecewise(const Study& study, std::vector<double> reference, Nearness nearness, const Context& context)
        : study_(study),
          reference_(std::move(reference)),
          nearness_(nearness),
          solver_(build(), {.tolerance = study.tolerance, .stop = &context.stop_flag()}) {}

    Result<Adjusted> without(const std::vector<std::int32_t>& columns) override {
        if (basis_) solver_.restore(*basis_);
        for (const auto j : columns) hold_at_zero(stretches_[j]);
        const auto solution = solver_.solve();
        if (!basis_ && solution.status == lp::SolveStatus::optimal) basis_ = solver_.basis();
        auto out = read(solution, columns);
        for (const auto j : columns) release(stretches_[j]);
        return out;
    }

private:
    /// Cost per unit of flux below and above the reference.
    [[nodiscard]] std::pair<double, double> slopes(std::int32_t r) const {
        if (nearness_ == Nearness::linear_moma) return {1, 1};
        const auto& problem = study_.network.problem;
        const double down = reference_[r] - problem.lower[r];
        const double up = problem.upper[r] - reference_[r];
        const double at_bound = 1e-6 * std::max(1.0, std::fabs(reference_[r]));
        return {down > at_bound ? 1 / down : 0, up > at_bound ? 1 / up : 0};
    }

    [[nodiscard]] std::vector<Bend> bends_of(std::int32_t column) const {
        std::vector<Bend> bends;
        for (const auto r : study_.compression.members[column]) {
            const double factor = study_.compression.factor[r];
            auto [below, above] = slopes(r);
            if (factor < 0) std::swap(below, above);
            bends.push_back({reference_[r] / factor, std::fabs(factor) * below, std::fabs(factor) * above});
        }
        return merged(std::move(bends));
    }

    lp::Problem build() {
        const auto& from = study_.compression.problem;
        lp::Problem out;
        out.sense = lp::Sense::minimize;
        out.matrix.rows = from.matrix.rows;
        out.row_lower = from.row_lower;
        for (int j = 0; j < from.matrix.columns; ++j) add_column(out, j);
        for (int j = 0; j < from.matrix.columns; ++j)
            for (int k = from.matrix.starts[j]; k < from.matrix.starts[j + 1]; ++k)
                out.row_lower[from.matrix.indices[k]] -= from.matrix.values[k] * stretches_[j].anchor;
        out.row_upper = out.row_lower;
        return out;
    }

    void add_column(lp::Problem& out, int j) {
        const auto bends = bends_of(j);
        const double lower = study_.compression.problem.lower[j];
        const double upper = study_.compression.problem.upper[j];
        // The first bend from which on every step up costs.
        std::size_t least = 0;
        const auto slope_above = [&](std::size_t i) {
            double slope = 0;
            for (std::size_t k = 0; k < bends.size(); ++k) slope += k <= i ? bends[k].above : -bends[k].below;
            return slope;
        };
        while (least + 1 < bends.size() && slope_above(least) < 0) ++least;
        Stretch stretch{std::clamp(bends[least].at, lower, upper), {}};
        add_pieces(out, stretch, bends, j, 1);
        add_pieces(out, stretch, bends, j, -1);
        stretches_.push_back(std::move(stretch));
    }

    /// From the anchor to the bound on one side, cut at the bends on the way.
    void add_pieces(lp::Problem& out, Stretch& stretch, const std::vector<Bend>& bends, int j, double direction) {
        const auto& from = study_.compression.problem;
        const double end = direction > 0 ? from.upper[j] : from.lower[j];
        std::vector<double> cuts;
        for (const auto& bend : bends)
            if (direction * (bend.at - stretch.anchor) > 0 && direction * (end - bend.at) > 0) cuts.push_back(bend.at);
        std::sort(cuts.begin(), cuts.end(), [&](double a, double b) { return direction * a < direction * b; });
        cuts.push_back(end);
        std::vector<int> rows(from.matrix.indices.begin() + from.matrix.starts[j],
                              from.matrix.indices.begin() + from.matrix.starts[j + 1]);
        std::vector<double> values(from.matrix.values.begin() + from.matrix.starts[j],
                                   from.matrix.values.begin() + from.matrix.starts[j + 1]);
        for (auto& value : values) value *= direction;
        double begin = stretch.anchor;
        for (const double cut : cuts) {
            if (direction * (cut - begin) <= 0) continue;
            stretch.pieces.push_back({out.matrix.columns, direction, begin, cut});
            out.matrix.add_column(rows, values);
            out.lower.push_back(0);
            out.upper.push_back(direction * (cut - begin));
            out.objective.push_back(cost_per_unit(bends, begin, cut, direction));
            begin = cut;
        }
    }

    /// Between two neighbouring cuts.
    static double cost_per_unit(const std::vector<Bend>& bends, double begin, double cut, double direction) {
        const double inside =
            std::isinf(cut) ? begin + direction * std::max(1.0, std::fabs(begin)) : begin + 0.5 * (cut - begin);
        double cost = 0;
        for (const auto& bend : bends) {
            if (inside > bend.at) cost += direction * bend.above;
            if (inside < bend.at) cost -= direction * bend.below;
        }
        return cost;
    }

    /// How much of a piece is filled when the column is zero.
    static double filled_at_zero(const LinearPiece& piece) {
        return std::clamp(piece.direction * (0 - piece.from), 0.0, piece.direction * (piece.to - piece.from));
    }
    void hold_at_zero(const Stretch& stretch) {
        for (const auto& piece : stretch.pieces) {
            const double filled = filled_at_zero(piece);
            solver_.set_bounds(piece.column, filled, filled);
        }
    }
    void release(const Stretch& stretch) {
        for (const auto& piece : stretch.pieces)
            solver_.set_bounds(piece.column, 0, piece.direction * (piece.to - piece.from));
    }

    [[nodiscard]] Result<Adjusted> read(const lp::Solution& solution, const std::vector<std::int32_t>& columns) const {
        if (solution.status == lp::SolveStatus::stopped) return cancelled();
        if (solution.status == lp::SolveStatus::infeasible) return Adjusted{};
        if (solution.status != lp::SolveStatus::optimal)
            return failure(ErrorCode::bug, {"the nearest flux could not be found", "未能求出最接近的通量"});
        const auto& bounds = study_.compression.problem;
        std::vector<double> w;
        for (std::size_t j = 0; j < stretches_.size(); ++j) {
            w.push_back(stretches_[j].anchor);
            for (const auto& piece : stretches_[j].pieces) w[j] += piece.direction * solution.x[piece.column];
            w[j] = std::clamp(w[j], bounds.lower[j], bounds.upper[j]);
        }
        for (const auto j : columns) w[j] = 0;
        Adjusted out;
        out.flux = expand(study_.compression, w);
        for (std::size_t r = 0; r < out.flux.size(); ++r) {
            const auto [below, above] = slopes(static_cast<std::int32_t>(r));
            const double change = out.flux[r] - reference_[r];
            out.distance += change > 0 ? above * change : -below * change;
        }
        out.certificate = to_certificate(lp::certify(solver_.problem(), solution));
        out.certificate.primal_residual = std::max(out.certificate.primal_residual, residual(study_.network, out.flux));
        return out;
    }

    const Study& study_;
    std::vector<double> reference_;
    Nearness nearness_;
    std::vector<Stretch> stretches_;  // of each column of the compression
    lp::Solver solver_;
    std::optional<lp::Basis> basis_;  // of the first optimum
};

}  // namespace

std::unique_ptr<Adjustment> make_piecewise(const Study& study, std::vector<double> reference, Nearness nearness,
                                           const Context& context) {
    return std::make_unique<Piecewise>(study, std::move(reference), nearness, context);
}

}  // namespace leaven::metabolism
