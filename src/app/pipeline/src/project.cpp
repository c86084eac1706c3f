#include <sstream>

#include <toml++/toml.h>

#include <leaven/core/file.hpp>
#include <leaven/core/sha256.hpp>
#include <leaven/op/json.hpp>
#include <leaven/op/read.hpp>
#include <leaven/pipeline/project.hpp>

#include "integrate.hpp"

namespace leaven::pipeline {
namespace {

/// The line of the file where a field stands, or the nearest table above it.
std::int64_t line_of(const toml::table& table, std::string path) {
    while (!path.empty()) {
        if (const auto node = table.at_path(path)) return static_cast<std::int64_t>(node.node()->source().begin.line);
        path.erase(path.find_last_of(".[") == std::string::npos ? 0 : path.find_last_of(".["));
    }
    return 1;
}

Json to_json(const toml::table& table) {
    std::ostringstream text;
    text << toml::json_formatter{table, toml::format_flags::quote_dates_and_times};
    return parse_json(text.str());
}

Result<toml::table> parse(const std::string& bytes, const std::string& name) {
    try {
        return toml::parse(bytes, name);
    } catch (const toml::parse_error& error) {
        return bad_input({"the project file is not TOML: {}", "项目文件不是有效的 TOML：{}"},
                         std::string(error.description()))
            .at(fmt::format("{}, line {}", name, error.source().begin.line))
            .advise({"compare it with examples/lactate.toml", "请对照 examples/lactate.toml"});
    }
}

Result<Project> read_sections(const toml::table& table, const std::string& name) {
    auto json = to_json(table);
    json.erase("insert");
    auto project = read<Project>(json);
    if (project) return project;
    auto error = project.error();
    error.where = fmt::format("{}, line {}: {}", name, line_of(table, error.where), error.where);
    return tl::unexpected(std::move(error));
}

Status check_target(const Project& project) {
    if (project.target.reaction.empty() != project.target.metabolite.empty()) return {};
    return bad_input(
               {"[target] needs either a reaction or a metabolite", "[target] 须给出 reaction 或 metabolite 之一"})
        .at(project.file + ": target")
        .advise({"name the reaction that releases the product, such as reaction = \"EX_succ_e\"",
                 "请给出释放产物的反应，例如 reaction = \"EX_succ_e\""});
}

}  // namespace

Result<Project> read_project(const std::filesystem::path& path) {
    constexpr std::uintmax_t largest = 16 << 20;
    const auto bytes = read_file(path, largest);
    if (!bytes) return pass(bytes);
    const auto name = path.filename().string();
    const auto table = parse(*bytes, name);
    if (!table) return pass(table);
    auto project = read_sections(*table, name);
    if (!project) return project;
    auto insertion = metabolism::read_project_insertion(*bytes, name);
    if (!insertion) return pass(insertion);
    project->insert = *std::move(insertion);
    project->file = path.string();
    project->sha256 = leaven::sha256(*bytes);
    if (auto status = check_target(*project); !status) return pass(status);
    if (auto status = check_integration(*project); !status) return pass(status);
    return project;
}

std::string beside(const Project& project, const std::string& value) {
    const auto candidate = std::filesystem::path(project.file).parent_path() / value;
    std::error_code code;
    return std::filesystem::is_regular_file(candidate, code) ? candidate.lexically_normal().string() : value;
}

}  // namespace leaven::pipeline
