#include <algorithm>
#include <cmath>
#include <optional>

#include <leaven/metabolism/gene_rule.hpp>
#include <leaven/metabolism/load.hpp>
#include <leaven/metabolism/targets.hpp>

#include "parsimony.hpp"
#include "study.hpp"
#include "target.hpp"

namespace leaven::metabolism {
namespace {

/// The flux of every reaction at each level of the product's.
struct Scan {
    std::vector<double> levels;
    std::vector<std::vector<double>> flux;
};

/// Solves the ladder from the wild type's product flux to `greatest_share` of the greatest.
class Scanner {
public:
    Scanner(const Study& study, lp::Solver& solver, std::int32_t target, const Context& context)
        : study_(study), solver_(solver), least_(study, context), target_(target), context_(context) {}

    Result<Scan> run(const Optimum& wild_type, std::int64_t steps) {
        constexpr double greatest_share = 0.9;  // at the greatest itself nothing grows
        const auto greatest = greatest_target();
        if (!greatest) return pass(greatest);
        auto start = least_flux(wild_type.value);
        if (!start) return pass(start);
        const double first = (*start)[target_];
        const double last = std::max(first, greatest_share * *greatest);
        Scan scan{{first}, {*std::move(start)}};
        for (std::int64_t step = 1; step <= steps; ++step) {
            const double level = first + static_cast<double>(step) / static_cast<double>(steps) * (last - first);
            auto flux = flux_at(level);
            if (!flux) return pass(flux);
            scan.levels.push_back(level);
            scan.flux.push_back(*std::move(flux));
            context_.report({{"product levels", "产物水平"}, step, steps});
        }
        return scan;
    }

private:
    Result<double> greatest_target() {
        const auto column = study_.compression.column[target_];
        const auto objective = solver_.problem().objective;
        const auto sense = solver_.problem().sense;
        std::vector<double> target(objective.size(), 0);
        target[column] = study_.compression.factor[target_];
        solver_.set_objective(target, lp::Sense::maximize);
        const auto solution = solve_checked(study_, solver_);
        solver_.set_objective(objective, sense);
        if (!solution) return pass(solution);
        if (solution->status != lp::SolveStatus::optimal)
            return infeasible({"the product flux has no limit", "产物通量没有上限"})
                .at("target")
                .advise({"bound an uptake with --bounds or --medium", "用 --bounds 或 --medium 限制摄取"});
        return study_.compression.factor[target_] * solution->x[column];
    }

    Result<std::vector<double>> least_flux(double value) {
        auto least = least_.keeping(value);
        if (!least) return pass(least);
        return std::move(least->flux);
    }

    /// The objective's optimum with the product at `level` or more, by the least total flux.
    Result<std::vector<double>> flux_at(double level) {
        const auto column = study_.compression.column[target_];
        const auto& base = study_.compression.problem;
        const double w = level / study_.compression.factor[target_];
        const bool forward = study_.compression.factor[target_] > 0;
        const double lower = forward ? std::max(base.lower[column], w) : base.lower[column];
        const double upper = forward ? base.upper[column] : std::min(base.upper[column], w);
        solver_.set_bounds(column, lower, upper);
        const auto solution = solve_checked(study_, solver_);
        if (!solution) return pass(solution);
        if (solution->status != lp::SolveStatus::optimal)
            return failure(ErrorCode::bug, {"the product flux {} could not be enforced", "无法强制产物通量 {}"}, level);
        least_.set_bounds(column, lower, upper);
        return least_flux(dot(base.objective, solution->x));
    }

    const Study& study_;
    lp::Solver& solver_;
    LeastFlux least_;
    std::int32_t target_;
    const Context& context_;
};

/// Slope of |flux| on the level, by least squares.
double slope(const Scan& scan, std::size_t reaction) {
    const auto n = static_cast<double>(scan.levels.size());
    double mean_level = 0;
    double mean_size = 0;
    for (std::size_t i = 0; i < scan.levels.size(); ++i) {
        mean_level += scan.levels[i] / n;
        mean_size += std::fabs(scan.flux[i][reaction]) / n;
    }
    double above = 0;
    double below = 0;
    for (std::size_t i = 0; i < scan.levels.size(); ++i) {
        const double d = scan.levels[i] - mean_level;
        above += d * (std::fabs(scan.flux[i][reaction]) - mean_size);
        below += d * d;
    }
    return below > 0 ? above / below : 0;
}

bool turns_round(const Scan& scan, std::size_t reaction, double idle) {
    bool runs_forward = false;
    bool runs_backward = false;
    for (const auto& flux : scan.flux) {
        runs_forward |= flux[reaction] > idle;
        runs_backward |= flux[reaction] < -idle;
    }
    return runs_forward && runs_backward;
}

/// What to do about a reaction, where its flux follows the product's.
std::optional<std::string> action_for(const Scan& scan, std::size_t reaction, double slope_now) {
    constexpr double idle = 1e-7;
    constexpr double least_change = 1e-4;  // relative: below, nothing follows
    const double start = std::fabs(scan.flux.front()[reaction]);
    const double end = std::fabs(scan.flux.back()[reaction]);
    if (turns_round(scan, reaction, idle) || std::fabs(end - start) <= least_change * std::max(start, end) + idle)
        return std::nullopt;
    if (slope_now > 0 && end > start) return "up";
    if (slope_now < 0 && end < start) return end <= idle ? "delete" : "down";
    return std::nullopt;
}

std::vector<std::string> gene_ids(const Model& model, const Reaction& reaction) {
    std::vector<std::string> ids;
    for (const auto gene : genes_of(reaction.rule)) ids.push_back(model.genes[gene].id);
    return ids;
}

std::vector<TargetRow> rank(const Model& model, const Scan& scan, std::int32_t target, std::size_t top) {
    std::vector<TargetRow> rows;
    for (std::size_t r = 0; r < model.reactions.size(); ++r) {
        const auto& reaction = model.reactions[r];
        if (!reaction.rule.tied_to_genes() || static_cast<std::int32_t>(r) == target) continue;
        const double trend = slope(scan, r);
        auto action = action_for(scan, r, trend);
        if (!action) continue;
        rows.push_back({reaction.id, reaction.name, reaction.subsystem, gene_ids(model, reaction), *std::move(action),
                        std::fabs(trend), scan.flux.front()[r] + 0.0, scan.flux.back()[r] + 0.0});
    }
    // Reactions of one pathway have the same slope but for rounding: their order must not hang on that.
    const auto rounded = [](double score) { return std::round(score * 1e6); };
    std::sort(rows.begin(), rows.end(), [&](const TargetRow& a, const TargetRow& b) {
        return std::pair(-rounded(a.score), a.reaction) < std::pair(-rounded(b.score), b.reaction);
    });
    if (rows.size() > top) rows.resize(top);
    return rows;
}

}  // namespace

Result<TargetsResult> targets(const TargetsParams& params, Context& context) {
    auto model = load_model(params.model);
    if (!model) return pass(model);
    return targets(*std::move(model), params, context);
}

Result<TargetsResult> targets(Model model, const TargetsParams& params, Context& context) {
    const auto study = prepare(std::move(model), params);
    if (!study) return pass(study);
    const auto target = find_target(*study, params.target);
    if (!target) return pass(target);
    auto solver = solver_for(*study, context);
    const auto wild_type = find_optimum(*study, solver, context);
    if (!wild_type) return pass(wild_type);
    TargetsResult result;
    static_cast<Verdict&>(result) = wild_type->verdict;
    if (!result.solved()) return result;
    auto blocked = explain_blocked(*study, solver, *target, context);
    if (!blocked) return pass(blocked);
    if (*blocked) {
        static_cast<Verdict&>(result) = **std::move(blocked);
        return result;
    }
    const auto scan = Scanner(*study, solver, *target, context).run(*wild_type, params.steps);
    if (!scan) return pass(scan);
    result.rows = rank(study->model, *scan, *target, static_cast<std::size_t>(params.top));
    return result;
}

}  // namespace leaven::metabolism
