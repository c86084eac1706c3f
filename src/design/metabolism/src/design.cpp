#include <algorithm>
#include <cmath>

#include <leaven/metabolism/design.hpp>
#include <leaven/metabolism/load.hpp>

#include "as_it_stands.hpp"
#include "conflict.hpp"
#include "design_report.hpp"
#include "design_search.hpp"
#include "interventions.hpp"
#include "study.hpp"
#include "substrate.hpp"
#include "target.hpp"

namespace leaven::metabolism {
namespace {

Status check_question(const DesignParams& params) {
    const bool cuts = params.strategy == "mcs";
    if (!cuts && params.target.empty())
        return bad_input({"the product is not named", "未给出目标产物"})
            .at("target")
            .advise({"name the reaction that releases it, such as --target EX_succ_e",
                     "请给出释放产物的反应，例如 --target EX_succ_e"});
    if (cuts && params.suppress.empty())
        return bad_input({"there is nothing to suppress", "未给出要抑制的区域"})
            .at("suppress")
            .advise({"name a region, such as --suppress \"BIOMASS >= 0.001\"",
                     "请给出区域，例如 --suppress \"BIOMASS >= 0.001\""});
    if (cuts && params.min_growth)
        return bad_input({"cut sets have no least growth", "割集没有最低生长速率"})
            .at("min_growth")
            .advise({"protect it as a region, such as --protect \"BIOMASS >= 0.1\"",
                     "请作为区域保留，例如 --protect \"BIOMASS >= 0.1\""});
    if (!cuts && !(params.suppress.empty() && params.protect.empty()))
        return bad_input({"only cut sets know regions", "只有割集使用区域"})
            .at(params.suppress.empty() ? "protect" : "suppress")
            .advise({"add --strategy mcs, or leave the region out", "请加 --strategy mcs，或去掉区域"});
    return {};
}

/// With all that can be inserted in place, and without.
struct Hosts {
    Study open;
    std::optional<Study> wild;  // where something can be inserted

    [[nodiscard]] const Study& wild_type() const { return wild ? *wild : open; }
};

Result<Hosts> prepare_hosts(Model model, const DesignParams& params) {
    auto applied = apply_scenario(std::move(model), params);
    if (!applied) return pass(applied);
    const auto insertable = find_insertable(*applied, ModelIndex(*applied), params.insertable);
    if (!insertable) return pass(insertable);
    std::optional<Model> without;
    if (!insertable->empty()) {
        without = *applied;
        for (const auto r : *insertable) without->reactions[r].lower = without->reactions[r].upper = 0;
    }
    auto open = prepare(*std::move(applied), as_it_stands(params));
    if (!open) return pass(open);
    Hosts hosts{*std::move(open), std::nullopt};
    if (!without) return hosts;
    auto wild = prepare(*std::move(without), as_it_stands(params));
    if (!wild) return pass(wild);
    hosts.wild.emplace(*std::move(wild));
    return hosts;
}

Goal aim_of(const std::string& strategy) {
    if (strategy == "optknock") return Goal::maximum;
    return strategy == "optcouple" ? Goal::growth_lost : Goal::guaranteed;
}

/// No strain with enough growth is worth more: its greatest target, or the greatest growth. Leaves the solver changed.
Result<double> bound_on_worth(const Study& study, lp::Solver solver, std::int32_t target, Goal aim,
                              double least_growth) {
    if (aim != Goal::growth_lost) {
        hold_objective(study, solver, least_growth, 0);
        std::vector<double> objective(study.compression.problem.objective.size(), 0);
        objective[static_cast<std::size_t>(study.compression.column[target])] = study.compression.factor[target];
        solver.set_objective(objective, lp::Sense::maximize);
    }
    const auto solution = solve_checked(study, solver);
    if (!solution) return pass(solution);
    return solution->status == lp::SolveStatus::optimal ? solution->objective : lp::infinity;
}

void infeasible_because(DesignResult& result, Verdict verdict, Text cause) {
    static_cast<Verdict&>(result) = std::move(verdict);
    result.cause = std::move(cause);
}

/// Designs that couple product to growth.
Status couple(const Hosts& hosts, const DesignParams& params, const Optimum& wild_type, Context& context,
              DesignResult& result) {
    const auto& study = hosts.open;
    const auto target = find_target(study, params.target);
    if (!target) return pass(target);
    const auto substrate = find_substrate(study, params.substrate, wild_type.flux);
    if (!substrate) return pass(substrate);
    auto solver = solver_for(study, context);
    if (auto first = solve_checked(study, solver); !first) return pass(first);
    auto blocked = explain_blocked(study, solver, *target, context);
    if (!blocked) return pass(blocked);
    if (*blocked) {
        infeasible_because(result, **std::move(blocked),
                           text({"{} can carry no flux in this model and medium", "在此模型和培养基中 {} 不能承载通量"},
                                params.target));
        return {};
    }
    const auto interventions = Interventions::of(study, params);
    if (!interventions) return pass(interventions);

    const auto aim = aim_of(params.strategy);
    const double asked = params.min_growth.value_or(params.min_growth_fraction * wild_type.value);
    const SearchLimits limits{.max_interventions = static_cast<std::size_t>(params.max_interventions),
                              .max_designs = static_cast<std::size_t>(params.max_designs),
                              .least_growth = asked - growth_slack * std::max(asked, wild_type.value),
                              .time_s = params.time_limit.value_or(0)};
    const auto bound = bound_on_worth(study, solver, *target, aim, limits.least_growth);
    if (!bound) return pass(bound);
    if (auto status = write_wild_type(study, *interventions, *target, context, result); !status) return status;
    const auto outcome = search_designs(study, *interventions, solver, *target, aim, limits, context);
    if (!outcome) return pass(outcome);
    result.complete = outcome->complete;
    result.proof = outcome->proof;
    const Reporter reporter{study, *interventions, *target, *substrate, aim};
    if (auto status = write_designs(reporter, *outcome, context, result); !status) return status;
    const double best = outcome->found.empty() ? outcome->wild_type : outcome->found.front().value;
    result.proof.bound = result.complete ? best : *bound;
    result.proof.gap = result.proof.bound - best;
    return {};
}

/// Is the region beyond even the cell with everything inserted? Then nothing can keep it.
Result<std::optional<Verdict>> explain_lost(const Study& study, const Region& region, const Context& context) {
    const auto ready = make_ready(study, region, context);
    if (!ready) return pass(ready);
    if (!ready->unreachable) return std::optional<Verdict>();
    std::vector<Demand> demands;
    for (const auto& condition : region.conditions)
        demands.push_back({over_reactions(study, condition), condition.lower, condition.upper});
    auto verdict = explain_demands(study, demands, context);
    if (!verdict || *verdict) return verdict;
    Verdict unexplained;  // within the tolerance of a row, not within that of the optimum
    unexplained.status = "infeasible";
    return std::optional(std::move(unexplained));
}

/// Minimal cut sets.
Status cut(const Hosts& hosts, const DesignParams& params, const Optimum& wild_type, Context& context,
           DesignResult& result) {
    const auto& study = hosts.open;
    CutSetQuestion question;
    for (const bool suppress : {true, false}) {
        auto regions = parse_regions(study.model, study.index, suppress ? params.suppress : params.protect,
                                     suppress ? "suppress" : "protect");
        if (!regions) return pass(regions);
        (suppress ? question.suppress : question.protect) = *std::move(regions);
    }
    std::optional<std::int32_t> target;
    if (!params.target.empty()) {
        const auto found = find_target(study, params.target);
        if (!found) return pass(found);
        target = *found;
    }
    const auto substrate = find_substrate(study, params.substrate, wild_type.flux);
    if (!substrate) return pass(substrate);
    for (const auto& region : question.protect) {
        auto lost = explain_lost(study, region, context);
        if (!lost) return pass(lost);
        if (!*lost) continue;
        infeasible_because(
            result, **std::move(lost),
            text({"No flux reaches the region to protect: {}", "没有通量能达到要保留的区域：{}"}, region.text));
        return {};
    }
    const auto interventions = Interventions::of(study, params);
    if (!interventions) return pass(interventions);
    result.wild_type.growth = wild_type.value;
    if (target)
        if (auto status = write_wild_type(study, *interventions, *target, context, result); !status) return status;
    const SearchLimits limits{.max_interventions = static_cast<std::size_t>(params.max_interventions),
                              .max_designs = static_cast<std::size_t>(params.max_designs),
                              .time_s = params.time_limit.value_or(0)};
    const auto outcome = find_cut_sets(study, *interventions, question, limits, context);
    if (!outcome) return pass(outcome);
    result.complete = outcome->complete;
    result.proof = outcome->proof;
    const Reporter reporter{study, *interventions, target, *substrate, Goal::guaranteed};
    return write_cut_sets(reporter, question, *outcome, limits.max_designs, context, result);
}

}  // namespace

Result<DesignResult> design(const DesignParams& params, Context& context) {
    auto model = load_network(params.model, &context.stop_flag());
    if (!model) return pass(model);
    return design(*std::move(model), params, context);
}

Result<DesignResult> design(Model model, const DesignParams& params, Context& context) {
    if (auto status = check_question(params); !status) return pass(status);
    const auto hosts = prepare_hosts(std::move(model), params);
    if (!hosts) return pass(hosts);
    const auto& wild = hosts->wild_type();
    if (!wild.model.objective.maximize)
        return bad_input({"the objective is minimised", "目标函数取最小值"})
            .at("sense")
            .advise({"design needs growth to be maximised: --sense maximize", "设计要求最大化生长：--sense maximize"});
    if (!params.target.empty())
        if (const auto target = find_target(wild, params.target); !target) return pass(target);
    auto solver = solver_for(wild, context);
    const auto wild_type = find_optimum(wild, solver, context);
    if (!wild_type) return pass(wild_type);
    DesignResult result;
    result.strategy = params.strategy;
    static_cast<Verdict&>(result) = wild_type->verdict;
    if (!result.solved()) return result;
    const bool cuts = params.strategy == "mcs";
    if (!cuts && wild_type->value <= wild.tolerance) {  // every set would guarantee whatever maintenance releases
        auto verdict = explain_zero(wild, *wild_type, context);
        if (!verdict) return pass(verdict);
        static_cast<Verdict&>(result) = *std::move(verdict);
        return result;
    }
    const auto status = (cuts ? cut : couple)(*hosts, params, *wild_type, context, result);
    if (!status) return pass(status);
    return result;
}

}  // namespace leaven::metabolism
