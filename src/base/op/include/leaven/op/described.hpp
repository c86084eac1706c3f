// From a struct with `describe` to plain data about its fields, and its values to JSON.
//
//     struct FvaParams { double fraction = 1.0;  static void describe(auto& p, auto&& v) { v(p.fraction, {…}); } };
//     const std::vector<FieldInfo> fields = fields_of<FvaParams>();
//
// A field is bool, an integer, double, std::string, Text, another described struct, std::optional of these
// (`null` where unknown) or std::vector of these; in results also Counts, whole numbers by name, and a list that names
// its `Element` and makes the elements when they are looked at.
#pragma once

#include <string>
#include <vector>

#include <leaven/op/json.hpp>
#include <leaven/op/type.hpp>

namespace leaven {

enum class Kind { boolean, integer, number, string, text, list, object };

struct FieldInfo {
    Field field;  // views into literals of the program
    Kind kind = Kind::object;
    bool nullable = false;            // may be null: not known, or no finite value
    Json initial = nullptr;           // the default; null where there is none
    std::vector<FieldInfo> fields{};  // of an object; of a list: its one element type
};

/// A value as JSON. A number that is not finite is the string "NaN", "Infinity" or "-Infinity"; minus zero is zero.
/// A Text is an object {en, zh}; see `localize`.
Json number_to_json(double value);

/// The value of that type at that address.
Json json_of(const Type& type, const void* value);

template <class T>
Json to_json(const T& value) {
    return json_of(type_of<T>, &value);
}

Kind kind_of(const Type& type);

/// The fields of an object, with their defaults.
std::vector<FieldInfo> fields_of(const Type& object);

template <class T>
std::vector<FieldInfo> fields_of() {
    return fields_of(type_of<T>);
}

/// `value` with every {en, zh} object replaced by its text in one language, as results are shown to a person.
Json localize(const Json& value, Lang lang);

/// The words of `Field::choices`.
std::vector<std::string> choices_of(const Field& field);

}  // namespace leaven
