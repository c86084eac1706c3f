#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <leaven/core/parallel.hpp>
#include <leaven/metabolism/deletions.hpp>
#include <leaven/metabolism/load.hpp>

#include "deletion_sets.hpp"
#include "study.hpp"
#include "switches.hpp"
#include "witness.hpp"

namespace leaven::metabolism {
namespace {

/// Growth of one set of columns held at zero.
struct Outcome {
    std::optional<double> growth;  // none: infeasible
    bool screened = false;
};

/// Decides sets of columns: by a known flux where one avoids them, else by a linear program from the wild type's basis.
class Deleter {
public:
    Deleter(const Study& study, const lp::Solver& solver, const Optimum& wild_type)
        : study_(study), wild_type_(wild_type), solver_(solver), basis_(solver.basis()) {
        known_.add(wild_type.compressed.x, wild_type.value);
    }

    Result<Outcome> decide(const std::vector<std::int32_t>& columns) {
        if (const auto growth = known_.best_without(columns); growth && reaches_wild_type(*growth))
            return Outcome{wild_type_.value, true};
        solver_.restore(basis_);
        hold(columns);
        const auto solution = solve_checked(study_, solver_);
        release(columns);
        if (!solution) return pass(solution);
        if (solution->status != lp::SolveStatus::optimal) return Outcome{};
        const auto flux = expand(study_.compression, solution->x);
        const double growth = dot(study_.network.problem.objective, flux);
        if (!frees_forced_flux(columns)) known_.add(solution->x, growth);
        if (reaches_wild_type(growth)) return Outcome{wild_type_.value};
        return Outcome{std::fabs(growth) <= study_.tolerance ? 0 : growth};
    }

private:
    /// No deletion does better than the wild type, and differences below the tolerance are none.
    [[nodiscard]] bool reaches_wild_type(double growth) const {
        return std::fabs(growth - wild_type_.value) <= study_.tolerance * std::max(1.0, std::fabs(wild_type_.value));
    }
    /// Then what is possible here may be impossible elsewhere.
    [[nodiscard]] bool frees_forced_flux(const std::vector<std::int32_t>& columns) const {
        const auto& problem = study_.compression.problem;
        return std::any_of(columns.begin(), columns.end(),
                           [&](std::int32_t j) { return problem.lower[j] > 0 || problem.upper[j] < 0; });
    }
    void hold(const std::vector<std::int32_t>& columns) {
        for (const auto j : columns) solver_.set_bounds(j, 0, 0);
    }
    void release(const std::vector<std::int32_t>& columns) {
        const auto& problem = study_.compression.problem;
        for (const auto j : columns) solver_.set_bounds(j, problem.lower[j], problem.upper[j]);
    }

    const Study& study_;
    const Optimum& wild_type_;
    lp::Solver solver_;
    lp::Basis basis_;
    Witnesses known_;
};

/// Each different set of columns once; sets that stop the same columns share an outcome.
Result<std::map<std::vector<std::int32_t>, Outcome>> decide_all(const Study& study, const lp::Solver& solver,
                                                                const Optimum& wild_type,
                                                                const std::set<std::vector<std::int32_t>>& sets,
                                                                const Context& context) {
    constexpr std::int64_t sets_per_chunk = 32;
    const std::vector<std::vector<std::int32_t>> list(sets.begin(), sets.end());
    std::vector<Outcome> outcomes(list.size());
    const auto work = [&](Chunk chunk, int) -> Status {
        Deleter deleter(study, solver, wild_type);
        for (auto i = chunk.begin; i < chunk.end; ++i) {
            auto outcome = deleter.decide(list[static_cast<std::size_t>(i)]);
            if (!outcome) return pass(outcome);
            outcomes[static_cast<std::size_t>(i)] = *outcome;
        }
        return {};
    };
    auto status = for_each_chunk(context, {"deletions", "删除分析"}, static_cast<std::int64_t>(list.size()),
                                 sets_per_chunk, work);
    if (!status) return pass(status);
    std::map<std::vector<std::int32_t>, Outcome> out;
    for (std::size_t i = 0; i < list.size(); ++i) out.emplace(list[i], outcomes[i]);
    return out;
}

Deletion to_row(DeletionSet set, const Outcome& outcome, double wild_type, double tolerance) {
    Deletion row{std::move(set.knockouts), outcome.growth, std::nullopt, outcome.growth ? "optimal" : "infeasible"};
    if (outcome.growth && std::fabs(wild_type) > tolerance) row.ratio = *outcome.growth / wild_type;
    return row;
}

}  // namespace

Result<DeletionsResult> deletions(const DeletionsParams& params, Context& context) {
    auto model = load_model(params.model);
    if (!model) return pass(model);
    return deletions(*std::move(model), params, context);
}

Result<DeletionsResult> deletions(Model model, const DeletionsParams& params, Context& context) {
    const auto study = prepare(std::move(model), params);
    if (!study) return pass(study);
    auto sets = deletion_sets(*study, params);
    if (!sets) return pass(sets);
    auto solver = solver_for(*study, context);
    const auto wild_type = find_optimum(*study, solver, context);
    if (!wild_type) return pass(wild_type);
    DeletionsResult result;
    static_cast<Verdict&>(result) = wild_type->verdict;
    if (!result.solved()) return result;
    result.wild_type = wild_type->value;

    std::vector<std::optional<std::vector<std::int32_t>>> columns;
    std::set<std::vector<std::int32_t>> distinct;
    for (const auto& set : *sets) {
        columns.push_back(columns_off(*study, set.reactions));
        if (columns.back()) distinct.insert(*columns.back());
    }
    const auto outcomes = decide_all(*study, solver, *wild_type, distinct, context);
    if (!outcomes) return pass(outcomes);
    for (std::size_t i = 0; i < sets->size(); ++i) {
        const auto outcome = columns[i] ? outcomes->at(*columns[i]) : Outcome{std::nullopt, true};
        ++(outcome.screened ? result.counts.screened : result.counts.solved);
        result.rows.push_back(to_row(std::move((*sets)[i]), outcome, wild_type->value, study->tolerance));
        const auto& row = result.rows.back();
        if (!row.growth || (row.ratio && *row.ratio < params.threshold)) ++result.counts.lethal;
    }
    result.counts.sets = static_cast<std::int64_t>(sets->size());
    return result;
}

}  // namespace leaven::metabolism
