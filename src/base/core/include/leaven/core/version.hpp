// The version of Leaven, as it stands in dossiers and in `leaven --version`.
#pragma once

#include <string_view>

namespace leaven {

inline constexpr std::string_view version = "0.1.0";

}  // namespace leaven
