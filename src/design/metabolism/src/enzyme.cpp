#include <algorithm>
#include <cmath>

#include <leaven/metabolism/enzyme.hpp>
#include <leaven/metabolism/load.hpp>
#include <leaven/metabolism/read.hpp>

#include "as_it_stands.hpp"
#include "enzyme_model.hpp"
#include "study.hpp"

namespace leaven::metabolism {
namespace {

/// The fluxes that keep the optimum with the least enzyme.
Result<std::vector<double>> least_enzyme(const Study& study, lp::Solver& solver, const Optimum& optimum,
                                         std::int32_t supply) {
    const auto column = study.compression.column[supply];
    if (column < 0) return optimum.flux;
    hold_objective(study, solver, optimum.value, allowed_loss(optimum.value, 1));
    std::vector<double> objective(study.compression.members.size(), 0);
    objective[column] = study.compression.factor[supply];
    solver.set_objective(objective, lp::Sense::minimize);
    const auto solution = solve_checked(study, solver);
    if (!solution) return pass(solution);
    return solution->status == lp::SolveStatus::optimal ? expand(study.compression, solution->x) : optimum.flux;
}

std::vector<EnzymeUsage> usage_of(const Model& original, const EnzymeModel& constrained,
                                  const std::vector<double>& flux) {
    std::vector<double> mass(original.reactions.size(), 0);
    double total = 0;
    for (const auto& part : constrained.costed) {
        const double used = std::max(0.0, part.mass_per_flux * flux[part.reaction]);
        mass[part.original] += used;
        total += used;
    }
    std::vector<EnzymeUsage> usage;
    for (std::size_t r = 0; r < mass.size(); ++r)
        if (mass[r] > 1e-12) usage.push_back({original.reactions[r].id, mass[r], mass[r] / total});
    // Masses that are equal but for rounding must not change places.
    const auto rounded = [](double value) { return std::round(value * 1e12); };
    std::stable_sort(usage.begin(), usage.end(), [&](const EnzymeUsage& first, const EnzymeUsage& second) {
        return rounded(first.mass) > rounded(second.mass);
    });
    return usage;
}

}  // namespace

Result<std::string> EnzymeResult::file(std::string_view, Lang) const { return write_sbml(constrained_model); }

std::vector<Text> EnzymeResult::headline() const {
    if (!growth_after) return {};
    double used = 0;
    for (const auto& row : usage) used += row.mass;
    if (!growth_before)
        return {text({"{:.6g} 1/h with {:.4g} of {:.4g} g/gDW enzyme in use; without the limit it has no end",
                      "生长 {:.6g} 1/h，使用酶 {:.4g}（上限 {:.4g}）g/gDW；不限酶量时无界"},
                     *growth_after, used, pool)};
    return {text({"{:.6g} 1/h without the limit, {:.6g} 1/h with it; {:.4g} of {:.4g} g/gDW enzyme in use",
                  "不限酶量时 {:.6g} 1/h，限制后 {:.6g} 1/h；使用酶 {:.4g}（上限 {:.4g}）g/gDW"},
                 *growth_before, *growth_after, used, pool)};
}

Result<EnzymeResult> enzyme(const EnzymeParams& params, Context& context) {
    auto model = load_model(params.model, &context.stop_flag());
    if (!model) return pass(model);
    return enzyme(*std::move(model), params, context);
}

Result<EnzymeResult> enzyme(Model model, const EnzymeParams& params, Context& context) {
    const auto study = prepare(std::move(model), params);
    if (!study) return pass(study);
    const auto costs = read_enzyme_costs(study->model, params);
    if (!costs) return pass(costs);
    const auto constrained = constrain_by_enzyme(study->model, *costs, params.pool);
    if (!constrained) return pass(constrained);
    EnzymeResult result;
    result.pool = params.pool;
    result.constrained = constrained->constrained;
    result.constrained_model = constrained->model;
    auto solver = solver_for(*study, context);
    const auto before = find_optimum(*study, solver, context);
    if (!before) return pass(before);
    static_cast<Verdict&>(result) = before->verdict;
    if (result.status == "infeasible") return result;
    if (result.solved()) result.growth_before = before->value;

    const auto limited = prepare(constrained->model, as_it_stands(params));
    if (!limited) return pass(limited);
    auto limited_solver = solver_for(*limited, context);
    const auto after = find_optimum(*limited, limited_solver, context);
    if (!after) return pass(after);
    static_cast<Verdict&>(result) = after->verdict;
    if (!result.solved()) return result;
    result.growth_after = after->value;
    const auto flux = least_enzyme(*limited, limited_solver, *after, constrained->supply);
    if (!flux) return pass(flux);
    result.usage = usage_of(study->model, *constrained, *flux);
    return result;
}

Result<Model> limit_enzyme(Model model, const EnzymeParams& params) {
    const auto applied = apply_scenario(model, params);
    if (!applied) return pass(applied);
    const auto costs = read_enzyme_costs(model, params);
    if (!costs) return pass(costs);
    auto limited = meter_by_enzyme(std::move(model), *costs, params.pool, *applied);
    if (!limited) return pass(limited);
    return std::move(limited->model);
}

}  // namespace leaven::metabolism
