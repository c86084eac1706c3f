#include "exact_verdict.hpp"

#include <cmath>
#include <utility>

#include <leaven/lp/exact.hpp>

namespace leaven::metabolism {
namespace {

/// The bounds that the proof multiplies with something: together they cannot hold.
std::vector<ConflictingBound> bounds_in(const Study& study, const std::vector<double>& ray) {
    const auto& problem = study.network.problem;
    std::vector<ConflictingBound> bounds;
    auto weights = reduced_costs({problem.matrix, {}, {}, {}, {}, std::vector<double>(problem.matrix.columns)}, ray);
    for (int j = 0; j < problem.matrix.columns; ++j) {
        if (std::fabs(weights[j]) <= 1e-12) continue;
        const double lower = problem.lower[j];
        const double upper = problem.upper[j];
        const auto& id = study.model.reactions[j].id;
        if (!std::isinf(lower)) bounds.push_back({id, "lower", lower});
        if (!std::isinf(upper)) bounds.push_back({id, "upper", upper});
    }
    return bounds;
}

Optimum infeasible_after_all(const Study& study, const lp::ExactSolution& exact) {
    Optimum optimum;
    optimum.verdict.status = "infeasible";
    optimum.verdict.conflict = bounds_in(study, exact.ray);
    optimum.verdict.certificate.kind = "infeasible";
    optimum.verdict.certificate.exact = true;
    return optimum;
}

void take_exact_vertex(const Study& study, Optimum& optimum, lp::ExactSolution exact) {
    optimum.flux = std::move(exact.x);
    optimum.value = exact.objective;
    optimum.shadow_prices = std::move(exact.row_duals);
    optimum.reduced_costs = reduced_costs(study.network.problem, optimum.shadow_prices);
    optimum.verdict.certificate = certify_optimum(study, optimum);
}

}  // namespace

Result<Optimum> with_exact_verdict(const Study& study, Optimum optimum, const Context& context) {
    const lp::SolverOptions options{.tolerance = study.tolerance, .stop = &context.stop_flag()};
    lp::Solver solver(study.network.problem, options);
    if (solver.solve().status == lp::SolveStatus::stopped) return cancelled();
    auto exact = lp::solve_exactly(study.network.problem, solver.basis(), options);
    const auto& status = optimum.verdict.status;
    switch (exact.status) {
        case lp::SolveStatus::stopped:
            return cancelled();
        case lp::SolveStatus::optimal:
            if (status != "optimal") return optimum;
            take_exact_vertex(study, optimum, std::move(exact));
            break;
        case lp::SolveStatus::infeasible:
            if (status != "infeasible") return infeasible_after_all(study, exact);
            break;
        case lp::SolveStatus::unbounded:
            if (status != "unbounded") return optimum;
            break;
        case lp::SolveStatus::failed:
            return optimum;
    }
    optimum.verdict.certificate.exact = true;
    return optimum;
}

}  // namespace leaven::metabolism
