#include <algorithm>
#include <cmath>
#include <map>

#include <leaven/core/parallel.hpp>
#include <leaven/metabolism/coupling.hpp>
#include <leaven/metabolism/load.hpp>

#include "active_columns.hpp"
#include "as_it_stands.hpp"
#include "study.hpp"

namespace leaven::metabolism {
namespace {

/// Columns, a bit each.
using Bits = std::vector<std::uint64_t>;

bool has(const Bits& bits, std::size_t i) { return (bits[i / 64] >> (i % 64) & 1U) != 0; }
void set(Bits& bits, std::size_t i) { bits[i / 64] |= std::uint64_t{1} << (i % 64); }

/// Only the ways in which reactions can run are kept: the cone, cut off where numbers stay handy.
Model as_cone(Model model) {
    constexpr double far = 1000;
    for (auto& reaction : model.reactions) {
        reaction.lower = reaction.lower < 0 ? -far : 0;
        reaction.upper = reaction.upper > 0 ? far : 0;
    }
    return model;
}

/// The scenario's own bounds are set first, so that of these too only the signs count.
Result<Study> prepare_cone(Model model, const Scenario& scenario) {
    auto changed = apply_scenario(std::move(model), scenario);
    if (!changed) return pass(changed);
    return prepare(as_cone(*std::move(changed)), as_it_stands(scenario), Aim::none);
}

/// A flux found: it breaks the couplings of columns that run surely to those that surely stand still.
struct Cone {
    Bits runs;
    Bits moves;  // at all, be it by rounding
};

/// For every column that can run: the columns that stand still when it does.
class Coupling {
public:
    Coupling(const Study& study, const lp::Solver& solver, const Context& context)
        : study_(study),
          context_(context),
          start_(study, solver, context),
          columns_(study.compression.members.size()),
          words_((columns_ + 63) / 64),
          active_(words_, 0),
          needs_(columns_, Bits(words_, 0)) {}

    Status run() {
        if (auto status = find_active(); !status) return status;
        if (auto status = find_stopped(); !status) return status;
        return find_ratios();
    }

    [[nodiscard]] bool active(std::size_t column) const { return has(active_, column); }
    /// Does `first` run only when `second` does?
    [[nodiscard]] bool needs(std::size_t first, std::size_t second) const { return has(needs_[first], second); }
    /// Columns with a fixed ratio have the same number, that of the first of them.
    [[nodiscard]] std::size_t full_set(std::size_t column) const { return full_[column]; }
    [[nodiscard]] std::int64_t lps() const { return lps_; }

private:
    Cone support_of(const std::vector<double>& flux) const {
        constexpr double surely_idle = 1e-12;
        Cone support{Bits(words_, 0), Bits(words_, 0)};
        for (std::size_t j = 0; j < columns_; ++j) {
            if (std::fabs(flux[j]) > ActiveColumns::surely_active) set(support.runs, j);
            if (std::fabs(flux[j]) > surely_idle) set(support.moves, j);
        }
        return support;
    }

    Status find_active() {
        auto all = start_;
        std::vector<std::int32_t> columns(columns_);
        for (std::size_t j = 0; j < columns_; ++j) columns[j] = static_cast<std::int32_t>(j);
        const auto blocked =
            all.blocked_of(columns, [&](const std::vector<double>& flux) { supports_.push_back(support_of(flux)); });
        if (!blocked) return pass(blocked);
        lps_ += all.lps();
        for (std::size_t j = 0; j < columns_; ++j)
            if (!std::binary_search(blocked->begin(), blocked->end(), static_cast<std::int32_t>(j))) set(active_, j);
        return {};
    }

    struct Outcome {
        std::vector<std::int32_t> stopped;  // by holding the column
        std::vector<Cone> supports;
        std::int64_t lps = 0;
    };

    /// Holds each column at zero in turn. Fluxes found are exchanged between rounds.
    Status find_stopped() {
        std::vector<std::int32_t> held;
        for (std::size_t j = 0; j < columns_; ++j)
            if (active(j)) held.push_back(static_cast<std::int32_t>(j));
        std::size_t round = 16;
        constexpr std::size_t columns_in_chunk = 8;
        for (std::size_t first = 0; first < held.size();
             first += round, round = std::min<std::size_t>(2 * round, 128)) {
            const auto count = std::min(round, held.size() - first);
            std::vector<Outcome> outcomes(count);
            auto status = for_each_chunk(
                context_, {}, static_cast<std::int64_t>(count), columns_in_chunk, [&](Chunk chunk, int) -> Status {
                    auto finder = start_;
                    for (auto i = static_cast<std::size_t>(chunk.begin); i < static_cast<std::size_t>(chunk.end); ++i)
                        if (auto done = hold(held[first + i], finder, outcomes[i]); !done) return done;
                    return {};
                });
            if (!status) return status;
            for (std::size_t i = 0; i < count; ++i) adopt(static_cast<std::size_t>(held[first + i]), outcomes[i]);
            context_.report({{"couplings", "通量偶联"},
                             static_cast<std::int64_t>(first + count),
                             static_cast<std::int64_t>(held.size())});
        }
        return {};
    }

    Status hold(std::int32_t column, ActiveColumns& finder, Outcome& outcome) const {
        auto open = active_;
        for (const auto& support : supports_)
            if (!has(support.moves, static_cast<std::size_t>(column)))
                for (std::size_t w = 0; w < words_; ++w) open[w] &= ~support.runs[w];
        std::vector<std::int32_t> pending;
        for (std::size_t j = 0; j < columns_; ++j)
            if (has(open, j) && static_cast<std::int32_t>(j) != column) pending.push_back(static_cast<std::int32_t>(j));
        if (pending.empty()) return {};
        const auto before = finder.lps();
        finder.hold({column});
        auto stopped = finder.blocked_of(
            std::move(pending), [&](const std::vector<double>& flux) { outcome.supports.push_back(support_of(flux)); });
        if (!stopped) return pass(stopped);
        outcome.stopped = *std::move(stopped);
        outcome.lps = finder.lps() - before;
        return {};
    }

    void adopt(std::size_t held, Outcome& outcome) {
        for (const auto j : outcome.stopped) set(needs_[static_cast<std::size_t>(j)], held);
        std::move(outcome.supports.begin(), outcome.supports.end(), std::back_inserter(supports_));
        lps_ += outcome.lps;
    }

    /// Among columns that need one another: which stand in a fixed ratio. By sets that the first member stands for.
    Status find_ratios() {
        full_.resize(columns_);
        std::vector<std::pair<std::size_t, std::size_t>> questions;
        for (std::size_t j = 0; j < columns_; ++j) {
            full_[j] = j;
            for (std::size_t i = 0; i < j; ++i)
                if (needs(i, j) && needs(j, i)) questions.emplace_back(i, j);
        }
        if (questions.empty()) return {};
        const auto cone = open_cone();
        std::vector<char> fixed(questions.size(), 0);
        std::vector<std::int64_t> solved(questions.size(), 0);
        constexpr std::int64_t pairs_in_chunk = 16;
        auto status = for_each_chunk(
            context_, {"ratios", "通量比"}, static_cast<std::int64_t>(questions.size()), pairs_in_chunk,
            [&](Chunk chunk, int) -> Status {
                lp::Solver solver(cone, {.tolerance = study_.tolerance, .stop = &context_.stop_flag()});
                for (auto q = static_cast<std::size_t>(chunk.begin); q < static_cast<std::size_t>(chunk.end); ++q) {
                    const auto answer = is_fixed(questions[q].first, questions[q].second, solver, solved[q]);
                    if (!answer) return pass(answer);
                    fixed[q] = *answer ? 1 : 0;
                }
                return {};
            });
        if (!status) return status;
        for (std::size_t q = 0; q < questions.size(); ++q) {
            const auto [i, j] = questions[q];
            if (fixed[q] != 0) full_[j] = std::min(full_[j], full_[i]);
            lps_ += solved[q];
        }
        return {};
    }

    /// The cone itself: no bound but zero.
    [[nodiscard]] lp::Problem open_cone() const {
        auto cone = study_.compression.problem;
        for (std::size_t j = 0; j < columns_; ++j) {
            if (cone.lower[j] < 0) cone.lower[j] = -lp::infinity;
            if (cone.upper[j] > 0) cone.upper[j] = lp::infinity;
        }
        std::fill(cone.objective.begin(), cone.objective.end(), 0);
        return cone;
    }

    /// With the first column at one, and at minus one where it can run so: is the second's flux one number?
    Result<bool> is_fixed(std::size_t first, std::size_t second, lp::Solver& solver, std::int64_t& solved) const {
        const auto j = static_cast<int>(first);
        const auto i = static_cast<int>(second);
        const double lower = solver.problem().lower[first];
        const double upper = solver.problem().upper[first];
        bool fixed = true;
        Status failed;
        for (const double at : {1.0, -1.0}) {
            if (!fixed || !failed || at < lower || at > upper) continue;
            solver.set_bounds(j, at, at);
            solver.set_objective_coefficient(i, 1);
            std::vector<double> ends;
            for (const auto sense : {lp::Sense::minimize, lp::Sense::maximize}) {
                solver.set_sense(sense);
                const auto solution = solver.solve();
                ++solved;
                if (solution.status == lp::SolveStatus::stopped) failed = cancelled();
                if (solution.status == lp::SolveStatus::unbounded) fixed = false;
                if (solution.status == lp::SolveStatus::infeasible) break;  // it does not run this way after all
                if (solution.status == lp::SolveStatus::optimal) ends.push_back(solution.x[second]);
                if (solution.status == lp::SolveStatus::failed)
                    failed = failure(ErrorCode::bug, {"a flux ratio could not be found", "未能求得通量比"});
            }
            solver.set_objective_coefficient(i, 0);
            if (ends.size() == 2)
                fixed = fixed && ends[1] - ends[0] <= 1e-6 * std::max(std::fabs(ends[0]), std::fabs(ends[1]));
        }
        solver.set_bounds(j, lower, upper);
        if (!failed) return pass(failed);
        return fixed;
    }

    const Study& study_;
    const Context& context_;
    ActiveColumns start_;
    std::size_t columns_;
    std::size_t words_;
    Bits active_;
    std::vector<Bits> needs_;  // of each column: those without which it stands still
    std::vector<Cone> supports_;
    std::vector<std::size_t> full_;
    std::int64_t lps_ = 0;
};

/// Reactions by fully coupled set, sets and members in the order of the model; with the column of each set.
struct FullSets {
    std::vector<std::vector<std::int32_t>> reactions;
    std::vector<std::size_t> column;
};

FullSets full_sets(const Study& study, const Coupling& coupling) {
    FullSets sets;
    std::map<std::size_t, std::size_t> place;  // of the set that a column stands for
    for (std::size_t r = 0; r < study.compression.column.size(); ++r) {
        const auto column = study.compression.column[r];
        if (column < 0 || !coupling.active(static_cast<std::size_t>(column))) continue;
        const auto full = coupling.full_set(static_cast<std::size_t>(column));
        const auto [found, added] = place.emplace(full, sets.reactions.size());
        if (added) {
            sets.reactions.emplace_back();
            sets.column.push_back(full);
        }
        sets.reactions[found->second].push_back(static_cast<std::int32_t>(r));
    }
    return sets;
}

}  // namespace

std::vector<Text> CouplingResult::headline() const {
    if (!solved()) return {};
    std::int64_t coupled = 0;
    for (const auto& one : sets) coupled += static_cast<std::int64_t>(one.size());
    const auto partial = std::count_if(pairs.begin(), pairs.end(), [](const auto& p) { return p.kind == "partial"; });
    return {
        text({"{} of {} reactions can run; {} of them in {} fully coupled sets; {} partially and {} directionally "
              "coupled pairs of sets",
              "{1} 个反应中有 {0} 个可以运行，其中 {2} 个分属 {3} 个完全偶联组；部分偶联 {4} 对，方向性偶联 {5} 对"},
             counts.reactions - counts.blocked, counts.reactions, coupled, sets.size(), partial,
             static_cast<std::int64_t>(pairs.size()) - partial)};
}

Result<CouplingResult> coupling(const CouplingParams& params, Context& context) {
    auto model = load_network(params.model, &context.stop_flag());
    if (!model) return pass(model);
    return coupling(*std::move(model), params, context);
}

Result<CouplingResult> coupling(Model model, const CouplingParams& params, Context& context) {
    const auto study = prepare_cone(std::move(model), params);
    if (!study) return pass(study);
    auto solver = solver_for(*study, context);
    const auto rest = find_optimum(*study, solver, context);
    if (!rest) return pass(rest);
    CouplingResult result;
    static_cast<Verdict&>(result) = rest->verdict;
    if (!result.solved()) return result;
    Coupling found(*study, solver, context);
    if (auto status = found.run(); !status) return pass(status);
    const auto sets = full_sets(*study, found);
    const auto id = [&](std::int32_t r) { return study->model.reactions[static_cast<std::size_t>(r)].id; };
    std::int64_t running = 0;
    for (const auto& reactions : sets.reactions) {
        running += static_cast<std::int64_t>(reactions.size());
        if (reactions.size() < 2) continue;
        result.sets.emplace_back();
        for (const auto r : reactions) result.sets.back().push_back(id(r));
    }
    for (std::size_t a = 0; a < sets.column.size(); ++a)
        for (std::size_t b = 0; b < sets.column.size(); ++b) {
            if (a == b || !found.needs(sets.column[a], sets.column[b])) continue;
            const bool both = found.needs(sets.column[b], sets.column[a]);
            if (both && b < a) continue;
            result.pairs.push_back(
                {id(sets.reactions[a][0]), id(sets.reactions[b][0]), both ? "partial" : "directional"});
        }
    result.counts.reactions = static_cast<std::int64_t>(study->model.reactions.size());
    result.counts.blocked = result.counts.reactions - running;
    result.counts.lps = found.lps();
    return result;
}

}  // namespace leaven::metabolism
