// Strict reading of parameters from JSON: a wrong type, an unknown name or a value out of range is an error that
// names the field and says what is allowed.
#pragma once

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/op/described.hpp>

namespace leaven {

/// One error for every rule that a value can break; `where` is the path of the field, such as "bounds[2]".
Error wrong_type(const FieldInfo& expected, const Json& value, const std::string& where);
Error unknown_field(const std::string& name, const std::vector<std::string>& known, const std::string& where);
Error missing_field(const Field& field, const std::string& where);

/// Within the range and the choices of its field? Errors  bad_input
Status check_number(double value, const Field& field, const std::string& where);
Status check_choice(const std::string& value, const Field& field, const std::string& where);

/// A JSON number, or one of the strings for numbers that are not finite.
std::optional<double> number_from_json(const Json& value);

namespace detail {

template <class T>
Status read_value(T& out, const Json& json, const Field& field, const std::string& where);

template <class T>
Status read_list(T& out, const Json& json, const Field& field, const std::string& where) {
    out.clear();
    for (std::size_t i = 0; i < json.size(); ++i) {
        typename ListOf<T>::Inner element{};
        if (auto status = read_value(element, json[i], field, fmt::format("{}[{}]", where, i)); !status) return status;
        out.push_back(std::move(element));
    }
    return {};
}

template <class T>
Status read_struct(T& out, const Json& json, const std::string& where) {
    Status status;
    std::vector<std::string> known;
    const auto path = [&](std::string_view name) {
        return where.empty() ? std::string(name) : fmt::format("{}.{}", where, name);
    };
    T::describe(out, [&](auto& member, const Field& field) {
        known.emplace_back(field.name);
        if (!status) return;
        const auto found = json.find(known.back());
        if (found != json.end())
            status = read_value(member, *found, field, path(field.name));
        else if (field.required)
            status = tl::unexpected(missing_field(field, path(field.name)));
    });
    if (!status) return status;
    for (const auto& item : json.items())
        if (std::find(known.begin(), known.end(), item.key()) == known.end())
            return tl::unexpected(unknown_field(item.key(), known, path(item.key())));
    return {};
}

template <class T>
Status read_value(T& out, const Json& json, const Field& field, const std::string& where) {
    const auto wrong = [&] { return tl::unexpected(wrong_type(info_of(field, T{}), json, where)); };
    if constexpr (OptionalOf<T>::value) {
        if (json.is_null()) {
            out.reset();
            return {};
        }
        return read_value(out.emplace(), json, field, where);
    } else if constexpr (std::same_as<T, bool>) {
        if (!json.is_boolean()) return wrong();
        out = json.get<bool>();
        return {};
    } else if constexpr (std::integral<T>) {
        if (!json.is_number_integer()) return wrong();
        if (json.is_number_unsigned() &&
            json.get<std::uint64_t>() > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
            return wrong();
        out = json.get<std::int64_t>();
        return check_number(static_cast<double>(out), field, where);
    } else if constexpr (std::floating_point<T>) {
        const auto number = number_from_json(json);
        if (!number) return wrong();
        out = *number;
        return check_number(out, field, where);
    } else if constexpr (std::same_as<T, std::string>) {
        if (!json.is_string()) return wrong();
        out = json.get<std::string>();
        return check_choice(out, field, where);
    } else if constexpr (ListOf<T>::value) {
        if (!json.is_array()) return wrong();
        return read_list(out, json, field, where);
    } else {
        if (!json.is_object()) return wrong();
        return read_struct(out, json, where);
    }
}

template <>
Status read_value<Text>(Text& out, const Json& json, const Field& field, const std::string& where);

}  // namespace detail

/// Reads a described struct from a JSON object; members that are not given keep their defaults.
///
/// Errors  bad_input; `where` is the field
template <class T>
Result<T> read(const Json& json, const std::string& where = {}) {
    T value;
    if (auto status =
            detail::read_value(value, json, Field{.name = "parameters", .doc = {"parameters", "参数"}}, where);
        !status)
        return pass(status);
    return value;
}

}  // namespace leaven
