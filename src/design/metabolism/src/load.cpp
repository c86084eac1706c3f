#include <leaven/data/catalogue.hpp>
#include <leaven/metabolism/load.hpp>

namespace leaven::metabolism {
namespace {

/// The model held last on this thread; a parameter could not reach every operation.
const HeldModel*& innermost() {
    thread_local const HeldModel* held = nullptr;
    return held;
}

/// Annotations are most of a model's memory: what they say is not copied.
Model network_of(const Model& model) {
    Model made;
    made.id = model.id;
    made.name = model.name;
    made.compartments = model.compartments;
    made.metabolites.reserve(model.metabolites.size());
    for (const auto& one : model.metabolites)
        made.metabolites.push_back({.id = one.id,
                                    .name = one.name,
                                    .compartment = one.compartment,
                                    .formula = one.formula,
                                    .charge = one.charge,
                                    .boundary = one.boundary,
                                    .annotation = {},
                                    .sbml_id = one.sbml_id});
    made.reactions.reserve(model.reactions.size());
    for (const auto& one : model.reactions)
        made.reactions.push_back({.id = one.id,
                                  .name = one.name,
                                  .terms = one.terms,
                                  .lower = one.lower,
                                  .upper = one.upper,
                                  .rule = one.rule,
                                  .subsystem = one.subsystem,
                                  .annotation = {},
                                  .sbml_id = one.sbml_id});
    made.genes.reserve(model.genes.size());
    for (const auto& one : model.genes)
        made.genes.push_back({.id = one.id, .name = one.name, .annotation = {}, .sbml_id = one.sbml_id});
    made.groups = model.groups;
    made.objective = model.objective;
    made.other_objectives = model.other_objectives;
    made.format = model.format;
    made.sha256 = model.sha256;
    made.notes = model.notes;
    return made;
}

}  // namespace

HeldModel::HeldModel(std::string name, std::shared_ptr<const Model> model)
    : name_(std::move(name)), model_(std::move(model)), outer_(innermost()) {
    innermost() = this;
}

HeldModel::~HeldModel() { innermost() = outer_; }

std::shared_ptr<const Model> held_model(const std::string& name) {
    for (const auto* held = innermost(); held != nullptr; held = held->outer_)
        if (held->name_ == name) return held->model_;
    return nullptr;
}

Result<std::shared_ptr<const Model>> share_model(const std::string& name_or_path, StopFlag stop) {
    if (auto held = held_model(name_or_path)) return held;
    const auto path = data::resolve(name_or_path);
    if (!path) return pass(path);
    auto model = read_model_file(*path, stop);
    if (!model) return pass(model);
    return std::make_shared<const Model>(*std::move(model));
}

Result<Model> load_model(const std::string& name_or_path, StopFlag stop) {
    if (const auto held = held_model(name_or_path)) return *held;
    const auto path = data::resolve(name_or_path);
    if (!path) return pass(path);
    return read_model_file(*path, stop);
}

Result<Model> load_network(const std::string& name_or_path, StopFlag stop) {
    const auto held = held_model(name_or_path);
    return held ? network_of(*held) : load_model(name_or_path, stop);
}

}  // namespace leaven::metabolism
