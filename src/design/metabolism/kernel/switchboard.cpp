#include "switchboard.hpp"

#include <algorithm>
#include <map>

#include <leaven/metabolism/gene_rule.hpp>

namespace leaven::metabolism {
namespace {

/// What is left to do on each column that an item touches, once it is off: items for which that is equal do the same.
using Residual = std::vector<std::pair<std::int32_t, std::vector<UnitSet>>>;

std::vector<UnitSet> without(const std::vector<UnitSet>& cuts, std::int32_t item) {
    for (const auto& cut : cuts)
        if (cut.size() == 1 && cut[0] == item) return {{}};
    auto left = cuts;
    for (auto& cut : left) std::erase(cut, item);
    keep_minimal(left);
    return left;
}

}  // namespace

Switchboard::Switchboard(const Study& study, std::size_t items, const CutsOf& cuts_of)
    : columns_(study.compression.members.size()) {
    // The cuts of each column; after them those of each reaction that must carry flux, for itself.
    std::vector<std::vector<UnitSet>> cuts(columns_);
    std::vector<std::pair<std::size_t, std::int32_t>> forced;  // column and reaction
    for (std::size_t column = 0; column < columns_; ++column)
        for (const auto r : study.compression.members[column]) {
            auto of_reaction = cuts_of(r);
            keep_minimal(of_reaction);
            cuts[column].insert(cuts[column].end(), of_reaction.begin(), of_reaction.end());
            if (!must_carry_flux(study, r)) continue;
            forced.emplace_back(column, r);
            cuts.push_back(std::move(of_reaction));
        }
    for (std::size_t column = 0; column < columns_; ++column) keep_minimal(cuts[column]);
    std::vector<bool> touches_forced(items, false);
    for (const auto& [column, reaction] : forced)
        for (const auto& cut : cuts[column])
            for (const auto item : cut) touches_forced[at(item)] = true;
    group(cuts, touches_forced);

    alone_.resize(members_.size());
    joint_.resize(members_.size());
    joint_cuts_.resize(columns_);
    forced_.resize(columns_);
    for (std::size_t column = 0; column < columns_; ++column)
        for (auto& cut : in_units(cuts[column])) {
            if (cut.size() == 1) {
                alone_[at(cut[0])].push_back(static_cast<std::int32_t>(column));
                continue;
            }
            for (const auto unit : cut) joint_[at(unit)].push_back({cut, static_cast<std::int32_t>(column)});
            joint_cuts_[column].push_back(std::move(cut));
        }
    for (std::size_t i = 0; i < forced.size(); ++i)
        forced_[forced[i].first].push_back({forced[i].second, in_units(cuts[columns_ + i])});
}

/// Makes the units: items with the same residual everywhere; those marked as `first` have the lower numbers.
void Switchboard::group(const std::vector<std::vector<UnitSet>>& cuts, const std::vector<bool>& first) {
    std::vector<Residual> residual(first.size());
    UnitSet touching;
    for (std::size_t column = 0; column < cuts.size(); ++column) {
        touching.clear();
        for (const auto& cut : cuts[column]) touching.insert(touching.end(), cut.begin(), cut.end());
        sort_unique(touching);
        for (const auto item : touching)
            residual[at(item)].emplace_back(static_cast<std::int32_t>(column), without(cuts[column], item));
    }
    unit_of_.assign(first.size(), -1);
    std::map<Residual, std::int32_t> known;
    for (const bool turn : {true, false})
        for (std::size_t item = 0; item < first.size(); ++item) {
            if (residual[item].empty() || first[item] != turn) continue;
            const auto [found, added] =
                known.emplace(std::move(residual[item]), static_cast<std::int32_t>(members_.size()));
            if (added) members_.emplace_back();
            unit_of_[item] = found->second;
            members_[at(found->second)].push_back(static_cast<std::int32_t>(item));
        }
    touches_forced_.resize(members_.size());
    for (std::size_t unit = 0; unit < members_.size(); ++unit) touches_forced_[unit] = first[at(members_[unit][0])];
}

/// Cuts that differ only in items of one unit become one.
std::vector<UnitSet> Switchboard::in_units(const std::vector<UnitSet>& cuts) const {
    std::vector<UnitSet> out;
    for (const auto& cut : cuts) {
        UnitSet units;
        for (const auto item : cut) units.push_back(unit_of_[at(item)]);
        sort_unique(units);
        out.push_back(std::move(units));
    }
    keep_minimal(out);
    return out;
}

void Switchboard::append_joint(const UnitSet& set, std::int32_t unit, std::vector<std::int32_t>& columns) const {
    for (const auto& joint : joint_[at(unit)])
        if (contains(set, joint.cut)) columns.push_back(joint.column);
}

SetEffect Switchboard::effect(const UnitSet& set) const {
    SetEffect effect;
    for (const auto unit : set) {
        const auto& alone = alone_[at(unit)];
        effect.columns.insert(effect.columns.end(), alone.begin(), alone.end());
        append_joint(set, unit, effect.columns);
    }
    sort_unique(effect.columns);
    for (const auto column : effect.columns)
        for (const auto& forced : forced_[at(column)]) {
            const bool off = std::any_of(forced.cuts.begin(), forced.cuts.end(),
                                         [&](const UnitSet& cut) { return contains(set, cut); });
            if (off)
                effect.freed.push_back(forced.reaction);
            else
                effect.impossible = true;
        }
    std::sort(effect.freed.begin(), effect.freed.end());
    return effect;
}

std::vector<UnitSet> Switchboard::items_of(const UnitSet& set) const {
    std::vector<UnitSet> all{{}};
    for (const auto unit : set) {
        std::vector<UnitSet> longer;
        for (const auto& begun : all)
            for (const auto item : members_[at(unit)]) {
                longer.push_back(begun);
                longer.back().push_back(item);
            }
        all = std::move(longer);
    }
    for (auto& items : all) std::sort(items.begin(), items.end());
    return all;
}

Switchboard switchboard_of_genes(const Study& study, const std::vector<std::int32_t>& genes, std::size_t limit) {
    std::vector<std::int32_t> item_of(study.model.genes.size(), -1);
    for (std::size_t i = 0; i < genes.size(); ++i) item_of[static_cast<std::size_t>(genes[i])] = static_cast<int>(i);
    return {study, genes.size(), [&](std::int32_t reaction) {
                std::vector<UnitSet> cuts;
                for (auto& cut : minimal_cuts(study.model.reactions[static_cast<std::size_t>(reaction)].rule, limit)) {
                    for (auto& gene : cut) gene = item_of[static_cast<std::size_t>(gene)];
                    std::sort(cut.begin(), cut.end());
                    if (cut.front() >= 0) cuts.push_back(std::move(cut));
                }
                return cuts;
            }};
}

Switchboard switchboard_of_reactions(const Study& study, const std::vector<std::int32_t>& reactions) {
    std::vector<std::int32_t> item_of(study.model.reactions.size(), -1);
    for (std::size_t i = 0; i < reactions.size(); ++i)
        item_of[static_cast<std::size_t>(reactions[i])] = static_cast<std::int32_t>(i);
    return {study, reactions.size(), [&](std::int32_t reaction) {
                const auto item = item_of[static_cast<std::size_t>(reaction)];
                return item < 0 ? std::vector<UnitSet>() : std::vector<UnitSet>{{item}};
            }};
}

}  // namespace leaven::metabolism
