// Files of data/policy that stand in the program.
#pragma once

#include <string_view>

#include <leaven/core/embedded.hpp>

namespace leaven {

std::span<const EmbeddedFile> embedded_policy();

namespace policy {

/// Empty where there is no such file.
std::string_view shipped_file(std::string_view name);

}  // namespace policy
}  // namespace leaven
