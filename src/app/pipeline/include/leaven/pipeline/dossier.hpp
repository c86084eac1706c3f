// The dossier: everything that the main job found about one project, each part as its operation gives it.
//
// `docs/dossier.schema.json` is its JSON Schema, generated from what is declared here. No clock stands in it: the same
// project gives the same bytes, for any number of threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/metabolism/design.hpp>
#include <leaven/metabolism/envelope.hpp>
#include <leaven/metabolism/info.hpp>
#include <leaven/metabolism/targets.hpp>
#include <leaven/metabolism/yield.hpp>
#include <leaven/pipeline/build.hpp>
#include <leaven/pipeline/project.hpp>
#include <leaven/policy/combine.hpp>

namespace leaven::pipeline {

struct ProjectPart {
    std::string name;
    Text title;
    std::string file;  // its name, without the folder

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.title, {.name = "title", .doc = {"title", "标题"}});
        v(p.file, {.name = "file", .doc = {"project file", "项目文件"}});
    }
};

struct UptakePart {
    std::string reaction;
    std::string name;
    double uptake = 0;

    static void describe(auto& p, auto&& v) {
        v(p.reaction, {.name = "reaction", .doc = {"exchange reaction", "交换反应"}});
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.uptake, {.name = "uptake", .doc = {"greatest uptake", "最大摄取速率"}, .unit = "mmol/g{DW}/h"});
    }
};

struct EnzymePart {
    std::string costs;
    double pool = 0;
    std::optional<double> growth_before;
    std::optional<double> growth_after;

    static void describe(auto& p, auto&& v) {
        v(p.costs, {.name = "costs", .doc = {"enzyme costs", "酶成本表"}});
        v(p.pool, {.name = "pool", .doc = {"enzyme pool", "酶总量上限"}, .unit = "g/g{DW}"});
        v(p.growth_before,
          {.name = "growth_before", .doc = {"growth without the limit", "不限酶量时的生长速率"}, .unit = "1/h"});
        v(p.growth_after,
          {.name = "growth_after", .doc = {"growth with the limit", "限酶量后的生长速率"}, .unit = "1/h"});
    }
};

struct HostPart {
    std::string model;
    std::string name;
    std::string sha256;
    metabolism::ModelCounts counts;
    std::optional<double> growth;
    std::string objective;
    std::vector<UptakePart> medium;
    std::vector<std::string> bounds;
    std::vector<std::string> knockouts;
    std::optional<EnzymePart> enzyme;  // none: enzymes cost nothing

    static void describe(auto& p, auto&& v) {
        v(p.model, {.name = "model", .doc = {"model", "模型"}});
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.sha256, {.name = "sha256", .doc = {"SHA-256 of the file", "文件的 SHA-256"}});
        v(p.counts, {.name = "counts", .doc = {"count", "数目"}});
        v(p.growth, {.name = "growth", .doc = {"growth of the wild type", "野生型生长速率"}, .unit = "1/h"});
        v(p.objective, {.name = "objective", .doc = {"objective", "目标函数"}});
        v(p.medium, {.name = "medium", .doc = {"medium", "培养基"}});
        v(p.bounds, {.name = "bounds", .doc = {"changed bounds", "更改的上下限"}});
        v(p.knockouts,
          {.name = "knockouts", .doc = {"genes or reactions that the host lacks", "宿主缺失的基因或反应"}});
        v(p.enzyme, {.name = "enzyme", .doc = {"limit of its enzymes", "酶量限制"}});
    }
};

/// What a reaction at the border of the model moves.
struct CargoPart {
    std::string reaction;
    std::string metabolite;
    std::string name;
    std::string formula;

    static void describe(auto& p, auto&& v) {
        v(p.reaction, {.name = "reaction", .doc = {"reaction", "反应"}});
        v(p.metabolite, {.name = "metabolite", .doc = {"metabolite", "代谢物"}});
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.formula, {.name = "formula", .doc = {"formula", "分子式"}});
    }
};

struct TargetPart : CargoPart {
    std::optional<CargoPart> substrate;

    static void describe(auto& p, auto&& v) {
        CargoPart::describe(p, v);
        v(p.substrate, {.name = "substrate", .doc = {"substrate", "底物"}});
    }
};

struct InsertedReactionPart {
    std::string id;
    std::string name;
    std::string equation;
    std::string genes;
    std::string ec;
    std::optional<bool> balanced;  // none where it crosses the border of the model, or a formula or charge is unknown

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"reaction", "反应"}});
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.equation, {.name = "equation", .doc = {"equation", "反应式"}});
        v(p.genes, {.name = "genes", .doc = {"genes", "基因"}});
        v(p.ec, {.name = "ec", .doc = {"EC number", "EC 编号"}});
        v(p.balanced, {.name = "balanced", .doc = {"balanced", "平衡"}});
    }
};

struct InsertedMetabolitePart {
    std::string id;
    std::string name;
    std::string formula;
    std::optional<double> charge;
    std::string compartment;

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"metabolite", "代谢物"}});
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.formula, {.name = "formula", .doc = {"formula", "分子式"}});
        v(p.charge, {.name = "charge", .doc = {"charge", "电荷"}});
        v(p.compartment, {.name = "compartment", .doc = {"compartment", "区室"}});
    }
};

/// One element of one reaction, or its charge.
struct BalancePart {
    std::string reaction;
    std::string element;  // symbol, or "charge"
    double consumed = 0;
    double produced = 0;

    static void describe(auto& p, auto&& v) {
        v(p.reaction, {.name = "reaction", .doc = {"reaction", "反应"}});
        v(p.element, {.name = "element", .doc = {"element", "元素"}});
        v(p.consumed, {.name = "consumed", .doc = {"consumed", "消耗"}, .unit = "1"});
        v(p.produced, {.name = "produced", .doc = {"produced", "生成"}, .unit = "1"});
    }
};

struct InsertedPart {
    std::vector<InsertedReactionPart> reactions;
    std::vector<InsertedMetabolitePart> metabolites;
    std::vector<BalancePart> balance;

    static void describe(auto& p, auto&& v) {
        v(p.reactions, {.name = "reactions", .doc = {"added reactions", "添加的反应"}});
        v(p.metabolites, {.name = "metabolites", .doc = {"added metabolites", "添加的代谢物"}});
        v(p.balance, {.name = "balance", .doc = {"balances", "物料平衡"}});
    }
};

struct OutlinePart {
    std::vector<metabolism::EnvelopeVertex> vertices;

    static void describe(auto& p, auto&& v) { v(p.vertices, {.name = "vertices", .doc = {"vertices", "顶点"}}); }
};

struct EnvelopePart {
    std::string x;  // reaction on each axis
    std::string y;
    OutlinePart wild_type;
    std::optional<OutlinePart> best;  // none where there is no design

    static void describe(auto& p, auto&& v) {
        v(p.x, {.name = "x", .doc = {"horizontal axis", "横轴"}});
        v(p.y, {.name = "y", .doc = {"vertical axis", "纵轴"}});
        v(p.wild_type, {.name = "wild_type", .doc = {"wild type", "野生型"}});
        v(p.best, {.name = "best", .doc = {"best design", "最优设计"}});
    }
};

struct FluxRow {
    std::string reaction;
    std::string name;
    double flux = 0;

    static void describe(auto& p, auto&& v) {
        v(p.reaction, {.name = "reaction", .doc = {"reaction", "反应"}});
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.flux, {.name = "flux", .doc = {"flux", "通量"}, .unit = "mmol/g{DW}/h"});
    }
};

struct FluxesPart {
    std::vector<FluxRow> wild_type;
    std::vector<FluxRow> best;

    static void describe(auto& p, auto&& v) {
        v(p.wild_type, {.name = "wild_type", .doc = {"wild type", "野生型"}});
        v(p.best, {.name = "best", .doc = {"best design", "最优设计"}});
    }
};

struct MapPart {
    std::optional<std::string> file;  // none where the picture is a layout made here
    std::int64_t drawn = 0;
    std::vector<std::string> missing;
    std::string shows = "wild_type";  // whose fluxes

    static void describe(auto& p, auto&& v) {
        v(p.file, {.name = "file", .doc = {"map", "图"}});
        v(p.drawn, {.name = "drawn", .doc = {"reactions drawn", "绘出的反应"}, .unit = "1"});
        v(p.missing, {.name = "missing", .doc = {"not in the model", "模型中没有"}});
        v(p.shows, {.name = "shows", .doc = {"whose fluxes", "通量来源"}, .choices = "wild_type|best"});
    }
};

struct InputPart {
    std::string name;
    std::string sha256;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"file", "文件"}});
        v(p.sha256, {.name = "sha256", .doc = {"SHA-256", "SHA-256"}});
    }
};

struct ParametersPart {
    DesignSection design;
    TargetsSection targets;

    static void describe(auto& p, auto&& v) {
        v(p.design, {.name = "design", .doc = {"of the design", "设计参数"}});
        v(p.targets, {.name = "targets", .doc = {"of the targets", "靶点参数"}});
    }
};

struct Provenance {
    std::string version;
    std::int64_t seed = 0;
    ParametersPart parameters;
    std::vector<InputPart> inputs;
    std::vector<std::string> citations;
    std::vector<std::string> commands;  // that give the same answers, the main job first

    static void describe(auto& p, auto&& v) {
        v(p.version, {.name = "version", .doc = {"version of Leaven", "Leaven 版本"}});
        v(p.seed, {.name = "seed", .doc = {"seed", "随机种子"}, .unit = "1"});
        v(p.parameters, {.name = "parameters", .doc = {"parameters", "参数"}});
        v(p.inputs, {.name = "inputs", .doc = {"inputs", "输入"}});
        v(p.citations, {.name = "citations", .doc = {"citations", "引用"}});
        v(p.commands, {.name = "commands", .doc = {"commands", "命令"}});
    }
};

/// Support measures for the project's applicant.
struct SupportPart {
    std::string profile;
    std::vector<policy::MatchRow> fits;  // those that fit now, and those that need facts
    policy::CombineResult best;

    static void describe(auto& p, auto&& v) {
        v(p.profile, {.name = "profile", .doc = {"profile", "申请者资料"}});
        v(p.fits, {.name = "fits", .doc = {"measures", "措施"}});
        v(p.best, {.name = "best", .doc = {"best combination", "最优组合"}});
    }
};

struct Dossier {
    ProjectPart project;
    HostPart host;
    TargetPart target;
    InsertedPart inserted;
    metabolism::YieldResult yield;
    EnvelopePart envelope;
    metabolism::DesignResult designs;
    metabolism::TargetsResult targets;
    FluxesPart fluxes;
    MapPart map;
    std::vector<metabolism::NoteInfo> notes;
    Provenance provenance;
    std::optional<SupportPart> support;  // none where the project names no profile
    std::optional<BuildPart> build;      // none where it names no chromosome

    static void describe(auto& p, auto&& v) {
        v(p.project, {.name = "project", .doc = {"project", "项目"}});
        v(p.host, {.name = "host", .doc = {"host", "宿主"}});
        v(p.target, {.name = "target", .doc = {"product", "产物"}});
        v(p.inserted, {.name = "inserted", .doc = {"inserted pathway", "插入的途径"}});
        v(p.yield, {.name = "yield", .doc = {"greatest yield", "最大得率"}});
        v(p.envelope, {.name = "envelope", .doc = {"production envelope", "生产包络"}});
        v(p.designs, {.name = "designs", .doc = {"designs", "设计方案"}});
        v(p.targets, {.name = "targets", .doc = {"targets to push", "调控靶点"}});
        v(p.fluxes, {.name = "fluxes", .doc = {"fluxes", "通量"}});
        v(p.map, {.name = "map", .doc = {"flux map", "通量图"}});
        v(p.notes, {.name = "notes", .doc = {"notes", "备注"}});
        v(p.provenance, {.name = "provenance", .doc = {"provenance", "来源"}});
        v(p.support, {.name = "support", .doc = {"rules and support", "规则与支持"}});
        v(p.build, {.name = "build", .doc = {"build of the strain", "菌株构建"}});
    }
};

/// The dossier and what is written beside it.
struct DossierFiles {
    Dossier dossier;
    std::string map_svg;                 // a file of its own
    std::string map_inline;              // the same picture, to stand in the report
    std::string strain_xml;              // the best design as SBML; empty where there is none
    std::string host_xml;                // the host with its enzyme limit as SBML; empty where there is none
    std::string constructs;              // of the pathway, as GenBank; empty where none is planned
    std::string parts;                   // that they are made of, as GenBank
    std::vector<std::string> cassettes;  // of each construct, as GenBank; none where they stay on plasmids
    std::string edited;  // the chromosome with the deletions and the first cassette, as GenBank; empty without one
};

/// Runs the main job in memory. Steps: model and insertions, fluxes, yield, designs, envelopes, targets, map.
///
/// Errors  not_found, bad_input  the model, an identifier or the insertion;  infeasible  the host does not grow;
///         cancelled
Result<DossierFiles> make_dossier(const Project& project, Context& context);

/// Can the dossier be written there? Asked before the work is begun.
///
/// Errors  bad_input  the folder exists and `force` is false; the folder it is to stand in is absent or not writable
Status check_folder(const std::filesystem::path& folder, bool force);

/// Writes the dossier's files into a folder that is whole or absent: they go to a folder beside it, which is moved into
/// place. Files: dossier.json report.html designs.tsv targets.tsv fluxes.tsv map.svg, and where there
/// are such strain-1.xml, host.xml, guides.tsv, oligos.csv, genes.fasta, fragments.csv, constructs.gb, parts.gb,
/// cassette-1.gb and so on, and edited.gb
///
/// Errors  bad_input  the folder exists and `force` is false, or it cannot be written
Result<std::vector<std::string>> write_dossier(const DossierFiles& files, const std::filesystem::path& folder,
                                               bool force, Lang lang);

}  // namespace leaven::pipeline
