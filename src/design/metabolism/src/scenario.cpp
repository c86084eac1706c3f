#include <algorithm>

#include <leaven/metabolism/insert.hpp>
#include <leaven/metabolism/scenario.hpp>

#include "medium.hpp"
#include "near_names.hpp"
#include "number.hpp"

namespace leaven::metabolism {
namespace {

Status apply_insert(Model& model, const std::string& path) {
    if (path.empty()) return {};
    const auto insertion = read_insertion_file(path, model);
    if (!insertion) return pass(insertion);
    const auto balances = apply_insertion(model, *insertion);
    if (!balances) return pass(balances);
    return {};
}

Status apply_bounds(Model& model, const ModelIndex& index, const std::string& entry) {
    const auto place = "bounds: " + entry;
    const auto equals = entry.rfind('=');
    const auto colon = entry.find(':', equals == std::string::npos ? 0 : equals);
    if (equals == std::string::npos || colon == std::string::npos)
        return bad_input({"\"{}\" is not ID=LOWER:UPPER", "“{}”不是 ID=下限:上限 的形式"}, entry)
            .at(place)
            .advise({"write for example EX_o2_e=-5:1000, or EX_o2_e=0: to change the lower bound alone",
                     "例如写 EX_o2_e=-5:1000；只改下限则写 EX_o2_e=0:"});
    const auto reaction = find_reaction(model, index, trimmed(std::string_view(entry).substr(0, equals)));
    if (!reaction) return pass(reaction);
    const auto read_side = [&](std::string_view text, double& bound) -> Status {
        if (trimmed(text).empty()) return {};
        const auto value = read_number(trimmed(text));
        if (!value) return bad_input({"\"{}\" is not a number", "“{}”不是数"}, text).at(place);
        bound = *value;
        return {};
    };
    auto& changed = model.reactions[*reaction];
    const auto sides = std::string_view(entry).substr(equals + 1);
    const auto split = colon - equals - 1;
    if (auto status = read_side(sides.substr(0, split), changed.lower); !status) return status;
    if (auto status = read_side(sides.substr(split + 1), changed.upper); !status) return status;
    if (changed.lower > changed.upper)
        return bad_input({"the lower bound {} of {} is above its upper bound {}", "{1} 的下限 {0} 高于上限 {2}"},
                         changed.lower, changed.id, changed.upper)
            .at(place)
            .advise({"give both sides, as {}=LOWER:UPPER", "两侧都写出：{}=下限:上限"}, changed.id);
    return {};
}

void switch_off(Reaction& reaction) { reaction.lower = reaction.upper = 0; }

/// What a knock-out names.
struct Knockout {
    bool gene;
    std::int32_t index;
};

Failure unknown_knockout(const Model& model, const std::string& id) {
    std::vector<std::string> known;
    for (const auto& gene : model.genes) known.push_back(gene.id);
    for (const auto& reaction : model.reactions) known.push_back(reaction.id);
    return advise_near_names(not_found({"no gene or reaction {}", "没有基因或反应 {}"}, id).at("knockouts: " + id), id,
                             known);
}

Result<Knockout> find_knockout(const Model& model, const ModelIndex& index, const std::string& entry) {
    constexpr std::string_view gene_prefix = "gene:";
    constexpr std::string_view reaction_prefix = "reaction:";
    const bool only_gene = entry.starts_with(gene_prefix);
    const bool only_reaction = entry.starts_with(reaction_prefix);
    const auto id = entry.substr(only_gene ? gene_prefix.size() : only_reaction ? reaction_prefix.size() : 0);
    const auto gene = index.genes.find(id);
    const auto reaction = index.reactions.find(id);
    const bool is_gene = gene != index.genes.end() && !only_reaction;
    const bool is_reaction = reaction != index.reactions.end() && !only_gene;
    if (is_gene && is_reaction)
        return bad_input({"{} is both a gene and a reaction", "{} 既是基因又是反应"}, id)
            .at("knockouts: " + entry)
            .advise({"write gene:{0} or reaction:{0}", "请写 gene:{0} 或 reaction:{0}"}, id);
    if (is_gene) return Knockout{true, gene->second};
    if (is_reaction) return Knockout{false, reaction->second};
    return unknown_knockout(model, id);
}

Status apply_knockouts(Model& model, const ModelIndex& index, const std::vector<std::string>& knockouts) {
    std::vector<std::int32_t> genes;
    for (const auto& entry : knockouts) {
        const auto knockout = find_knockout(model, index, entry);
        if (!knockout) return pass(knockout);
        if (knockout->gene)
            genes.push_back(knockout->index);
        else
            switch_off(model.reactions[knockout->index]);
    }
    for (const auto reaction : reactions_without(model, genes)) switch_off(model.reactions[reaction]);
    return {};
}

Status apply_objective(Model& model, const ModelIndex& index, const Scenario& scenario) {
    if (!trimmed(scenario.objective).empty()) {
        auto terms = parse_expression(model, index, scenario.objective);
        if (!terms) return pass(terms);
        model.objective = {true, *std::move(terms)};
    }
    if (scenario.sense) model.objective.maximize = *scenario.sense == "maximize";
    return {};
}

}  // namespace

std::vector<std::int32_t> reactions_without(const Model& model, const std::vector<std::int32_t>& genes) {
    std::vector<std::int32_t> off;
    if (genes.empty()) return off;
    std::vector<bool> absent(model.genes.size(), false);
    for (const auto gene : genes) absent[gene] = true;
    for (std::size_t r = 0; r < model.reactions.size(); ++r)
        if (!runs_without(model.reactions[r].rule, absent)) off.push_back(static_cast<std::int32_t>(r));
    return off;
}

Result<Model> apply_scenario(Model model, const Scenario& scenario) {
    if (auto status = apply_insert(model, scenario.insert); !status) return pass(status);
    const ModelIndex index(model);
    if (auto status = apply_medium(model, index, scenario.medium); !status) return pass(status);
    for (const auto& entry : scenario.bounds)
        if (auto status = apply_bounds(model, index, entry); !status) return pass(status);
    if (auto status = apply_knockouts(model, index, scenario.knockouts); !status) return pass(status);
    if (auto status = apply_objective(model, index, scenario); !status) return pass(status);
    return model;
}

}  // namespace leaven::metabolism
