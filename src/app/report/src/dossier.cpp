#include "dossier.hpp"

#include <limits>

#include <leaven/op/json.hpp>

namespace leaven::report {

const Json& part(const Json& object, const char* key) {
    static const Json null;
    if (!object.is_object()) return null;
    const auto found = object.find(key);
    return found == object.end() ? null : *found;
}

const std::vector<Json>& items(const Json& object, const char* key) {
    static const std::vector<Json> none;
    const auto& list = part(object, key);
    return list.is_array() ? list.get_ref<const Json::array_t&>() : none;
}

std::optional<double> number(const Json& object, const char* key) {
    const auto& value = part(object, key);
    if (value.is_number()) return value.get<double>();
    if (value == "Infinity") return std::numeric_limits<double>::infinity();
    if (value == "-Infinity") return -std::numeric_limits<double>::infinity();
    return std::nullopt;
}

std::optional<std::int64_t> count(const Json& object, const char* key) {
    const auto& value = part(object, key);
    return value.is_number_integer() ? std::optional(value.get<std::int64_t>()) : std::nullopt;
}

std::string words(const Json& object, const char* key) {
    const auto& value = part(object, key);
    return value.is_string() ? value.get<std::string>() : std::string();
}

bool is_true(const Json& object, const char* key) {
    const auto& value = part(object, key);
    return value.is_boolean() && value.get<bool>();
}

Text text_in(const Json& value) {
    if (value.is_string()) return {value.get<std::string>(), value.get<std::string>()};
    Text text{words(value, "en"), words(value, "zh")};
    if (text.en.empty()) text.en = text.zh;
    if (text.zh.empty()) text.zh = text.en;
    return text;
}

Text both_texts(const Json& object, const char* key) { return text_in(part(object, key)); }

std::string product_name(const Json& dossier) {
    const auto& target = part(dossier, "target");
    for (const auto* key : {"name", "metabolite", "reaction"})
        if (auto name = words(target, key); !name.empty()) return name;
    return "?";
}

std::optional<std::size_t> best_position(const Json& dossier) {
    constexpr double nothing = 1e-6;  // mmol/gDW/h
    const auto& designs = items(part(dossier, "designs"), "designs");
    for (std::size_t i = 0; i < designs.size(); ++i)
        if (number(designs[i], "guaranteed").value_or(0) > nothing) return i;
    return std::nullopt;
}

const Json& best_design(const Json& dossier) {
    const auto position = best_position(dossier);
    return position ? items(part(dossier, "designs"), "designs")[*position] : part(dossier, "");
}

}  // namespace leaven::report
