// Growth under a limited amount of enzyme: every flux costs protein, and the cell holds only so much of it.
//
// Units: fluxes in mmol/gDW/h, enzyme in g/gDW, cost of a flux in g·h/mmol (grams of enzyme that carry 1 mmol/h).
// Cost: three linear programs.
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

struct EnzymeParams : Scenario {
    std::string costs;
    std::string kcat;
    std::string mass;
    double saturation = 0.5;
    double pool = 0;

    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        v(p.costs, {.name = "costs",
                    .doc = {"table of reaction, direction (forward or backward) and enzyme cost in g h/mmol",
                            "表格：反应、方向（forward 或 backward）、酶成本（g h/mmol）"},
                    .format = "path"});
        v(p.kcat, {.name = "kcat",
                   .doc = {"instead: table of reaction, direction and turnover number in 1/s",
                           "或给出表格：反应、方向、转换数（1/s）"},
                   .format = "path"});
        v(p.mass, {.name = "mass",
                   .doc = {"with kcat: table of gene and molar mass of its protein in g/mol",
                           "与 kcat 同用的表格：基因、蛋白质摩尔质量（g/mol）"},
                   .format = "path"});
        v(p.saturation, {.name = "saturation",
                         .doc = {"with kcat: average share of the turnover number that enzymes reach in the cell",
                                 "与 kcat 同用：酶在细胞内平均达到转换数的比例"},
                         .unit = "1",
                         .min = 1e-6,
                         .max = 1});
        v(p.pool, {.name = "pool",
                   .doc = {"enzyme that the cell can hold", "细胞可容纳的酶总量"},
                   .unit = "g/g{DW}",
                   .min = 0,
                   .max = 1,
                   .required = true});
    }
};

struct EnzymeUsage {
    std::string reaction;
    double mass = 0;
    double share = 0;

    static void describe(auto& p, auto&& v) {
        v(p.reaction, {.name = "reaction", .doc = {"reaction", "反应"}, .format = "reaction"});
        v(p.mass, {.name = "mass", .doc = {"enzyme", "酶量"}, .unit = "g/g{DW}"});
        v(p.share, {.name = "share", .doc = {"share of what is used", "占用量的比例"}, .unit = "1"});
    }
};

struct EnzymeResult : Verdict {
    std::optional<double> growth_before;
    std::optional<double> growth_after;
    double pool = 0;
    std::int64_t constrained = 0;
    std::vector<EnzymeUsage> usage;  // most first; the least enzyme that grows as fast
    Model constrained_model;         // not described: written by --out

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.growth_before,
          {.name = "growth_before", .doc = {"objective without the limit", "不限酶量时的目标值"}, .unit = "1/h"});
        v(p.growth_after,
          {.name = "growth_after", .doc = {"objective with the limit", "限酶量后的目标值"}, .unit = "1/h"});
        v(p.pool, {.name = "pool", .doc = {"enzyme pool", "酶总量上限"}, .unit = "g/g{DW}"});
        v(p.constrained,
          {.name = "constrained", .doc = {"reactions that cost enzyme", "消耗酶量的反应数"}, .unit = "1"});
        v(p.usage, {.name = "usage", .doc = {"enzyme in use", "酶的使用"}});
        describe_evidence(p, v);
    }

    static constexpr std::string_view endings = ".xml";
    [[nodiscard]] Result<std::string> file(std::string_view ending, Lang lang) const;
    [[nodiscard]] std::vector<Text> headline() const;
};

/// The model with a pool of enzyme that every costed reaction draws on: metabolite `enzyme_pool`, which the reaction
/// `enzyme_pool_supply` gives at most `pool` of. A costed reaction that can run both ways becomes two, the second named
/// ID_reverse, as each direction has its own cost and both cost more than nothing. With kcat and mass the cost is that
/// of the lightest isozyme whose masses are all given: sum of subunit masses / (kcat * saturation).
///
/// Reference  sMOMENT: Bekiaris, Klamt 2020, doi:10.1186/s12859-019-3329-9.
/// Ensures    growth_after <= growth_before where the objective is maximised; `constrained_model` has growth_after as
///            its optimum; the usage sums to what the pool gives.
/// Errors     as fba; bad_input: neither costs nor kcat with mass, or both; a negative cost; a reaction of kcat whose
///            enzyme has no mass;  not_found: a reaction or gene that the model does not have
Result<EnzymeResult> enzyme(const EnzymeParams& params, Context& context);
Result<EnzymeResult> enzyme(Model model, const EnzymeParams& params, Context& context);

/// The model under the same limit, for models of which more is to be asked: every reaction stays whole, so that its
/// bounds, its knock-out and its flux mean what they meant. One that can run both ways is metered by two new ones,
/// ID_forward and ID_backward, whose difference is its flux. The scenario of `params` is only looked at: which ways
/// reactions can run; it is to be applied by what is asked next.
///
/// Ensures    the same optimum as that of `constrained_model`.
/// Errors     as those of enzyme for its tables and the scenario; bad_input: a boundary reaction has a cost
Result<Model> limit_enzyme(Model model, const EnzymeParams& params);

}  // namespace leaven::metabolism
