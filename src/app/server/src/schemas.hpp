// What the service says about itself.
#pragma once

#include <leaven/op/operation.hpp>

namespace leaven::server {

/// Parameters of an operation on this surface: call options among them, and files by value where a path may stand.
Json parameters_schema(const Operation& operation);

/// OpenAPI 3.1 of every operation.
Json openapi(const Registry& registry);

/// [{module, verb, doc, writes, parameters, result}]
Json listed(const Registry& registry);

}  // namespace leaven::server
