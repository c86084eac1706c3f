// From a struct with `describe` to plain data about its fields: what every surface is derived from.
//
//     struct FvaParams { double fraction = 1.0;  static void describe(auto& p, auto&& v) { v(p.fraction, {…}); } };
//     const std::vector<FieldInfo> fields = fields_of<FvaParams>();
//
// A field is bool, an integer, double, std::string, Text, another described struct, std::optional of these
// (`null` where unknown) or std::vector of these; in results also Counts, whole numbers by name, and a list that names
// its `Element` and makes the elements when they are looked at.
#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <leaven/core/field.hpp>
#include <leaven/core/text.hpp>
#include <leaven/op/json.hpp>

namespace leaven {

struct IgnoreField {
    template <class T>
    void operator()(T&, const Field&) const {}
};

template <class T>
concept Described = requires(T value, IgnoreField visitor) {
    T::describe(value, visitor);
};

template <class T>
struct OptionalOf : std::false_type {};
template <class T>
struct OptionalOf<std::optional<T>> : std::true_type {
    using Inner = T;
};
template <class T>
struct ListOf : std::false_type {};
template <class T>
struct ListOf<std::vector<T>> : std::true_type {
    using Inner = T;
};
template <class T>
requires requires { typename T::Element; }
struct ListOf<T> : std::true_type {  // makes its elements when they are looked at; results only
    using Inner = typename T::Element;
};

/// Whole numbers by names that are known only at run time: an object in JSON.
using Counts = std::map<std::string, std::int64_t>;

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

template <class T>
Json to_json(const T& value) {
    if constexpr (std::same_as<T, bool> || std::integral<T> || std::same_as<T, std::string>) {
        return value;
    } else if constexpr (std::floating_point<T>) {
        return number_to_json(value);
    } else if constexpr (std::same_as<T, Counts>) {
        auto object = Json::object();
        for (const auto& [name, count] : value) object[name] = count;
        return object;
    } else if constexpr (std::same_as<T, Text>) {
        return Json{{"en", value.en}, {"zh", value.zh}};
    } else if constexpr (OptionalOf<T>::value) {
        return value ? to_json(*value) : Json(nullptr);
    } else if constexpr (ListOf<T>::value) {
        auto list = Json::array();
        for (const auto& element : value) list.push_back(to_json<typename ListOf<T>::Inner>(element));
        return list;
    } else {
        static_assert(Described<T>, "a field is a plain value or a struct with describe()");
        auto object = Json::object();
        T::describe(value,
                    [&](const auto& member, const Field& field) { object[std::string(field.name)] = to_json(member); });
        return object;
    }
}

template <class T>
FieldInfo info_of(const Field& field, const T& initial);

template <class T>
std::vector<FieldInfo> fields_of() {
    std::vector<FieldInfo> fields;
    T value;
    T::describe(value, [&](auto& member, const Field& field) { fields.push_back(info_of(field, member)); });
    return fields;
}

template <class T>
FieldInfo info_of(const Field& field, const T& initial) {
    FieldInfo info{.field = field};
    if constexpr (OptionalOf<T>::value) {
        info = info_of(field, typename OptionalOf<T>::Inner{});
        info.nullable = true;
        info.initial = to_json(initial);
        return info;
    } else if constexpr (std::same_as<T, bool>) {
        info.kind = Kind::boolean;
    } else if constexpr (std::integral<T>) {
        info.kind = Kind::integer;
    } else if constexpr (std::floating_point<T>) {
        info.kind = Kind::number;
    } else if constexpr (std::same_as<T, std::string>) {
        info.kind = Kind::string;
    } else if constexpr (std::same_as<T, Text>) {
        info.kind = Kind::text;
    } else if constexpr (ListOf<T>::value) {
        info.kind = Kind::list;
        info.fields.push_back(info_of(field, typename ListOf<T>::Inner{}));
    } else if constexpr (std::same_as<T, Counts>) {
        return info;  // an object without fields of its own
    } else {
        info.fields = fields_of<T>();
        return info;
    }
    info.initial = to_json(initial);
    return info;
}

/// `value` with every {en, zh} object replaced by its text in one language, as results are shown to a person.
Json localize(const Json& value, Lang lang);

/// The words of `Field::choices`.
std::vector<std::string> choices_of(const Field& field);

}  // namespace leaven
