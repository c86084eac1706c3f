#include "substrate.hpp"

#include <algorithm>
#include <cmath>

#include <leaven/metabolism/formula.hpp>

namespace leaven::metabolism {
namespace {

/// The terms that are balanced, without the species outside.
std::vector<Term> inner_terms(const Model& model, const Reaction& reaction) {
    auto terms = reaction.terms;
    std::erase_if(terms, [&](const Term& term) { return model.metabolites[term.metabolite].boundary; });
    return terms;
}

bool one_sided(const std::vector<Term>& terms) {
    const auto made = std::count_if(terms.begin(), terms.end(), [](const Term& term) { return term.coefficient > 0; });
    return !terms.empty() && (made == 0 || made == static_cast<std::ptrdiff_t>(terms.size()));
}

/// sum + amount, once either is unknown unknown.
void add(std::optional<double>& sum, std::optional<double> amount, double times) {
    sum = sum && amount ? std::optional(*sum + times * *amount) : std::nullopt;
}

}  // namespace

Cargo cargo_of(const Model& model, const Reaction& reaction) {
    const auto terms = inner_terms(model, reaction);
    if (!one_sided(terms)) return {};
    Cargo cargo{0.0, 0.0};
    for (const auto& term : terms) {
        const auto formula = parse_formula(model.metabolites[term.metabolite].formula);
        if (!formula) return {};
        add(cargo.carbon_mol, carbon_count(*formula), std::fabs(term.coefficient));
        add(cargo.mass_g, molar_mass_g_per_mol(*formula), std::fabs(term.coefficient));
    }
    return cargo;
}

bool crosses_boundary(const Model& model, const Reaction& reaction) { return one_sided(inner_terms(model, reaction)); }

double uptake_direction(const Model& model, const Reaction& boundary) {
    for (const auto& term : inner_terms(model, boundary))
        if (term.coefficient > 0) return 1;
    return -1;
}

std::vector<std::int32_t> carbon_sources(const Model& model, std::span<const double> flux) {
    constexpr double idle = 1e-9;
    std::vector<std::pair<double, std::int32_t>> sources;
    for (std::size_t r = 0; r < model.reactions.size(); ++r) {
        const auto& reaction = model.reactions[r];
        if (std::fabs(flux[r]) <= idle || uptake_direction(model, reaction) * flux[r] < 0) continue;
        const auto carbon = cargo_of(model, reaction).carbon_mol;
        if (carbon && *carbon > 0) sources.emplace_back(-*carbon * std::fabs(flux[r]), static_cast<std::int32_t>(r));
    }
    std::sort(sources.begin(), sources.end());
    std::vector<std::int32_t> reactions;
    for (const auto& source : sources) reactions.push_back(source.second);
    return reactions;
}

Result<std::optional<std::int32_t>> find_substrate(const Study& study, const std::string& id,
                                                   std::span<const double> flux) {
    if (!id.empty()) {
        const auto found = find_reaction(study.model, study.index, id);
        if (!found) return pass(found);
        return std::optional(*found);
    }
    const auto sources = carbon_sources(study.model, flux);
    return sources.empty() ? std::optional<std::int32_t>() : std::optional(sources.front());
}

}  // namespace leaven::metabolism
