// Small random networks with genes, for laws that brute force can check.
#pragma once

#include <string>
#include <vector>

#include <rapidcheck.h>

#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism::testing {

/// A substrate enters, metabolites are turned into one another, several leave, growth needs two of them. Rules are ands
/// and ors over a few genes.
struct ToyNetwork {
    Model model;
    std::string target;
};

inline std::int32_t gene(Model& model, int number) {
    const auto id = "g" + std::to_string(number);
    for (std::size_t i = 0; i < model.genes.size(); ++i)
        if (model.genes[i].id == id) return static_cast<std::int32_t>(i);
    model.genes.push_back({id, id, {}});
    return static_cast<std::int32_t>(model.genes.size()) - 1;
}

inline std::string random_rule(int genes) {
    const auto name = [&] { return "g" + std::to_string(*rc::gen::inRange(0, genes)); };
    switch (*rc::gen::inRange(0, 5)) {
        case 0:
            return "";
        case 1:
            return name() + " and " + name();
        case 2:
            return name() + " or " + name();
        case 3:
            return "(" + name() + " and " + name() + ") or " + name();
        default:
            return name();
    }
}

inline void add_reaction(Model& model, const std::string& id, std::vector<Term> terms, double lower, double upper,
                         const std::string& rule = "") {
    std::sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) { return a.metabolite < b.metabolite; });
    Reaction reaction;
    reaction.id = id;
    reaction.name = id;
    reaction.terms = std::move(terms);
    reaction.lower = lower;
    reaction.upper = upper;
    reaction.rule = parse_gene_rule(rule, [&](std::string_view name) {
                        return gene(model, std::stoi(std::string(name.substr(1))));
                    }).value();
    model.reactions.push_back(std::move(reaction));
}

/// Drawn at full size from the first case on: small cases are all alike, and few of them grow.
auto full_size(auto draw) { return *rc::gen::resize(rc::kNominalSize, rc::gen::exec(draw)); }

inline ToyNetwork draw_toy_network() {
    const int metabolites = *rc::gen::inRange(4, 7);
    const int conversions = *rc::gen::inRange(6, 14);
    const int genes = *rc::gen::inRange(3, 7);
    Model model;
    model.id = "toy";
    model.compartments = {{"c", "cytosol"}};
    for (int i = 0; i < metabolites; ++i)
        model.metabolites.push_back({"m" + std::to_string(i), "", "c", "", std::nullopt, false, {}});
    for (int i = 0; i < genes; ++i) gene(model, i);
    add_reaction(model, "EX_in", {{0, -1}}, -10, 0);
    for (int i = 0; i < conversions; ++i) {
        const auto from = *rc::gen::inRange<std::int32_t>(0, metabolites);
        const auto to = *rc::gen::inRange<std::int32_t>(0, metabolites);
        const auto by_product = *rc::gen::inRange<std::int32_t>(0, metabolites);
        if (from == to) continue;
        std::vector<Term> terms{{from, -1}, {to, static_cast<double>(*rc::gen::inRange(1, 3))}};
        if (by_product != from && by_product != to && *rc::gen::inRange(0, 2) == 1) terms.push_back({by_product, 1});
        const bool reversible = *rc::gen::inRange(0, 4) == 0;
        const bool forced = !reversible && *rc::gen::inRange(0, 12) == 0;
        add_reaction(model, "R" + std::to_string(i), std::move(terms),
                     reversible ? -1000
                     : forced   ? 0.25
                                : 0,
                     1000, random_rule(genes));
    }
    for (std::int32_t i = 1; i < metabolites; ++i)
        if (i + 1 == metabolites || *rc::gen::inRange(0, 3) > 0)
            add_reaction(model, "EX_m" + std::to_string(i), {{i, -1}}, 0, 1000);
    const auto first = *rc::gen::inRange<std::int32_t>(1, metabolites);
    const auto second = *rc::gen::inRange<std::int32_t>(1, metabolites);
    add_reaction(model, "GROW",
                 first == second ? std::vector<Term>{{first, -1}} : std::vector<Term>{{first, -1}, {second, -0.5}}, 0,
                 1000);
    model.objective = {true, {{static_cast<std::int32_t>(model.reactions.size()) - 1, 1}}};
    return {std::move(model), "EX_m" + std::to_string(metabolites - 1)};
}

inline ToyNetwork toy_network() { return full_size(draw_toy_network); }

}  // namespace leaven::metabolism::testing
