#include "lethal_sets.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include <leaven/core/parallel.hpp>

#include "knockout_solver.hpp"
#include "minimal_sets.hpp"

namespace leaven::metabolism {
namespace {

class LethalTest : public SetTest {
public:
    LethalTest(const Study& study, const lp::Solver& solver, double wild_type, double threshold)
        : study_(study), solver_(study, solver), wild_type_(wild_type), threshold_(threshold) {}

    Result<SetVerdict> test(const UnitSet&, const SetEffect& effect) override {
        if (effect.impossible) return SetVerdict{};
        auto optimum = solver_.optimum(effect.columns);
        if (!optimum) return pass(optimum);
        if (!*optimum) return SetVerdict{};
        double growth = (*optimum)->value;
        if (std::fabs(growth) <= study_.tolerance) growth = 0;
        if (is_lethal(growth, wild_type_, threshold_, study_.tolerance))
            return SetVerdict{SetVerdict::Kind::hit, growth, {}};
        return SetVerdict{SetVerdict::Kind::miss, {}, std::move((*optimum)->flux)};
    }

    Status approach(const UnitSet&, const SetEffect& effect) override {
        const auto optimum = solver_.optimum(effect.columns);
        if (!optimum) return pass(optimum);
        solver_.keep_basis();
        return {};
    }

private:
    const Study& study_;
    KnockoutSolver solver_;
    double wild_type_;
    double threshold_;
};

/// The original network, from the wild type's basis.
class OriginalNetwork {
public:
    OriginalNetwork(const Study& study, const lp::Solver& solver)
        : study_(study), solver_(solver), basis_(solver_.basis()) {}

    Result<std::optional<double>> growth_without(const std::vector<std::int32_t>& reactions, bool cold) {
        const auto& problem = study_.network.problem;
        solver_.restore(basis_);
        for (const auto r : reactions) solver_.set_bounds(r, 0, 0);
        const auto solution = cold ? solver_.solve_cold() : solver_.solve();
        for (const auto r : reactions)
            solver_.set_bounds(r, problem.lower[static_cast<std::size_t>(r)],
                               problem.upper[static_cast<std::size_t>(r)]);
        switch (solution.status) {
            case lp::SolveStatus::optimal:
                return std::optional(solution.objective);
            case lp::SolveStatus::infeasible:
                return std::optional<double>();
            case lp::SolveStatus::stopped:
                return cancelled();
            default:
                return failure(ErrorCode::bug,
                               {"a set could not be solved on the original model", "某一组合未能在原模型上求解"});
        }
    }

private:
    const Study& study_;
    lp::Solver solver_;
    lp::Basis basis_;
};

bool agree(const std::optional<double>& one, const std::optional<double>& other) {
    if (!one || !other) return one.has_value() == other.has_value();
    return std::fabs(*one - *other) <= 1e-6 * std::max(1.0, std::fabs(*other));
}

}  // namespace

bool is_lethal(const std::optional<double>& growth, double wild_type, double threshold, double tolerance) {
    if (!growth) return true;
    return std::fabs(wild_type) > tolerance && *growth / wild_type < threshold;
}

Result<LethalSets> find_lethal_sets(const Study& study, const lp::Solver& solver, const Optimum& wild_type,
                                    const Switchboard& board, std::size_t order, double threshold,
                                    const Context& context) {
    const auto make_test = [&] { return std::make_unique<LethalTest>(study, solver, wild_type.value, threshold); };
    auto found = find_minimal_sets(board, make_test, order, context);
    if (!found) return pass(found);
    LethalSets out;
    out.solved = found->tested;
    for (auto& minimal : found->sets) out.sets.push_back({std::move(minimal.set), minimal.value});
    return out;
}

Status verify_lethal(const Study& study, const std::vector<std::vector<std::int32_t>>& reactions,
                     const std::vector<std::optional<double>>& growths, const Context& context) {
    if (reactions.empty()) return {};
    lp::Solver solver(study.network.problem, {.tolerance = study.tolerance, .stop = &context.stop_flag()});
    if (solver.solve().status == lp::SolveStatus::stopped) return cancelled();
    constexpr std::int64_t sets_per_chunk = 16;
    return for_each_chunk(
        context, {"verification", "验证"}, static_cast<std::int64_t>(reactions.size()), sets_per_chunk,
        [&](Chunk chunk, int) -> Status {
            OriginalNetwork original(study, solver);
            for (auto i = static_cast<std::size_t>(chunk.begin); i < static_cast<std::size_t>(chunk.end); ++i) {
                auto growth = original.growth_without(reactions[i], false);
                if (growth && !agree(*growth, growths[i])) growth = original.growth_without(reactions[i], true);
                if (!growth) return pass(growth);
                if (!agree(*growth, growths[i]))
                    return failure(ErrorCode::bug,
                                   {"a lethal set is not lethal on the original model", "致死组合在原模型上并不致死"})
                        .advise({"try another tolerance, such as 1e-7", "可换一个容差，例如 1e-7"});
            }
            return {};
        });
}

}  // namespace leaven::metabolism
