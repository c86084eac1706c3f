#include "region_check.hpp"

#include <algorithm>
#include <cmath>

#include <leaven/core/parallel.hpp>

namespace leaven::metabolism {
namespace {

/// One program on the original network, solved set after set from the basis of the whole.
struct Program {
    lp::Solver solver;
    lp::Basis basis;
};

/// The optimum of a program with reactions off, and its evidence.
struct Answer {
    std::optional<double> optimum;  // none: infeasible; infinite where it has no limit
    Certificate certificate;
};

/// One question: is this region closed?
struct Question {
    const Region* region;
    bool suppress;
    std::optional<std::size_t> program;  // none: unreachable as it stands
};

/// "growth >= x" is answered by the greatest growth.
bool is_growth(const Study& study, const Region& region) {
    auto terms = region.conditions.front().terms;
    auto objective = study.model.objective.terms;
    const auto by_reaction = [](const ObjectiveTerm& a, const ObjectiveTerm& b) { return a.reaction < b.reaction; };
    std::sort(terms.begin(), terms.end(), by_reaction);
    std::sort(objective.begin(), objective.end(), by_reaction);
    return region.conditions.size() == 1 && terms == objective && study.model.objective.maximize &&
           region.sense == lp::Sense::maximize && region.conditions.front().upper == lp::infinity;
}

class Checker {
public:
    Checker(const Study& study, const CutSetQuestion& asked, const Context& context)
        : study_(study), options_{.tolerance = study.tolerance, .stop = &context.stop_flag()} {
        add_program(study.network.problem);
        for (const bool suppress : {true, false})
            for (const auto& region : suppress ? asked.suppress : asked.protect) {
                Question question{&region, suppress, 0};
                if (!is_growth(study, region)) {
                    auto made = on_network(study, region);
                    question.program = programs_.size();
                    if (made.unreachable) question.program.reset();
                    if (question.program) add_program(std::move(made.problem));
                }
                questions_.push_back(question);
            }
    }

    RegionCheck check(const std::vector<std::int32_t>& off) {
        RegionCheck check;
        std::vector<Answer> answers;
        for (auto& program : programs_) {
            auto answer = solve(program, off);
            if (!answer) return {};
            answers.push_back(*std::move(answer));
        }
        check.done = true;
        check.growth = answers[0].optimum;
        if (check.growth && std::fabs(*check.growth) <= study_.tolerance) check.growth = 0;
        check.certificate.growth = answers[0].certificate;
        check.holds = sound(answers[0].certificate);
        take(answers[0].certificate, check.certificate);
        for (const auto& question : questions_) {
            const auto answer = question.program ? answers[*question.program] : Answer{};
            const bool reached = answer.optimum && question.region->reached_by(*answer.optimum, study_.tolerance);
            check.holds &= reached != question.suppress && (!question.program || sound(answer.certificate));
            check.certificate.regions.push_back(answer.certificate);
            if (question.program) take(answer.certificate, check.certificate);
        }
        return check;
    }

private:
    void add_program(lp::Problem problem) {
        lp::Solver solver(std::move(problem), options_);
        (void)solver.solve_cold();  // only for its basis: what is reported is solved and certified set by set
        auto basis = solver.basis();
        programs_.push_back({std::move(solver), std::move(basis)});
    }

    /// Nothing where it was stopped.
    std::optional<Answer> solve(Program& program, const std::vector<std::int32_t>& off) {
        const auto& problem = study_.network.problem;
        for (const auto r : off) program.solver.set_bounds(r, 0, 0);
        program.solver.restore(program.basis);
        const auto solution = program.solver.solve();
        Answer answer;
        if (solution.status == lp::SolveStatus::optimal) answer.optimum = solution.objective;
        if (solution.status == lp::SolveStatus::unbounded)
            answer.optimum = program.solver.problem().sense == lp::Sense::maximize ? lp::infinity : -lp::infinity;
        answer.certificate = to_certificate(lp::certify(program.solver.problem(), solution));
        for (const auto r : off) program.solver.set_bounds(r, problem.lower[r], problem.upper[r]);
        if (solution.status == lp::SolveStatus::stopped) return std::nullopt;
        return answer;
    }

    [[nodiscard]] bool sound(const Certificate& certificate) const {
        const double allowed = 100 * study_.tolerance;
        return certificate.kind == "infeasible" ||
               (certificate.kind != "none" && certificate.primal_residual <= allowed &&
                certificate.dual_residual <= allowed);
    }

    static void take(const Certificate& one, DesignCertificate& worst) {
        if (worst.kind == "none" || one.kind == "none" || one.kind == "infeasible") worst.kind = one.kind;
        worst.primal_residual = std::max(worst.primal_residual, one.primal_residual);
        worst.dual_residual = std::max(worst.dual_residual, one.dual_residual);
        worst.gap = std::max(worst.gap, one.gap);
    }

    const Study& study_;
    lp::SolverOptions options_;
    std::vector<Program> programs_;  // growth first
    std::vector<Question> questions_;
};

}  // namespace

Result<std::vector<RegionCheck>> check_regions(const Study& study, const CutSetQuestion& question,
                                               const std::vector<std::vector<std::int32_t>>& reactions_off,
                                               const Context& context) {
    constexpr std::int64_t sets_per_chunk = 16;
    std::vector<RegionCheck> checks(reactions_off.size());
    const Checker prototype(study, question, context);
    const auto work = [&](Chunk chunk, int) -> Status {
        auto checker = prototype;
        for (auto i = chunk.begin; i < chunk.end; ++i) {
            if (context.stopped()) return cancelled();
            checks[static_cast<std::size_t>(i)] = checker.check(reactions_off[static_cast<std::size_t>(i)]);
        }
        return {};
    };
    const auto status = for_each_chunk(context, {"sets verified", "验证组合"}, static_cast<std::int64_t>(checks.size()),
                                       sets_per_chunk, work);
    if (!status && status.error().code != ErrorCode::cancelled) return pass(status);
    return checks;
}

}  // namespace leaven::metabolism
