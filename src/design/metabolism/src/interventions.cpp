#include "interventions.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <leaven/metabolism/gene_rule.hpp>

#include "unit_set.hpp"

namespace leaven::metabolism {
namespace {

/// Cuts of each column in terms of genes or reactions of the model.
using Cuts = std::vector<std::vector<UnitSet>>;

/// The smallest sets of at most `limit` candidates that stop any of these reactions.
std::vector<UnitSet> cuts_of(const Study& study, const std::vector<std::int32_t>& reactions,
                             const Candidates& candidates, std::size_t limit) {
    const auto is_candidate = [&](std::int32_t one) { return candidates.knockable[static_cast<std::size_t>(one)]; };
    std::vector<UnitSet> cuts;
    for (const auto r : reactions) {
        if (!candidates.genes && is_candidate(r)) cuts.push_back({r});
        if (!candidates.genes) continue;
        for (auto& cut : minimal_cuts(study.model.reactions[r].rule, limit))
            if (std::all_of(cut.begin(), cut.end(), is_candidate)) cuts.push_back(std::move(cut));
    }
    keep_minimal(cuts);
    return cuts;
}

/// The cuts of each column, and after them those of each reaction that must carry flux; `forced` says where these are.
Cuts find_cuts(const Study& study, const Candidates& candidates, std::size_t limit,
               std::vector<std::vector<std::int32_t>>& forced) {
    const auto& members = study.compression.members;
    Cuts cuts;
    for (const auto& column : members) cuts.push_back(cuts_of(study, column, candidates, limit));
    forced.resize(members.size());
    for (std::size_t column = 0; column < members.size(); ++column)
        for (const auto r : members[column]) {
            if (!must_carry_flux(study, r)) continue;
            forced[column].push_back(static_cast<std::int32_t>(cuts.size()));
            cuts.push_back(cuts_of(study, {r}, candidates, limit));
        }
    return cuts;
}

/// What is left to do on each column that a gene or reaction touches, once it is out: equal for two of them means that
/// they are interchangeable.
using Residual = std::vector<std::pair<std::int32_t, std::vector<UnitSet>>>;

std::map<std::int32_t, Residual> residuals(const Cuts& cuts) {
    std::map<std::int32_t, Residual> all;
    for (std::size_t column = 0; column < cuts.size(); ++column) {
        std::set<std::int32_t> touching;
        for (const auto& cut : cuts[column]) touching.insert(cut.begin(), cut.end());
        for (const auto one : touching) {
            auto left = cuts[column];
            for (auto& cut : left) std::erase(cut, one);
            keep_minimal(left);
            all[one].emplace_back(static_cast<std::int32_t>(column), std::move(left));
        }
    }
    return all;
}

}  // namespace

Result<Interventions> Interventions::of(const Study& study, const DesignParams& params) {
    auto candidates = find_candidates(study, params);
    if (!candidates) return pass(candidates);
    Interventions out;
    out.candidates_ = *std::move(candidates);
    const auto limit = static_cast<std::size_t>(params.max_interventions);
    const auto cuts = find_cuts(study, out.candidates_, limit, out.forced_);
    out.take_insertions(study);
    out.take_units(study, cuts);
    if (out.units_.empty() && out.insertions_.empty())
        return bad_input({"there is nothing that could be knocked out", "没有可敲除的对象"})
            .at("candidates")
            .advise({"name candidates that the flux needs, allow more with --exclude none, or choose --interventions "
                     "reactions",
                     "请给出通量所需的候选，用 --exclude none 放宽，或改用 --interventions reactions"});
    return out;
}

/// Blocked ones are left out: inserted or not, they do nothing.
void Interventions::take_insertions(const Study& study) {
    std::map<std::int32_t, std::vector<std::int32_t>> by_column;
    for (const auto r : candidates_.insertable)
        if (study.compression.column[r] >= 0) by_column[study.compression.column[r]].push_back(r);
    const auto id_of = [&](std::int32_t r) -> const std::string& { return study.model.reactions[r].id; };
    for (auto& [column, reactions] : by_column) {
        double cost = 0;
        for (const auto r : reactions) cost += candidates_.cost_of(id_of(r));
        insertions_.push_back({column, std::move(reactions), cost});
    }
    std::sort(insertions_.begin(), insertions_.end(), [&](const Insertable& a, const Insertable& b) {
        return id_of(a.reactions.front()) < id_of(b.reactions.front());
    });
}

void Interventions::take_units(const Study& study, const Cuts& cuts) {
    const auto id_of = [&](std::int32_t i) -> const std::string& {
        return candidates_.genes ? study.model.genes[i].id : study.model.reactions[i].id;
    };
    std::map<Residual, std::vector<std::int32_t>> classes;
    for (const auto& [one, residual] : residuals(cuts)) classes[residual].push_back(one);
    for (auto& entry : classes) {
        auto& alike = entry.second;
        std::sort(alike.begin(), alike.end(), [&](std::int32_t a, std::int32_t b) { return id_of(a) < id_of(b); });
        const auto chosen = *std::min_element(alike.begin(), alike.end(), [&](std::int32_t a, std::int32_t b) {
            return candidates_.cost_of(id_of(a)) < candidates_.cost_of(id_of(b));
        });
        const auto& name = candidates_.genes ? study.model.genes[chosen].name : study.model.reactions[chosen].name;
        units_.push_back({id_of(chosen), name, chosen, candidates_.cost_of(id_of(chosen)), std::move(alike)});
    }
    std::sort(units_.begin(), units_.end(), [](const Unit& a, const Unit& b) { return a.id < b.id; });
    std::map<std::int32_t, std::int32_t> unit_of;
    for (std::size_t i = 0; i < units_.size(); ++i) unit_of.emplace(units_[i].index, static_cast<std::int32_t>(i));

    cuts_.resize(cuts.size());
    single_cuts_.resize(cuts.size());
    stopped_by_.resize(units_.size());
    touched_by_.resize(units_.size());
    for (std::size_t place = 0; place < cuts.size(); ++place) {
        std::set<std::int32_t> touching;
        for (const auto& cut : cuts[place]) {
            UnitSet units;
            for (const auto one : cut)
                if (const auto found = unit_of.find(one); found != unit_of.end()) units.push_back(found->second);
            if (units.size() != cut.size()) continue;  // the same cut stands with the representative
            std::sort(units.begin(), units.end());
            touching.insert(units.begin(), units.end());
            if (units.size() == 1) single_cuts_[place].push_back(units[0]);
            if (units.size() == 1) stopped_by_[units[0]].push_back(static_cast<std::int32_t>(place));
            cuts_[place].push_back(std::move(units));
        }
        for (const auto unit : touching) touched_by_[unit].push_back(static_cast<std::int32_t>(place));
    }
}

bool Interventions::must_run(std::int32_t column, const std::vector<std::int32_t>& freed) const {
    const auto& forced = forced_[static_cast<std::size_t>(column)];
    return std::any_of(forced.begin(), forced.end(), [&](std::int32_t reaction) {
        return !std::binary_search(freed.begin(), freed.end(), reaction);
    });
}

Effect Interventions::effect(const UnitSet& set, const World& world) const {
    Effect effect;
    std::vector<std::int32_t> touched;
    for (const auto unit : set) touched.insert(touched.end(), touched_by_[unit].begin(), touched_by_[unit].end());
    sort_unique(touched);
    for (const auto place : touched) {
        const auto& cuts = cuts_[place];
        if (std::any_of(cuts.begin(), cuts.end(), [&](const UnitSet& cut) { return contains(set, cut); })) {
            effect.columns.push_back(place);
            continue;
        }
        for (const auto& cut : cuts)
            std::set_intersection(set.begin(), set.end(), cut.begin(), cut.end(), std::back_inserter(effect.open));
    }
    sort_unique(effect.open);
    const auto first_freed = std::lower_bound(effect.columns.begin(), effect.columns.end(), column_count());
    effect.freed.assign(first_freed, effect.columns.end());
    effect.columns.erase(first_freed, effect.columns.end());
    effect.columns = without(effect.columns, world.closed);  // what is not there need not run
    effect.impossible = std::any_of(effect.columns.begin(), effect.columns.end(),
                                    [&](std::int32_t column) { return must_run(column, effect.freed); });
    effect.columns = union_of(effect.columns, world.closed);
    return effect;
}

std::vector<UnitSet> Interventions::breaking(const UnitSet& set, const std::vector<std::int32_t>& columns,
                                             std::size_t limit) const {
    std::vector<UnitSet> supersets;
    for (const auto column : columns)
        for (const auto& cut : cuts_[column]) {
            auto larger = union_of(set, cut);
            if (larger.size() > set.size() && larger.size() <= limit) supersets.push_back(std::move(larger));
        }
    keep_minimal(supersets);
    return supersets;
}

std::vector<Addition> Interventions::additions(const UnitSet& set, const Effect& effect,
                                               const std::vector<std::int32_t>& columns, std::size_t limit) const {
    // What one unit more stops because the set has weakened it already.
    std::map<std::int32_t, std::vector<std::int32_t>> completed;
    for (const auto unit : set)
        for (const auto place : touched_by_[unit]) {
            const auto& off = place < column_count() ? effect.columns : effect.freed;
            if (std::binary_search(off.begin(), off.end(), place)) continue;
            for (const auto& cut : cuts_[place])
                if (const auto rest = without(cut, set); rest.size() == 1) completed[rest[0]].push_back(place);
        }
    std::vector<bool> single(units_.size(), false);
    std::vector<UnitSet> larger;
    for (const auto column : columns)
        for (const auto& cut : cuts_[column]) {
            auto rest = without(cut, set);
            if (rest.size() == 1) single[static_cast<std::size_t>(rest[0])] = true;
            if (rest.size() > 1 && set.size() + rest.size() <= limit) larger.push_back(std::move(rest));
        }
    std::erase_if(larger, [&](const UnitSet& units) {
        return std::any_of(units.begin(), units.end(),
                           [&](std::int32_t unit) { return single[static_cast<std::size_t>(unit)]; });
    });
    keep_minimal(larger);

    std::vector<Addition> additions;
    const auto add = [&](UnitSet units, std::vector<std::int32_t> places) {
        sort_unique(places);
        Addition addition{std::move(units), {}, false, false};
        for (const auto place : places) {
            if (place >= column_count())
                addition.frees |= !std::binary_search(effect.freed.begin(), effect.freed.end(), place);
            else if (!std::binary_search(effect.columns.begin(), effect.columns.end(), place))
                addition.columns.push_back(place);
        }
        for (const auto column : addition.columns) addition.impossible |= must_run(column, effect.freed);
        additions.push_back(std::move(addition));
    };
    if (set.size() < limit)
        for (std::size_t unit = 0; unit < single.size(); ++unit) {
            if (!single[unit]) continue;
            auto places = stopped_by_[unit];
            if (const auto more = completed.find(static_cast<std::int32_t>(unit)); more != completed.end())
                places.insert(places.end(), more->second.begin(), more->second.end());
            add({static_cast<std::int32_t>(unit)}, std::move(places));
        }
    for (auto& units : larger) {
        const auto whole = union_of(set, units);
        std::vector<std::int32_t> places;
        for (const auto unit : units)
            for (const auto place : touched_by_[unit])
                if (std::any_of(cuts_[place].begin(), cuts_[place].end(),
                                [&](const UnitSet& cut) { return contains(whole, cut); }))
                    places.push_back(place);
        add(std::move(units), std::move(places));
    }
    return additions;
}

UnitSet Interventions::with_insertions(UnitSet set, const std::vector<std::int32_t>& inserted) const {
    for (const auto insertion : inserted) set.push_back(static_cast<std::int32_t>(units_.size()) + insertion);
    return set;
}

std::vector<std::int32_t> Interventions::members(const UnitSet& set) const {
    std::vector<std::int32_t> members;
    for (const auto unit : set) members.push_back(units_[unit].index);
    return members;
}

std::vector<std::int32_t> Interventions::reactions_off(const Study& study, std::vector<std::int32_t> members,
                                                       const std::vector<std::int32_t>& inserted) const {
    std::sort(members.begin(), members.end());
    auto off = candidates_.genes ? reactions_without(study.model, members) : std::move(members);
    auto absent = candidates_.insertable;
    for (const auto insertion : inserted) absent = without(absent, insertions_[insertion].reactions);
    return union_of(off, absent);
}

}  // namespace leaven::metabolism
