// What a model holds, at a glance.
//
// Units: uptakes in mmol/gDW/h. Cost: linear in the model.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/field.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>
#include <leaven/metabolism/model_input.hpp>

namespace leaven::metabolism {

struct InfoParams : ModelInput {};

struct ModelCounts {
    std::int64_t reactions = 0;
    std::int64_t metabolites = 0;
    std::int64_t genes = 0;
    std::int64_t compartments = 0;
    std::int64_t exchanges = 0;
    std::int64_t demands = 0;
    std::int64_t sinks = 0;
    std::int64_t nonzeros = 0;  // stoichiometric coefficients
    std::int64_t groups = 0;

    static void describe(auto& p, auto&& v) {
        v(p.reactions, {.name = "reactions", .doc = {"reactions", "反应"}, .unit = "1"});
        v(p.metabolites, {.name = "metabolites", .doc = {"metabolites", "代谢物"}, .unit = "1"});
        v(p.genes, {.name = "genes", .doc = {"genes", "基因"}, .unit = "1"});
        v(p.compartments, {.name = "compartments", .doc = {"compartments", "区室"}, .unit = "1"});
        v(p.exchanges, {.name = "exchanges", .doc = {"exchange reactions", "交换反应"}, .unit = "1"});
        v(p.demands, {.name = "demands", .doc = {"demand reactions", "需求反应"}, .unit = "1"});
        v(p.sinks, {.name = "sinks", .doc = {"sink reactions", "汇反应"}, .unit = "1"});
        v(p.nonzeros, {.name = "nonzeros", .doc = {"stoichiometric coefficients", "化学计量系数"}, .unit = "1"});
        v(p.groups, {.name = "groups", .doc = {"groups", "分组"}, .unit = "1"});
    }
};

struct ObjectiveTermInfo {
    std::string reaction;
    double coefficient = 0;

    static void describe(auto& p, auto&& v) {
        v(p.reaction, {.name = "reaction", .doc = {"reaction", "反应"}, .format = "reaction"});
        v(p.coefficient, {.name = "coefficient", .doc = {"coefficient", "系数"}, .unit = "1"});
    }
};

struct ObjectiveInfo {
    std::string sense = "maximize";
    std::vector<ObjectiveTermInfo> terms;

    static void describe(auto& p, auto&& v) {
        v(p.sense, {.name = "sense", .doc = {"sense", "方向"}, .choices = "maximize|minimize"});
        v(p.terms, {.name = "terms", .doc = {"objective", "目标函数"}});
    }
};

/// An uptake that the model allows.
struct MediumUptake {
    std::string reaction;
    double uptake = 0;

    static void describe(auto& p, auto&& v) {
        v(p.reaction, {.name = "reaction", .doc = {"exchange reaction", "交换反应"}, .format = "reaction"});
        v(p.uptake, {.name = "uptake", .doc = {"greatest uptake", "最大摄取速率"}, .unit = "mmol/g{DW}/h"});
    }
};

/// What the model says about itself: "is" and an address, "AUTHORS" and a name.
struct AnnotationInfo {
    std::string key;  // a qualifier, or the key of a remark; "notes" for a passage of text
    std::string value;

    static void describe(auto& p, auto&& v) {
        v(p.key, {.name = "key", .doc = {"annotation", "注释"}});
        v(p.value, {.name = "value", .doc = {"value", "内容"}});
    }
};

struct NoteInfo {
    std::string code;
    Text message;
    std::string where;

    static void describe(auto& p, auto&& v) {
        v(p.code, {.name = "code", .doc = {"note", "备注"}});
        v(p.message, {.name = "message", .doc = {"what was met", "情况"}});
        v(p.where, {.name = "where", .doc = {"where", "位置"}});
    }
};

struct InfoResult {
    std::string id;
    std::string name;
    std::string format;
    ModelCounts counts;
    ObjectiveInfo objective;
    std::vector<MediumUptake> medium;
    std::vector<std::string> compartments;
    std::vector<AnnotationInfo> annotation;
    std::vector<NoteInfo> notes;
    std::string sha256;  // of the file

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"identifier", "标识符"}});
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.format, {.name = "format", .doc = {"format", "格式"}});
        v(p.counts, {.name = "counts", .doc = {"count", "数目"}});
        v(p.objective, {.name = "objective", .doc = {"objective", "目标函数"}});
        v(p.medium, {.name = "medium", .doc = {"medium", "培养基"}});
        v(p.compartments, {.name = "compartments", .doc = {"compartments", "区室"}});
        v(p.annotation, {.name = "annotation", .doc = {"annotation of the model", "模型的注释"}});
        v(p.notes, {.name = "notes", .doc = {"notes", "备注"}});
        v(p.sha256, {.name = "sha256", .doc = {"SHA-256 of the file", "文件的 SHA-256"}});
    }
};

/// Errors  as `load_model`
Result<InfoResult> info(const InfoParams& params, Context& context);

InfoResult describe_model(const Model& model);
ModelCounts count_parts(const Model& model);

/// The uptakes that the bounds allow, in order of the model. Uptake is a negative flux where the exchange consumes what
/// it exchanges, a positive one where it produces it.
std::vector<MediumUptake> medium_of(const Model& model);

}  // namespace leaven::metabolism
