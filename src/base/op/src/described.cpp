#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include <leaven/op/described.hpp>

namespace leaven {

void MemberList::add(const void* member, const Type& type, const Field& field) {
    const auto offset = static_cast<const char*>(member) - static_cast<const char*>(whole_);
    if (offset < 0 || static_cast<std::size_t>(offset) + type.size > size_)
        throw std::logic_error(fmt::format("the field \"{}\" is no part of the struct that describes it", field.name));
    members_.push_back({field, static_cast<std::size_t>(offset), &type});
}

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

/// What is known of a field whose value is first as given.
FieldInfo info_of(const Field& field, const Type& type, const void* initial) {
    if (type.form == Form::optional) {
        auto info = info_of(field, *type.inner(), type.inner()->initial());
        info.nullable = true;
        info.initial = json_of(type, initial);
        return info;
    }
    FieldInfo info{.field = field, .kind = kind_of(type)};
    if (type.form == Form::object) info.fields = fields_of(type);
    if (type.form == Form::list) info.fields.push_back(info_of(field, *type.inner(), type.inner()->initial()));
    if (info.kind != Kind::object) info.initial = json_of(type, initial);
    return info;
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

Kind kind_of(const Type& type) {
    switch (type.form) {
        case Form::boolean:
            return Kind::boolean;
        case Form::integer:
            return Kind::integer;
        case Form::number:
            return Kind::number;
        case Form::string:
            return Kind::string;
        case Form::text:
            return Kind::text;
        case Form::list:
            return Kind::list;
        case Form::optional:
            return kind_of(*type.inner());
        case Form::counts:
        case Form::object:
            break;
    }
    return Kind::object;
}

std::vector<FieldInfo> fields_of(const Type& object) {
    std::vector<FieldInfo> fields;
    const auto* initial = object.initial();
    for (const auto& member : object.members())
        fields.push_back(info_of(member.field, *member.type, member.in(initial)));
    return fields;
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
