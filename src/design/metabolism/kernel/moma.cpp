// The flux of least squared distance: over columns, sum of (f w - v)^2 over the reactions of a column is weight
// (w - target)^2 and a constant, so it is a nearest point of the compressed network.
#include <algorithm>
#include <cmath>

#include <leaven/lp/nearest.hpp>

#include "adjustment_kinds.hpp"

namespace leaven::metabolism {
namespace {

class Moma final : public Adjustment {
public:
    Moma(const Study& study, std::vector<double> reference, const Context& context)
        : study_(study),
          reference_(std::move(reference)),
          feasibility_(solver_for(study, context)),
          options_{.tolerance = study.tolerance, .stop = &context.stop_flag()} {
        const auto& compression = study.compression;
        for (const auto& members : compression.members) {
            double weight = 0;
            double pull = 0;
            for (const auto r : members) {
                weight += compression.factor[r] * compression.factor[r];
                pull += compression.factor[r] * reference_[r];
            }
            weights_.push_back(weight);
            targets_.push_back(pull / weight);
        }
        feasibility_.set_objective(std::vector<double>(weights_.size(), 0), lp::Sense::minimize);
    }

    Result<Adjusted> without(const std::vector<std::int32_t>& columns) override {
        auto possible = is_possible(columns);
        if (!possible) return pass(possible);
        if (!*possible) return Adjusted{};
        auto problem = study_.compression.problem;
        for (const auto j : columns) problem.lower[j] = problem.upper[j] = 0;
        const auto nearest = lp::nearest_point(problem, weights_, targets_, start_, options_);
        if (nearest.status == lp::SolveStatus::stopped) return cancelled();
        if (nearest.status != lp::SolveStatus::optimal)
            return failure(ErrorCode::bug, {"the nearest flux could not be found", "未能求出最接近的通量"});
        if (start_.empty()) start_ = nearest.row_duals;
        return expanded(nearest, columns);
    }

private:
    Result<bool> is_possible(const std::vector<std::int32_t>& columns) {
        const auto& problem = study_.compression.problem;
        for (const auto j : columns) feasibility_.set_bounds(j, 0, 0);
        const auto solution = solve_checked(study_, feasibility_);
        for (const auto j : columns) feasibility_.set_bounds(j, problem.lower[j], problem.upper[j]);
        if (!solution) return pass(solution);
        return solution->status != lp::SolveStatus::infeasible;
    }

    /// The proof on the original network: a convex function lies above its tangent, so where the tangent's program has
    /// its optimum, so has the function; and the gap of that program, here relative to the distance, bounds what the
    /// distance can still lose.
    [[nodiscard]] Adjusted expanded(const lp::NearestPoint& nearest, const std::vector<std::int32_t>& columns) const {
        auto problem = study_.network.problem;
        for (const auto j : columns)
            for (const auto r : study_.compression.members[j]) problem.lower[r] = problem.upper[r] = 0;
        Adjusted out;
        out.flux = expand(study_.compression, nearest.x);
        problem.sense = lp::Sense::minimize;
        for (std::size_t r = 0; r < out.flux.size(); ++r) {
            const double change = out.flux[r] - reference_[r];
            out.distance += change * change;
            problem.objective[r] = 2 * change;
        }
        out.shadow_prices =
            expand_duals(study_.network, study_.compression, problem.objective, lp::Sense::minimize, nearest.row_duals);
        lp::Solution tangent;
        tangent.status = lp::SolveStatus::optimal;
        tangent.x = out.flux;
        tangent.row_duals = out.shadow_prices;
        tangent.objective = dot(problem.objective, out.flux);
        out.reduced_costs = problem.objective;
        for (int j = 0; j < problem.matrix.columns; ++j)
            for (int k = problem.matrix.starts[j]; k < problem.matrix.starts[j + 1]; ++k)
                out.reduced_costs[j] -= out.shadow_prices[problem.matrix.indices[k]] * problem.matrix.values[k];
        tangent.reduced_costs = out.reduced_costs;
        out.certificate = to_certificate(lp::certify(problem, tangent));
        out.certificate.gap *= std::max(1.0, std::fabs(tangent.objective)) / std::max(1.0, out.distance);
        return out;
    }

    const Study& study_;
    std::vector<double> reference_;
    std::vector<double> weights_, targets_;  // of each column
    std::vector<double> start_;              // row duals of the first solve
    lp::Solver feasibility_;
    lp::SolverOptions options_;
};

}  // namespace

std::unique_ptr<Adjustment> make_moma(const Study& study, std::vector<double> reference, const Context& context) {
    return std::make_unique<Moma>(study, std::move(reference), context);
}

}  // namespace leaven::metabolism
