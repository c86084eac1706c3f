// Random models with everything that has misled a compression: loops, dead ends, forced fluxes, bounds that meet,
// coefficients of very different sizes, objectives of either sense over several reactions.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include <leaven/lp/problem.hpp>
#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism::testing {

inline std::pair<double, double> random_bounds() {
    using Bounds = std::pair<double, double>;
    return *rc::gen::weightedElement<Bounds>({{8, {0.0, 1000.0}},
                                              {6, {-1000.0, 1000.0}},
                                              {2, {-10.0, 0.0}},
                                              {2, {-10.0, 1000.0}},
                                              {1, {0.0, 0.0}},
                                              {1, {0.5, 20.0}},
                                              {1, {-7.0, 3.0}}});
}

inline double random_coefficient() {
    const double size = *rc::gen::weightedElement<double>(
        {{10, 1.0}, {3, 2.0}, {1, 0.5}, {1, 3.0}, {1, 0.1}, {1, 59.81}, {1, 0.000223}});
    return *rc::gen::arbitrary<bool>() ? size : -size;
}

inline Reaction random_reaction(int number, int metabolites) {
    Reaction reaction;
    reaction.id = "r" + std::to_string(number);
    const int degree = *rc::gen::weightedElement<int>({{3, 1}, {8, 2}, {3, 3}, {1, 5}});
    for (int m = 0; m < metabolites && static_cast<int>(reaction.terms.size()) < degree; ++m)
        if (*rc::gen::inRange(0, metabolites - m) < degree - static_cast<int>(reaction.terms.size()))
            reaction.terms.push_back({m, random_coefficient()});
    std::tie(reaction.lower, reaction.upper) = random_bounds();
    return reaction;
}

/// Genes g0 … g4; each rule needs one or two of them, or either of two.
inline GeneRule random_rule(Model& model) {
    const auto gene = [&] { return "g" + std::to_string(*rc::gen::inRange(0, static_cast<int>(model.genes.size()))); };
    const auto rule = *rc::gen::element<std::string>("", gene(), gene() + " and " + gene(), gene() + " or " + gene());
    return parse_gene_rule(rule, [](std::string_view id) { return std::stoi(std::string(id.substr(1))); }).value();
}

inline Model random_model() {
    Model model;
    model.id = "random";
    const int metabolites = *rc::gen::inRange(1, 12);
    const int reactions = *rc::gen::inRange(2, 25);
    for (int m = 0; m < metabolites; ++m)
        model.metabolites.push_back({"m" + std::to_string(m), "", "c", "", std::nullopt, false, {}});
    for (int g = 0; g < 5; ++g) model.genes.push_back({"g" + std::to_string(g), "", {}});
    for (int r = 0; r < reactions; ++r) {
        model.reactions.push_back(random_reaction(r, metabolites));
        model.reactions.back().rule = random_rule(model);
    }
    model.objective.maximize = *rc::gen::arbitrary<bool>();
    std::set<std::int32_t> wanted;  // each once, in order, as readers leave them
    for (int term = *rc::gen::inRange(1, 4); term > 0; --term) wanted.insert(*rc::gen::inRange(0, reactions));
    for (const auto reaction : wanted) model.objective.terms.push_back({reaction, random_coefficient()});
    return model;
}

}  // namespace leaven::metabolism::testing
