#include <leaven/data/catalogue.hpp>
#include <leaven/metabolism/load.hpp>
#include <leaven/metabolism/read.hpp>

namespace leaven::metabolism {
namespace {

/// The model held last on this thread; a parameter could not reach every operation.
const HeldModel*& innermost() {
    thread_local const HeldModel* held = nullptr;
    return held;
}

}  // namespace

HeldModel::HeldModel(std::string name, std::shared_ptr<const Model> model)
    : name_(std::move(name)), model_(std::move(model)), outer_(innermost()) {
    innermost() = this;
}

HeldModel::~HeldModel() { innermost() = outer_; }

Result<Model> load_model(const std::string& name_or_path) {
    for (const auto* held = innermost(); held != nullptr; held = held->outer_)
        if (held->name_ == name_or_path) return *held->model_;
    const auto path = data::resolve(name_or_path);
    if (!path) return pass(path);
    return read_model_file(*path);
}

}  // namespace leaven::metabolism
