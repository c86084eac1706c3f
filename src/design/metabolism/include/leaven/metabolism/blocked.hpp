// Reactions that can carry no flux, and the metabolites at which they end.
//
// Units: fluxes in mmol/gDW/h. Cost: most blocked reactions follow from the structure; a few linear programs that ask
// many reactions at once settle the others. iML1515: about 0.1 s.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/scenario.hpp>
#include <leaven/metabolism/verdict.hpp>

namespace leaven::metabolism {

struct BlockedParams : Scenario {
    bool open_exchanges = false;

    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        v(p.open_exchanges, {.name = "open_exchanges",
                             .doc = {"let every exchange run both ways first, at least to 1000",
                                     "先让所有交换反应双向开放（至少到 1000）"}});
    }
};

struct DeadEnd {
    std::string metabolite;
    std::string kind;

    static void describe(auto& p, auto&& v) {
        v(p.metabolite, {.name = "metabolite", .doc = {"metabolite", "代谢物"}, .format = "metabolite"});
        v(p.kind, {.name = "kind", .doc = {"what is missing", "缺少"}, .choices = "no-production|no-consumption"});
    }
};

struct BlockedCounts {
    std::int64_t reactions = 0;
    std::int64_t blocked = 0;
    std::int64_t structural = 0;  // of these: by steady state and bounds of single metabolites alone
    std::int64_t lps = 0;

    static void describe(auto& p, auto&& v) {
        v(p.reactions, {.name = "reactions", .doc = {"reactions", "反应"}, .unit = "1"});
        v(p.blocked, {.name = "blocked", .doc = {"blocked", "阻断"}, .unit = "1"});
        v(p.structural, {.name = "structural", .doc = {"blocked by structure alone", "仅由结构即可判定"}, .unit = "1"});
        v(p.lps, {.name = "lps", .doc = {"linear programs", "线性规划数"}, .unit = "1"});
    }
};

struct BlockedResult : Verdict {
    std::vector<std::string> reactions;
    std::vector<DeadEnd> metabolites;
    BlockedCounts counts;

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.reactions, {.name = "reactions", .doc = {"blocked reactions", "阻断反应"}, .format = "reaction"});
        v(p.metabolites, {.name = "metabolites", .doc = {"dead ends", "死端代谢物"}});
        v(p.counts, {.name = "counts", .doc = {"counts", "计数"}});
        describe_evidence(p, v);
    }
    [[nodiscard]] std::vector<Text> headline() const;
};

/// Blocked: no flux within the bounds, forced fluxes included, runs through the reaction. A dead end is a metabolite
/// that, as the bounds let reactions run, none can make (no-production), or that some make and none can use
/// (no-consumption). In the order of the model. Exchanges are opened before the scenario's own bounds are set. The
/// objective plays no part.
///
/// Ensures  the reactions are those whose least and greatest flux is zero; the same bytes for any number of threads.
/// Errors   as fba, but that no objective is needed; bad_input: open exchanges together with a medium
Result<BlockedResult> blocked(const BlockedParams& params, Context& context);
Result<BlockedResult> blocked(Model model, const BlockedParams& params, Context& context);

}  // namespace leaven::metabolism
