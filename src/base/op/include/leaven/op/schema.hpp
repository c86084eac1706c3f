// JSON Schema (2020-12) of parameters and results, from the description of their fields.
#pragma once

#include <vector>

#include <leaven/op/described.hpp>

namespace leaven {

enum class SchemaOf { parameters, result, file };

/// The schema of an object with these fields; no other members are allowed. `description` is English, and
/// `x-doc-zh` holds the Chinese; units stand in `x-unit` (UCUM), formats in `format`.
///
/// In a result and in a file every member is present. Texts are one string in parameters and results, which are in one
/// language, and {en, zh} in a file, which is in both.
Json schema_of(const std::vector<FieldInfo>& fields, SchemaOf what);

}  // namespace leaven
