// What is asked of a model before it is analysed: the part that every analysis has in common.
//
// Units: fluxes, bounds and uptakes in mmol/gDW/h. A scenario is applied in this order: insert, medium, bounds,
// knock-outs, objective; so a bound that is given holds whatever the medium, and a knock-out holds whatever the bound.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/field.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>
#include <leaven/metabolism/model_input.hpp>

namespace leaven::metabolism {

/// Parameter structs derive from it, so that its fields stand beside theirs.
struct Scenario : ModelInput {
    std::string objective;             // empty: the model's
    std::optional<std::string> sense;  // none: the model's; maximize where `objective` is given
    std::vector<std::string> bounds;
    std::vector<std::string> knockouts;
    std::vector<std::string> medium;
    std::string insert;
    double tolerance = 1e-9;
    bool exact = false;

    static void describe(auto& p, auto&& v) {
        ModelInput::describe(p, v);
        v(p.objective, {.name = "objective",
                        .doc = {"objective, such as \"A + 2 B - 0.5 C\"; the model's where empty",
                                "目标函数，如“A + 2 B - 0.5 C”；留空则用模型自带的目标"},
                        .format = "expression"});
        v(p.sense, {.name = "sense",
                    .doc = {"direction of the objective; the model's where empty", "目标方向；留空则用模型自带的方向"},
                    .choices = "maximize|minimize"});
        v(p.bounds, {.name = "bounds",
                     .doc = {"flux bounds as ID=LOWER:UPPER; a side left empty stays",
                             "通量上下限，写作 ID=下限:上限；留空的一侧不变"},
                     .unit = "mmol/g{DW}/h",
                     .format = "bounds"});
        v(p.knockouts,
          {.name = "knockouts", .doc = {"genes or reactions to switch off", "敲除的基因或反应"}, .format = "knockout"});
        v(p.medium, {.name = "medium",
                     .doc = {"medium as EXCHANGE=UPTAKE, or a file of such lines; all other uptakes are closed",
                             "培养基，写作 交换反应=摄取速率，或一份这样的文件；其余摄取一律关闭"},
                     .unit = "mmol/g{DW}/h",
                     .format = "medium"});
        v(p.insert, {.name = "insert",
                     .doc = {"file of metabolites and reactions to add", "要添加的代谢物和反应的文件"},
                     .format = "path"});
        v(p.tolerance, {.name = "tolerance",
                        .doc = {"feasibility and optimality tolerance", "可行性与最优性容差"},
                        .unit = "1",
                        .min = 1e-12,
                        .max = 1e-5});
        v(p.exact, {.name = "exact",
                    .doc = {"prove the optimum again in fractions, on the whole network",
                            "在整个网络上用分数运算重新证明最优解"}});
    }
};

/// The model with the scenario written into it: bounds, knock-outs (both bounds zero) and objective.
///
/// Errors  bad_input  an entry cannot be read; an identifier is both gene and reaction (say gene:ID or reaction:ID);
///                    a lower bound above its upper bound;  `where` is the parameter and the entry
///         not_found  no such reaction, gene or file, with the nearest names
Result<Model> apply_scenario(Model model, const Scenario& scenario);

/// A linear expression over reactions, such as "A + 2 B - 0.5 C". Names and signs stand apart by blanks.
///
/// Errors  bad_input  not such an expression;  not_found  no such reaction
Result<std::vector<ObjectiveTerm>> parse_expression(const Model& model, const ModelIndex& index, std::string_view text);

/// The reactions whose rule is false when these genes are off, increasing.
std::vector<std::int32_t> reactions_without(const Model& model, const std::vector<std::int32_t>& genes);

}  // namespace leaven::metabolism
