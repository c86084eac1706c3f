#include <algorithm>

#include <leaven/metabolism/info.hpp>
#include <leaven/metabolism/load.hpp>

namespace leaven::metabolism {

ModelCounts count_parts(const Model& model) {
    ModelCounts counts;
    counts.reactions = static_cast<std::int64_t>(model.reactions.size());
    counts.metabolites = static_cast<std::int64_t>(model.metabolites.size());
    counts.genes = static_cast<std::int64_t>(model.genes.size());
    counts.compartments = static_cast<std::int64_t>(model.compartments.size());
    counts.groups = static_cast<std::int64_t>(model.groups.size());
    for (const auto& reaction : model.reactions) counts.nonzeros += static_cast<std::int64_t>(reaction.terms.size());
    const auto kinds = boundary_kinds(model);
    counts.exchanges = std::count(kinds.begin(), kinds.end(), BoundaryKind::exchange);
    counts.demands = std::count(kinds.begin(), kinds.end(), BoundaryKind::demand);
    counts.sinks = std::count(kinds.begin(), kinds.end(), BoundaryKind::sink);
    return counts;
}

std::vector<MediumUptake> medium_of(const Model& model) {
    std::vector<MediumUptake> medium;
    const auto kinds = boundary_kinds(model);
    for (std::size_t r = 0; r < model.reactions.size(); ++r) {
        if (kinds[r] != BoundaryKind::exchange) continue;
        const auto& reaction = model.reactions[r];
        const auto inside = std::find_if(reaction.terms.begin(), reaction.terms.end(), [&](const Term& term) {
            return !model.metabolites[term.metabolite].boundary;
        });
        const bool consumes = inside != reaction.terms.end() && inside->coefficient < 0;
        const double uptake = consumes ? -reaction.lower : reaction.upper;
        if (uptake > 0) medium.push_back({reaction.id, uptake});
    }
    return medium;
}

InfoResult describe_model(const Model& model) {
    InfoResult result;
    result.id = model.id;
    result.name = model.name;
    result.format = model.format;
    result.counts = count_parts(model);
    result.objective.sense = model.objective.maximize ? "maximize" : "minimize";
    for (const auto& term : model.objective.terms)
        result.objective.terms.push_back({model.reactions[term.reaction].id, term.coefficient});
    result.medium = medium_of(model);
    for (const auto& compartment : model.compartments) result.compartments.push_back(compartment.id);
    for (const auto& [qualifier, resource] : model.annotation) result.annotation.push_back({qualifier, resource});
    for (const auto& [key, words] : model.remarks) result.annotation.push_back({key.empty() ? "notes" : key, words});
    for (const auto& note : model.notes) result.notes.push_back({note.code, note.message, note.where});
    result.sha256 = model.sha256;
    return result;
}

Result<InfoResult> info(const InfoParams& params, Context& context) {
    const auto model = share_model(params.model, &context.stop_flag());
    if (!model) return pass(model);
    return describe_model(**model);
}

}  // namespace leaven::metabolism
