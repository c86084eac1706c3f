// The reactions that a model lacks to grow: the cheapest set from a universe of known reactions, with proof.
//
// Units: growth in 1/h; costs as given, 1 a reaction where nothing is. Cost: some linear programs a reaction that is
// missing; iML1515 without five essential reactions, from a universe of 5570, in a few seconds.
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

struct GapfillParams : Scenario {
    std::string universe;
    double growth = 0.05;
    std::string costs;
    std::vector<std::string> exclude;
    std::int64_t solutions = 1;

    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        v(p.universe, {.name = "universe",
                       .doc = {"model of all reactions that may be added", "包含所有可添加反应的模型"},
                       .format = "model",
                       .required = true});
        v(p.growth, {.name = "growth",
                     .doc = {"value that the objective must reach", "目标函数须达到的值"},
                     .unit = "1/h",
                     .min = 1e-6,
                     .max = 1e6});
        v(p.costs, {.name = "costs",
                    .doc = {"table of reaction and cost; 1 for every other reaction", "表格：反应、代价；其余反应为 1"},
                    .format = "path"});
        v(p.exclude, {.name = "exclude",
                      .doc = {"reactions of the universe that must not be added", "不得添加的反应"},
                      .format = "reaction"});
        v(p.solutions, {.name = "solutions",
                        .doc = {"solutions to list, cheapest first", "列出的方案数（代价最低者在前）"},
                        .unit = "1",
                        .min = 1,
                        .max = 1000});
    }
};

struct AddedReaction {
    std::string id;
    std::string name;
    std::string equation;
    double cost = 1;

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"reaction", "反应"}, .format = "reaction"});
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.equation, {.name = "equation", .doc = {"equation", "反应式"}});
        v(p.cost, {.name = "cost", .doc = {"cost", "代价"}, .unit = "1"});
    }
};

struct GapfillSolution {
    double cost = 0;
    double growth = 0;  // with these reactions added, by flux balance analysis of the whole model
    std::vector<AddedReaction> reactions;

    static void describe(auto& p, auto&& v) {
        v(p.cost, {.name = "cost", .doc = {"cost", "代价"}, .unit = "1"});
        v(p.growth, {.name = "growth", .doc = {"growth", "生长速率"}, .unit = "1/h"});
        v(p.reactions, {.name = "reactions", .doc = {"added reactions", "添加的反应"}});
    }
};

struct GapfillResult : Verdict {
    std::vector<GapfillSolution> solutions;  // cheapest first; none holds another
    bool optimal = false;
    std::optional<double> bound;  // no set of less cost restores growth
    Model filled;                 // not described: the model with the first solution, written by --out

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.solutions, {.name = "solutions", .doc = {"solutions", "方案"}});
        v(p.optimal, {.name = "optimal", .doc = {"proved cheapest", "已证明代价最低"}});
        v(p.bound, {.name = "bound", .doc = {"least cost possible", "代价下界"}, .unit = "1"});
        describe_evidence(p, v);
    }

    static constexpr std::string_view endings = ".xml";
    [[nodiscard]] Result<std::string> file(std::string_view ending, Lang lang) const;
    [[nodiscard]] std::vector<Text> headline() const;
};

/// Reactions and metabolites of the universe are those of the model where they bear the same identifier; a reaction
/// that the model has stays as it is there. What enters the model is a matter of its medium: a reaction of the universe
/// with one side may only let matter out; one that its bounds force to run may also rest.
///
/// Method     a set of reactions that does not restore growth has a dual solution, which names reactions of which one
///            at least must be added; such sets, made as small as linear programs can make them, are hit at the least
///            cost by branch and bound, until what hits them restores growth (logic-based Benders decomposition,
///            Hooker, Ottosson 2003, doi:10.1007/s10107-003-0375-9). No big-M: what counts is the optimum of a linear
///            program.
/// Reference  the question: Reed et al. 2006, doi:10.1073/pnas.0603364103.
/// Ensures    each solution's growth is at least `growth` (to 1e-6 of it) by a linear program on the uncompressed
///            model. Where all of the universe does not suffice: infeasible, with the bounds in conflict.
/// Errors     as fba; bad_input: the objective is minimised, a cost that is not above zero;  not_found: a reaction that
///            the universe has not
Result<GapfillResult> gapfill(const GapfillParams& params, Context& context);
Result<GapfillResult> gapfill(Model model, const Model& universe, const GapfillParams& params, Context& context);

}  // namespace leaven::metabolism
