#include <leaven/op/operation.hpp>

namespace leaven {

const Operation* find_operation(const Registry& registry, std::string_view module, std::string_view verb) {
    for (const auto& operation : registry)
        if (operation.module == module && operation.verb == verb) return &operation;
    return nullptr;
}

}  // namespace leaven
