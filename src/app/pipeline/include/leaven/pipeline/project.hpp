// The project file of the main job: a product, a host, what to insert and what may be knocked out.
//
// TOML, strict: an unknown key, a wrong type or a value out of range is an error that names file and line. Paths in it
// are relative to the file. Examples: examples/*.toml.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/design.hpp>
#include <leaven/metabolism/insert.hpp>
#include <leaven/pipeline/build.hpp>

namespace leaven::pipeline {

struct ProjectTitle {
    std::string name;
    std::optional<Text> title;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"name of the project", "项目名称"}, .required = true});
        v(p.title, {.name = "title", .doc = {"title, as {en, zh}", "标题，写作 {en, zh}"}});
    }
};

struct HostSection {
    std::string model;
    std::string objective;
    std::vector<std::string> medium;
    std::vector<std::string> bounds;
    std::vector<std::string> knockouts;

    static void describe(auto& p, auto&& v) {
        v(p.model, {.name = "model",
                    .doc = {"metabolic model: a file, or a name of the catalogue", "代谢模型：文件或目录中的名称"},
                    .format = "model",
                    .required = true});
        v(p.objective, {.name = "objective",
                        .doc = {"objective; the model's where empty", "目标函数；留空则用模型自带的目标"},
                        .format = "expression"});
        v(p.medium, {.name = "medium",
                     .doc = {"medium as EXCHANGE=UPTAKE; the model's where empty",
                             "培养基，写作 交换反应=摄取速率；留空则用模型自带的培养基"},
                     .unit = "mmol/g{DW}/h",
                     .format = "medium"});
        v(p.bounds, {.name = "bounds",
                     .doc = {"flux bounds as ID=LOWER:UPPER", "通量上下限，写作 ID=下限:上限"},
                     .unit = "mmol/g{DW}/h",
                     .format = "bounds"});
        v(p.knockouts, {.name = "knockouts",
                        .doc = {"genes or reactions that the host lacks", "宿主缺失的基因或反应"},
                        .format = "knockout"});
    }
};

/// [enzyme]: the host under a limited amount of enzyme.
struct EnzymeSection {
    std::string costs;
    double pool = 0;

    static void describe(auto& p, auto&& v) {
        v(p.costs, {.name = "costs",
                    .doc = {"table of reaction, direction (forward or backward) and enzyme cost in g h/mmol",
                            "表格：反应、方向（forward 或 backward）、酶成本（g h/mmol）"},
                    .format = "path",
                    .required = true});
        v(p.pool, {.name = "pool",
                   .doc = {"enzyme that the cell can hold", "细胞可容纳的酶总量"},
                   .unit = "g/g{DW}",
                   .min = 0,
                   .max = 1,
                   .required = true});
    }
};

struct TargetSection {
    std::string reaction;
    std::string metabolite;
    std::string substrate;

    static void describe(auto& p, auto&& v) {
        v(p.reaction,
          {.name = "reaction", .doc = {"reaction that releases the product", "释放产物的反应"}, .format = "reaction"});
        v(p.metabolite, {.name = "metabolite",
                         .doc = {"or the product itself; an exchange or demand is then added",
                                 "或产物本身；此时会添加交换反应或需求反应"},
                         .format = "metabolite"});
        v(p.substrate, {.name = "substrate",
                        .doc = {"reaction that takes up the substrate; the largest carbon uptake where empty",
                                "摄取底物的反应；留空则取碳摄取量最大者"},
                        .format = "reaction"});
    }
};

/// [design]: the parameters of `metabolism design` that are not said elsewhere in the file.
struct DesignSection {
    metabolism::DesignParams params;

    static void describe(auto& p, auto&& v) {
        metabolism::DesignParams::describe_search(p.params, [&](auto& member, const Field& field) {
            if (field.name != "target" && field.name != "substrate") v(member, field);
        });
    }
};

struct TargetsSection {
    std::string method = "fseof";
    std::int64_t steps = 10;
    std::int64_t top = 20;

    static void describe(auto& p, auto&& v) {
        v(p.method, {.name = "method", .doc = {"how targets are found", "寻找靶点的方法"}, .choices = "fseof"});
        v(p.steps, {.name = "steps", .doc = {"steps", "步数"}, .unit = "1", .min = 2, .max = 200});
        v(p.top, {.name = "top", .doc = {"targets to list", "列出的靶点数"}, .unit = "1", .min = 1, .max = 10000});
    }
};

struct MapSection {
    std::string file;

    static void describe(auto& p, auto&& v) {
        v(p.file, {.name = "file",
                   .doc = {"Escher map: a file, or a name of the catalogue", "Escher 图：文件或目录中的名称"},
                   .format = "map"});
    }
};

/// [support]: whose measures are looked up, beside the design.
struct SupportSection {
    std::string profile;
    std::string on;
    std::vector<std::string> rules;

    static void describe(auto& p, auto&& v) {
        v(p.profile, {.name = "profile", .doc = {"profile of the applicant", "申请者资料"}, .format = "path"});
        v(p.on, {.name = "on",
                 .doc = {"day to judge on; the profile's where empty", "判断日期；留空则取资料中的日期"},
                 .format = "date"});
        v(p.rules,
          {.name = "rules",
           .doc = {"rules files or folders; the shipped set where empty", "规则文件或文件夹；留空则用自带规则"},
           .format = "path"});
    }
};

struct Project {
    ProjectTitle project;
    HostSection host;
    std::optional<EnzymeSection> enzyme;  // none: enzymes cost nothing
    TargetSection target;
    DesignSection design;
    TargetsSection targets;
    MapSection map;
    SupportSection support;
    std::optional<BuildSection> build;  // none: nothing is planned for the bench
    metabolism::Insertion insert;       // read apart: [[insert.metabolites]], [[insert.reactions]]

    std::string file;    // as it was named
    std::string sha256;  // of its bytes

    static void describe(auto& p, auto&& v) {
        v(p.project, {.name = "project", .doc = {"project", "项目"}, .required = true});
        v(p.host, {.name = "host", .doc = {"host", "宿主"}, .required = true});
        v(p.enzyme, {.name = "enzyme", .doc = {"limit of its enzymes", "酶量限制"}});
        v(p.target, {.name = "target", .doc = {"product", "产物"}, .required = true});
        v(p.design, {.name = "design", .doc = {"design", "设计"}});
        v(p.targets, {.name = "targets", .doc = {"targets to push", "调控靶点"}});
        v(p.map, {.name = "map", .doc = {"flux map", "通量图"}});
        v(p.support, {.name = "support", .doc = {"rules and support", "规则与支持"}});
        v(p.build, {.name = "build", .doc = {"build of the strain", "菌株构建"}});
    }
};

/// Errors  not_found  no such file;  bad_input  anything in it that breaks the rules; `where` is "file, line N: key"
Result<Project> read_project(const std::filesystem::path& path);

/// `value` of a project file as a path: as it stands where it is absolute or names no file beside the project.
std::string beside(const Project& project, const std::string& value);

}  // namespace leaven::pipeline
