#include "sbml_names.hpp"

#include <fmt/core.h>

#include "sbml_id.hpp"

namespace leaven::metabolism {

SbmlNames::SbmlNames(const Model& source) {
    // Identifiers of the file first, then those made from the names, then those for which any spelling will do.
    keep(source.metabolites, metabolites), keep(source.reactions, reactions), keep(source.genes, genes);
    make(source.metabolites, metabolite_prefix, metabolites);
    make(source.reactions, reaction_prefix, reactions);
    make(source.genes, gene_prefix, genes);
    for (const auto& compartment : source.compartments) {
        compartment_index_.emplace(compartment.id, compartments.size());
        compartments.push_back(take(compartment.id, no_prefix));
    }
    for (const auto& group : source.groups)
        groups.push_back(group.id.empty() ? std::string() : take(group.id, no_prefix));
    if (!source.id.empty()) model = take(source.id, no_prefix);
    const auto name = [&](const Objective& objective) {
        objectives.push_back(objective.id.empty() ? fresh(unnamed_objective) : take(objective.id, no_prefix));
    };
    name(source.objective);
    for (const auto& objective : source.other_objectives) name(objective);
}

template <class Item>
void SbmlNames::keep(const std::vector<Item>& items, std::vector<std::string>& names) {
    names.resize(items.size());
    for (std::size_t i = 0; i < items.size(); ++i)
        if (is_sbml_id(items[i].sbml_id) && taken_.insert(items[i].sbml_id).second) names[i] = items[i].sbml_id;
}

template <class Item>
void SbmlNames::make(const std::vector<Item>& items, std::string_view prefix, std::vector<std::string>& names) {
    for (std::size_t i = 0; i < items.size(); ++i)
        if (names[i].empty()) names[i] = take(items[i].id, prefix);
}

std::string_view SbmlNames::compartment(const std::string& id) const {
    const auto found = compartment_index_.find(id);
    return found == compartment_index_.end() ? std::string_view() : std::string_view(compartments[found->second]);
}

std::string SbmlNames::fresh(std::string_view wanted) {
    std::string name(wanted);
    for (auto& number = next_.try_emplace(name, 2).first->second; !taken_.insert(name).second; ++number)
        name = fmt::format("{}_{}", wanted, number);
    return name;
}

std::string SbmlNames::take(const std::string& id, std::string_view prefix) {
    auto name = to_sbml_id(id, prefix);
    // A model "c" with a compartment "c": the same name once more, in another spelling that reads back as "c".
    for (int spelling = 1; !taken_.insert(name).second; ++spelling)
        name = std::string(prefix) + other_sbml_id(id, spelling);
    return name;
}

}  // namespace leaven::metabolism
