#include <cmath>

#include <fmt/format.h>

#include <leaven/core/suggest.hpp>
#include <leaven/op/read.hpp>

namespace leaven {
namespace {

Doc name_of(Kind kind) {
    switch (kind) {
        case Kind::boolean:
            return {"true or false", "true 或 false"};
        case Kind::integer:
            return {"a whole number", "整数"};
        case Kind::number:
            return {"a number", "数值"};
        case Kind::string:
            return {"a text", "文本"};
        case Kind::text:
            return {"an object {en, zh}", "对象 {en, zh}"};
        case Kind::list:
            return {"a list", "列表"};
        case Kind::object:
            return {"an object", "对象"};
    }
    return {"a value", "值"};
}

std::string shortened(const Json& value) {
    constexpr std::size_t longest = 60;
    auto shown = value.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (shown.size() > longest) shown = shown.substr(0, longest) + "…";
    return shown;
}

/// "between 0 and 1", "at least 1", "at most 8"
Text range_of(const Field& field) {
    if (std::isinf(field.max)) return text({"at least {}", "不小于 {}"}, field.min);
    if (std::isinf(field.min)) return text({"at most {}", "不大于 {}"}, field.max);
    return text({"between {} and {}", "介于 {} 与 {} 之间"}, field.min, field.max);
}

}  // namespace

Error wrong_type(const FieldInfo& expected, const Json& value, const std::string& where) {
    const auto kind = name_of(expected.kind);
    return bad_input({"expected {0}, got {2}", "应为 {1}，实际为 {2}"}, kind.en, kind.zh, shortened(value))
        .at(where)
        .advise({"{0}", "{1}"}, expected.field.doc.en, expected.field.doc.zh)
        .error;
}

Error unknown_field(const std::string& name, const std::vector<std::string>& known, const std::string& where) {
    const auto near = nearest(name, known);
    const auto advice =
        near.empty() ? Doc{"the names are: {}", "可用名称：{}"} : Doc{"did you mean {}?", "是否指 {}？"};
    return bad_input({"there is no parameter \"{}\"", "没有名为“{}”的参数"}, name)
        .at(where)
        .advise(advice, fmt::format("{}", fmt::join(near.empty() ? known : near, ", ")))
        .error;
}

Error missing_field(const Field& field, const std::string& where) {
    return bad_input({"\"{}\" must be given", "必须给出“{}”"}, field.name)
        .at(where)
        .advise({"{0}", "{1}"}, field.doc.en, field.doc.zh)
        .error;
}

Status check_number(double value, const Field& field, const std::string& where) {
    const bool unbounded = std::isinf(field.min) && std::isinf(field.max);
    if (unbounded || (value >= field.min && value <= field.max)) return {};
    const auto range = range_of(field);
    return bad_input({"must be {0}, got {2}", "必须{1}，实际为 {2}"}, range.en, range.zh, value)
        .at(where)
        .advise({"{0}", "{1}"}, field.doc.en, field.doc.zh);
}

Status check_choice(const std::string& value, const Field& field, const std::string& where) {
    if (field.choices.empty()) return {};
    const auto choices = choices_of(field);
    if (std::find(choices.begin(), choices.end(), value) != choices.end()) return {};
    const auto near = nearest(value, choices, 1);
    const auto all = fmt::format("{}", fmt::join(choices, ", "));
    return bad_input({"\"{0}\" is not one of {1}", "“{0}”不在可选值 {1} 之内"}, value, all)
        .at(where)
        .advise(near.empty() ? Doc{"choose one of {1}", "请选择 {1} 之一"} : Doc{"did you mean {0}?", "是否指 {0}？"},
                near.empty() ? std::string() : near.front(), all);
}

std::optional<double> number_from_json(const Json& value) {
    if (value.is_number()) return value.get<double>();
    if (!value.is_string()) return std::nullopt;
    const auto& word = value.get_ref<const std::string&>();
    if (word == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (word == "Infinity") return std::numeric_limits<double>::infinity();
    if (word == "-Infinity") return -std::numeric_limits<double>::infinity();
    return std::nullopt;
}

namespace detail {

template <>
Status read_value<Text>(Text& out, const Json& json, const Field& field, const std::string& where) {
    if (json.is_string()) {
        out = {json.get<std::string>(), json.get<std::string>()};
        return {};
    }
    for (const char* lang : {"en", "zh"})
        if (!json.is_object() || !json.contains(lang) || !json[lang].is_string())
            return tl::unexpected(wrong_type(info_of(field, Text{}), json, where));
    out = {json["en"].get<std::string>(), json["zh"].get<std::string>()};
    return {};
}

}  // namespace detail
}  // namespace leaven
