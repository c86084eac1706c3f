#include <thread>

#include <leaven/op/call_options.hpp>
#include <leaven/op/json.hpp>
#include <leaven/op/read.hpp>

namespace leaven {

void CallOptions::apply(Context& context, Lang otherwise) const {
    const auto machine = std::max(1U, std::thread::hardware_concurrency());
    context.threads = static_cast<int>(threads.value_or(machine));
    context.seed = static_cast<std::uint64_t>(seed);
    context.lang = language(otherwise);
}

Result<CallOptions> take_call_options(Json& parameters) {
    auto mine = Json::object();
    for (const auto& info : fields_of<CallOptions>()) {
        const std::string name(info.field.name);
        if (!parameters.contains(name)) continue;
        mine[name] = parameters[name];
        parameters.erase(name);
    }
    return read<CallOptions>(mine);
}

}  // namespace leaven
