// From a struct with `describe` to plain data about its fields.
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

#include <leaven/op/json_name.hpp>
#include <leaven/op/type.hpp>

namespace leaven {

enum class Kind { boolean, integer, number, string, text, list, object };

struct FieldInfo {
    Field field;  // views into literals of the program
    Kind kind = Kind::object;
    bool nullable = false;            // may be null: not known, or no finite value
    const Type* type = nullptr;       // of its values
    const void* first = nullptr;      // the value that its struct begins with
    std::vector<FieldInfo> fields{};  // of an object; of a list: its one element type

    /// The default; null where there is none, as of an object.
    [[nodiscard]] Json initial() const;
};

Kind kind_of(const Type& type);

/// The fields of an object, with their defaults.
std::vector<FieldInfo> fields_of(const Type& object);

template <class T>
std::vector<FieldInfo> fields_of() {
    return fields_of(type_of<T>);
}

/// The words of `Field::choices`.
std::vector<std::string> choices_of(const Field& field);

}  // namespace leaven
