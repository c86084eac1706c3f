// Checks from structure and text alone.

#include "checks.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/metabolism/formula.hpp>

#include "substrate.hpp"
#include "turnover.hpp"
#include "xml_text.hpp"

namespace leaven::metabolism {
namespace {

bool has_term(const std::vector<Annotation>& annotation, std::string_view term) {
    return std::any_of(annotation.begin(), annotation.end(),
                       [&](const Annotation& a) { return a.qualifier == "sbo" && a.resource == term; });
}

bool names_biomass(std::string text) {
    for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text.find("biomass") != std::string::npos;
}

/// Biomass is what the objective makes from many things, or what says so itself; never a mere exchange.
std::vector<std::int32_t> biomass_of(const Model& model) {
    constexpr std::size_t many = 5;
    std::set<std::int32_t> found;
    for (const auto& term : model.objective.terms) {
        const auto& terms = model.reactions[term.reaction].terms;
        const auto used = std::count_if(terms.begin(), terms.end(), [](const Term& t) { return t.coefficient < 0; });
        if (used >= 3) found.insert(term.reaction);
    }
    for (std::size_t r = 0; r < model.reactions.size(); ++r) {
        const auto& reaction = model.reactions[r];
        const bool named = names_biomass(reaction.id) || names_biomass(reaction.name);
        if (has_term(reaction.annotation, "SBO:0000629") || (named && reaction.terms.size() >= many))
            found.insert(static_cast<std::int32_t>(r));
    }
    std::erase_if(found, [&](std::int32_t r) { return model.reactions[r].terms.size() < 2; });
    return {found.begin(), found.end()};
}

/// Terms by metabolite, scaled to a first coefficient of one: reactions that differ in direction or amount agree.
std::vector<std::pair<std::int32_t, double>> shape_of(const Reaction& reaction) {
    std::map<std::int32_t, double> terms;
    for (const auto& term : reaction.terms) terms[term.metabolite] += term.coefficient;
    std::vector<std::pair<std::int32_t, double>> shape(terms.begin(), terms.end());
    const double first = shape.empty() ? 1 : shape[0].second;
    for (auto& [metabolite, coefficient] : shape) coefficient = std::round(coefficient / first * 1e9) / 1e9;
    return shape;
}

bool has_reference(const std::vector<Annotation>& annotation) {
    return std::any_of(annotation.begin(), annotation.end(), [](const Annotation& a) { return a.qualifier != "sbo"; });
}

bool has_sbo_term(const std::vector<Annotation>& annotation) {
    return !annotation.empty() && annotation[0].qualifier == "sbo";
}

std::int64_t size_of(const Model& model) {
    return static_cast<std::int64_t>(model.metabolites.size() + model.reactions.size() + model.genes.size());
}

Text balance_item(const Reaction& reaction, const Balance& balance) {
    const auto english = balance.text();
    auto chinese = english;
    if (const auto at = chinese.find("charge"); at != std::string::npos) chinese.replace(at, 6, "电荷");
    return item_text(reaction.id, {english, chinese});
}

/// Grams that one mmol of the reaction's flux turns into biomass; none where a formula does not say.
std::optional<double> mass_made(const Model& model, const Reaction& reaction, std::string& unknown) {
    double mass = 0;
    for (const auto& term : reaction.terms) {
        const auto& metabolite = model.metabolites[term.metabolite];
        const auto formula = parse_formula(metabolite.formula);
        const auto grams = formula ? molar_mass_g_per_mol(*formula) : std::nullopt;
        const bool product = term.coefficient > 0 && metabolite.formula.empty();
        if (product && names_biomass(metabolite.id + " " + metabolite.name)) continue;  // biomass itself
        if (!grams) {
            unknown = metabolite.id;
            return std::nullopt;
        }
        mass -= term.coefficient * *grams / 1000;
    }
    return mass;
}

}  // namespace

Checked::Checked(const Model& of) : model(of), kinds(boundary_kinds(of)), biomass(biomass_of(of)) {
    for (std::size_t r = 0; r < of.reactions.size(); ++r) {
        const auto index = static_cast<std::int32_t>(r);
        const bool makes_biomass = std::find(biomass.begin(), biomass.end(), index) != biomass.end();
        const auto& reaction = of.reactions[r];
        const bool outside = std::any_of(reaction.terms.begin(), reaction.terms.end(),
                                         [&](const Term& term) { return of.metabolites[term.metabolite].boundary; });
        if (!makes_biomass && !outside && kinds[r] == BoundaryKind::none && !reaction.terms.empty())
            inner.push_back(index);
    }
}

Text item_text(const std::string& id, Doc what) {
    return {fmt::format("{}: {}", id, what.en), fmt::format("{}：{}", id, what.zh)};
}

Check make_check(const char* id, Doc title, const char* severity, std::int64_t total,
                 const std::vector<std::string>& identifiers) {
    std::vector<Text> items;
    items.reserve(identifiers.size());
    for (const auto& identifier : identifiers) items.push_back({identifier, identifier});
    return make_check(id, title, severity, total, items);
}

Check make_check(const char* id, Doc title, const char* severity, std::int64_t total, std::vector<Text> items) {
    Check check{id, text(title), severity, static_cast<std::int64_t>(items.size()), total, 0, std::move(items)};
    if (total > 0) check.share = static_cast<double>(check.count) / static_cast<double>(total);
    return check;
}

Check check_mass_balance(const Checked& checked) {
    std::vector<Text> items;
    std::int64_t total = 0;
    const auto all = balances(checked.model);
    for (const auto r : checked.inner) {
        auto balance = all[r];
        total += balance.atoms_known ? 1 : 0;
        balance.charge_known = false;
        if (!balance.balanced()) items.push_back(balance_item(checked.model.reactions[r], balance));
    }
    return make_check("mass_balance", {"reactions that lose or make atoms", "元素不守恒的反应"}, "error", total, items);
}

Check check_charge_balance(const Checked& checked) {
    std::vector<Text> items;
    std::int64_t total = 0;
    const auto all = balances(checked.model);
    for (const auto r : checked.inner) {
        auto balance = all[r];
        total += balance.charge_known ? 1 : 0;
        balance.atoms_known = false;
        if (!balance.balanced()) items.push_back(balance_item(checked.model.reactions[r], balance));
    }
    return make_check("charge_balance", {"reactions that lose or make charge", "电荷不守恒的反应"}, "error", total,
                      items);
}

Check check_dead_ends(const Checked& checked) {
    const auto& model = checked.model;
    const auto turnovers = turnovers_of(model);
    std::vector<Text> items;
    std::int64_t total = 0;
    for (std::size_t m = 0; m < turnovers.size(); ++m) {
        if (model.metabolites[m].boundary || !turnovers[m].named) continue;
        ++total;
        if (!turnovers[m].dead_end()) continue;
        items.push_back(item_text(model.metabolites[m].id, turnovers[m].made ? Doc{"no-consumption", "无法消耗"}
                                                                             : Doc{"no-production", "无法生成"}));
    }
    return make_check("dead_ends", {"metabolites that nothing makes or nothing uses", "无法生成或无法消耗的代谢物"},
                      "warning", total, items);
}

Check check_duplicates(const Checked& checked) {
    std::map<std::vector<std::pair<std::int32_t, double>>, std::vector<std::string>> same;
    for (const auto& reaction : checked.model.reactions)
        if (!reaction.terms.empty()) same[shape_of(reaction)].push_back(reaction.id);
    std::vector<std::string> items;
    for (const auto& [shape, ids] : same)
        if (ids.size() > 1) items.push_back(join(ids, ", "));
    std::sort(items.begin(), items.end());
    return make_check("duplicates", {"reactions with the same stoichiometry", "化学计量相同的反应"}, "warning",
                      static_cast<std::int64_t>(same.size()), items);
}

Check check_bounds(const Checked& checked) {
    std::vector<Text> items;
    for (const auto& reaction : checked.model.reactions) {
        const auto note = [&](Doc what) {
            const auto range = fmt::format("{} … {}", number_text(reaction.lower), number_text(reaction.upper));
            items.push_back({fmt::format("{}: {} ({})", reaction.id, range, what.en),
                             fmt::format("{}：{}（{}）", reaction.id, range, what.zh)});
        };
        if (reaction.lower == 0 && reaction.upper == 0)
            note({"closed", "关闭"});
        else if (reaction.lower == reaction.upper)
            note({"fixed", "固定"});
        else if (reaction.upper <= 0 && reaction.lower < 0)
            note({"backward only", "只能反向"});
    }
    return make_check("bounds", {"reactions closed, fixed or written backwards", "关闭、固定或反向书写的反应"}, "info",
                      static_cast<std::int64_t>(checked.model.reactions.size()), items);
}

Check check_gene_rules(const Checked& checked) {
    const auto& model = checked.model;
    std::vector<char> used(model.genes.size(), 0);
    std::vector<Text> items;
    std::int64_t total = static_cast<std::int64_t>(model.genes.size());
    for (const auto& reaction : model.reactions) {
        if (!reaction.rule.text.empty()) ++total;
        if (!reaction.rule.text.empty() && !reaction.rule.tied_to_genes())
            items.push_back(item_text(reaction.id, {"unreadable", "无法读取"}));
        for (const auto gene : genes_of(reaction.rule)) used[gene] = 1;
    }
    for (std::size_t g = 0; g < model.genes.size(); ++g)
        if (used[g] == 0) items.push_back(item_text(model.genes[g].id, {"in no rule", "未用于任何规则"}));
    return make_check("gene_rules",
                      {"gene rules that cannot be read, genes in no rule", "无法读取的基因规则与未使用的基因"},
                      "warning", total, items);
}

/// Metabolites, reactions and genes whose annotation lacks something.
Check check_elements(const Checked& checked, const char* id, Doc title, bool (*has)(const std::vector<Annotation>&)) {
    std::vector<std::string> items;
    const auto list = [&](const auto& elements) {
        for (const auto& element : elements)
            if (!has(element.annotation)) items.push_back(element.id);
    };
    list(checked.model.metabolites);
    list(checked.model.reactions);
    list(checked.model.genes);
    return make_check(id, title, "warning", size_of(checked.model), items);
}

Check check_annotation(const Checked& checked) {
    return check_elements(checked, "annotation",
                          {"elements without a reference to any database", "没有数据库引用的元素"}, has_reference);
}

Check check_sbo(const Checked& checked) {
    return check_elements(checked, "sbo", {"elements without a term of SBO", "没有 SBO 术语的元素"}, has_sbo_term);
}

Check check_biomass_mass(const Checked& checked) {
    constexpr double tolerance = 1e-3;  // g/mmol, as in Lieven et al.
    std::vector<Text> items;
    for (const auto r : checked.biomass) {
        const auto& reaction = checked.model.reactions[r];
        std::string unknown;
        const auto mass = mass_made(checked.model, reaction, unknown);
        if (!mass)
            items.push_back(text({"{}: {} has no molar mass", "{}：{} 没有摩尔质量"}, reaction.id, unknown));
        else if (std::fabs(*mass - 1) > tolerance)
            items.push_back(text({"{}: {:.6g} g/mmol", "{}：{:.6g} g/mmol"}, reaction.id, *mass));
    }
    return make_check("biomass_mass",
                      {"biomass reactions that do not make 1 g per mmol", "每毫摩尔不为 1 克的生物量反应"}, "warning",
                      static_cast<std::int64_t>(checked.biomass.size()), items);
}

}  // namespace leaven::metabolism
