// Does the model grow on its medium, and what of its biomass can it not make?

#include <algorithm>
#include <set>

#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/info.hpp>

#include "checks.hpp"
#include "probes.hpp"

namespace leaven::metabolism {
namespace {

/// One side of biomass reactions, without what is outside the balance.
std::set<std::int32_t> side_of(const Model& model, const std::vector<std::int32_t>& biomass, double sign) {
    std::set<std::int32_t> side;
    for (const auto r : biomass)
        for (const auto& term : model.reactions[r].terms)
            if (term.coefficient * sign > 0 && !model.metabolites[term.metabolite].boundary)
                side.insert(term.metabolite);
    return side;
}

/// The biomass reactions that cannot run: where one can, all its precursors can be made.
Result<std::vector<std::int32_t>> idle_biomass(const Checked& checked, const Context& context) {
    const auto study = prepare_probes(checked.model);
    if (!study) return pass(study);
    if (study->compression.infeasible) return checked.biomass;
    auto solver = solver_for(*study, context);
    std::vector<std::int32_t> idle;
    for (const auto r : checked.biomass) {
        const auto flux = greatest(*study, solver, r);
        if (!flux) return pass(flux);
        if (flux->empty()) idle.push_back(r);
    }
    return idle;
}

/// Draws precursors from a model, one at a time: what comes along with one must have a way out of its own.
class Draws {
public:
    Draws(const Study& study, const Context& context)
        : study_(study),
          solver_(solver_for(study, context)),
          lower_(study.network.problem.lower),
          upper_(study.network.problem.upper) {}

    void open(std::int32_t reaction, double to) {
        upper_[reaction] = to;
        const auto column = study_.compression.column[reaction];
        if (column < 0) return;
        const auto [least, most] = column_bounds(study_.compression, column, lower_, upper_);
        solver_.set_bounds(column, least, std::max(least, most));
    }

    Result<bool> can_run(std::int32_t reaction) {
        open(reaction, open_bound);
        const auto flux = greatest(study_, solver_, reaction);
        open(reaction, 0);
        if (!flux) return pass(flux);
        return !flux->empty();
    }

private:
    const Study& study_;
    lp::Solver solver_;
    std::vector<double> lower_, upper_;
};

}  // namespace

Result<Check> check_precursors(const Checked& checked, const Context& context) {
    const Doc title{"precursors of biomass that cannot be made", "无法合成的生物量前体"};
    const auto total = static_cast<std::int64_t>(side_of(checked.model, checked.biomass, -1).size());
    if (total == 0) return make_check("biomass_precursors", title, "error", 0, std::vector<Text>());
    const auto idle = idle_biomass(checked, context);
    if (!idle) return pass(idle);
    std::vector<std::int32_t> running;
    for (const auto r : checked.biomass)
        if (std::find(idle->begin(), idle->end(), r) == idle->end()) running.push_back(r);
    auto precursors = side_of(checked.model, *idle, -1);
    for (const auto m : side_of(checked.model, running, -1)) precursors.erase(m);
    if (precursors.empty()) return make_check("biomass_precursors", title, "error", total, std::vector<Text>());
    auto returned = side_of(checked.model, *idle, 1);
    for (const auto m : side_of(checked.model, *idle, -1)) returned.erase(m);
    const auto asked = static_cast<std::int32_t>(precursors.size());
    auto model = checked.model;
    const auto first = static_cast<std::int32_t>(model.reactions.size());
    const auto supplies = first + asked;
    for (const auto m : precursors) model.reactions.push_back(drain(model.metabolites[m].id, {{m, -1}}));
    for (const auto m : returned) model.reactions.push_back(drain(model.metabolites[m].id, {{m, 1}}));
    const auto study = prepare_probes(std::move(model));
    if (!study) return pass(study);
    std::vector<std::string> items;
    if (study->compression.infeasible) {
        for (const auto m : precursors) items.push_back(study->model.metabolites[m].id);
        return make_check("biomass_precursors", title, "error", total, items);
    }
    const auto end = static_cast<std::int32_t>(study->model.reactions.size());
    Draws draws(*study, context);
    for (auto r = first; r < end; ++r) draws.open(r, 0);
    std::vector<std::int32_t> missing;
    for (auto r = first; r < supplies; ++r) {
        const auto made = draws.can_run(r);
        if (!made) return pass(made);
        if (!*made) missing.push_back(r);
        context.report({{"precursors of biomass", "生物量前体"}, r - first + 1, asked});
    }
    // A carrier need not be made anew: biomass gives back what is left of it.
    for (auto r = supplies; r < end; ++r) draws.open(r, open_bound);
    for (const auto r : missing) {
        const auto made = draws.can_run(r);
        if (!made) return pass(made);
        if (!*made) items.push_back(study->model.reactions[r].id);
    }
    return make_check("biomass_precursors", title, "error", total, items);
}

Result<Check> check_medium(const Checked& checked, Context& context) {
    const Doc title{"no growth on the model's own medium, or a medium that excludes nothing",
                    "在自带培养基上不能生长，或培养基未作任何限制"};
    std::vector<Text> items;
    const auto& model = checked.model;
    if (model.objective.terms.empty() || model.reactions.empty())
        return make_check("medium", title, "error", 0, std::vector<Text>());
    const auto exchanges = std::count(checked.kinds.begin(), checked.kinds.end(), BoundaryKind::exchange);
    const auto open = static_cast<std::int64_t>(medium_of(model).size());
    if (open == 0 && exchanges > 0) items.push_back(text({"no uptake is open", "没有开放的摄取"}));
    if (exchanges > 20 && open == exchanges) items.push_back(text({"every uptake is open", "所有摄取均已开放"}));
    const auto answer = fba(model, FbaParams(), context);
    if (!answer) return pass(answer);
    constexpr double no_growth = 1e-6;
    if (!answer->solved())
        items.push_back(answer->status == "infeasible" ? text({"infeasible", "不可行"}) : text({"unbounded", "无界"}));
    else if (model.objective.maximize && *answer->objective <= no_growth)
        items.push_back(text({"objective {:.3g}", "目标值 {:.3g}"}, *answer->objective));
    auto check = make_check("medium", title, "error", 1, items);
    check.count = std::min<std::int64_t>(check.count, 1);
    check.share = static_cast<double>(check.count);
    return check;
}

}  // namespace leaven::metabolism
