#include "reference.hpp"

#include <leaven/metabolism/flux_map.hpp>

#include "parsimony.hpp"
#include "study.hpp"

namespace leaven::metabolism {
namespace {

/// In the order of the scenario's model: what it inserts comes after the reactions of the model.
Result<std::vector<double>> flux_from(const Model& model, const std::string& file) {
    const auto named = read_fluxes(file);
    if (!named) return pass(named);
    if (named->empty()) return bad_input({"the table names no reaction", "表中没有任何反应"}).at(file);
    const ModelIndex index(model);
    std::vector<double> flux(model.reactions.size(), 0);
    for (const auto& entry : *named) {
        const auto reaction = find_reaction(model, index, entry.id);
        if (!reaction) {
            auto error = reaction.error();
            error.where = file + ": " + entry.id;
            return tl::unexpected(std::move(error));
        }
        flux[*reaction] = entry.value;
    }
    return flux;
}

}  // namespace

Result<std::vector<double>> reference_flux(const Model& model, const Scenario& scenario, const std::string& file,
                                           const Context& context) {
    auto before = scenario;
    before.knockouts.clear();
    if (!file.empty()) {
        const auto changed = apply_scenario(model, before);
        if (!changed) return pass(changed);
        return flux_from(*changed, file);
    }
    const auto study = prepare(model, before);
    if (!study) return pass(study);
    auto solver = solver_for(*study, context);
    const auto optimum = find_optimum(*study, solver, context);
    if (!optimum) return pass(optimum);
    if (!optimum->verdict.solved())
        return infeasible(
                   {"without the knock-outs there is no optimum to stay near to", "未敲除时没有可供参考的最优解"})
            .advise({"give the flux before as a file with --reference", "可用 --reference 以文件给出参考通量"});
    LeastFlux search(*study, context);
    search.start_from(solver, optimum->compressed.x);
    auto least = search.keeping(optimum->value);
    if (!least) return pass(least);
    return std::move(least->flux);
}

}  // namespace leaven::metabolism
