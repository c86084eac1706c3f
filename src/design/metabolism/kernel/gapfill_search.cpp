#include "gapfill_search.hpp"

#include <algorithm>
#include <cmath>

namespace leaven::metabolism {

GapfillSearch::GapfillSearch(const Study& study, const std::vector<std::optional<double>>& costs, double growth,
                             const Context& context)
    : study_(study), context_(context), enough_(growth * (1 - 1e-6)), solver_(solver_for(study, context)) {
    const auto& compression = study.compression;
    for (std::size_t j = 0; j < compression.members.size(); ++j) {
        double cost = 0;
        std::vector<std::int32_t> added;
        for (const auto r : compression.members[j]) {
            if (!costs[r]) continue;
            cost += *costs[r];
            added.push_back(r);
        }
        if (added.empty()) continue;
        std::sort(added.begin(), added.end());
        const bool can_rest = compression.problem.lower[j] <= 0 && compression.problem.upper[j] >= 0;
        if (!can_rest) {
            always_.insert(always_.end(), added.begin(), added.end());
            always_cost_ += cost;
            continue;
        }
        column_of_.push_back(static_cast<std::int32_t>(j));
        reactions_of_.push_back(std::move(added));
        problem_.costs.push_back(cost);
    }
    on_.assign(column_of_.size(), true);
}

std::vector<bool> GapfillSearch::only(const Columns& elements) const {
    std::vector<bool> on(column_of_.size(), false);
    for (const auto e : elements) on[e] = true;
    return on;
}

Result<GapfillSearch::Outcome> GapfillSearch::try_with(const std::vector<bool>& on) {
    const auto& base = study_.compression.problem;
    for (std::size_t e = 0; e < on.size(); ++e) {
        if (on[e] == on_[e]) continue;
        const auto j = column_of_[e];
        solver_.set_bounds(j, on[e] ? base.lower[j] : 0, on[e] ? base.upper[j] : 0);
    }
    on_ = on;
    const auto solution = solve_checked(study_, solver_);
    if (!solution) return pass(solution);
    Outcome outcome;
    if (solution->status == lp::SolveStatus::unbounded) return Outcome{true, {}};
    const bool optimal = solution->status == lp::SolveStatus::optimal;
    outcome.reached = optimal && solution->objective >= enough_;
    if (outcome.reached) return outcome;
    // Of a column that is off, what a unit of its flux would gain at the dual prices; where there is no flux at all,
    // what it would change in the proof of that.
    outcome.may_help.assign(on.size(), false);
    const auto& matrix = base.matrix;
    const auto& prices = optimal ? solution->row_duals : solution->ray;
    for (std::size_t e = 0; e < on.size(); ++e) {
        if (on[e]) continue;
        const auto j = column_of_[e];
        double gain = optimal ? base.objective[j] : 0;
        double size = std::fabs(gain);
        for (int k = matrix.starts[j]; k < matrix.starts[j + 1] && !prices.empty(); ++k) {
            const double term = prices[matrix.indices[k]] * matrix.values[k];
            gain -= term;
            size += std::fabs(term);
        }
        constexpr double rounding = 1e-9;
        const bool gains_up = gain > rounding * size && base.upper[j] > 0;
        const bool gains_down = gain < -rounding * size && base.lower[j] < 0;
        outcome.may_help[e] =
            gains_up || gains_down || (!optimal && (prices.empty() || std::fabs(gain) > rounding * size));
    }
    return outcome;
}

/// From a set that does not suffice and its dual solution, a cut: elements of which one at least is needed, none of
/// which can be spared. False where, opened to that, the objective is reached after all: the prices misled.
Result<bool> GapfillSearch::add_cut(std::vector<bool> on, const Outcome& outcome) {
    // All that the dual solution does not speak for can be had without reaching the objective.
    auto wide = on;
    for (std::size_t e = 0; e < wide.size(); ++e) wide[e] = on[e] || !outcome.may_help[e];
    auto proof = try_with(wide);
    if (!proof) return pass(proof);
    if (proof->reached) return false;
    for (std::size_t e = 0; e < wide.size(); ++e) {
        if (wide[e]) continue;
        wide[e] = true;
        auto wider = try_with(wide);
        if (!wider) return pass(wider);
        if (wider->reached) wide[e] = false;
    }
    std::vector<std::int32_t> cut;
    for (std::size_t e = 0; e < wide.size(); ++e)
        if (!wide[e]) cut.push_back(static_cast<std::int32_t>(e));
    problem_.to_hit.push_back(std::move(cut));
    return true;
}

/// Adds cuts until, with one after the other opened, the objective is reached.
Status GapfillSearch::learn_from(std::vector<bool> on) {
    for (;;) {
        const auto outcome = try_with(on);
        if (!outcome) return pass(outcome);
        if (outcome->reached) return {};
        auto added = add_cut(on, *outcome);
        if (added && !*added) {  // prices mislead in the last digits: then every element may help
            Outcome all;
            all.may_help.assign(on.size(), true);
            added = add_cut(on, all);
        }
        if (!added) return pass(added);
        context_.report({{"cuts", "割集"}, static_cast<std::int64_t>(problem_.to_hit.size()), 0});
        for (const auto e : problem_.to_hit.back()) on[e] = true;
    }
}

Result<std::optional<GapfillSearch::Found>> GapfillSearch::next() {
    for (;;) {
        const auto cheapest = cheapest_hitting_set(problem_, context_);
        if (context_.stopped()) return cancelled();
        if (!cheapest) return std::optional<Found>();
        Found found{always_, always_cost_ + cheapest->cost, cheapest->proved, always_cost_ + cheapest->bound};
        const auto outcome = try_with(only(cheapest->elements));
        if (!outcome) return pass(outcome);
        if (!outcome->reached && cheapest->proved) {
            if (auto status = learn_from(only(cheapest->elements)); !status) return pass(status);
            continue;
        }
        if (outcome->reached) {
            for (const auto e : cheapest->elements)
                found.reactions.insert(found.reactions.end(), reactions_of_[e].begin(), reactions_of_[e].end());
            std::sort(found.reactions.begin(), found.reactions.end());
            problem_.not_whole.push_back(cheapest->elements);
        } else {
            found.reactions.clear();
        }
        return std::optional(std::move(found));
    }
}

}  // namespace leaven::metabolism
