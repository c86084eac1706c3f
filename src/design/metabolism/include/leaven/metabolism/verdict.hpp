// How an analysis ended, and the evidence for it.
//
// The numbers of a certificate are computed from the original network and the answer alone, in unscaled units: whoever
// doubts the solver can check them without it.
#pragma once

#include <string>
#include <vector>

#include <leaven/core/field.hpp>

namespace leaven::metabolism {

/// A bound that takes part in a contradiction.
struct ConflictingBound {
    std::string reaction;
    std::string bound;  // lower | upper
    double value = 0;

    static void describe(auto& p, auto&& v) {
        v(p.reaction, {.name = "reaction", .doc = {"reaction", "反应"}, .format = "reaction"});
        v(p.bound, {.name = "bound", .doc = {"bound", "界限"}, .choices = "lower|upper"});
        v(p.value, {.name = "value", .doc = {"value", "数值"}, .unit = "mmol/g{DW}/h"});
    }
};

struct Certificate {
    std::string kind = "none";
    double primal_residual = 0;
    double dual_residual = 0;
    double gap = 0;
    bool exact = false;  // proved in fractions on the original network: a theorem about the model as written

    static void describe(auto& p, auto&& v) {
        v(p.kind,
          {.name = "kind", .doc = {"what is certified", "证明的结论"}, .choices = "optimal|infeasible|unbounded|none"});
        v(p.primal_residual, {.name = "primal_residual", .doc = {"primal residual", "原问题残差"}, .unit = "1"});
        v(p.dual_residual, {.name = "dual_residual", .doc = {"dual residual", "对偶残差"}, .unit = "1"});
        v(p.gap, {.name = "gap", .doc = {"duality gap", "对偶间隙"}, .unit = "1"});
        v(p.exact, {.name = "exact", .doc = {"proved in fractions", "分数运算证明"}});
    }
};

/// Results derive from it: an analysis without a solution is an answer too, and says why.
struct Verdict {
    std::string status = "optimal";
    std::vector<ConflictingBound> conflict;  // infeasible: a smallest set of bounds that cannot hold together
    std::vector<std::string> ray;            // unbounded: the reactions of a direction without end
    Certificate certificate;                 // of the optimum of the scenario's objective, or of there being none

    [[nodiscard]] bool solved() const { return status == "optimal"; }

    static void describe_status(auto& p, auto&& v) {
        v(p.status, {.name = "status", .doc = {"status", "状态"}, .choices = "optimal|infeasible|unbounded"});
    }
    static void describe_evidence(auto& p, auto&& v) {
        v(p.conflict, {.name = "conflict", .doc = {"conflicting bounds", "相互矛盾的界限"}});
        v(p.ray, {.name = "ray", .doc = {"reactions without limit", "无界方向上的反应"}, .format = "reaction"});
        v(p.certificate, {.name = "certificate", .doc = {"certificate", "证明"}});
    }
};

}  // namespace leaven::metabolism
