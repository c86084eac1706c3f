// The name of JSON, for headers that only pass it on: what a value holds is in op/json.hpp, which is heavy.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace leaven {

using Json = nlohmann::ordered_json;

}  // namespace leaven
