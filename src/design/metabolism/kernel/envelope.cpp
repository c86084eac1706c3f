#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/metabolism/envelope.hpp>
#include <leaven/metabolism/load.hpp>

#include "envelope_axis.hpp"
#include "phase_plane.hpp"
#include "polygon.hpp"
#include "study.hpp"

namespace leaven::metabolism {
namespace {

/// Asks the compressed network how far two expressions reach together.
class Plane {
public:
    Plane(const Study& study, const Axis& x, const Axis& y, lp::Solver& solver)
        : study_(study), x_(x), y_(y), solver_(solver) {}

    Result<Point> reach(Point direction) {
        std::vector<double> objective(x_.columns.size());
        for (std::size_t j = 0; j < objective.size(); ++j)
            objective[j] = direction.x * x_.columns[j] + direction.y * y_.columns[j];
        solver_.set_objective(objective, lp::Sense::maximize);
        const auto solution = solve_checked(study_, solver_);
        if (!solution) return pass(solution);
        if (solution->status != lp::SolveStatus::optimal) {
            std::vector<double> wanted(x_.reactions.size());
            for (std::size_t r = 0; r < wanted.size(); ++r)
                wanted[r] = direction.x * x_.reactions[r] + direction.y * y_.reactions[r];
            endless_ = explain_unbounded(study_, *solution, wanted, lp::Sense::maximize);
            return infeasible({"the envelope has no end", "包络无界"});
        }
        return Point{value(x_, *solution), value(y_, *solution)};
    }

    /// The vertices, or nothing where a direction had no end: then the verdict is in `endless`.
    Result<std::vector<Point>> outline(const Context& context) {
        std::int64_t asked = 0;
        return find_polygon([&](Point direction) {
            context.report({{"vertices", "顶点"}, ++asked, 0});
            return reach(direction);
        });
    }
    [[nodiscard]] const std::optional<Verdict>& endless() const { return endless_; }

private:
    [[nodiscard]] double value(const Axis& axis, const lp::Solution& solution) const {
        const double v = dot(axis.columns, solution.x);
        return std::fabs(v) <= study_.tolerance ? 0 : v;
    }

    const Study& study_;
    const Axis& x_;
    const Axis& y_;
    lp::Solver& solver_;
    std::optional<Verdict> endless_;
};

/// The greatest y over the plane of two x, whose rows are the last of the solver.
class Upper {
public:
    Upper(const Study& study, const Axis& y, lp::Solver& solver, const Context& context)
        : study_(study), y_(y), solver_(solver), context_(context), rows_(solver.problem().matrix.rows) {
        solver_.set_objective(y.columns, lp::Sense::maximize);
    }

    Result<Tangent> tangent_at(Point p) {
        context_.report({{"phases", "相区"}, ++asked_, 0});
        solver_.set_row_bounds(rows_ - 2, p.x, p.x);
        solver_.set_row_bounds(rows_ - 1, p.y, p.y);
        const auto solution = solve_checked(study_, solver_);
        if (!solution) return pass(solution);
        if (solution->status == lp::SolveStatus::unbounded) endless_ = *solution;
        if (solution->status != lp::SolveStatus::optimal)
            return failure(ErrorCode::bug, {"a phase could not be measured", "未能测定相区"});
        const auto& prices = solution->row_duals;
        return Tangent{p, dot(y_.columns, solution->x), {prices[prices.size() - 2], prices[prices.size() - 1]}};
    }

    [[nodiscard]] const std::optional<lp::Solution>& endless() const { return endless_; }

private:
    const Study& study_;
    const Axis& y_;
    lp::Solver& solver_;
    const Context& context_;
    int rows_;
    std::int64_t asked_ = 0;
    std::optional<lp::Solution> endless_;
};

/// Shadow prices are sums of differences: what is left of them at 1e-9 is rounding.
double settled(double price) { return std::fabs(price) < 1e-9 ? 0 : price; }

Status add_phases(const std::vector<Point>& domain, Upper& upper, EnvelopeResult& result) {
    const auto phases = find_phases(domain, [&](Point p) { return upper.tangent_at(p); });
    if (!phases) return pass(phases);
    for (const auto& phase : *phases) {
        EnvelopePhase row;
        row.id = static_cast<std::int64_t>(result.phases.size()) + 1;
        row.shadow_prices = {settled(phase.slope[0]), settled(phase.slope[1])};
        for (const auto& corner : phase.region) row.region.push_back({corner.x, corner.y});
        result.phases.push_back(std::move(row));
    }
    return {};
}

/// Where two x can go together, what y reaches there, and its phases.
Status survey_plane(const Study& study, const std::vector<Axis>& x, const Axis& y, lp::Solver& solver,
                    const YieldScale& scale, const EnvelopeParams& params, const Context& context,
                    EnvelopeResult& result) {
    Plane ground(study, x[0], x[1], solver);
    const auto domain = ground.outline(context);
    if (ground.endless()) {
        static_cast<Verdict&>(result) = *ground.endless();
        return {};
    }
    if (!domain) return pass(domain);
    Upper upper(study, y, solver, context);
    if (auto status = add_phases(*domain, upper, result); !status) {
        if (!upper.endless()) return status;
        static_cast<Verdict&>(result) = explain_unbounded(study, *upper.endless(), y.reactions, lp::Sense::maximize);
        return {};
    }
    const auto [left, right] =
        std::minmax_element(domain->begin(), domain->end(), [](const Point& a, const Point& b) { return a.x < b.x; });
    const auto [low, high] =
        std::minmax_element(domain->begin(), domain->end(), [](const Point& a, const Point& b) { return a.y < b.y; });
    const int rows = solver.problem().matrix.rows;
    const auto points =
        EnvelopeGrid(study, y, scale, solver, {rows - 2, rows - 1})
            .run({equal_steps(left->x, right->x, params.points), equal_steps(low->y, high->y, params.points)}, context);
    if (!points) return pass(points);
    result.points = *points;
    return {};
}

/// The outline over one x, and the grid along it.
Status survey_line(const Study& study, const Axis& x, const Axis& y, lp::Solver& solver, const YieldScale& scale,
                   const EnvelopeParams& params, const Context& context, EnvelopeResult& result) {
    Plane plane(study, x, y, solver);
    const auto outline = plane.outline(context);
    if (plane.endless()) {
        static_cast<Verdict&>(result) = *plane.endless();
        return {};
    }
    if (!outline) return pass(outline);
    for (const auto& point : *outline) result.vertices.push_back({point.x, point.y});
    const auto [left, right] = std::minmax_element(result.vertices.begin(), result.vertices.end(),
                                                   [](const auto& a, const auto& b) { return a.x < b.x; });
    const auto points = EnvelopeGrid(study, y, scale, solver, {solver.problem().matrix.rows - 1})
                            .run({equal_steps(left->x, right->x, params.points)}, context);
    if (!points) return pass(points);
    result.points = *points;
    return {};
}

/// Its name and unit: what is optimised and does not leave the cell is growth.
std::string axis_label(const Study& study, const std::string& given, const Axis& axis) {
    const auto& objective = study.model.objective.terms;
    const auto& reaction = study.model.reactions[axis.terms.front().reaction];
    const bool alone = axis.terms.size() == 1;
    const bool growth = alone && objective.size() == 1 && objective[0].reaction == axis.terms[0].reaction &&
                        !crosses_boundary(study.model, reaction);
    const auto name = !given.empty() ? given : alone ? reaction.id : std::string("objective");
    return fmt::format("{}, {}", name, growth ? "1/h" : "mmol/gDW/h");
}

Result<std::vector<Axis>> read_axes(const Study& study, const std::vector<std::string>& expressions) {
    std::vector<Axis> axes;
    for (const auto& expression : expressions) {
        auto axis = read_axis(study, expression);
        if (!axis) return pass(axis);
        axes.push_back(*std::move(axis));
    }
    return axes;
}

}  // namespace

Result<EnvelopeResult> envelope(const EnvelopeParams& params, Context& context) {
    auto model = load_network(params.model, &context.stop_flag());
    if (!model) return pass(model);
    return envelope(*std::move(model), params, context);
}

Result<EnvelopeResult> envelope(Model model, const EnvelopeParams& params, Context& context) {
    if (params.x.empty() || params.x.size() > 2)
        return bad_input(
                   {"the envelope needs one reaction for x or two, not {}", "包络需要一个或两个 x 反应，而不是 {} 个"},
                   params.x.size())
            .at("x")
            .advise({"name one, such as --x BIOMASS_Ecoli_core_w_GAM, or two for a phase plane",
                     "指定一个，例如 --x BIOMASS_Ecoli_core_w_GAM；两个则得相平面"});
    const auto study = prepare(std::move(model), params);
    if (!study) return pass(study);
    const auto x = read_axes(*study, params.x);
    if (!x) return pass(x);
    const auto y = read_axis(*study, params.y);
    if (!y) return pass(y);

    auto problem = solver_problem(*study);
    if (!study->compression.infeasible)
        for (const auto& axis : *x) append_row(problem, axis.columns);
    lp::Solver solver(std::move(problem), {.tolerance = study->tolerance, .stop = &context.stop_flag()});
    const auto optimum = find_optimum(*study, solver, context);
    if (!optimum) return pass(optimum);
    EnvelopeResult result;
    static_cast<Verdict&>(result) = optimum->verdict;
    for (std::size_t i = 0; i < x->size(); ++i) result.axes.push_back(axis_label(*study, params.x[i], (*x)[i]));
    result.axes.push_back(axis_label(*study, params.y, *y));
    if (!result.solved()) return result;
    const YieldScale scale(*study, *y, optimum->flux);
    auto status = x->size() == 2 ? survey_plane(*study, *x, *y, solver, scale, params, context, result)
                                 : survey_line(*study, x->front(), *y, solver, scale, params, context, result);
    if (!status) return pass(status);
    return result;
}

}  // namespace leaven::metabolism
