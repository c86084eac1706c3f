#include "target.hpp"

#include <algorithm>
#include <cmath>

#include "conflict.hpp"

namespace leaven::metabolism {
namespace {

/// Does the target carry flux in one of its directions?
Result<bool> carries_flux(const Study& study, lp::Solver& solver, std::int32_t target) {
    const auto column = study.compression.column[target];
    if (column < 0) return false;
    std::vector<double> objective(study.compression.members.size(), 0);
    objective[static_cast<std::size_t>(column)] = study.compression.factor[target];
    for (const auto sense : {lp::Sense::maximize, lp::Sense::minimize}) {
        solver.set_objective(objective, sense);
        const auto solution = solve_checked(study, solver);
        if (!solution) return pass(solution);
        if (solution->status == lp::SolveStatus::unbounded) return true;
        if (std::fabs(solution->objective) > 10 * study.tolerance) return true;
    }
    return false;
}

}  // namespace

Result<std::int32_t> find_target(const Study& study, const std::string& id) {
    auto target = find_reaction(study.model, study.index, id);
    if (!target) {
        target.error().where = "target";
        return target;
    }
    const auto& terms = study.model.objective.terms;
    if (terms.size() == 1 && terms[0].reaction == *target)
        return bad_input({"the target is the objective", "目标产物反应与目标函数相同"})
            .at("target")
            .advise({"growth and product must differ: name the reaction that releases the product",
                     "生长与产物必须不同：请给出释放产物的反应"});
    return target;
}

Result<std::optional<Verdict>> explain_blocked(const Study& study, lp::Solver solver, std::int32_t target,
                                               const Context& context) {
    constexpr double some = 1e-2;  // whatever is above zero contradicts the same bounds
    const auto carries = carries_flux(study, solver, target);
    if (!carries) return pass(carries);
    if (*carries) return std::optional<Verdict>();
    const bool forward = study.network.problem.upper[target] > 0 || study.network.problem.lower[target] >= 0;
    Demand demand{std::vector<double>(study.model.reactions.size(), 0), some, lp::infinity};
    demand.coefficients[static_cast<std::size_t>(target)] = forward ? 1 : -1;
    auto verdict = explain_demands(study, {demand}, context);
    if (!verdict) return pass(verdict);
    if (!*verdict)
        return failure(ErrorCode::bug,
                       {"whether {} can carry flux depends on the tolerance", "{} 能否承载通量取决于容差"},
                       study.model.reactions[target].id)
            .at("target")
            .advise({"try another tolerance, such as 1e-7", "可换一个容差，例如 1e-7"});
    return verdict;
}

}  // namespace leaven::metabolism
