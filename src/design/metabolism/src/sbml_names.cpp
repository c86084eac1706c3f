#include "sbml_names.hpp"

#include <fmt/format.h>

#include "sbml_id.hpp"

namespace leaven::metabolism {

SbmlNames::SbmlNames(const Model& source) {
    if (!source.id.empty()) model = take(source.id, no_prefix, {});
    for (const auto& compartment : source.compartments) {
        compartment_index_.emplace(compartment.id, compartments.size());
        compartments.push_back(take(compartment.id, no_prefix, {}));
    }
    for (const auto& item : source.metabolites) metabolites.push_back(take(item.id, metabolite_prefix, item.sbml_id));
    for (const auto& item : source.reactions) reactions.push_back(take(item.id, reaction_prefix, item.sbml_id));
    for (const auto& item : source.genes) genes.push_back(take(item.id, gene_prefix, item.sbml_id));
    for (const auto& group : source.groups)
        groups.push_back(group.id.empty() ? std::string() : take(group.id, no_prefix, {}));
}

std::string_view SbmlNames::compartment(const std::string& id) const {
    const auto found = compartment_index_.find(id);
    return found == compartment_index_.end() ? std::string_view() : std::string_view(compartments[found->second]);
}

std::string SbmlNames::fresh(std::string_view wanted) {
    std::string name(wanted);
    for (int number = 2; !taken_.insert(name).second; ++number) name = fmt::format("{}_{}", wanted, number);
    return name;
}

std::string SbmlNames::take(const std::string& id, std::string_view prefix, const std::string& preferred) {
    if (is_sbml_id(preferred) && taken_.insert(preferred).second) return preferred;
    auto name = to_sbml_id(id, prefix);
    if (taken_.insert(name).second) return name;
    // A model "c" with a compartment "c": the same name once more, spelled with an escape that reads back as "c".
    name = std::string(prefix) + fully_escaped(id);
    return taken_.insert(name).second ? name : fresh(name);
}

}  // namespace leaven::metabolism
