// Which flux a cell is said to have, of all that it can have.
#pragma once

#include <string>

#include <leaven/core/field.hpp>

namespace leaven::metabolism {

/// Parameter structs derive from it, so that its fields stand beside theirs.
struct FluxMethod {
    std::string method = "fba";
    std::string reference;
    double delta = 0.03;
    double epsilon = 0.001;

    static void describe(auto& p, auto&& v) {
        v(p.method,
          {.name = "method",
           .doc =
               {"which flux: any optimum (fba); the optimum of least total flux (pfba), without internal loops "
                "(loopless), or in the middle of all optima (geometric); or the flux nearest to a reference: by "
                "squares (moma), by amounts (linear-moma), by number of changed reactions (room), or that relaxed "
                "(linear-room)",
                "取哪个通量分布：任一最优解（fba）；总通量最小的最优解（pfba）、无内部循环的最优解（loopless）、"
                "居于全部最优解中央者（geometric）；或与参考通量最接近者：按平方和（moma）、按绝对值和（linear-moma）、"
                "按改变的反应数（room）、或其线性松弛（linear-room）"},
           .choices = "fba|pfba|loopless|geometric|moma|linear-moma|room|linear-room"});
        v(p.reference, {.name = "reference",
                        .doc = {"table of reaction and flux to stay near to; the parsimonious flux without the "
                                "knock-outs where empty",
                                "要接近的参考通量表（反应与通量）；留空则用未敲除时的简约通量"},
                        .format = "path"});
        v(p.delta, {.name = "delta",
                    .doc = {"room: relative change that counts as none", "room：视为未变的相对变化"},
                    .unit = "1",
                    .min = 0,
                    .max = 1});
        v(p.epsilon, {.name = "epsilon",
                      .doc = {"room: absolute change that counts as none", "room：视为未变的绝对变化"},
                      .unit = "mmol/g{DW}/h",
                      .min = 0,
                      .max = 1000});
    }
};

}  // namespace leaven::metabolism
