#include <functional>
#include <set>

#include <gtest/gtest.h>

#include <leaven/op/schema.hpp>
#include <leaven/pipeline/registry.hpp>

namespace leaven {
namespace {

void for_each_field(const std::vector<FieldInfo>& fields, const std::string& path,
                    const std::function<void(const FieldInfo&, const std::string&)>& visit) {
    for (const auto& info : fields) {
        const auto here = path + "." + std::string(info.field.name);
        visit(info, here);
        for_each_field(info.kind == Kind::list ? info.fields.front().fields : info.fields, here, visit);
    }
}

bool has_chinese(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0xE3) return true;
    return false;
}

TEST(Registry, every_text_exists_in_both_languages) {
    for (const auto& operation : pipeline::registry()) {
        EXPECT_TRUE(operation.doc.complete()) << operation.path();
        EXPECT_TRUE(has_chinese(operation.doc.zh)) << operation.path();
        for (const auto* fields : {&operation.parameters, &operation.results})
            for_each_field(*fields, operation.path(), [](const FieldInfo& info, const std::string& path) {
                EXPECT_TRUE(info.field.doc.complete()) << path;
            });
    }
}

TEST(Registry, names_are_snake_case_and_paths_differ) {
    std::set<std::string> paths;
    for (const auto& operation : pipeline::registry()) {
        EXPECT_TRUE(paths.insert(operation.path()).second) << operation.path();
        for_each_field(operation.parameters, operation.path(), [](const FieldInfo& info, const std::string& path) {
            EXPECT_EQ(info.field.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"),
                      std::string_view::npos)
                << path;
        });
    }
}

TEST(Registry, inputs_come_before_the_parameters_with_defaults_that_the_schema_accepts) {
    for (const auto& operation : pipeline::registry()) {
        const auto schema = schema_of(operation.parameters, SchemaOf::parameters);
        for (const auto& info : operation.parameters)
            if (info.initial().is_string() && !info.field.choices.empty()) {
                const auto words = choices_of(info.field);
                const auto initial = info.initial().get<std::string>();
                EXPECT_TRUE(initial.empty() || std::find(words.begin(), words.end(), initial) != words.end())
                    << operation.path() << " " << info.field.name;
            }
        EXPECT_TRUE(schema["properties"].is_object());
    }
}

}  // namespace
}  // namespace leaven
