// Flux coupling: which reactions run only together.
//
// Two reactions that can run are
//     fully coupled         v_first = factor * v_second, always
//     partially coupled     v_first != 0 exactly when v_second != 0, at ratios that vary
//     directionally coupled v_first != 0 implies v_second != 0, and not the other way round
// over the flux cone: all steady states in which each reaction runs only the ways its bounds allow. Of the bounds only
// the signs count, and zeros; how much may flow, and forced fluxes, do not.
//
// Cost: reactions tied by a metabolite between them are coupled without a linear program; for the others every flux
// found is a witness against the couplings it breaks. iML1515: seconds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/scenario.hpp>
#include <leaven/metabolism/verdict.hpp>

namespace leaven::metabolism {

struct CouplingParams : Scenario {
    static void describe(auto& p, auto&& v) { Scenario::describe(p, v); }
};

struct CoupledPair {
    std::string first;
    std::string second;
    std::string kind;

    static void describe(auto& p, auto&& v) {
        v(p.first, {.name = "first", .doc = {"reaction", "反应"}, .format = "reaction"});
        v(p.second, {.name = "second", .doc = {"that must run with it", "必须随之运行的反应"}, .format = "reaction"});
        v(p.kind, {.name = "kind", .doc = {"coupling", "偶联"}, .choices = "partial|directional"});
    }
};

struct CouplingCounts {
    std::int64_t reactions = 0;
    std::int64_t blocked = 0;  // take part in nothing
    std::int64_t lps = 0;

    static void describe(auto& p, auto&& v) {
        v(p.reactions, {.name = "reactions", .doc = {"reactions", "反应"}, .unit = "1"});
        v(p.blocked, {.name = "blocked", .doc = {"blocked", "阻断"}, .unit = "1"});
        v(p.lps, {.name = "lps", .doc = {"linear programs", "线性规划数"}, .unit = "1"});
    }
};

struct CouplingResult : Verdict {
    std::vector<std::vector<std::string>> sets;
    std::vector<CoupledPair> pairs;
    CouplingCounts counts;

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.sets, {.name = "sets", .doc = {"fully coupled sets", "完全偶联组"}, .format = "reaction"});
        v(p.pairs, {.name = "pairs", .doc = {"coupled pairs", "偶联对"}});
        v(p.counts, {.name = "counts", .doc = {"counts", "计数"}});
        describe_evidence(p, v);
    }
    [[nodiscard]] std::vector<Text> headline() const;
};

/// Sets of two and more, and their members, in the order of the model. A pair stands for all of both sets: of each set
/// only the first reaction is named.
///
/// Reference  Burgard, Nikolaev, Schilling, Maranas 2004, doi:10.1101/gr.1926504;
///            Larhlimi, David, Selbig, Bockmayr 2012, doi:10.1186/1471-2105-13-57.
/// Ensures    the same bytes for any number of threads; bounds that differ only in size change nothing.
/// Errors     as fba, but that no objective is needed
Result<CouplingResult> coupling(const CouplingParams& params, Context& context);
Result<CouplingResult> coupling(Model model, const CouplingParams& params, Context& context);

}  // namespace leaven::metabolism
