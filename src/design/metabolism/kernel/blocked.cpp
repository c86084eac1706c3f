#include <algorithm>
#include <cmath>

#include <leaven/core/parallel.hpp>
#include <leaven/metabolism/blocked.hpp>
#include <leaven/metabolism/load.hpp>

#include "active_columns.hpp"
#include "study.hpp"
#include "turnover.hpp"

namespace leaven::metabolism {
namespace {

void open_exchanges(Model& model) {
    constexpr double open = 1000;
    const auto kinds = boundary_kinds(model);
    for (std::size_t r = 0; r < model.reactions.size(); ++r) {
        if (kinds[r] != BoundaryKind::exchange) continue;
        model.reactions[r].lower = std::min(model.reactions[r].lower, -open);
        model.reactions[r].upper = std::max(model.reactions[r].upper, open);
    }
}

std::vector<DeadEnd> dead_ends(const Model& model) {
    const auto turnovers = turnovers_of(model);
    std::vector<DeadEnd> ends;
    for (std::size_t m = 0; m < turnovers.size(); ++m)
        if (!model.metabolites[m].boundary && turnovers[m].dead_end())
            ends.push_back({model.metabolites[m].id, turnovers[m].made ? "no-consumption" : "no-production"});
    return ends;
}

/// Columns that were not seen to be active, and cannot be.
Result<std::vector<bool>> blocked_columns(const Study& study, const lp::Solver& solver, std::int64_t& lps,
                                          const Context& context) {
    const auto columns = study.compression.members.size();
    std::vector<bool> blocked(columns, false);
    std::vector<std::int32_t> all(columns);
    for (std::size_t j = 0; j < columns; ++j) all[j] = static_cast<std::int32_t>(j);
    const ActiveColumns start(study, solver, context);
    auto together = start;
    const auto ignore = [](const std::vector<double>&) {};
    std::vector<std::int32_t> proved;
    const auto left = together.undecided(std::move(all), proved, ignore);
    if (!left) return pass(left);
    for (const auto j : proved) blocked[static_cast<std::size_t>(j)] = true;
    lps += together.lps();

    constexpr std::int64_t columns_per_chunk = 8;
    std::vector<char> active(left->size(), 0);
    std::vector<std::int64_t> solved(left->size(), 0);
    const auto work = [&](Chunk chunk, int) -> Status {
        auto single = start;
        for (auto i = static_cast<std::size_t>(chunk.begin); i < static_cast<std::size_t>(chunk.end); ++i) {
            const auto before = single.lps();
            const auto found = single.is_active((*left)[i], ignore);
            if (!found) return pass(found);
            active[i] = *found ? 1 : 0;
            solved[i] = single.lps() - before;
        }
        return {};
    };
    auto status = for_each_chunk(context, {"blocked reactions", "阻断反应"}, static_cast<std::int64_t>(left->size()),
                                 columns_per_chunk, work);
    if (!status) return pass(status);
    for (std::size_t i = 0; i < left->size(); ++i) {
        blocked[static_cast<std::size_t>((*left)[i])] = active[i] == 0;
        lps += solved[i];
    }
    return blocked;
}

}  // namespace

std::vector<Text> BlockedResult::headline() const {
    if (!solved()) return {};
    return {text({"{} of {} reactions can carry no flux, {} of them by structure alone; {} dead-end metabolites",
                  "{1} 个反应中有 {0} 个不能携带通量，其中 {2} 个仅由结构即可判定；死端代谢物 {3} 个"},
                 counts.blocked, counts.reactions, counts.structural, metabolites.size())};
}

Result<BlockedResult> blocked(const BlockedParams& params, Context& context) {
    auto model = load_network(params.model, &context.stop_flag());
    if (!model) return pass(model);
    return blocked(*std::move(model), params, context);
}

Result<BlockedResult> blocked(Model model, const BlockedParams& params, Context& context) {
    if (params.open_exchanges && !params.medium.empty())
        return bad_input(
                   {"all exchanges are to be open and a medium is given", "既要求开放所有交换反应，又给出了培养基"})
            .at("open_exchanges, medium")
            .advise({"give one of the two", "二者只给其一"});
    if (params.open_exchanges) open_exchanges(model);
    const auto study = prepare(std::move(model), params, Aim::none);
    if (!study) return pass(study);
    auto solver = solver_for(*study, context);
    const auto feasible = find_optimum(*study, solver, context);
    if (!feasible) return pass(feasible);
    BlockedResult result;
    static_cast<Verdict&>(result) = feasible->verdict;
    result.metabolites = dead_ends(study->model);
    result.counts.reactions = static_cast<std::int64_t>(study->model.reactions.size());
    if (!result.solved()) return result;
    const auto columns = blocked_columns(*study, solver, result.counts.lps, context);
    if (!columns) return pass(columns);
    for (std::size_t r = 0; r < study->model.reactions.size(); ++r) {
        const auto column = study->compression.column[r];
        if (column >= 0 && !(*columns)[static_cast<std::size_t>(column)]) continue;
        result.reactions.push_back(study->model.reactions[r].id);
        result.counts.structural += column < 0 ? 1 : 0;
    }
    result.counts.blocked = static_cast<std::int64_t>(result.reactions.size());
    return result;
}

}  // namespace leaven::metabolism
