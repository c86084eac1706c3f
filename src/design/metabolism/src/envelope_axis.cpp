#include "envelope_axis.hpp"

#include <algorithm>
#include <cmath>

#include <leaven/core/parallel.hpp>

namespace leaven::metabolism {

Result<Axis> read_axis(const Study& study, const std::string& expression) {
    Axis axis;
    axis.terms = study.model.objective.terms;
    if (!expression.empty()) {
        auto terms = parse_expression(study.model, study.index, expression);
        if (!terms) return pass(terms);
        axis.terms = *std::move(terms);
    }
    axis.reactions.assign(study.model.reactions.size(), 0);
    for (const auto& term : axis.terms) axis.reactions[term.reaction] += term.coefficient;
    if (!study.compression.infeasible) axis.columns = compress_objective(study.compression, axis.reactions);
    return axis;
}

YieldScale::YieldScale(const Study& study, const Axis& y, const std::vector<double>& optimum) : study_(study) {
    if (y.terms.size() != 1) return;
    const auto& reaction = study.model.reactions[y.terms[0].reaction];
    if (!crosses_boundary(study.model, reaction)) return;
    product_ = cargo_of(study.model, reaction);
    sign_ = -uptake_direction(study.model, reaction) / y.terms[0].coefficient;
    const auto sources = carbon_sources(study.model, optimum);
    if (sources.empty()) return;
    substrate_ = sources.front();
    feed_ = cargo_of(study.model, study.model.reactions[*substrate_]);
    uptake_ = uptake_direction(study.model, study.model.reactions[*substrate_]);
}

void YieldScale::fill_in(const std::vector<double>& flux, EnvelopePoint& point) const {
    if (!substrate_ || uptake_ * flux[*substrate_] <= study_.tolerance) return;
    const double ratio = sign_ * *point.maximum / (uptake_ * flux[*substrate_]);
    if (product_.carbon_mol && *product_.carbon_mol > 0)
        point.yield_cmol = ratio * *product_.carbon_mol / *feed_.carbon_mol;
    if (product_.mass_g && feed_.mass_g) point.yield_mass = ratio * *product_.mass_g / *feed_.mass_g;
}

Result<std::vector<EnvelopePoint>> EnvelopeGrid::run(const std::vector<std::vector<double>>& ticks,
                                                     const Context& context) const {
    constexpr std::int64_t points_per_chunk = 10;
    std::size_t count = 1;
    for (const auto& along : ticks) count *= along.size();
    // On a plane a chunk is a line, so that its points are neighbours.
    const auto per_chunk = ticks.size() > 1 ? static_cast<std::int64_t>(ticks.back().size()) : points_per_chunk;
    std::vector<EnvelopePoint> points(count);
    const auto work = [&](Chunk chunk, int) -> Status {
        lp::Solver solver = solver_;
        for (auto i = chunk.begin; i < chunk.end; ++i) {
            std::vector<double> x(ticks.size());
            auto rest = static_cast<std::size_t>(i);
            for (auto axis = ticks.size(); axis-- > 0; rest /= ticks[axis].size())
                x[axis] = ticks[axis][rest % ticks[axis].size()];
            auto point = solve(solver, std::move(x));
            if (!point) return pass(point);
            points[static_cast<std::size_t>(i)] = *std::move(point);
        }
        return {};
    };
    auto status = for_each_chunk(context, {"envelope", "生产包络"}, static_cast<std::int64_t>(count), per_chunk, work);
    if (!status) return pass(status);
    return points;
}

Result<EnvelopePoint> EnvelopeGrid::solve(lp::Solver& solver, std::vector<double> x) const {
    EnvelopePoint point;
    point.x = std::move(x);
    // At its very ends x may be held exactly only to within rounding.
    for (const bool loose : {false, true}) {
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const double slack = loose ? study_.tolerance * std::max(1.0, std::fabs(point.x[i])) : 0;
            solver.set_row_bounds(rows_[i], point.x[i] - slack, point.x[i] + slack);
        }
        for (const bool greatest : {false, true}) {
            solver.set_objective(y_.columns, greatest ? lp::Sense::maximize : lp::Sense::minimize);
            const auto solution = solve_checked(study_, solver);
            if (!solution) return pass(solution);
            if (solution->status == lp::SolveStatus::unbounded) continue;  // no end this way: none
            if (solution->status != lp::SolveStatus::optimal) break;
            const double value = dot(y_.columns, solution->x);
            (greatest ? point.maximum : point.minimum) = std::fabs(value) <= study_.tolerance ? 0 : value;
            if (greatest) scale_.fill_in(expand(study_.compression, solution->x), point);
        }
        if (point.minimum || point.maximum) return point;
    }
    return point;
}

std::vector<double> equal_steps(double from, double to, std::int64_t count) {
    std::vector<double> steps;
    for (std::int64_t i = 0; i < count; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(count - 1);
        steps.push_back(i + 1 == count ? to : from + share * (to - from));
    }
    return steps;
}

}  // namespace leaven::metabolism
