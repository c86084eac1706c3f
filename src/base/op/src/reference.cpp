#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/core/result.hpp>
#include <leaven/op/json.hpp>
#include <leaven/op/reference.hpp>
#include <leaven/op/show.hpp>

#include "text_table.hpp"

namespace leaven {
namespace {

std::string usage(const Operation& operation, Lang lang) {
    std::string line = "leaven " + operation.path();
    for (const auto& info : operation.parameters)
        if (info.field.input)
            line += info.field.required ? " " + value_hint(info, lang) : fmt::format(" [{}]", value_hint(info, lang));
    for (const auto& info : operation.parameters)
        if (info.field.required && !info.field.input)
            line += fmt::format(" {} {}", option_name(info.field.name), value_hint(info, lang));
    return line;
}

std::string range_text(const Field& field) {
    if (std::isinf(field.min) && std::isinf(field.max)) return {};
    if (std::isinf(field.max)) return fmt::format("≥ {}", field.min);
    if (std::isinf(field.min)) return fmt::format("≤ {}", field.max);
    return fmt::format("{} … {}", field.min, field.max);
}

/// "(1/h; 0 … 1; default 0.9)", empty where there is nothing to say.
std::string remarks(const FieldInfo& info, Lang lang) {
    std::vector<std::string> parts;
    if (auto unit = show_unit(info.field.unit); !unit.empty()) parts.push_back(std::move(unit));
    if (auto range = range_text(info.field); !range.empty()) parts.push_back(range);
    const auto initial = info.initial();
    const bool nothing = initial.is_null() || initial == "" || (info.kind == Kind::list && initial.empty());
    if (!info.field.required && !nothing)
        parts.push_back(std::string(Doc{"default ", "默认 "}.in(lang)) +
                        (initial.is_string() ? initial.get<std::string>() : initial.dump()));
    if (info.field.required && !info.field.input) parts.emplace_back(Doc{"required", "必填"}.in(lang));
    if (parts.empty()) return {};
    return lang == Lang::zh ? fmt::format("（{}）", join(parts, "；")) : fmt::format(" ({})", join(parts, "; "));
}

std::string padded_to(const std::string& cell, int width) {
    return cell + std::string(static_cast<std::size_t>(std::max(0, width - display_width(cell))), ' ');
}

/// Two aligned columns; a left cell that is too long gets a line of its own.
std::string two_columns(const std::vector<std::pair<std::string, std::string>>& rows) {
    constexpr int widest = 34;
    int width = 0;
    for (const auto& row : rows)
        if (display_width(row.first) <= widest) width = std::max(width, display_width(row.first));
    std::string out;
    for (const auto& [left, right] : rows) {
        const bool fits = display_width(left) <= widest;
        out += fits ? fmt::format("  {}  {}\n", padded_to(left, width), right)
                    : fmt::format("  {}\n  {}  {}\n", left, padded_to("", width), right);
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> common_options(const Operation& operation, Lang lang) {
    const bool own_out = std::any_of(operation.parameters.begin(), operation.parameters.end(),
                                     [](const FieldInfo& info) { return info.field.name == "out"; });
    std::vector<std::pair<std::string, Doc>> options{
        {"--json", {"print the result as one JSON object", "以一个 JSON 对象输出结果"}},
        {"--params FILE", {"parameters from a .json or .toml file", "从 .json 或 .toml 文件读取参数"}},
        {"--threads N", {"threads; the answer does not depend on it", "线程数，结果与之无关"}},
        {"--seed N", {"seed of what is random", "随机种子"}},
        {"--lang en|zh", {"language", "语言"}},
        {"--schema", {"print the JSON Schema of parameters and result", "输出参数与结果的 JSON Schema"}},
        {"--help", {"this text", "显示本说明"}},
    };
    if (!own_out) {
        const auto endings = endings_of(operation);
        options.insert(options.begin() + 1, {"-o, --out FILE", {"write the result by ending: ", "按扩展名写出结果："}});
        std::vector<std::pair<std::string, std::string>> rows;
        for (const auto& [name, doc] : options)
            rows.emplace_back(name, std::string(doc.in(lang)) + (name.starts_with("-o") ? endings : ""));
        return rows;
    }
    std::vector<std::pair<std::string, std::string>> rows;
    for (const auto& [name, doc] : options) rows.emplace_back(name, doc.in(lang));
    return rows;
}

std::string markdown_cell(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
    return out;
}

Doc type_name(Kind kind) {
    switch (kind) {
        case Kind::boolean:
            return {"true/false", "布尔"};
        case Kind::integer:
            return {"integer", "整数"};
        case Kind::number:
            return {"number", "数值"};
        case Kind::string:
        case Kind::text:
            return {"text", "文本"};
        case Kind::list:
            return {"list", "列表"};
        case Kind::object:
            return {"object", "对象"};
    }
    return {"value", "值"};
}

std::string type_text(const FieldInfo& info, Lang lang) {
    std::string type(type_name(info.kind).in(lang));
    if (info.kind == Kind::list)
        type = lang == Lang::zh ? fmt::format("{}列表", type_name(info.fields.front().kind).in(lang))
                                : fmt::format("list of {}", type_name(info.fields.front().kind).in(lang));
    if (info.nullable) type += Doc{" or null", "或 null"}.in(lang);
    return type;
}

void add_rows(std::string& out, const std::vector<FieldInfo>& fields, const std::string& prefix, Lang lang) {
    for (const auto& info : fields) {
        const auto& nested = info.kind == Kind::list ? info.fields.front().fields : info.fields;
        const auto name = prefix + std::string(info.field.name);
        const auto choices =
            info.field.choices.empty() ? std::string() : fmt::format(": `{}`", markdown_cell(info.field.choices));
        out += fmt::format("| `{}` | {} | {}{}{} |\n", name, type_text(info, lang),
                           markdown_cell(info.field.doc.in(lang)), choices, markdown_cell(remarks(info, lang)));
        const bool has_fields =
            info.kind == Kind::object || (info.kind == Kind::list && info.fields.front().kind == Kind::object);
        if (has_fields) add_rows(out, nested, name + (info.kind == Kind::list ? "[]." : "."), lang);
    }
}

std::string field_table(const std::vector<FieldInfo>& fields, Lang lang) {
    std::string out(
        Doc{"| name | type | meaning |\n|---|---|---|\n", "| 名称 | 类型 | 含义 |\n|---|---|---|\n"}.in(lang));
    add_rows(out, fields, "", lang);
    return out;
}

std::string page_name(const Operation& operation) {
    return operation.module.empty() ? operation.verb : operation.module + "-" + operation.verb;
}

}  // namespace

std::string option_name(std::string_view field) {
    std::string name = "--";
    for (const char c : field) name += c == '_' ? '-' : c;
    return name;
}

std::string value_hint(const FieldInfo& info, Lang lang) {
    if (info.field.input) {
        std::string name(info.field.name);
        for (auto& c : name) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        return name;
    }
    if (!info.field.choices.empty()) return std::string(info.field.choices);
    switch (info.kind) {
        case Kind::boolean:
            return "true|false";
        case Kind::integer:
            return "N";
        case Kind::number:
            return std::string(Doc{"NUMBER", "数值"}.in(lang));
        case Kind::list:
            return value_hint(info.fields.front(), lang) + ",…";
        default:
            break;
    }
    if (info.field.format == "path") return std::string(Doc{"FILE", "文件"}.in(lang));
    if (info.field.format == "folder") return std::string(Doc{"FOLDER", "文件夹"}.in(lang));
    return std::string(Doc{"TEXT", "文本"}.in(lang));
}

std::string endings_of(const Operation& operation) {
    std::string all = ".json .csv .tsv .html";
    for (const auto& own : choices_of({.name = "out", .doc = {}, .choices = operation.endings}))
        if (fmt::format("{} ", all).find(own + " ") == std::string::npos) all += " " + own;
    return all;
}

std::string help_text(const Operation& operation, Lang lang) {
    std::string out = fmt::format("{}\n\n{}\n", operation.doc.in(lang), Doc{"Usage", "用法"}.in(lang));
    out += fmt::format("  {} {}\n", usage(operation, lang), Doc{"[options]", "[选项]"}.in(lang));

    std::vector<std::pair<std::string, std::string>> inputs;
    std::vector<std::pair<std::string, std::string>> options;
    for (const auto& info : operation.parameters) {
        const auto about = std::string(info.field.doc.in(lang)) + remarks(info, lang);
        if (info.field.input)
            inputs.emplace_back(value_hint(info, lang), about);
        else
            options.emplace_back(fmt::format("{}{} {}", info.field.name == "out" ? "-o, " : "",
                                             option_name(info.field.name), value_hint(info, lang)),
                                 about);
    }
    if (!inputs.empty()) out += fmt::format("\n{}\n{}", Doc{"Inputs", "输入"}.in(lang), two_columns(inputs));
    if (!options.empty()) out += fmt::format("\n{}\n{}", Doc{"Parameters", "参数"}.in(lang), two_columns(options));
    return out + fmt::format("\n{}\n{}", Doc{"Common options", "通用选项"}.in(lang),
                             two_columns(common_options(operation, lang)));
}

std::string reference_page(const Operation& operation, std::string_view example, Lang lang) {
    std::string out = fmt::format("# leaven {}\n\n{}\n\n```\n{}\n```\n", operation.path(), operation.doc.in(lang),
                                  usage(operation, lang));
    out += fmt::format("\n## {}\n\n{}", Doc{"Parameters", "参数"}.in(lang), field_table(operation.parameters, lang));
    out += fmt::format("\n## {}\n\n{}", Doc{"Result", "结果"}.in(lang), field_table(operation.results, lang));
    if (!example.empty())
        out += fmt::format("\n## {}\n\n{}\n\n```\n{}\n```\n", Doc{"Example", "示例"}.in(lang),
                           Doc{"Run by the tests; the number after the dashes is the exit status.",
                               "由测试运行；短横线之后的数字是退出码。"}
                               .in(lang),
                           example);
    return out;
}

std::string reference_index(const Registry& registry, Lang lang) {
    std::string out(
        Doc{"# Reference\n\nGenerated from the declarations of the operations.\n\n| command | does |\n|---|---|\n",
            "# 参考手册\n\n由各操作的声明自动生成。\n\n| 命令 | 功能 |\n|---|---|\n"}
            .in(lang));
    for (const auto& operation : registry)
        out += fmt::format("| [`leaven {}`]({}.md) | {} |\n", operation.path(), page_name(operation),
                           operation.doc.in(lang));
    out += Doc{"\n## Exit status and error codes\n\n| status | code | meaning |\n|---|---|---|\n| 0 | | done |\n",
               "\n## 退出码与错误代码\n\n| 退出码 | 代码 | 含义 |\n|---|---|---|\n| 0 | | 完成 |\n"}
               .in(lang);
    for (const auto& info : error_codes())
        out += fmt::format("| {} | `{}` | {} |\n", static_cast<int>(info.code), info.name, info.meaning.in(lang));
    return out;
}

}  // namespace leaven
