#include "shipped.hpp"

namespace leaven::policy {

std::string_view shipped_file(std::string_view name) {
    for (const auto& file : embedded_policy())
        if (file.name == name) return file.bytes;
    return {};
}

}  // namespace leaven::policy
