// What is left of growth when genes or reactions are lost.
//
// Units: growth (the scenario's objective) in 1/h. Cost: a set that stops only reactions idle in a known optimum needs
// no linear program; the others one each, warm. iML1515, all single genes: about 0.15 s on two cores.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/scenario.hpp>
#include <leaven/metabolism/verdict.hpp>

namespace leaven::metabolism {

struct DeletionsParams : Scenario {
    std::string of = "genes";
    std::vector<std::string> only;
    std::string sets;
    double threshold = 0.01;

    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        v(p.of, {.name = "of", .doc = {"what is deleted", "删除的对象"}, .choices = "genes|reactions"});
        v(p.only, {.name = "only",
                   .doc = {"identifiers to delete; all where empty", "要删除的标识符；留空为全部"},
                   .format = "knockout"});
        v(p.sets, {.name = "sets",
                   .doc = {"table of sets to delete instead, one set a line", "改为删除表中的组合，每行一组"},
                   .format = "path"});
        v(p.threshold, {.name = "threshold",
                        .doc = {"share of the wild type's growth below which a deletion is lethal",
                                "低于野生型生长的这一比例即为致死"},
                        .unit = "1",
                        .min = 0,
                        .max = 1});
    }
};

struct Deletion {
    std::vector<std::string> knockouts;
    std::optional<double> growth;  // none: infeasible, as where maintenance cannot be met
    std::optional<double> ratio;   // of the wild type's; none too where that does not grow
    std::string status = "optimal";

    static void describe(auto& p, auto&& v) {
        v(p.knockouts, {.name = "knockouts", .doc = {"deleted", "删除"}, .format = "knockout"});
        v(p.growth, {.name = "growth", .doc = {"growth", "生长速率"}, .unit = "1/h"});
        v(p.ratio, {.name = "ratio", .doc = {"share of the wild type", "与野生型之比"}, .unit = "1"});
        v(p.status, {.name = "status", .doc = {"status", "状态"}, .choices = "optimal|infeasible"});
    }
};

struct DeletionCounts {
    std::int64_t sets = 0;
    std::int64_t solved = 0;    // by a linear program of their own or of a set that stops the same reactions
    std::int64_t screened = 0;  // settled by a known flux
    std::int64_t lethal = 0;    // growth below the threshold, or infeasible

    static void describe(auto& p, auto&& v) {
        v(p.sets, {.name = "sets", .doc = {"sets", "组合数"}, .unit = "1"});
        v(p.solved, {.name = "solved", .doc = {"solved", "求解数"}, .unit = "1"});
        v(p.screened, {.name = "screened", .doc = {"settled by a known flux", "由已知通量判定"}, .unit = "1"});
        v(p.lethal, {.name = "lethal", .doc = {"lethal", "致死数"}, .unit = "1"});
    }
};

struct DeletionsResult : Verdict {
    std::optional<double> wild_type;
    DeletionCounts counts;
    std::vector<Deletion> rows;

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.wild_type, {.name = "wild_type", .doc = {"growth of the wild type", "野生型生长速率"}, .unit = "1/h"});
        v(p.counts, {.name = "counts", .doc = {"counts", "计数"}});
        v(p.rows, {.name = "rows", .doc = {"deletions", "删除结果"}});
        describe_evidence(p, v);
    }
};

/// Both bounds of every reaction that needs what is deleted become zero. An infeasible warm solve is confirmed cold.
///
/// Ensures  no growth above the wild type's; the same bytes for any number of threads.
/// Errors   as fba; not_found for an unknown gene or reaction in `only` or `sets`
Result<DeletionsResult> deletions(const DeletionsParams& params, Context& context);
Result<DeletionsResult> deletions(Model model, const DeletionsParams& params, Context& context);

}  // namespace leaven::metabolism
