#include "inserted.hpp"

#include <cmath>
#include <map>

#include <leaven/metabolism/formula.hpp>

namespace leaven::pipeline {
namespace {

namespace met = metabolism;

/// Atoms and charges on both sides of a reaction, as far as formulas say.
void add_balance(const met::Model& model, const met::Reaction& reaction, std::vector<BalancePart>& rows) {
    std::map<std::string, std::pair<double, double>> sides;
    const auto count = [&](const std::string& element, double atoms) {
        if (atoms == 0) return;
        (atoms < 0 ? sides[element].first : sides[element].second) += std::fabs(atoms);
    };
    for (const auto& term : reaction.terms) {
        const auto& metabolite = model.metabolites[term.metabolite];
        if (const auto formula = met::parse_formula(metabolite.formula))
            for (const auto& [element, atoms] : formula->counts) count(element, term.coefficient * atoms);
    }
    for (const auto& [element, side] : sides) rows.push_back({reaction.id, element, side.first, side.second});
    double consumed = 0;
    double produced = 0;
    for (const auto& term : reaction.terms)
        (term.coefficient < 0 ? consumed : produced) +=
            std::fabs(term.coefficient) * model.metabolites[term.metabolite].charge.value_or(0);
    rows.push_back({reaction.id, "charge", consumed, produced});
}

}  // namespace

InsertedPart inserted_part(const Project& project, const Host& host) {
    InsertedPart part;
    const auto& model = plain(host);
    const met::ModelIndex index(model);
    for (std::size_t i = 0; i < project.insert.reactions.size(); ++i) {
        const auto& one = project.insert.reactions[i];
        const auto& reaction = model.reactions[index.reactions.at(one.id)];
        const auto& balance = host.balances[i].balance;
        const bool crosses_border = reaction.terms.size() == 1;
        const bool known = !crosses_border && balance.atoms_known && balance.charge_known;
        part.reactions.push_back({one.id, one.name, one.equation, one.genes, one.ec,
                                  known ? std::optional(balance.balanced()) : std::nullopt});
        if (!crosses_border) add_balance(model, reaction, part.balance);
    }
    for (const auto& one : project.insert.metabolites)
        part.metabolites.push_back({one.id, one.name, one.formula, one.charge, one.compartment});
    return part;
}

}  // namespace leaven::pipeline
