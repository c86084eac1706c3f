#include "host.hpp"

#include <algorithm>
#include <utility>

#include <leaven/core/suggest.hpp>
#include <leaven/metabolism/enzyme.hpp>
#include <leaven/metabolism/load.hpp>

namespace leaven::pipeline {
namespace {

using metabolism::BoundaryKind;
using metabolism::Model;
using metabolism::ModelIndex;

Error in_file(Error error, const Project& project, std::string_view key) {
    error.where = fmt::format("{}: {}{}", std::filesystem::path(project.file).filename().string(), key,
                              error.where.empty() ? std::string() : " (" + error.where + ")");
    return error;
}

/// The exchange or demand through which a metabolite leaves, if the model has one.
std::int32_t way_out(const Model& model, std::int32_t metabolite) {
    const auto kinds = metabolism::boundary_kinds(model);
    for (std::size_t r = 0; r < model.reactions.size(); ++r) {
        const auto& terms = model.reactions[r].terms;
        const bool releases = kinds[r] != BoundaryKind::none && terms.size() == 1 &&
                              terms[0].metabolite == metabolite && terms[0].coefficient < 0;
        if (releases && model.reactions[r].upper > 0) return static_cast<std::int32_t>(r);
    }
    return -1;
}

/// Adds `EX_…` for what is outside, `DM_…` for what stays in the cell.
std::int32_t add_way_out(Model& model, std::int32_t metabolite, std::vector<metabolism::Note>& notes) {
    const auto& product = model.metabolites[metabolite];
    const bool outside =
        product.compartment == "e" || product.compartment == "C_e" || product.compartment == "extracellular";
    metabolism::Reaction reaction;
    reaction.id = (outside ? "EX_" : "DM_") + product.id;
    reaction.name = product.name;
    reaction.terms = {{metabolite, -1}};
    reaction.upper = 1000;
    model.reactions.push_back(std::move(reaction));
    notes.push_back({"way_out_added",
                     text({"{} was added, for the model has no reaction that releases the product",
                           "模型没有释放产物的反应，已添加 {}"},
                          model.reactions.back().id),
                     product.id});
    return static_cast<std::int32_t>(model.reactions.size()) - 1;
}

Result<std::int32_t> find_target(const Project& project, Model& model, std::vector<metabolism::Note>& notes) {
    const ModelIndex index(model);
    if (project.target.metabolite.empty()) {
        auto target = find_reaction(model, index, project.target.reaction);
        if (!target) return tl::unexpected(in_file(target.error(), project, "target.reaction"));
        return target;
    }
    const auto metabolite = find_metabolite(model, index, project.target.metabolite);
    if (!metabolite) return tl::unexpected(in_file(metabolite.error(), project, "target.metabolite"));
    const auto existing = way_out(model, *metabolite);
    return existing >= 0 ? existing : add_way_out(model, *metabolite, notes);
}

/// Every flux that has a cost draws on the pool from now on.
Status limit_enzyme(const Project& project, Host& host) {
    if (!project.enzyme) return {};
    metabolism::EnzymeParams params;
    static_cast<metabolism::Scenario&>(params) = host.scenario;
    params.costs = beside(project, project.enzyme->costs);
    params.pool = project.enzyme->pool;
    auto limited = metabolism::limit_enzyme(host.model, params);
    if (!limited) return tl::unexpected(in_file(limited.error(), project, "enzyme.costs"));
    host.unlimited = std::exchange(host.model, *std::move(limited));
    return {};
}

}  // namespace

Result<Host> load_host(const Project& project) {
    Host host;
    host.model_file = beside(project, project.host.model);
    auto model = metabolism::load_model(host.model_file);
    if (!model) return pass(model);
    host.model = *std::move(model);
    host.notes = host.model.notes;
    auto balances = metabolism::apply_insertion(host.model, project.insert);
    if (!balances) return tl::unexpected(in_file(balances.error(), project, "insert"));
    host.balances = *std::move(balances);
    const auto target = find_target(project, host.model, host.notes);
    if (!target) return pass(target);
    host.target = *target;
    host.scenario.objective = project.host.objective;
    host.scenario.bounds = project.host.bounds;
    host.scenario.medium = project.host.medium;
    host.scenario.knockouts = project.host.knockouts;
    if (auto status = limit_enzyme(project, host); !status) return pass(status);
    return host;
}

}  // namespace leaven::pipeline
