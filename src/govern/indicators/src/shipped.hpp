// Files of data/indicators that stand in the program.
#pragma once

#include <leaven/core/embedded.hpp>

namespace leaven {

std::span<const EmbeddedFile> embedded_indicators();

}  // namespace leaven
