#include <cmath>

#include <leaven/op/described.hpp>

namespace leaven {

Json number_to_json(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
    return value == 0 ? 0.0 : value;  // -0.0 == 0 as well
}

Json localize(const Json& value, Lang lang) {
    if (value.is_object() && value.size() == 2 && value.contains("en") && value.contains("zh"))
        return value[lang == Lang::zh ? "zh" : "en"];
    if (value.is_object()) {
        auto object = Json::object();
        for (const auto& item : value.items()) object[item.key()] = localize(item.value(), lang);
        return object;
    }
    if (value.is_array()) {
        auto list = Json::array();
        for (const auto& element : value) list.push_back(localize(element, lang));
        return list;
    }
    return value;
}

std::vector<std::string> choices_of(const Field& field) {
    std::vector<std::string> words;
    for (std::string_view rest = field.choices; !rest.empty();) {
        const auto bar = rest.find('|');
        words.emplace_back(rest.substr(0, bar));
        rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
    }
    return words;
}

}  // namespace leaven
