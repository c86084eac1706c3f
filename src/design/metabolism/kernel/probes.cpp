#include "probes.hpp"

namespace leaven::metabolism {

Reaction drain(std::string id, std::vector<Term> terms) {
    Reaction reaction;
    reaction.id = std::move(id);
    reaction.terms = std::move(terms);
    reaction.upper = open_bound;
    return reaction;
}

Result<Study> prepare_probes(Model model) {
    if (model.objective.terms.empty()) model.objective.terms = {{0, 1}};
    return prepare(std::move(model), Scenario());
}

Result<std::vector<double>> greatest(const Study& study, lp::Solver& solver, std::int32_t reaction) {
    std::vector<double> wanted(study.model.reactions.size(), 0);
    wanted[reaction] = 1;
    solver.set_objective(compress_objective(study.compression, wanted), lp::Sense::maximize);
    const auto solution = solve_checked(study, solver);
    if (!solution) return pass(solution);
    if (solution->status != lp::SolveStatus::optimal) return std::vector<double>();
    auto flux = expand(study.compression, solution->x);
    constexpr double zero = 1e-6;
    if (flux[reaction] <= zero) flux.clear();
    return flux;
}

}  // namespace leaven::metabolism
