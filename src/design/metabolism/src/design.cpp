#include <algorithm>
#include <cmath>

#include <leaven/metabolism/design.hpp>
#include <leaven/metabolism/load.hpp>

#include "conflict.hpp"
#include "design_check.hpp"
#include "design_search.hpp"
#include "interventions.hpp"
#include "study.hpp"
#include "substrate.hpp"
#include "switches.hpp"

namespace leaven::metabolism {
namespace {

Result<std::int32_t> find_target(const Study& study, const DesignParams& params) {
    auto target = find_reaction(study.model, study.index, params.target);
    if (!target) {
        target.error().where = "target";
        return pass(target);
    }
    const auto& terms = study.model.objective.terms;
    if (terms.size() == 1 && terms[0].reaction == *target)
        return bad_input({"the target is the objective", "目标产物反应与目标函数相同"})
            .at("target")
            .advise({"growth and product must differ: name the reaction that releases the product",
                     "生长与产物必须不同：请给出释放产物的反应"});
    if (!study.model.objective.maximize)
        return bad_input({"the objective is minimised", "目标函数取最小值"})
            .at("sense")
            .advise({"design needs growth to be maximised: --sense maximize", "设计要求最大化生长：--sense maximize"});
    return target;
}

Failure blocked_target(const std::string& target) {
    return failure(ErrorCode::infeasible,
                   {"{} can carry no flux in this model and medium", "在此模型和培养基中 {} 不能承载通量"}, target)
        .at("target")
        .advise({"open what it needs, or insert the missing reactions", "请开放其所需的交换反应，或插入缺失的反应"});
}

std::string coupling_of(const StrainCheck& check) {
    constexpr double forced = 1e-7;  // mmol/gDW/h; what the tolerance of a linear program can tell from zero
    if (check.least_when_growing > forced) return "strong";
    return check.guaranteed > forced ? "weak" : "none";
}

bool agree(double a, double b) { return std::fabs(a - b) <= 1e-5 * std::max({1.0, std::fabs(a), std::fabs(b)}); }

/// One design, and its evidence from the original model.
Result<Design> write_up(const Study& study, const Interventions& interventions, const Found& found, std::int32_t target,
                        std::optional<std::int32_t> substrate, const Context& context) {
    Design design;
    std::vector<std::int32_t> chosen;
    for (const auto unit : found.set) {
        const auto& [id, name, index] = interventions.units()[static_cast<std::size_t>(unit)];
        design.interventions.push_back({"knockout", id, name});
        chosen.push_back(index);
    }
    std::sort(chosen.begin(), chosen.end());
    const auto off = interventions.genes() ? GeneSwitches(study.model).reactions_off(chosen) : chosen;
    const auto check = check_strain(study, off, target, context);
    if (!check) return pass(check);
    design.cost = static_cast<double>(found.set.size());
    if (!*check) {  // reported as it is: not verified
        design.growth = found.growth;
        design.guaranteed = found.guaranteed;
        design.coupling = "none";
        return design;
    }
    const auto& strain = **check;
    design.growth = strain.growth;
    design.guaranteed = strain.guaranteed;
    design.maximum = strain.maximum;
    design.coupling = coupling_of(strain);
    design.certificate = strain.certificate;
    design.verified = agree(strain.growth, found.growth) && agree(strain.guaranteed, found.guaranteed) &&
                      strain.certificate.primal_residual <= 100 * study.tolerance &&
                      strain.certificate.kind == "optimal";
    if (substrate && std::fabs(strain.flux[static_cast<std::size_t>(*substrate)]) > study.tolerance)
        design.yield_mol = strain.guaranteed / std::fabs(strain.flux[static_cast<std::size_t>(*substrate)]);
    return design;
}

/// The greatest target of a strain that grows as much as is asked for: no design guarantees more.
Result<double> bound_on_target(const Study& study, lp::Solver solver, std::int32_t target, double wild_type,
                               double least_growth) {
    hold_objective(study, solver, wild_type, wild_type - least_growth);
    std::vector<double> objective(study.compression.problem.objective.size(), 0);
    objective[static_cast<std::size_t>(study.compression.column[target])] = study.compression.factor[target];
    solver.set_objective(objective, lp::Sense::maximize);
    const auto solution = solve_checked(study, solver);
    if (!solution) return pass(solution);
    return solution->status == lp::SolveStatus::optimal ? solution->objective : lp::infinity;
}

Status write_wild_type(const Study& study, std::int32_t target, const Context& context, DesignResult& result) {
    const auto check = check_strain(study, {}, target, context);
    if (!check) return pass(check);
    if (*check) result.wild_type = {(*check)->growth, (*check)->guaranteed, (*check)->maximum};
    return {};
}

/// Stopped while the designs are written up: those that are verified stay, and the answer is incomplete.
Status write_designs(const Study& study, const Interventions& interventions, const SearchOutcome& outcome,
                     std::int32_t target, std::optional<std::int32_t> substrate, const Context& context,
                     DesignResult& result) {
    for (const auto& found : outcome.found) {
        auto design = write_up(study, interventions, found, target, substrate, context);
        if (!design && design.error().code == ErrorCode::cancelled) {
            result.complete = false;
            return {};
        }
        if (!design) return pass(design);
        design->rank = static_cast<std::int64_t>(result.designs.size()) + 1;
        result.designs.push_back(*std::move(design));
    }
    return {};
}

}  // namespace

std::vector<Text> DesignResult::headline() const {
    if (!solved()) return {{"No growth: there is nothing to design", "模型不能生长：无从设计"}};
    std::vector<Text> lines;
    if (designs.empty()) {
        lines.push_back(complete ? Text{"No knock-out set within the limit forces the product",
                                        "限定数目内没有能强制产出的敲除组合"}
                                 : Text{"No design found yet", "尚未找到设计"});
    } else {
        std::string names;
        for (const auto& one : designs.front().interventions)
            names += (names.empty() ? "" : " + ") +
                     (one.name.empty() || one.name == one.id ? one.id : fmt::format("{} ({})", one.name, one.id));
        const auto& best = designs.front();
        lines.push_back(text({"Best: without {}, growth {:.4g} 1/h, at least {:.4g} mmol/gDW/h of product",
                              "最优：敲除 {}，生长速率 {:.4g} 1/h，产物不少于 {:.4g} mmol/gDW/h"},
                             names, best.growth, best.guaranteed));
    }
    lines.push_back(complete ? text({"Complete: {} sets looked at, {} linear programs, {} settled by a known flux; "
                                     "nothing within the limit guarantees more than {:.4g}",
                                     "搜索完备：考察 {} 个组合，求解 {} 个线性规划，{} "
                                     "个由已知通量判定；限定数目内无组合能保证超过 {:.4g}"},
                                    proof.nodes, proof.lps, proof.witnessed, proof.bound)
                             : text({"Incomplete: {} sets looked at; nothing guarantees more than {:.4g}",
                                     "搜索未完成：已考察 {} 个组合；上界为 {:.4g}"},
                                    proof.nodes, proof.bound));
    return lines;
}

Result<DesignResult> design(const DesignParams& params, Context& context) {
    auto model = load_model(params.model);
    if (!model) return pass(model);
    return design(*std::move(model), params, context);
}

Result<DesignResult> design(Model model, const DesignParams& params, Context& context) {
    const auto study = prepare(std::move(model), params);
    if (!study) return pass(study);
    const auto target = find_target(*study, params);
    if (!target) return pass(target);
    auto solver = solver_for(*study, context);
    const auto wild_type = find_optimum(*study, solver, context);
    if (!wild_type) return pass(wild_type);
    DesignResult result;
    static_cast<Verdict&>(result) = wild_type->verdict;
    if (!result.solved()) return result;
    if (wild_type->value <= study->tolerance) {  // every set would guarantee whatever maintenance releases
        auto verdict = explain_zero(*study, *wild_type, context);
        if (!verdict) return pass(verdict);
        static_cast<Verdict&>(result) = *std::move(verdict);
        return result;
    }
    const auto substrate = find_substrate(*study, params.substrate, wild_type->flux);
    if (!substrate) return pass(substrate);
    if (study->compression.column[*target] < 0) return blocked_target(params.target);
    const auto interventions = Interventions::of(*study, params);
    if (!interventions) return pass(interventions);

    const SearchLimits limits{
        .max_interventions = static_cast<std::size_t>(params.max_interventions),
        .max_designs = static_cast<std::size_t>(params.max_designs),
        .least_growth = params.min_growth_fraction * wild_type->value - growth_slack * wild_type->value,
        .time_s = params.time_limit.value_or(0)};
    const auto bound = bound_on_target(*study, solver, *target, wild_type->value, limits.least_growth);
    if (!bound) return pass(bound);
    if (auto status = write_wild_type(*study, *target, context, result); !status) return pass(status);
    const auto outcome = search_designs(*study, *interventions, solver, *target, limits, context);
    if (!outcome) return pass(outcome);
    result.complete = outcome->complete;
    result.proof = outcome->proof;
    if (auto status = write_designs(*study, *interventions, *outcome, *target, *substrate, context, result); !status)
        return pass(status);
    result.count = static_cast<std::int64_t>(result.designs.size());
    const double best = outcome->found.empty() ? outcome->wild_type_guaranteed : outcome->found.front().guaranteed;
    result.proof.bound = result.complete ? best : *bound;
    result.proof.gap = result.proof.bound - best;
    return result;
}

}  // namespace leaven::metabolism
