#include "tools.hpp"

#include <algorithm>

#include <leaven/op/call_options.hpp>
#include <leaven/op/json.hpp>
#include <leaven/op/schema.hpp>
#include <leaven/op/show.hpp>

#include "message.hpp"

namespace leaven::mcp {
namespace {

/// Descriptions in one language: an assistant's window holds no second one.
void keep_language(Json& schema, Lang lang) {
    if (schema.is_object()) {
        if (const auto zh = schema.find("x-doc-zh"); zh != schema.end()) {
            if (lang == Lang::zh) schema["description"] = *zh;
            schema.erase("x-doc-zh");
        }
        if (const auto text = schema.find("description"); text != schema.end() && *text == "")
            schema.erase("description");
    }
    if (schema.is_structured())
        for (auto& item : schema) keep_language(item, lang);
}

Json schema_in(const std::vector<FieldInfo>& fields, SchemaOf what, Lang lang) {
    auto schema = schema_of(fields, what);
    keep_language(schema, lang);
    return schema;
}

bool replaces_files(const Operation& operation) {
    const auto is_force = [](const FieldInfo& info) { return info.field.name == "force"; };
    return operation.writes && std::any_of(operation.parameters.begin(), operation.parameters.end(), is_force);
}

Json text_block(std::string text) { return Json{{"type", "text"}, {"text", std::move(text)}}; }

std::string summary(const Shown& shown, Lang lang) {
    std::string lines;
    for (const auto& line : shown.headline) lines += (lines.empty() ? "" : "\n") + line.in(lang);
    if (shown.cut.empty()) return lines;
    std::string lists;
    for (const auto& item : shown.cut.items())
        lists += fmt::format("{}{} ({})", lists.empty() ? "" : ", ", item.key(), item.value().get<std::size_t>());
    constexpr std::size_t longest = 400;
    if (lists.size() > longest) lists = lists.substr(0, lists.rfind(", ", longest)) + " …";
    const auto note = text(
        {"Cut to the first rows of: {}. The whole is the resource {}", "以下列表只保留前若干行：{}。完整结果见资源 {}"},
        lists, shown.uri);
    return lines + (lines.empty() ? "" : "\n") + note.in(lang);
}

}  // namespace

std::string_view name_of(Revision revision) { return revision == Revision::june_2025 ? "2025-06-18" : "2025-03-26"; }

std::optional<Revision> revision_named(std::string_view name) {
    for (const auto revision : {Revision::june_2025, Revision::march_2025})
        if (name == name_of(revision)) return revision;
    return std::nullopt;
}

std::string tool_name(const Operation& operation) {
    return operation.module.empty() ? operation.verb : operation.module + "_" + operation.verb;
}

Json tool_entry(const Operation& operation, Revision revision, Lang lang) {
    auto parameters = operation.parameters;
    for (auto& info : fields_of<CallOptions>()) parameters.push_back(std::move(info));
    Json tool{{"name", tool_name(operation)}};
    if (revision == Revision::june_2025) tool["title"] = "leaven " + operation.path();
    tool["description"] = operation.doc.in(lang);
    tool["inputSchema"] = schema_in(parameters, SchemaOf::parameters, lang);
    if (revision == Revision::june_2025) tool["outputSchema"] = schema_in(operation.results, SchemaOf::result, lang);
    tool["annotations"] = Json{{"title", "leaven " + operation.path()},
                               {"readOnlyHint", !operation.writes},
                               {"destructiveHint", replaces_files(operation)},
                               {"idempotentHint", true},
                               {"openWorldHint", operation.module == "data" && operation.writes}};
    return tool;
}

Json call_result(const Shown& shown, Revision revision, Lang lang) {
    auto content = Json::array();
    if (auto lines = summary(shown, lang); !lines.empty()) content.push_back(text_block(std::move(lines)));
    content.push_back(text_block(to_line(shown.result)));
    const bool newer = revision == Revision::june_2025;
    if (newer && !shown.cut.empty())
        content.push_back(
            Json{{"type", "resource_link"}, {"uri", shown.uri}, {"name", shown.uri}, {"mimeType", "application/json"}});
    Json result{{"content", std::move(content)}};
    if (newer) result["structuredContent"] = shown.result;
    if (!shown.cut.empty()) result["_meta"] = Json{{"leaven/cut", shown.cut}, {"leaven/whole", shown.uri}};
    result["isError"] = false;
    return result;
}

Json call_failure(const Error& error, Lang lang) {
    return Json{{"content", Json::array({text_block(to_line(Json{{"error", error_to_json(error, lang)}}))})},
                {"isError", true}};
}

}  // namespace leaven::mcp
