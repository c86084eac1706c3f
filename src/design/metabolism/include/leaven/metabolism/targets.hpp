// Which reactions to push, to weaken or to remove so that more of a product is made.
//
// Units: fluxes in mmol/gDW/h. Cost: two linear programs a step; fvseof a variability analysis a step,
// optforce two of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/scenario.hpp>
#include <leaven/metabolism/verdict.hpp>

namespace leaven::metabolism {

struct TargetsParams : Scenario {
    std::string target;
    std::string method = "fseof";
    std::int64_t steps = 10;
    std::int64_t top = 20;

    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        v(p.target, {.name = "target",
                     .doc = {"reaction that releases the product", "释放产物的反应"},
                     .format = "reaction",
                     .required = true});
        v(p.method,
          {.name = "method", .doc = {"how targets are found", "寻找靶点的方法"}, .choices = "fseof|fvseof|optforce"});
        v(p.steps, {.name = "steps",
                    .doc = {"steps from the wild type to the greatest product flux", "从野生型到最大产物通量的步数"},
                    .unit = "1",
                    .min = 2,
                    .max = 200});
        v(p.top, {.name = "top", .doc = {"targets to list", "列出的靶点数"}, .unit = "1", .min = 1, .max = 10000});
    }
};

struct TargetRow {
    std::string reaction;
    std::string name;
    std::string subsystem;
    std::vector<std::string> genes;
    std::string action;
    double score = 0;
    double flux_start = 0;
    double flux_end = 0;

    static void describe(auto& p, auto&& v) {
        v(p.reaction, {.name = "reaction", .doc = {"reaction", "反应"}, .format = "reaction"});
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.subsystem, {.name = "subsystem", .doc = {"subsystem", "代谢子系统"}});
        v(p.genes, {.name = "genes", .doc = {"genes", "基因"}, .format = "gene"});
        v(p.action, {.name = "action", .doc = {"action", "措施"}, .choices = "up|down|delete"});
        v(p.score, {.name = "score", .doc = {"flux change per product flux", "单位产物通量的通量变化"}, .unit = "1"});
        v(p.flux_start, {.name = "flux_start", .doc = {"flux of the wild type", "野生型通量"}, .unit = "mmol/g{DW}/h"});
        v(p.flux_end, {.name = "flux_end", .doc = {"flux at the last step", "末步通量"}, .unit = "mmol/g{DW}/h"});
    }
};

struct TargetsResult : Verdict {
    std::vector<TargetRow> rows;

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.rows, {.name = "rows", .doc = {"targets", "靶点"}});
        describe_evidence(p, v);
    }
};

/// Flux scanning with enforced objective flux: the product flux is raised in equal steps from the wild type's to 0.9 of
/// the greatest, the objective optimised at each with the least total flux, and each reaction's flux regressed on it.
///
/// Up: the flux grows in size and never turns round; down: it shrinks; delete: it shrinks to nothing. `score` is the
/// slope of its size. Reactions without genes are left out, for nobody can act on them. Best score first.
///
/// fvseof: the same with the middle of each flux's range at every step, the objective within 0.95 of its optimum there.
/// The grouping of reactions of the original paper is left out.
///
/// optforce: fluxes that must differ, whatever else the cell does: the range in the wild type (objective within 0.95 of
/// its optimum) and where the product is at 0.9 of its greatest have nothing in common (the first-order MUST sets; the
/// FORCE sets, which choose among them, are for `design` to find). Up: the size must grow, or the flux turn round;
/// down: it must shrink; delete: to nothing. `score` is the gap between the ranges per product flux gained, flux_start
/// and flux_end are the ends on either side of the gap; `steps` is not looked at.
///
/// Reference  fseof: Choi, Lee, Kim, Woo 2010, doi:10.1128/AEM.00115-10; fvseof: Park, Park, Kim, Jeong, Kim, Lee 2012,
///            doi:10.1186/1752-0509-6-106; optforce: Ranganathan, Suthers, Maranas 2010,
///            doi:10.1371/journal.pcbi.1000744.
/// A target that can carry no flux is infeasible, and the verdict says why.
/// Errors     as fba; bad_input: the target equals the objective
Result<TargetsResult> targets(const TargetsParams& params, Context& context);
Result<TargetsResult> targets(Model model, const TargetsParams& params, Context& context);

}  // namespace leaven::metabolism
