#include "schemas.hpp"

#include <algorithm>

#include <leaven/access/folders.hpp>
#include <leaven/core/version.hpp>
#include <leaven/op/call_options.hpp>
#include <leaven/op/json.hpp>
#include <leaven/op/schema.hpp>

namespace leaven::server {
namespace {

Json reference(std::string_view name) { return Json{{"$ref", "#/components/schemas/" + std::string(name)}}; }

Json file_schema() {
    const Json text{{"type", "string"}};
    return {{"type", "object"},
            {"description", "a file that comes with the call"},
            {"x-doc-zh", "随调用送来的文件"},
            {"properties", {{"name", text}, {"content", text}}},
            {"required", {"name", "content"}},
            {"additionalProperties", false}};
}

Json error_schema() {
    auto codes = Json::array();
    for (const auto& one : error_codes()) codes.push_back(one.name);
    const Json text{{"type", "string"}};
    const Json error{
        {"type", "object"},
        {"properties",
         {{"code", {{"type", "string"}, {"enum", codes}}}, {"message", text}, {"where", text}, {"hint", text}}},
        {"required", {"code", "message", "where", "hint"}}};
    return {{"type", "object"}, {"properties", {{"error", error}}}, {"required", {"error"}}};
}

Json json_of(Json schema) { return {{"application/json", {{"schema", std::move(schema)}}}}; }

/// Where a path may stand, a file may.
void add_files(Json& schema, const Json& file) {
    if (schema.value("type", Json()) == "array") return add_files(schema["items"], file);
    Json either{{"anyOf", Json::array({Json{{"type", "string"}}, file})}};
    for (const auto* kept : {"description", "x-doc-zh", "format", "default"})
        if (schema.contains(kept)) either[kept] = schema[kept];
    schema = std::move(either);
}

Json parameters_with(const Operation& operation, const Json& file) {
    auto fields = operation.parameters;
    for (auto& info : fields_of<CallOptions>()) fields.push_back(std::move(info));
    auto schema = schema_of(fields, SchemaOf::parameters);
    for (const auto& info : operation.parameters)
        if (access::may_be_path(info.field.format) && info.field.format != "folder")
            add_files(schema["properties"][std::string(info.field.name)], file);
    return schema;
}

Json endings_of(const Operation& operation) {
    auto endings = Json::array({"csv", "tsv", "html"});
    for (const auto& own : choices_of({.name = "as", .doc = {}, .choices = operation.endings}))
        if (const Json name(own.substr(1)); std::find(endings.begin(), endings.end(), name) == endings.end())
            endings.push_back(name);
    return endings;
}

Json entry(const Operation& operation) {
    Json responses{
        {"200", {{"description", "the result"}, {"content", json_of(schema_of(operation.results, SchemaOf::result))}}}};
    responses["default"] = Json{{"$ref", "#/components/responses/Error"}};
    Json post{{"operationId", operation.module.empty() ? operation.verb : operation.module + "_" + operation.verb},
              {"summary", operation.doc.en},
              {"x-summary-zh", operation.doc.zh},
              {"tags", {operation.module.empty() ? operation.verb : operation.module}}};
    post["parameters"] = Json::array({{{"name", "as"},
                                       {"in", "query"},
                                       {"description", "the result as a file of this ending instead of JSON"},
                                       {"x-doc-zh", "以该扩展名的文件返回结果，而非 JSON"},
                                       {"schema", {{"type", "string"}, {"enum", endings_of(operation)}}}}});
    post["requestBody"] = Json{{"required", true}, {"content", json_of(parameters_with(operation, reference("File")))}};
    post["responses"] = std::move(responses);
    return {{"post", std::move(post)}};
}

}  // namespace

Json parameters_schema(const Operation& operation) { return parameters_with(operation, file_schema()); }

Json openapi(const Registry& registry) {
    auto paths = Json::object();
    for (const auto& operation : registry)
        paths["/api/v1/" + (operation.module.empty() ? "" : operation.module + "/") + operation.verb] =
            entry(operation);
    const Json info{{"title", "Leaven 酵"},
                    {"version", version},
                    {"summary", "Open bio-design automation: every operation over HTTP"},
                    {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}};
    Json error{{"description",
                "what, where and what to do: 400 bad_input, 403 refused, 404 not_found, 422 infeasible, 500 bug, 503 "
                "cancelled"},
               {"content", json_of(reference("Error"))}};
    return {{"openapi", "3.1.0"},
            {"info", info},
            {"servers", Json::array({Json{{"url", "/"}}})},
            {"paths", std::move(paths)},
            {"components",
             {{"schemas", {{"Error", error_schema()}, {"File", file_schema()}}},
              {"responses", {{"Error", std::move(error)}}}}}};
}

Json listed(const Registry& registry) {
    auto list = Json::array();
    for (const auto& operation : registry)
        list.push_back({{"module", operation.module},
                        {"verb", operation.verb},
                        {"doc", {{"en", operation.doc.en}, {"zh", operation.doc.zh}}},
                        {"writes", operation.writes},
                        {"parameters", parameters_schema(operation)},
                        {"result", schema_of(operation.results, SchemaOf::result)}});
    return list;
}

}  // namespace leaven::server
