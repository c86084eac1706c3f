#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/gapfill.hpp>
#include <leaven/metabolism/load.hpp>
#include <leaven/metabolism/read.hpp>

#include "as_it_stands.hpp"
#include "conflict.hpp"
#include "gapfill_search.hpp"
#include "study.hpp"
#include "universe.hpp"

namespace leaven::metabolism {
namespace {

/// The extended model with these of its additions alone.
Model with_additions(const Extended& extended, const std::vector<std::int32_t>& wanted) {
    Model model = extended.model;
    model.reactions.clear();
    auto next = wanted.begin();
    for (std::size_t r = 0; r < extended.model.reactions.size(); ++r) {
        const bool is_wanted = next != wanted.end() && *next == static_cast<std::int32_t>(r);
        if (is_wanted) ++next;
        if (!extended.costs[r] || is_wanted) model.reactions.push_back(extended.model.reactions[r]);
    }
    return model;
}

/// Without the metabolites that no reaction touches and the host did not have.
Model tidied(Model model, std::size_t own_metabolites) {
    std::vector<std::int32_t> place(model.metabolites.size(), -1);
    for (std::size_t m = 0; m < own_metabolites; ++m) place[m] = 0;
    for (const auto& reaction : model.reactions)
        for (const auto& term : reaction.terms) place[term.metabolite] = 0;
    std::vector<Metabolite> kept;
    for (std::size_t m = 0; m < place.size(); ++m) {
        if (place[m] < 0) continue;
        place[m] = static_cast<std::int32_t>(kept.size());
        kept.push_back(std::move(model.metabolites[m]));
    }
    model.metabolites = std::move(kept);
    for (auto& reaction : model.reactions)
        for (auto& term : reaction.terms) term.metabolite = place[term.metabolite];
    return model;
}

class Gapfiller {
public:
    Gapfiller(const Extended& extended, std::size_t own_metabolites, const GapfillParams& params, Context& context)
        : extended_(extended), own_metabolites_(own_metabolites), params_(params), context_(context) {}

    Status run(GapfillSearch& search, GapfillResult& result) {
        result.optimal = true;
        while (static_cast<std::int64_t>(result.solutions.size()) < params_.solutions) {
            const auto found = search.next();
            if (!found) return pass(found);
            if (!*found) break;
            if (!result.bound) result.bound = (*found)->bound;
            result.optimal = result.optimal && (*found)->proved;
            if (!(*found)->proved) break;
            if (auto status = add(**found, result); !status) return status;
        }
        return {};
    }

private:
    Status add(const GapfillSearch::Found& found, GapfillResult& result) {
        auto model = tidied(with_additions(extended_, found.reactions), own_metabolites_);
        FbaParams question;
        question.tolerance = params_.tolerance;
        question.exact = params_.exact;
        const auto checked = fba(model, question, context_);
        if (!checked) return pass(checked);
        const double growth = checked->objective.value_or(0);
        if (growth < params_.growth * (1 - 1e-5))
            return failure(
                ErrorCode::bug,
                {"a solution does not hold on the whole model: growth {}", "方案在完整模型上不成立：生长 {}"}, growth);
        GapfillSolution solution;
        solution.cost = found.cost;
        solution.growth = growth;
        for (const auto r : found.reactions) {
            const auto& reaction = extended_.model.reactions[r];
            solution.reactions.push_back(
                {reaction.id, reaction.name, equation(extended_.model, reaction), *extended_.costs[r]});
        }
        if (result.solutions.empty()) {
            static_cast<Verdict&>(result) = *checked;
            result.filled = std::move(model);
        }
        result.solutions.push_back(std::move(solution));
        return {};
    }

    const Extended& extended_;
    std::size_t own_metabolites_;
    const GapfillParams& params_;
    Context& context_;
};

}  // namespace

Result<std::string> GapfillResult::file(std::string_view, Lang) const {
    if (solutions.empty())
        return infeasible({"there is no solution to write", "没有可写出的方案"})
            .at("universe")
            .advise({"see the status of the result", "请查看结果的状态"});
    return write_sbml(filled);
}

std::vector<Text> GapfillResult::headline() const {
    if (solutions.empty()) return {};
    const auto& first = solutions.front();
    if (first.reactions.empty())
        return {text({"nothing is missing: it grows {:.6g} 1/h as it is", "没有缺口：原模型生长 {:.6g} 1/h"},
                     first.growth)};
    std::string names;
    for (const auto& reaction : first.reactions) names += (names.empty() ? "" : ", ") + reaction.id;
    return {text({"add {}: growth {:.6g} 1/h, cost {:g}", "添加 {}：生长 {:.6g} 1/h，代价 {:g}"}, names, first.growth,
                 first.cost),
            optimal
                ? text({"proved: nothing cheaper does", "已证明：没有代价更低的方案"})
                : text({"not proved: something from {:g} on may do", "未证明：代价下界为 {:g}"}, bound.value_or(0))};
}

Result<GapfillResult> gapfill(const GapfillParams& params, Context& context) {
    auto model = load_model(params.model, &context.stop_flag());
    if (!model) return pass(model);
    const auto universe = share_model(params.universe, &context.stop_flag());
    if (!universe) return pass(universe);
    return gapfill(*std::move(model), **universe, params, context);
}

Result<GapfillResult> gapfill(Model model, const Model& universe, const GapfillParams& params, Context& context) {
    auto host = apply_scenario(std::move(model), params);
    if (!host) return pass(host);
    if (!host->objective.maximize)
        return bad_input({"gaps are filled for an objective that is maximised", "缺口填充要求目标函数取最大化"})
            .at("sense")
            .advise({"name it with --objective", "请用 --objective 指定"});
    const auto own_metabolites = host->metabolites.size();
    const auto extended = extend(*std::move(host), universe, params.exclude, params.costs);
    if (!extended) return pass(extended);
    const auto study = prepare(extended->model, as_it_stands(params));
    if (!study) return pass(study);
    auto solver = solver_for(*study, context);
    const auto all = find_optimum(*study, solver, context);
    if (!all) return pass(all);
    GapfillResult result;
    static_cast<Verdict&>(result) = all->verdict;
    if (!result.solved()) return result;
    if (all->value < params.growth) {
        const auto verdict = explain_below(*study, *all, params.growth, context);
        if (!verdict) return pass(verdict);
        static_cast<Verdict&>(result) = *verdict;
        return result;
    }
    GapfillSearch search(*study, extended->costs, params.growth, context);
    if (auto status = Gapfiller(*extended, own_metabolites, params, context).run(search, result); !status)
        return pass(status);
    return result;
}

}  // namespace leaven::metabolism
