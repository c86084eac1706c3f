#include "design_check.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace leaven::metabolism {
namespace {

/// The original network with reactions off and a row for the objective.
class ColdStrain {
public:
    ColdStrain(const Study& study, const std::vector<std::int32_t>& off, const Context& context)
        : problem_(study.network.problem), options_{.tolerance = study.tolerance, .stop = &context.stop_flag()} {
        growth_ = problem_.objective;
        for (const auto r : off) problem_.lower[r] = problem_.upper[r] = 0;
        append_row(problem_, growth_);
    }

    Result<std::optional<lp::Solution>> maximize_growth() { return solve(growth_, lp::Sense::maximize); }

    Result<std::optional<lp::Solution>> target_at(std::int32_t target, double least_growth, lp::Sense sense) {
        problem_.row_lower.back() = least_growth;
        std::vector<double> objective(growth_.size(), 0);
        objective[static_cast<std::size_t>(target)] = 1;
        return solve(objective, sense);
    }

    /// With the target at zero, and the evidence; none where that leaves no flux.
    Result<std::optional<double>> growth_without(std::int32_t target, Certificate& evidence) {
        problem_.row_lower.back() = -lp::infinity;
        const auto lower = std::exchange(problem_.lower[target], 0);
        const auto upper = std::exchange(problem_.upper[target], 0);
        problem_.objective = growth_;
        problem_.sense = lp::Sense::maximize;
        const auto solution = lp::Solver(problem_, options_).solve_cold();
        evidence = certify(solution);
        problem_.lower[target] = lower;
        problem_.upper[target] = upper;
        if (solution.status == lp::SolveStatus::stopped) return cancelled();
        return solution.status == lp::SolveStatus::optimal ? std::optional(solution.objective) : std::nullopt;
    }

    [[nodiscard]] Certificate certify(const lp::Solution& solution) const {
        return to_certificate(lp::certify(problem_, solution));
    }

private:
    Result<std::optional<lp::Solution>> solve(const std::vector<double>& objective, lp::Sense sense) {
        problem_.objective = objective;
        problem_.sense = sense;
        lp::Solver solver(problem_, options_);
        auto solution = solver.solve_cold();
        switch (solution.status) {
            case lp::SolveStatus::optimal:
                return std::optional(std::move(solution));
            case lp::SolveStatus::infeasible:
                return std::optional<lp::Solution>();
            case lp::SolveStatus::stopped:
                return cancelled();
            default:
                return failure(ErrorCode::bug,
                               {"a design could not be solved on the original model", "设计未能在原模型上求解"});
        }
    }

    lp::Problem problem_;
    lp::SolverOptions options_;
    std::vector<double> growth_;
};

void take_worst(DesignCertificate& certificate) {
    certificate.kind = "optimal";
    for (const auto* program : {&certificate.growth, &certificate.minimum, &certificate.maximum}) {
        if (program->kind != "optimal") certificate.kind = program->kind;
        certificate.primal_residual = std::max(certificate.primal_residual, program->primal_residual);
        certificate.dual_residual = std::max(certificate.dual_residual, program->dual_residual);
        certificate.gap = std::max(certificate.gap, program->gap);
    }
}

}  // namespace

Result<std::optional<StrainCheck>> check_strain(const Study& study, const std::vector<std::int32_t>& reactions_off,
                                                std::int32_t target, Goal aim, const Context& context) {
    constexpr double share_of_growing = 1e-3;
    ColdStrain strain(study, reactions_off, context);
    const auto best = strain.maximize_growth();
    if (!best) return pass(best);
    if (!*best) return std::optional<StrainCheck>();
    StrainCheck check;
    check.growth = (*best)->objective;
    check.certificate.growth = strain.certify(**best);

    struct Question {
        double least_growth;
        lp::Sense sense;
        double* answer;
        Certificate* evidence;
    };
    Certificate unreported;
    const double held = check.growth - growth_slack * std::fabs(check.growth);
    const double growing = share_of_growing * check.growth;
    for (const auto& [least_growth, sense, answer, evidence] :
         {Question{growing, lp::Sense::minimize, &check.least_when_growing, &unreported},
          Question{held, lp::Sense::maximize, &check.maximum, &check.certificate.maximum},
          Question{held, lp::Sense::minimize, &check.guaranteed, &check.certificate.minimum}}) {
        const auto solution = strain.target_at(target, least_growth, sense);
        if (!solution) return pass(solution);
        if (!*solution) return failure(ErrorCode::bug, {"a strain lost its flux", "菌株失去可行通量"});
        *answer = (*solution)->objective;
        *evidence = strain.certify(**solution);
        check.flux = (*solution)->x;
    }
    if (aim == Goal::growth_lost) {
        const auto left = strain.growth_without(target, check.certificate.without);
        if (!left) return pass(left);
        check.growth_lost = check.growth - std::max(0.0, left->value_or(0));
    }
    take_worst(check.certificate);
    return std::optional(std::move(check));
}

}  // namespace leaven::metabolism
