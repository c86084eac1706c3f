#include "interventions.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <leaven/core/suggest.hpp>
#include <leaven/metabolism/gene_rule.hpp>

namespace leaven::metabolism {
namespace {

void sort_unique(auto& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

/// Cuts of each column in terms of genes or reactions of the model.
using Cuts = std::vector<std::vector<UnitSet>>;

bool is_spontaneous(const Gene& gene) {
    return gene.id == "s0001" || gene.name == "spontaneous" || gene.name == "Spontaneous";
}

bool is_spontaneous(const Model& model, const Reaction& reaction) {
    const auto genes = genes_of(reaction.rule);
    return !genes.empty() &&
           std::all_of(genes.begin(), genes.end(), [&](std::int32_t g) { return is_spontaneous(model.genes[g]); });
}

bool must_carry_flux(const Study& study, std::int32_t reaction) {
    const auto& problem = study.network.problem;
    return problem.lower[reaction] > study.tolerance || problem.upper[reaction] < -study.tolerance;
}

/// Which genes (or reactions) may be knocked out, by name: asked for or all suitable ones, less the excluded.
class Selection {
public:
    Selection(const Study& study, const DesignParams& params)
        : study_(study), params_(params), genes_(params.interventions == "genes") {}

    Result<std::vector<bool>> choose() const {
        std::vector<bool> chosen(size(), params_.candidates.empty());
        if (params_.candidates.empty())
            for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = genes_ || is_suitable(i);
        if (auto status = mark(params_.candidates, "candidates", true, chosen); !status) return pass(status);
        std::vector<std::string> named;
        for (const auto& word : params_.exclude) {
            if (word == "none") continue;
            if (word != "spontaneous") named.push_back(word);
            for (std::size_t i = 0; word == "spontaneous" && i < chosen.size(); ++i)
                if (genes_ ? is_spontaneous(study_.model.genes[i])
                           : is_spontaneous(study_.model, study_.model.reactions[i]))
                    chosen[i] = false;
        }
        if (auto status = mark(named, "exclude", false, chosen); !status) return pass(status);
        return chosen;
    }

private:
    [[nodiscard]] std::size_t size() const {
        return genes_ ? study_.model.genes.size() : study_.model.reactions.size();
    }

    /// Tied to a gene, no boundary, no forced flux.
    [[nodiscard]] bool is_suitable(std::size_t r) const {
        const auto& reaction = study_.model.reactions[r];
        return reaction.rule.tied_to_genes() && reaction.terms.size() > 1 &&
               !must_carry_flux(study_, static_cast<std::int32_t>(r));
    }

    Status mark(const std::vector<std::string>& names, const char* parameter, bool value,
                std::vector<bool>& chosen) const {
        const auto& index = genes_ ? study_.index.genes : study_.index.reactions;
        for (const auto& name : names) {
            const auto found = index.find(name);
            if (found == index.end()) return unknown(name, parameter);
            chosen[static_cast<std::size_t>(found->second)] = value;
        }
        return {};
    }

    [[nodiscard]] Failure unknown(const std::string& name, const char* parameter) const {
        std::vector<std::string> known;
        for (const auto& entry : genes_ ? study_.index.genes : study_.index.reactions) known.push_back(entry.first);
        std::sort(known.begin(), known.end());
        const auto near = nearest(name, known, 1);
        const auto suggestion = near.empty() ? std::string() : near.front();
        const Doc what = genes_ ? Doc{"gene", "基因"} : Doc{"reaction", "反应"};
        return not_found({"there is no {0} \"{2}\"", "没有{1}“{2}”"}, what.en, what.zh, name)
            .at(parameter)
            .advise(near.empty() ? Doc{"check it against the model, or change --interventions",
                                       "请对照模型检查，或更改 --interventions"}
                                 : Doc{"did you mean {}?", "是否指 {}？"},
                    suggestion);
    }

    const Study& study_;
    const DesignParams& params_;
    bool genes_;
};

/// The smallest sets of at most `limit` chosen genes or reactions that stop any of these reactions.
std::vector<UnitSet> cuts_of(const Study& study, const std::vector<std::int32_t>& reactions,
                             const std::vector<bool>& chosen, bool genes, std::size_t limit) {
    const auto is_chosen = [&](std::int32_t one) { return chosen[static_cast<std::size_t>(one)]; };
    std::vector<UnitSet> cuts;
    for (const auto r : reactions) {
        if (!genes && is_chosen(r)) cuts.push_back({r});
        if (!genes) continue;
        for (auto& cut : minimal_cuts(study.model.reactions[r].rule, limit))
            if (std::all_of(cut.begin(), cut.end(), is_chosen)) cuts.push_back(std::move(cut));
    }
    keep_minimal(cuts);
    return cuts;
}

/// The cuts of each column, and after them those of each reaction that must carry flux; `forced` says where these are.
Cuts find_cuts(const Study& study, const std::vector<bool>& chosen, bool genes, std::size_t limit,
               std::vector<std::vector<std::int32_t>>& forced) {
    const auto& members = study.compression.members;
    Cuts cuts;
    for (const auto& column : members) cuts.push_back(cuts_of(study, column, chosen, genes, limit));
    forced.resize(members.size());
    for (std::size_t column = 0; column < members.size(); ++column)
        for (const auto r : members[column]) {
            if (!must_carry_flux(study, r)) continue;
            forced[column].push_back(static_cast<std::int32_t>(cuts.size()));
            cuts.push_back(cuts_of(study, {r}, chosen, genes, limit));
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
    const auto chosen = Selection(study, params).choose();
    if (!chosen) return pass(chosen);
    Interventions out;
    out.genes_ = params.interventions == "genes";
    const auto limit = static_cast<std::size_t>(params.max_interventions);
    const auto cuts = find_cuts(study, *chosen, out.genes_, limit, out.forced_);

    // The first identifier of each class of interchangeable ones stands for it.
    const auto id_of = [&](std::int32_t i) -> const std::string& {
        return out.genes_ ? study.model.genes[i].id : study.model.reactions[i].id;
    };
    std::map<Residual, std::int32_t> representative;
    for (const auto& [one, residual] : residuals(cuts)) {
        const auto [found, added] = representative.emplace(residual, one);
        if (!added && id_of(one) < id_of(found->second)) found->second = one;
    }
    std::vector<std::int32_t> kept;
    for (const auto& entry : representative) kept.push_back(entry.second);
    std::sort(kept.begin(), kept.end(), [&](std::int32_t a, std::int32_t b) { return id_of(a) < id_of(b); });
    std::map<std::int32_t, std::int32_t> unit_of;
    for (const auto one : kept) {
        unit_of.emplace(one, static_cast<std::int32_t>(out.units_.size()));
        out.units_.push_back(
            {id_of(one), out.genes_ ? study.model.genes[one].name : study.model.reactions[one].name, one});
    }
    if (out.units_.empty())
        return bad_input({"there is nothing that could be knocked out", "没有可敲除的对象"})
            .at("candidates")
            .advise({"name candidates that the flux needs, allow more with --exclude none, or choose --interventions "
                     "reactions",
                     "请给出通量所需的候选，用 --exclude none 放宽，或改用 --interventions reactions"});

    out.cuts_.resize(cuts.size());
    out.touched_by_.resize(out.units_.size());
    for (std::size_t column = 0; column < cuts.size(); ++column) {
        std::set<std::int32_t> touching;
        for (const auto& cut : cuts[column]) {
            UnitSet units;
            for (const auto one : cut)
                if (const auto found = unit_of.find(one); found != unit_of.end()) units.push_back(found->second);
            if (units.size() != cut.size()) continue;  // the same cut stands with the representative
            std::sort(units.begin(), units.end());
            touching.insert(units.begin(), units.end());
            out.cuts_[column].push_back(std::move(units));
        }
        for (const auto unit : touching)
            out.touched_by_[static_cast<std::size_t>(unit)].push_back(static_cast<std::int32_t>(column));
    }
    return out;
}

Effect Interventions::effect(const UnitSet& set) const {
    Effect effect;
    std::vector<std::int32_t> touched;
    for (const auto unit : set) touched.insert(touched.end(), touched_by_[unit].begin(), touched_by_[unit].end());
    sort_unique(touched);
    for (const auto column : touched) {
        const auto& cuts = cuts_[column];
        if (std::any_of(cuts.begin(), cuts.end(), [&](const UnitSet& cut) { return contains(set, cut); })) {
            effect.columns.push_back(column);
            continue;
        }
        for (const auto& cut : cuts)
            std::set_intersection(set.begin(), set.end(), cut.begin(), cut.end(), std::back_inserter(effect.open));
    }
    sort_unique(effect.open);
    const auto first_freed =
        std::lower_bound(effect.columns.begin(), effect.columns.end(), static_cast<std::int32_t>(forced_.size()));
    effect.freed.assign(first_freed, effect.columns.end());
    effect.columns.erase(first_freed, effect.columns.end());
    for (const auto column : effect.columns)
        for (const auto reaction : forced_[static_cast<std::size_t>(column)])
            if (!std::binary_search(effect.freed.begin(), effect.freed.end(), reaction)) effect.impossible = true;
    return effect;
}

std::vector<UnitSet> Interventions::breaking(const UnitSet& set, const std::vector<std::int32_t>& columns,
                                             std::size_t limit) const {
    std::vector<UnitSet> supersets;
    for (const auto column : columns) {
        for (const auto& cut : cuts_[column]) {
            UnitSet larger;
            std::set_union(set.begin(), set.end(), cut.begin(), cut.end(), std::back_inserter(larger));
            if (larger.size() > set.size() && larger.size() <= limit) supersets.push_back(std::move(larger));
        }
    }
    keep_minimal(supersets);
    return supersets;
}

}  // namespace leaven::metabolism
