// Rows that the operations of this module and the dossier of a project tell alike.
#pragma once

#include <string>
#include <vector>

#include <leaven/dna/genome_edit.hpp>
#include <leaven/dna/plan.hpp>

namespace leaven::dna {

/// A step at the bench: what it takes and what it gives.
struct PlanStepRow {
    std::string id{};
    std::string kind{};
    std::vector<std::string> inputs{};
    std::vector<std::string> outputs{};

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"step", "步骤"}});
        v(p.kind,
          {.name = "kind", .doc = {"kind", "类型"}, .choices = "use|pcr|synthesise|digest|anneal|assemble|transform"});
        v(p.inputs, {.name = "inputs", .doc = {"from", "输入"}});
        v(p.outputs, {.name = "outputs", .doc = {"gives", "输出"}});
    }
};

/// The bases beside an edit that a donor has as well.
struct ArmRow {
    std::string side = "left";
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string sequence{};

    static void describe(auto& p, auto&& v) {
        v(p.side, {.name = "side", .doc = {"side", "侧"}, .choices = "left|right"});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
    }
};

std::vector<PlanStepRow> rows_of(const std::vector<PlannedStep>& steps);
std::vector<ArmRow> rows_of(const std::vector<EditArm>& arms);

}  // namespace leaven::dna
