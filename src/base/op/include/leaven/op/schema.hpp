// JSON Schema (2020-12) of parameters and results, from the description of their fields.
#pragma once

#include <vector>

#include <leaven/op/described.hpp>

namespace leaven {

/// The schema of an object with these fields; no other members are allowed. `description` is English, and
/// `x-doc-zh` holds the Chinese; units stand in `x-unit` (UCUM), formats in `format`.
///
/// `result` marks every member as present, as results always are.
Json schema_of(const std::vector<FieldInfo>& fields, bool result);

}  // namespace leaven
