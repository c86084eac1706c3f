#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/op/json.hpp>
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

Error wrong_type(Kind expected, const Field& field, const Json& value, const std::string& where) {
    const auto kind = name_of(expected);
    return bad_input({"expected {0}, got {2}", "应为 {1}，实际为 {2}"}, kind.en, kind.zh, shortened(value))
        .at(where)
        .advise({"{0}", "{1}"}, field.doc.en, field.doc.zh)
        .error;
}

Error unknown_field(const std::string& name, const std::vector<std::string>& known, const std::string& where) {
    const auto near = nearest(name, known);
    const auto advice =
        near.empty() ? Doc{"the names are: {}", "可用名称：{}"} : Doc{"did you mean {}?", "是否指 {}？"};
    return bad_input({"there is no parameter \"{}\"", "没有名为“{}”的参数"}, name)
        .at(where)
        .advise(advice, join(near.empty() ? known : near, ", "))
        .error;
}

Error missing_field(const Field& field, const std::string& where) {
    return bad_input({"\"{}\" must be given", "必须给出“{}”"}, field.name)
        .at(where)
        .advise({"{0}", "{1}"}, field.doc.en, field.doc.zh)
        .error;
}

}  // namespace

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
    const auto all = join(choices, ", ");
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

namespace {

Status read_value(const Type& type, void* out, const Json& json, const Field& field, const std::string& where);

Status read_integer(const Type& type, void* out, const Json& json, const Field& field, const std::string& where) {
    const bool fits = json.is_number_integer() &&
                      !(json.is_number_unsigned() &&
                        json.get<std::uint64_t>() > std::uint64_t{std::numeric_limits<std::int64_t>::max()});
    if (!fits) return tl::unexpected(wrong_type(Kind::integer, field, json, where));
    type.set_integer(out, json.get<std::int64_t>());
    return check_number(static_cast<double>(type.integer(out)), field, where);
}

Status read_number(const Type& type, void* out, const Json& json, const Field& field, const std::string& where) {
    const auto number = number_from_json(json);
    if (!number) return tl::unexpected(wrong_type(Kind::number, field, json, where));
    type.set_number(out, *number);
    return check_number(*number, field, where);
}

Status read_string(std::string& out, const Json& json, const Field& field, const std::string& where) {
    if (!json.is_string()) return tl::unexpected(wrong_type(Kind::string, field, json, where));
    out = json.get<std::string>();
    return check_choice(out, field, where);
}

Status read_text(Text& out, const Json& json, const Field& field, const std::string& where) {
    if (json.is_string()) {
        out = {json.get<std::string>(), json.get<std::string>()};
        return {};
    }
    for (const char* lang : {"en", "zh"})
        if (!json.is_object() || !json.contains(lang) || !json[lang].is_string())
            return tl::unexpected(wrong_type(Kind::text, field, json, where));
    out = {json["en"].get<std::string>(), json["zh"].get<std::string>()};
    return {};
}

Status read_list(const Type& type, void* out, const Json& json, const Field& field, const std::string& where) {
    if (!json.is_array()) return tl::unexpected(wrong_type(Kind::list, field, json, where));
    if (type.add == nullptr) throw std::logic_error(fmt::format("\"{}\" cannot be read", field.name));
    type.clear(out);
    for (std::size_t i = 0; i < json.size(); ++i)
        if (auto status = read_value(*type.inner(), type.add(out), json[i], field, fmt::format("{}[{}]", where, i));
            !status)
            return status;
    return {};
}

Status read_object(const Type& type, void* out, const Json& json, const Field& field, const std::string& where) {
    if (!json.is_object()) return tl::unexpected(wrong_type(Kind::object, field, json, where));
    const auto path = [&](std::string_view name) {
        return where.empty() ? std::string(name) : fmt::format("{}.{}", where, name);
    };
    std::vector<std::string> known;
    for (const auto& member : type.members()) {
        known.emplace_back(member.field.name);
        const auto found = json.find(known.back());
        if (found == json.end() && member.field.required)
            return tl::unexpected(missing_field(member.field, path(known.back())));
        if (found == json.end()) continue;
        if (auto status = read_value(*member.type, member.in(out), *found, member.field, path(known.back())); !status)
            return status;
    }
    for (const auto& item : json.items())
        if (std::find(known.begin(), known.end(), item.key()) == known.end())
            return tl::unexpected(unknown_field(item.key(), known, path(item.key())));
    return {};
}

Status read_value(const Type& type, void* out, const Json& json, const Field& field, const std::string& where) {
    switch (type.form) {
        case Form::boolean:
            if (!json.is_boolean()) return tl::unexpected(wrong_type(Kind::boolean, field, json, where));
            detail::at<bool>(out) = json.get<bool>();
            return {};
        case Form::integer:
            return read_integer(type, out, json, field, where);
        case Form::number:
            return read_number(type, out, json, field, where);
        case Form::string:
            return read_string(detail::at<std::string>(out), json, field, where);
        case Form::text:
            return read_text(detail::at<Text>(out), json, field, where);
        case Form::optional:
            type.clear(out);
            return json.is_null() ? Status() : read_value(*type.inner(), type.add(out), json, field, where);
        case Form::list:
            return read_list(type, out, json, field, where);
        case Form::object:
            return read_object(type, out, json, field, where);
        case Form::counts:
            break;
    }
    throw std::logic_error(fmt::format("\"{}\" is of a type that results alone have", field.name));
}

}  // namespace

Status read_into(const Type& type, void* value, const Json& json, const std::string& where) {
    return read_value(type, value, json, Field{.name = "parameters", .doc = {"parameters", "参数"}}, where);
}

}  // namespace leaven
