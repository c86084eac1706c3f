// Strict reading of parameters from JSON: a wrong type, an unknown name or a value out of range is an error that
// names the field and says what is allowed.
#pragma once

#include <optional>
#include <string>

#include <leaven/core/result.hpp>
#include <leaven/op/described.hpp>

namespace leaven {

/// Within the range and the choices of its field? Errors  bad_input
Status check_number(double value, const Field& field, const std::string& where);
Status check_choice(const std::string& value, const Field& field, const std::string& where);

/// A JSON number, or one of the strings for numbers that are not finite.
std::optional<double> number_from_json(const Json& value);

/// Reads into the value of that type at that address; members that are not given stay as they are.
///
/// Errors  bad_input; `where` is the field, such as "bounds[2]"; the value is then half read
Status read_into(const Type& type, void* value, const Json& json, const std::string& where = {});

/// Reads a described struct from a JSON object; members that are not given keep their defaults.
///
/// Errors  bad_input; `where` is the field
template <class T>
Result<T> read(const Json& json, const std::string& where = {}) {
    auto value = T();
    if (auto status = read_into(type_of<T>, &value, json, where); !status) return pass(status);
    return value;
}

}  // namespace leaven
