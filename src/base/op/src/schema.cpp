#include <cmath>

#include <leaven/op/json.hpp>
#include <leaven/op/schema.hpp>

namespace leaven {
namespace {

Json schema_of(const FieldInfo& info, SchemaOf what);

void add_constraints(Json& schema, const FieldInfo& info) {
    const auto& field = info.field;
    const bool number = info.kind == Kind::integer || info.kind == Kind::number;
    if (number && std::isfinite(field.min)) schema["minimum"] = field.min;
    if (number && std::isfinite(field.max)) schema["maximum"] = field.max;
    if (info.kind == Kind::string && !field.choices.empty()) schema["enum"] = choices_of(field);
}

Json number_schema() {
    Json infinite{{"type", "string"}, {"enum", {"NaN", "Infinity", "-Infinity"}}};
    return Json{{"anyOf", Json::array({Json{{"type", "number"}}, std::move(infinite)})}};
}

Json both_languages() {
    const Json text{{"type", "string"}};
    return {{"type", "object"},
            {"properties", {{"en", text}, {"zh", text}}},
            {"required", {"en", "zh"}},
            {"additionalProperties", false}};
}

Json bare_schema(const FieldInfo& info, SchemaOf what) {
    switch (info.kind) {
        case Kind::boolean:
            return {{"type", "boolean"}};
        case Kind::integer:
            return {{"type", "integer"}};
        case Kind::number: {
            const bool bounded = std::isfinite(info.field.min) && std::isfinite(info.field.max);
            return bounded ? Json{{"type", "number"}} : number_schema();
        }
        case Kind::string:
            return {{"type", "string"}};
        case Kind::text:
            return what == SchemaOf::file ? both_languages() : Json{{"type", "string"}};
        case Kind::list:
            return {{"type", "array"}, {"items", schema_of(info.fields.front(), what)}};
        case Kind::object:
            if (info.fields.empty())  // Counts
                return {{"type", "object"}, {"additionalProperties", {{"type", "integer"}}}};
            return leaven::schema_of(info.fields, what);
    }
    return Json::object();
}

Json schema_of(const FieldInfo& info, SchemaOf what) {
    auto schema = bare_schema(info, what);
    add_constraints(schema, info);
    if (info.nullable) {
        auto either = Json::array({std::move(schema), Json{{"type", "null"}}});
        schema = Json{{"anyOf", std::move(either)}};
    }
    return schema;
}

void add_documentation(Json& schema, const FieldInfo& info, SchemaOf what) {
    schema["description"] = info.field.doc.en;
    schema["x-doc-zh"] = info.field.doc.zh;
    if (!info.field.unit.empty()) schema["x-unit"] = info.field.unit;
    if (!info.field.format.empty()) schema["format"] = info.field.format;
    if (what == SchemaOf::parameters && !info.field.required && info.kind != Kind::object)
        schema["default"] = info.initial();
}

}  // namespace

Json schema_of(const std::vector<FieldInfo>& fields, SchemaOf what) {
    auto properties = Json::object();
    auto required = Json::array();
    for (const auto& info : fields) {
        const std::string name(info.field.name);
        properties[name] = schema_of(info, what);
        add_documentation(properties[name], info, what);
        if (what != SchemaOf::parameters || info.field.required) required.push_back(name);
    }
    Json schema{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!required.empty()) schema["required"] = std::move(required);
    return schema;
}

}  // namespace leaven
