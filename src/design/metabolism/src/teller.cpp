#include <leaven/metabolism/teller.hpp>

#include "model_events.hpp"

namespace leaven::metabolism {

struct ModelTeller::State {
    std::string name;
    ModelEvents events;
};

ModelTeller::ModelTeller(std::string name) : state_(new State{.name = {}, .events = ModelEvents(name, nullptr)}) {
    state_->name = std::move(name);
}
ModelTeller::~ModelTeller() = default;

bool ModelTeller::open_object() { return state_->events.open(true); }
bool ModelTeller::open_list() { return state_->events.open(false); }
bool ModelTeller::close() { return state_->events.close(); }
bool ModelTeller::key(std::string name) { return state_->events.key(std::move(name)); }
bool ModelTeller::nothing() { return state_->events.scalar({}); }
bool ModelTeller::boolean(bool value) { return state_->events.scalar({Scalar::Kind::boolean, value ? 1.0 : 0.0, {}}); }
bool ModelTeller::number(double value) { return state_->events.scalar({Scalar::Kind::number, value, {}}); }
bool ModelTeller::text(std::string value) { return state_->events.scalar({Scalar::Kind::text, 0, std::move(value)}); }

Result<Model> ModelTeller::finish() && {
    auto& events = state_->events;
    if (events.error) return tl::unexpected(*std::move(events.error));
    events.raw.model.format = "COBRApy";
    return assemble(std::move(events.raw), state_->name);
}

}  // namespace leaven::metabolism
