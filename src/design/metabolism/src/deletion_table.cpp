#include <algorithm>
#include <cmath>
#include <map>

#include <leaven/core/parallel.hpp>

#include "deletion_sets.hpp"
#include "flux_store.hpp"
#include "knockout_solver.hpp"
#include "switches.hpp"

namespace leaven::metabolism {
namespace {

using Columns = std::vector<std::int32_t>;

/// Decides sets of columns: by a known flux where one avoids them, else by a linear program from the wild type's basis.
class Deleter final : public SetDecider {
public:
    Deleter(const Study& study, const lp::Solver& solver, const Optimum& wild_type)
        : study_(study), wild_type_(wild_type), solver_(study, solver), known_(study.compression.members.size()) {
        known_.add(support_of(wild_type.compressed.x), 0);
    }

    Result<SetOutcome> decide(const Columns& columns) override {
        if (known_.preferred(known_.without(columns))) return SetOutcome{wild_type_.value, false};
        auto optimum = solver_.optimum(columns);
        if (!optimum) return pass(optimum);
        if (!*optimum) return SetOutcome{std::nullopt, true};
        const double growth = (*optimum)->value;
        if (!reaches_wild_type(growth)) return SetOutcome{std::fabs(growth) <= study_.tolerance ? 0 : growth, true};
        if (!frees_forced_flux(columns)) known_.add(support_of((*optimum)->flux), 0);
        return SetOutcome{wild_type_.value, true};
    }

private:
    /// No deletion does better than the wild type, and differences below the tolerance are none.
    [[nodiscard]] bool reaches_wild_type(double growth) const {
        return std::fabs(growth - wild_type_.value) <= study_.tolerance * std::max(1.0, std::fabs(wild_type_.value));
    }
    /// Then what is possible here may be impossible elsewhere.
    [[nodiscard]] bool frees_forced_flux(const Columns& columns) const {
        const auto& problem = study_.compression.problem;
        return std::any_of(columns.begin(), columns.end(), [&](std::int32_t j) {
            return problem.lower[static_cast<std::size_t>(j)] > 0 || problem.upper[static_cast<std::size_t>(j)] < 0;
        });
    }

    const Study& study_;
    const Optimum& wild_type_;
    KnockoutSolver solver_;
    FluxStore known_;  // that grow as the wild type does
};

}  // namespace

DeciderMaker best_growth(const Study& study, const lp::Solver& solver, const Optimum& wild_type) {
    return [&study, &solver, &wild_type] { return std::make_unique<Deleter>(study, solver, wild_type); };
}

Result<ListedGrowths> growths_of(const Study& study, const DeciderMaker& decider, const std::vector<DeletionSet>& sets,
                                 const Context& context) {
    std::vector<std::optional<Columns>> columns;  // none: no flux is left
    std::map<Columns, std::size_t> place;
    for (const auto& set : sets) {
        columns.push_back(columns_off(study, set.reactions));
        if (columns.back()) place.emplace(*columns.back(), 0);
    }
    std::vector<const Columns*> distinct;
    for (auto& [one, at] : place) {
        at = distinct.size();
        distinct.push_back(&one);
    }
    constexpr std::int64_t sets_per_chunk = 32;
    std::vector<SetOutcome> outcomes(distinct.size());
    const auto work = [&](Chunk chunk, int) -> Status {
        const auto deleter = decider();
        for (auto i = static_cast<std::size_t>(chunk.begin); i < static_cast<std::size_t>(chunk.end); ++i) {
            const auto outcome = deleter->decide(*distinct[i]);
            if (!outcome) return pass(outcome);
            outcomes[i] = *outcome;
        }
        return {};
    };
    auto status = for_each_chunk(context, {"deletions", "删除分析"}, static_cast<std::int64_t>(distinct.size()),
                                 sets_per_chunk, work, share_values(outcomes));
    if (!status) return pass(status);
    ListedGrowths growths;
    for (const auto& outcome : outcomes) growths.solved += outcome.solved ? 1 : 0;
    for (const auto& one : columns) growths.values.push_back(one ? outcomes[place.at(*one)].growth : std::nullopt);
    return growths;
}

}  // namespace leaven::metabolism
