// The least medium on which a model grows: the smallest uptake, or the fewest components.
//
// Units: mmol/gDW/h, growth in 1/h. Cost: one linear program for the least uptake; some tens for the fewest components.
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

struct MediumParams : Scenario {
    std::string minimize = "uptake";
    double growth_fraction = 0.1;
    std::int64_t alternatives = 1;

    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        v(p.minimize, {.name = "minimize",
                       .doc = {"what is to be least: total uptake, or the number of components",
                               "最小化的对象：总摄取速率（uptake），或组分数（components）"},
                       .choices = "uptake|components"});
        v(p.growth_fraction, {.name = "growth_fraction",
                              .doc = {"share of the greatest growth to keep", "保留的最大生长比例"},
                              .unit = "1",
                              .min = 1e-6,
                              .max = 1});
        v(p.alternatives, {.name = "alternatives",
                           .doc = {"media to list, the least first", "列出的培养基数（最小者在前）"},
                           .unit = "1",
                           .min = 1,
                           .max = 1000});
    }
};

/// What one exchange takes up.
struct MediumComponent {
    std::string reaction;
    double uptake = 0;

    static void describe(auto& p, auto&& v) {
        v(p.reaction, {.name = "reaction", .doc = {"exchange reaction", "交换反应"}, .format = "reaction"});
        v(p.uptake, {.name = "uptake", .doc = {"uptake", "摄取速率"}, .unit = "mmol/g{DW}/h"});
    }
};

struct MinimalMedium {
    double total = 0;  // what was minimised: the sum of the uptakes, or the number of components
    std::vector<MediumComponent> components;

    static void describe(auto& p, auto&& v) {
        v(p.total, {.name = "total", .doc = {"total", "合计"}});
        v(p.components, {.name = "components", .doc = {"components", "组分"}});
    }
};

struct MediumResult : Verdict {
    std::optional<double> growth;             // that is kept
    std::vector<MinimalMedium> alternatives;  // least first; each of other components
    bool optimal = false;
    std::string minimized;  // not described

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.growth, {.name = "growth", .doc = {"growth kept", "保留的生长速率"}, .unit = "1/h"});
        v(p.alternatives, {.name = "alternatives", .doc = {"media", "培养基"}});
        v(p.optimal, {.name = "optimal", .doc = {"proved least", "已证明最小"}});
        describe_evidence(p, v);
    }
    [[nodiscard]] std::vector<Text> headline() const;
};

/// Only what the scenario's medium offers is chosen from: to choose among more, open it with --medium or --bounds.
/// A medium of fewest components is given with the least uptake of them. Alternatives: for `uptake` the media of next
/// least total that draw on other components; for `components` the next smallest, none of which holds another.
///
/// Method   components: as gapfill, each set of components too small to grow on names some of which one is needed.
/// Errors   as fba; bad_input: the objective is minimised
Result<MediumResult> medium(const MediumParams& params, Context& context);
Result<MediumResult> medium(Model model, const MediumParams& params, Context& context);

}  // namespace leaven::metabolism
