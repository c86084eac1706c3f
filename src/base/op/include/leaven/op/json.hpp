// The JSON of the surfaces: members keep the order in which a struct describes them.
#pragma once

#include <nlohmann/json.hpp>

namespace leaven {

using Json = nlohmann::ordered_json;

}  // namespace leaven
