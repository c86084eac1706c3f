// Flux variability analysis: how far each flux can go while the objective keeps a share of its optimum.
//
// Units: mmol/gDW/h. Cost: at most two linear programs a reaction; most end points need none, as a solution that was
// found for another reaction already attains them. iML1515: about 0.4 s on two cores. With the loop law only what can
// take part in an internal loop needs a search of its own.
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

struct FvaParams : Scenario {
    double fraction = 1.0;
    std::vector<std::string> reactions;
    std::string loopless = "none";

    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        v(p.fraction, {.name = "fraction",
                       .doc = {"share of the optimum to keep", "保留的最优比例"},
                       .unit = "1",
                       .min = 0,
                       .max = 1});
        v(p.reactions, {.name = "reactions",
                        .doc = {"reactions to analyse; all where empty", "要分析的反应；留空为全部"},
                        .format = "reaction"});
        v(p.loopless,
          {.name = "loopless",
           .doc = {"internal loops: allowed (none), forbidden by the loop law (exact), or taken out "
                   "afterwards, which may give wrong end points (cyclefree)",
                   "内部循环：允许（none）、按循环定律严格禁止（exact）、或事后去除（cyclefree，端点可能有误）"},
           .choices = "none|exact|cyclefree"});
    }
};

struct FluxRange {
    std::string reaction;
    std::optional<double> minimum;  // none: unbounded
    std::optional<double> maximum;

    static void describe(auto& p, auto&& v) {
        v(p.reaction, {.name = "reaction", .doc = {"reaction", "反应"}, .format = "reaction"});
        v(p.minimum, {.name = "minimum", .doc = {"least flux", "最小通量"}, .unit = "mmol/g{DW}/h"});
        v(p.maximum, {.name = "maximum", .doc = {"greatest flux", "最大通量"}, .unit = "mmol/g{DW}/h"});
    }
};

struct FvaCounts {
    std::int64_t lps = 0;        // linear programs solved for end points
    std::int64_t witnessed = 0;  // end points settled by a solution found for another
    std::int64_t blocked = 0;    // reactions that can carry no flux

    static void describe(auto& p, auto&& v) {
        v(p.lps, {.name = "lps", .doc = {"linear programs", "线性规划数"}, .unit = "1"});
        v(p.witnessed,
          {.name = "witnessed", .doc = {"end points settled by a known flux", "由已知通量确定的端点"}, .unit = "1"});
        v(p.blocked, {.name = "blocked", .doc = {"blocked reactions", "阻断反应"}, .unit = "1"});
    }
};

struct FvaResult : Verdict {
    std::optional<double> objective;
    double fraction = 1;
    std::vector<FluxRange> rows;
    FvaCounts counts;
    std::optional<Text> note;  // what to know before the ranges are used

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.objective, {.name = "objective", .doc = {"objective", "目标值"}});
        v(p.fraction, {.name = "fraction", .doc = {"share of the optimum kept", "保留的最优比例"}, .unit = "1"});
        v(p.rows, {.name = "rows", .doc = {"flux ranges", "通量范围"}});
        v(p.counts, {.name = "counts", .doc = {"counts", "计数"}});
        v(p.note, {.name = "note", .doc = {"note", "备注"}});
        describe_evidence(p, v);
    }
};

/// The objective may lose (1 - fraction) |optimum|, whichever its sense and sign, and at fraction 1 still 1e-10 of it:
/// a box of no width is empty in floating point.
///
/// With `loopless` exact, fluxes are those that obey the loop law (no set of internal reactions, each in the direction
/// it runs, balances without an exchange), and the optimum is theirs. A reaction is internal unless it has one side
/// only. With cyclefree, each end point is that of CycleFreeFlux: loops are taken out of one flux that attains the
/// plain end point, what ran only in loops is held at zero, and the end point is sought again. That may stop short of
/// the true end point, and depends on which flux was found; `note` says so. COBRApy's form also shortens flux that is
/// in no loop.
///
/// Reference  Mahadevan, Schilling 2003, doi:10.1016/j.ymben.2003.09.002; loop law: Schellenberger, Lewis, Palsson
/// 2011,
///            doi:10.1016/j.bpj.2010.12.3707; CycleFreeFlux: Desouki et al. 2015, doi:10.1093/bioinformatics/btv096.
/// Ensures    minimum <= v <= maximum for every flux v that keeps the share; the same bytes for any number of threads.
/// Errors     as fba
Result<FvaResult> fva(const FvaParams& params, Context& context);
Result<FvaResult> fva(Model model, const FvaParams& params, Context& context);

}  // namespace leaven::metabolism
