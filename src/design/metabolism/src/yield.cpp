#include <algorithm>
#include <cmath>

#include <leaven/metabolism/load.hpp>
#include <leaven/metabolism/yield.hpp>

#include "as_it_stands.hpp"
#include "study.hpp"
#include "substrate.hpp"
#include "target.hpp"

namespace leaven::metabolism {
namespace {

/// A reaction whose flux counts times `sign`.
struct Counted {
    std::int32_t reaction;
    double sign;
};

/// Production of the target over uptake of the substrate, made as great as can be.
///
/// Dinkelbach: the greatest production less `ratio` times the uptake is zero at the greatest ratio alone, and positive
/// below it. Each flux found gives the next ratio; the last program, whose optimum is zero, proves that no flux does
/// better.
class YieldFinder {
public:
    YieldFinder(const Study& study, lp::Solver& solver, Counted target, Counted substrate)
        : study_(study), solver_(solver), target_(target), substrate_(substrate) {}

    struct Best {
        std::vector<double> flux;
        double ratio = 0;
        bool endless = false;  // `flux` is a direction without end that uses no substrate
    };
    Result<Best> run() {
        constexpr int most_steps = 100;
        Best best;
        bool from_ray = false;  // then the ratio is its own, but it is no flux distribution
        for (int step = 0; step < most_steps; ++step) {
            const auto solution = solve(best.ratio);
            if (!solution) return pass(solution);
            const bool endless = solution->status == lp::SolveStatus::unbounded;
            auto flux = expand(study_.compression, endless ? solution->ray : solution->x);
            const double made = amount(target_, flux);
            const double used = amount(substrate_, flux);
            const double gain = made - best.ratio * used;
            const double noise = 10 * study_.tolerance * std::max(1.0, std::fabs(made));
            if (endless && used <= study_.tolerance) return Best{std::move(flux), 0, true};
            if (step == 0 || from_ray) best.flux = flux;
            from_ray = endless;
            if (gain <= noise || used <= 0 || made / used <= best.ratio) return best;
            best = {std::move(flux), made / used};
        }
        return failure(ErrorCode::bug, {"the greatest yield was not reached in {} steps", "{} 步内未达到最大得率"},
                       most_steps);
    }

    /// The flux that makes most of the target without the substrate; none where nothing can be made so.
    Result<std::optional<std::vector<double>>> made_without_substrate() {
        const auto column = study_.compression.column[substrate_.reaction];
        const double lower = solver_.problem().lower[column];
        const double upper = solver_.problem().upper[column];
        if (lower > 0 || upper < 0) return std::optional<std::vector<double>>();
        const auto basis = solver_.basis();
        solver_.set_bounds(column, 0, 0);
        const auto solution = solve(0);
        solver_.set_bounds(column, lower, upper);
        solver_.restore(basis);
        if (!solution) return pass(solution);
        if (solution->status == lp::SolveStatus::infeasible) return std::optional<std::vector<double>>();
        const bool endless = solution->status == lp::SolveStatus::unbounded;
        auto flux = expand(study_.compression, endless ? solution->ray : solution->x);
        if (amount(target_, flux) <= 10 * study_.tolerance) return std::optional<std::vector<double>>();
        return std::optional(std::move(flux));
    }

    static double amount(const Counted& counted, const std::vector<double>& flux) {
        return counted.sign * flux[counted.reaction];
    }

private:
    Result<lp::Solution> solve(double ratio) {
        std::vector<double> objective(study_.compression.members.size(), 0);
        for (const auto& [counted, weight] : {std::pair(target_, 1.0), std::pair(substrate_, -ratio)}) {
            const auto column = study_.compression.column[counted.reaction];
            if (column >= 0) objective[column] += weight * counted.sign * study_.compression.factor[counted.reaction];
        }
        solver_.set_objective(objective, lp::Sense::maximize);
        return solve_checked(study_, solver_);
    }

    const Study& study_;
    lp::Solver& solver_;
    Counted target_;
    Counted substrate_;
};

/// What the model forces, such as maintenance, is let go.
void relax_maintenance(Model& model) {
    for (auto& reaction : model.reactions) {
        reaction.lower = std::min(reaction.lower, 0.0);
        reaction.upper = std::max(reaction.upper, 0.0);
    }
}

/// Only a net uptake counts: secreting the substrate is no yield.
Status allow_uptake_alone(const Study& study, lp::Solver& solver, const Counted& substrate) {
    const auto column = study.compression.column[substrate.reaction];
    const double factor = column < 0 ? 0 : study.compression.factor[substrate.reaction] * substrate.sign;
    const double lower = column < 0 ? 0 : solver.problem().lower[column];
    const double upper = column < 0 ? 0 : solver.problem().upper[column];
    if (factor > 0 ? upper <= 0 : lower >= 0)
        return bad_input({"{} cannot be taken up", "{} 不能被摄取"}, study.model.reactions[substrate.reaction].id)
            .at("substrate")
            .advise({"open its uptake with --bounds or --medium, or name another substrate",
                     "用 --bounds 或 --medium 打开它的摄取，或另选底物"});
    solver.set_bounds(column, factor > 0 ? std::max(lower, 0.0) : lower, factor > 0 ? upper : std::min(upper, 0.0));
    return {};
}

void fill_in(const Study& study, const YieldFinder::Best& best, Counted target, Counted substrate,
             YieldResult& result) {
    const auto& model = study.model;
    const auto product = cargo_of(model, model.reactions[target.reaction]);
    const auto feed = cargo_of(model, model.reactions[substrate.reaction]);
    const auto ratio_of = [&](const std::optional<double>& above, const std::optional<double>& below) {
        return above && below && *below > 0 ? std::optional(best.ratio * *above / *below) : std::nullopt;
    };
    result.yield_mol = best.ratio;
    result.yield_cmol = ratio_of(product.carbon_mol, feed.carbon_mol);
    result.yield_mass = ratio_of(product.mass_g, feed.mass_g);
    result.target_flux = best.flux[target.reaction];
    result.substrate_flux = best.flux[substrate.reaction];
    result.growth = dot(study.network.problem.objective, best.flux);
    result.substrate = model.reactions[substrate.reaction].id;
}

/// The uptakes that the product is made from instead; where there is none, the loop that makes it from nothing.
std::vector<std::string> sources(const Model& model, const std::vector<double>& flux) {
    constexpr double idle = 1e-9;
    std::vector<std::string> ids;
    for (const auto r : carbon_sources(model, flux)) ids.push_back(model.reactions[r].id);
    if (!ids.empty()) return ids;
    for (std::size_t r = 0; r < flux.size(); ++r)
        if (std::fabs(flux[r]) > idle) ids.push_back(model.reactions[r].id);
    return ids;
}

/// An exchange counts by what it moves the way that is asked, a reaction inside the cell as it is written.
Counted counted(const Model& model, std::int32_t reaction, double inward) {
    const auto& it = model.reactions[reaction];
    return {reaction, crosses_boundary(model, it) ? inward * uptake_direction(model, it) : 1};
}

struct Ratio {
    Counted target;
    Counted substrate;
};

Result<Ratio> find_ratio(const Study& study, const YieldParams& params, const std::vector<double>& flux) {
    const auto target = find_target(study, params.target);
    if (!target) return pass(target);
    const auto substrate = find_substrate(study, params.substrate, flux);
    if (!substrate) return pass(substrate);
    if (!*substrate)
        return bad_input({"the optimum takes up no carbon, so there is no substrate", "最优解不摄取碳，没有底物"})
            .at("substrate")
            .advise({"name the substrate with --substrate", "用 --substrate 指定底物"});
    if (**substrate == *target)
        return bad_input({"the target {} is the substrate", "目标 {} 就是底物"}, params.target).at("target");
    return Ratio{counted(study.model, *target, -1), counted(study.model, **substrate, 1)};
}

Result<Study> prepare_yield(Model model, const YieldParams& params) {
    auto changed = apply_scenario(std::move(model), params);
    if (!changed) return pass(changed);
    if (!params.maintenance) relax_maintenance(*changed);
    return prepare(*std::move(changed), as_it_stands(params));
}

}  // namespace

Result<YieldResult> yield(const YieldParams& params, Context& context) {
    auto model = load_network(params.model, &context.stop_flag());
    if (!model) return pass(model);
    return yield(*std::move(model), params, context);
}

Result<YieldResult> yield(Model model, const YieldParams& params, Context& context) {
    const auto study = prepare_yield(std::move(model), params);
    if (!study) return pass(study);
    auto solver = solver_for(*study, context);
    const auto optimum = find_optimum(*study, solver, context);
    if (!optimum) return pass(optimum);
    YieldResult result;
    static_cast<Verdict&>(result) = optimum->verdict;
    if (!result.solved()) return result;
    const auto ratio = find_ratio(*study, params, optimum->flux);
    if (!ratio) return pass(ratio);
    if (params.growth_fraction > 0)
        hold_objective(*study, solver, optimum->value, allowed_loss(optimum->value, params.growth_fraction));
    if (auto status = allow_uptake_alone(*study, solver, ratio->substrate); !status) return pass(status);

    YieldFinder finder(*study, solver, ratio->target, ratio->substrate);
    const auto without = finder.made_without_substrate();
    if (!without) return pass(without);
    const auto limitless = [&](const std::vector<double>& flux) {
        result.status = "unbounded";
        result.ray = sources(study->model, flux);
        return result;
    };
    if (*without) return limitless(**without);
    const auto best = finder.run();
    if (!best) return pass(best);
    if (best->endless) return limitless(best->flux);
    fill_in(*study, *best, ratio->target, ratio->substrate, result);
    return result;
}

}  // namespace leaven::metabolism
