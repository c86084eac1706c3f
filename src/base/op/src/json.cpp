#include <cmath>

#include <leaven/op/described.hpp>
#include <leaven/op/json.hpp>

template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace leaven {

Json parse_json(std::string_view text) { return Json::parse(text); }

Json parse_json_or_nothing(std::string_view text) { return Json::parse(text, nullptr, false); }

Json number_to_json(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
    return value == 0 ? 0.0 : value;  // -0.0 == 0 as well
}

namespace {

Json list_to_json(const Type& type, const void* value) {
    auto list = Json::array();
    const auto count = type.count(value);
    const auto& inner = *type.inner();
    for (std::size_t i = 0; i < count; ++i) list.push_back(json_of(inner, element_of(type, value, i).get()));
    return list;
}

Json object_to_json(const Type& type, const void* value) {
    auto object = Json::object();
    for (const auto& member : type.members())
        object[std::string(member.field.name)] = json_of(*member.type, member.in(value));
    return object;
}

}  // namespace

Json json_of(const Type& type, const void* value) {
    switch (type.form) {
        case Form::boolean:
            return detail::at<bool>(value);
        case Form::integer:
            return type.integer(value);
        case Form::number:
            return number_to_json(type.number(value));
        case Form::string:
            return detail::at<std::string>(value);
        case Form::text:
            return Json{{"en", detail::at<Text>(value).en}, {"zh", detail::at<Text>(value).zh}};
        case Form::optional:
            value = type.value(value);
            return value == nullptr ? Json(nullptr) : json_of(*type.inner(), value);
        case Form::list:
            return list_to_json(type, value);
        case Form::object:
            return object_to_json(type, value);
        case Form::counts:
            break;
    }
    auto counts = Json::object();
    for (const auto& [name, count] : detail::at<Counts>(value)) counts[name] = count;
    return counts;
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

Json FieldInfo::initial() const {
    return type == nullptr || (kind == Kind::object && !nullable) ? Json(nullptr) : json_of(*type, first);
}

}  // namespace leaven
