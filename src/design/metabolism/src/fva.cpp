#include <algorithm>
#include <cmath>

#include <leaven/metabolism/fva.hpp>
#include <leaven/metabolism/load.hpp>

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

}  // namespace

Result<FvaResult> fva(const FvaParams& params, Context& context) {
    auto model = load_model(params.model);
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
    if (!result.solved()) return result;
    result.objective = optimum->value;
    hold_objective(*study, solver, optimum->value, allowed_loss(optimum->value, params.fraction));
    const auto columns = columns_of(*study, *reactions);
    const auto ranges = find_ranges(*study, solver, columns, {optimum->compressed.x}, context);
    if (!ranges) return pass(ranges);

    std::vector<ColumnRange> of_column(study->compression.members.size());
    for (std::size_t i = 0; i < columns.size(); ++i) of_column[columns[i]] = ranges->columns[i];
    for (const auto r : *reactions) {
        result.rows.push_back(range_of(*study, r, of_column));
        if (result.rows.back().minimum == 0.0 && result.rows.back().maximum == 0.0) ++result.counts.blocked;
    }
    result.counts.lps = ranges->lps;
    result.counts.witnessed = ranges->witnessed;
    return result;
}

}  // namespace leaven::metabolism
