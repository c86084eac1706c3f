#include <algorithm>
#include <cmath>

#include <leaven/core/parallel.hpp>
#include <leaven/metabolism/envelope.hpp>
#include <leaven/metabolism/load.hpp>

#include "polygon.hpp"
#include "study.hpp"
#include "substrate.hpp"

namespace leaven::metabolism {
namespace {

/// A linear expression over reactions, and the same over columns.
struct Axis {
    std::vector<ObjectiveTerm> terms;
    std::vector<double> reactions;
    std::vector<double> columns;
};

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
    axis.columns = compress_objective(study.compression, axis.reactions);
    return axis;
}

/// What y is worth in carbon and mass, where it releases a product and the optimum lives on carbon.
class YieldScale {
public:
    YieldScale(const Study& study, const Axis& y, const std::vector<double>& optimum) : study_(study) {
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

    void fill_in(const std::vector<double>& flux, EnvelopePoint& point) const {
        if (!substrate_ || uptake_ * flux[*substrate_] <= study_.tolerance) return;
        const double ratio = sign_ * *point.maximum / (uptake_ * flux[*substrate_]);
        if (product_.carbon_mol && *product_.carbon_mol > 0)
            point.yield_cmol = ratio * *product_.carbon_mol / *feed_.carbon_mol;
        if (product_.mass_g && feed_.mass_g) point.yield_mass = ratio * *product_.mass_g / *feed_.mass_g;
    }

private:
    const Study& study_;
    Cargo product_;
    Cargo feed_;
    double sign_ = 1;
    double uptake_ = -1;
    std::optional<std::int32_t> substrate_;
};

/// Asks the compressed network how far x and y reach together.
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

    /// The verdict where a direction had no end.
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

/// Least and greatest y along x, each point by two programs; `x_row` is x as a row of the solver.
class Grid {
public:
    Grid(const Study& study, const Axis& y, const YieldScale& scale, const lp::Solver& solver, int x_row)
        : study_(study), y_(y), scale_(scale), solver_(solver), x_row_(x_row) {}

    Result<std::vector<EnvelopePoint>> run(double from, double to, std::int64_t count, const Context& context) const {
        constexpr std::int64_t points_per_chunk = 10;
        std::vector<EnvelopePoint> points(static_cast<std::size_t>(count));
        const auto work = [&](Chunk chunk, int) -> Status {
            lp::Solver solver = solver_;
            for (auto i = chunk.begin; i < chunk.end; ++i) {
                const double share = static_cast<double>(i) / static_cast<double>(count - 1);
                auto point = solve(solver, i + 1 == count ? to : from + share * (to - from));
                if (!point) return pass(point);
                points[static_cast<std::size_t>(i)] = *std::move(point);
            }
            return {};
        };
        auto status = for_each_chunk(context, {"envelope", "生产包络"}, count, points_per_chunk, work);
        if (!status) return pass(status);
        return points;
    }

private:
    Result<EnvelopePoint> solve(lp::Solver& solver, double x) const {
        EnvelopePoint point;
        point.x = {x};
        // At its very ends x may be held exactly only to within rounding.
        for (const double slack : {0.0, study_.tolerance * std::max(1.0, std::fabs(x))}) {
            solver.set_row_bounds(x_row_, x - slack, x + slack);
            for (const bool greatest : {false, true}) {
                solver.set_objective(y_.columns, greatest ? lp::Sense::maximize : lp::Sense::minimize);
                const auto solution = solve_checked(study_, solver);
                if (!solution) return pass(solution);
                if (solution->status != lp::SolveStatus::optimal) break;
                const double value = dot(y_.columns, solution->x);
                (greatest ? point.maximum : point.minimum) = std::fabs(value) <= study_.tolerance ? 0 : value;
                if (greatest) scale_.fill_in(expand(study_.compression, solution->x), point);
            }
            if (point.maximum) return point;
        }
        return point;
    }

    const Study& study_;
    const Axis& y_;
    const YieldScale& scale_;
    const lp::Solver& solver_;
    int x_row_;
};

Result<std::vector<EnvelopeVertex>> find_vertices(Plane& plane, const Context& context) {
    std::int64_t asked = 0;
    const Reach reach = [&](Point direction) {
        context.report({{"vertices", "顶点"}, ++asked, 0});
        return plane.reach(direction);
    };
    const auto polygon = find_polygon(reach);
    if (!polygon) return pass(polygon);
    std::vector<EnvelopeVertex> vertices;
    for (const auto& point : *polygon) vertices.push_back({point.x, point.y});
    return vertices;
}

}  // namespace

Result<EnvelopeResult> envelope(const EnvelopeParams& params, Context& context) {
    auto model = load_model(params.model);
    if (!model) return pass(model);
    return envelope(*std::move(model), params, context);
}

Result<EnvelopeResult> envelope(Model model, const EnvelopeParams& params, Context& context) {
    if (params.x.size() != 1)
        return bad_input({"the envelope needs one reaction for x, not {}", "包络的横轴需要一个反应，而不是 {} 个"},
                         params.x.size())
            .at("x")
            .advise({"name one, such as --x BIOMASS_Ecoli_core_w_GAM", "指定一个，例如 --x BIOMASS_Ecoli_core_w_GAM"});
    const auto study = prepare(std::move(model), params);
    if (!study) return pass(study);
    const auto x = read_axis(*study, params.x.front());
    if (!x) return pass(x);
    const auto y = read_axis(*study, params.y);
    if (!y) return pass(y);

    auto problem = solver_problem(*study);
    append_row(problem, x->columns);
    const int x_row = problem.matrix.rows - 1;
    lp::Solver solver(std::move(problem), {.tolerance = study->tolerance, .stop = &context.stop_flag()});
    const auto optimum = find_optimum(*study, solver, context);
    if (!optimum) return pass(optimum);
    EnvelopeResult result;
    static_cast<Verdict&>(result) = optimum->verdict;
    if (!result.solved()) return result;

    Plane plane(*study, *x, *y, solver);
    auto vertices = find_vertices(plane, context);
    if (plane.endless()) {
        static_cast<Verdict&>(result) = *plane.endless();
        return result;
    }
    if (!vertices) return pass(vertices);
    result.vertices = *std::move(vertices);
    const auto [left, right] = std::minmax_element(result.vertices.begin(), result.vertices.end(),
                                                   [](const auto& a, const auto& b) { return a.x < b.x; });
    const YieldScale scale(*study, *y, optimum->flux);
    auto points = Grid(*study, *y, scale, solver, x_row).run(left->x, right->x, params.points, context);
    if (!points) return pass(points);
    result.points = *std::move(points);
    return result;
}

}  // namespace leaven::metabolism
