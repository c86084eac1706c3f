#include <algorithm>
#include <cmath>

#include <leaven/metabolism/fva.hpp>
#include <leaven/metabolism/load.hpp>

#include "loopless.hpp"
#include "loopless_ranges.hpp"
#include "ranges.hpp"
#include "study.hpp"

namespace leaven::metabolism {
namespace {

/// The reactions asked for, in the order asked; all where none is named.
Result<std::vector<std::int32_t>> wanted_reactions(const Study& study, const std::vector<std::string>& ids) {
    std::vector<std::int32_t> wanted;
    for (const auto& id : ids) {
        const auto reaction = find_reaction(study.model, study.index, id);
        if (!reaction) return pass(reaction);
        wanted.push_back(*reaction);
    }
    if (!ids.empty()) return wanted;
    for (std::size_t r = 0; r < study.model.reactions.size(); ++r) wanted.push_back(static_cast<std::int32_t>(r));
    return wanted;
}

/// The columns that carry these reactions, each once.
std::vector<std::int32_t> columns_of(const Study& study, const std::vector<std::int32_t>& reactions) {
    std::vector<std::int32_t> columns;
    for (const auto r : reactions)
        if (study.compression.column[r] >= 0) columns.push_back(study.compression.column[r]);
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    return columns;
}

FluxRange range_of(const Study& study, std::int32_t reaction, const std::vector<ColumnRange>& of_column) {
    FluxRange row{study.model.reactions[reaction].id, 0, 0};
    const auto column = study.compression.column[reaction];
    if (column < 0) return row;
    const double factor = study.compression.factor[reaction];
    const auto scaled = [&](const std::optional<double>& w) {
        return w ? std::optional(factor * *w + 0.0) : std::nullopt;
    };
    row.minimum = scaled(factor > 0 ? of_column[column].least : of_column[column].greatest);
    row.maximum = scaled(factor > 0 ? of_column[column].greatest : of_column[column].least);
    // Both ends are exact to the tolerance only: where they are one value, the order must still hold.
    if (row.minimum && row.maximum && *row.minimum > *row.maximum) row.maximum = row.minimum;
    return row;
}

/// Under the loop law a loop may not carry the objective, so the optimum can be another one.
Status apply_loop_law(const Study& study, const lp::Solver& solver, const Loops& loops, FvaResult& result,
                      const Context& context) {
    const auto best = LooplessSearch(study, solver, loops, context).best_objective();
    if (!best) return pass(best);
    static_cast<Verdict&>(result) = {};
    result.counts.lps += best->lps;
    if (!best->feasible)
        result.status = "infeasible";
    else if (!best->bounded)
        result.status = "unbounded";
    if (!best->feasible)
        result.note = text({"every flux within the bounds has an internal loop", "界限内的每个通量分布都含内部循环"});
    if (!result.solved()) return {};
    result.objective = dot(study.network.problem.objective, expand(study.compression, best->flux));
    result.certificate.kind = "optimal";
    result.certificate.primal_residual = residual(study.network, expand(study.compression, best->flux));
    return {};
}

/// Bounds of the columns as far as ranges sharpen them.
std::pair<std::vector<double>, std::vector<double>> sharpened(const Study& study,
                                                              const std::vector<std::int32_t>& columns,
                                                              const Ranges& ranges) {
    auto lower = study.compression.problem.lower;
    auto upper = study.compression.problem.upper;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& [least, greatest] = ranges.columns[i];
        if (least && *least >= -study.tolerance) lower[columns[i]] = std::max(0.0, lower[columns[i]]);
        if (greatest && *greatest <= study.tolerance) upper[columns[i]] = std::min(0.0, upper[columns[i]]);
    }
    return {std::move(lower), std::move(upper)};
}

/// Ranges of columns as `params.loopless` asks, with the objective held in `solver`.
Result<Ranges> ranges_of(const Study& study, const lp::Solver& solver, const std::vector<std::int32_t>& columns,
                         const std::vector<std::vector<double>>& known, const FvaParams& params, bool forced,
                         const Context& context) {
    auto ranges = find_ranges(study, solver, columns, known, context);
    if (!ranges || params.loopless == "none") return ranges;
    const auto [lower, upper] = sharpened(study, columns, *ranges);
    const auto loops = Loops::find(study, lower, upper, context);
    if (!loops) return pass(loops);
    if (params.loopless == "exact")
        return loopless_ranges(study, solver, columns, *std::move(ranges), *loops, forced, context);
    return cyclefree_ranges(study, solver, columns, *std::move(ranges), *loops, context);
}

}  // namespace

Result<FvaResult> fva(const FvaParams& params, Context& context) {
    auto model = load_network(params.model, &context.stop_flag());
    if (!model) return pass(model);
    return fva(*std::move(model), params, context);
}

Result<FvaResult> fva(Model model, const FvaParams& params, Context& context) {
    const auto study = prepare(std::move(model), params);
    if (!study) return pass(study);
    const auto reactions = wanted_reactions(*study, params.reactions);
    if (!reactions) return pass(reactions);
    auto solver = solver_for(*study, context);
    const auto optimum = find_optimum(*study, solver, context);
    if (!optimum) return pass(optimum);
    FvaResult result;
    static_cast<Verdict&>(result) = optimum->verdict;
    result.fraction = params.fraction;
    if (result.status == "infeasible") return result;
    if (result.solved()) result.objective = optimum->value;
    bool forced = false;
    if (params.loopless == "exact") {
        const auto& bounds = study->compression.problem;
        const auto loops = Loops::find(*study, bounds.lower, bounds.upper, context);
        if (!loops) return pass(loops);
        forced = may_force_loops(*study, *loops) || !result.solved();
        if (forced)
            if (auto status = apply_loop_law(*study, solver, *loops, result, context); !status) return pass(status);
    }
    if (!result.solved()) return result;
    hold_objective(*study, solver, *result.objective, allowed_loss(*result.objective, params.fraction));
    const auto columns = columns_of(*study, *reactions);
    std::vector<std::vector<double>> known;
    if (!forced) known.push_back(optimum->compressed.x);
    const auto ranges = ranges_of(*study, solver, columns, known, params, forced, context);
    if (!ranges) return pass(ranges);

    std::vector<ColumnRange> of_column(study->compression.members.size());
    for (std::size_t i = 0; i < columns.size(); ++i) of_column[columns[i]] = ranges->columns[i];
    for (const auto r : *reactions) {
        result.rows.push_back(range_of(*study, r, of_column));
        if (result.rows.back().minimum == 0.0 && result.rows.back().maximum == 0.0) ++result.counts.blocked;
    }
    result.counts.lps += ranges->lps;
    result.counts.witnessed = ranges->witnessed;
    if (params.loopless == "cyclefree")
        result.note = text({"end points of cyclefree may be wrong; exact finds the true ones",
                            "cyclefree 的端点可能有误；exact 给出真实端点"});
    return result;
}

}  // namespace leaven::metabolism
