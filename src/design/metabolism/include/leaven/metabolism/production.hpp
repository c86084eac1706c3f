// What is made from what: the fields that questions about a product have in common.
#pragma once

#include <string>

#include <leaven/core/field.hpp>

namespace leaven::metabolism {

/// Parameter structs derive from it, beside Scenario.
struct Production {
    std::string target;
    std::string substrate;

    static void describe(auto& p, auto&& v, bool target_required = true) {
        v(p.target, {.name = "target",
                     .doc = {"reaction that releases the product", "释放产物的反应"},
                     .format = "reaction",
                     .required = target_required});
        v(p.substrate, {.name = "substrate",
                        .doc = {"reaction that takes up the substrate; the largest carbon uptake where empty",
                                "摄取底物的反应；留空则取碳摄取量最大者"},
                        .format = "reaction"});
    }
};

}  // namespace leaven::metabolism
