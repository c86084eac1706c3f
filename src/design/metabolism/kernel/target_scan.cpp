#include "target_scan.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ranges.hpp"

namespace leaven::metabolism {

namespace {

/// A product that is only taken up has a greatest flux below zero, of which a share would be more than all.
double most_of(double greatest) { return std::min(greatest, TargetScanner::greatest_share * greatest); }

}  // namespace

Result<Scan> TargetScanner::run(const Optimum& wild_type, std::int64_t steps, bool ranges) {
    const auto greatest = greatest_target();
    if (!greatest) return pass(greatest);
    const auto start = least_flux(wild_type.value);
    if (!start) return pass(start);
    const double first = (*start)[target_];
    const double last = std::max(first, most_of(*greatest));
    Scan scan;
    for (std::int64_t step = 0; step <= steps; ++step) {
        const double level = first + static_cast<double>(step) / static_cast<double>(steps) * (last - first);
        auto flux = step == 0 && !ranges ? start : flux_at(level, ranges);
        if (!flux) return pass(flux);
        scan.levels.push_back(level);
        scan.flux.push_back(*std::move(flux));
        context_.report({{"product levels", "产物水平"}, step, steps});
    }
    return scan;
}

Result<Contrast> TargetScanner::contrast(const Optimum& wild_type) {
    const auto greatest = greatest_target();
    if (!greatest) return pass(greatest);
    Contrast out;
    hold_objective(study_, solver_, wild_type.value, allowed_loss(wild_type.value, objective_share));
    auto spans_now = spans(wild_type.compressed);
    if (!spans_now) return pass(spans_now);
    out.wild_type = *std::move(spans_now);
    if (study_.objective_row >= 0) solver_.set_row_bounds(study_.objective_row, -lp::infinity, lp::infinity);
    const double level = most_of(*greatest);
    const auto held = hold_product(level);
    if (!held) return pass(held);
    spans_now = spans(*held);
    if (!spans_now) return pass(spans_now);
    out.producer = *std::move(spans_now);
    out.product_gain = std::max(0.0, out.producer[target_].least - out.wild_type[target_].greatest);
    return out;
}

Result<double> TargetScanner::greatest_target() {
    const auto column = study_.compression.column[target_];
    const auto objective = solver_.problem().objective;
    const auto sense = solver_.problem().sense;
    std::vector<double> target(objective.size(), 0);
    target[column] = study_.compression.factor[target_];
    solver_.set_objective(target, lp::Sense::maximize);
    const auto solution = solve_checked(study_, solver_);
    solver_.set_objective(objective, sense);
    if (!solution) return pass(solution);
    if (solution->status != lp::SolveStatus::optimal)
        return failure(ErrorCode::bug, {"the greatest product flux could not be found", "未能求得最大产物通量"});
    return study_.compression.factor[target_] * solution->x[column];
}

Result<std::vector<double>> TargetScanner::least_flux(double value) {
    auto least = least_.keeping(value);
    if (!least) return pass(least);
    return std::move(least->flux);
}

/// The objective's optimum with the product at `level` or more, which stays asked for.
Result<lp::Solution> TargetScanner::hold_product(double level) {
    const auto column = study_.compression.column[target_];
    const auto& base = study_.compression.problem;
    const double w = level / study_.compression.factor[target_];
    const bool forward = study_.compression.factor[target_] > 0;
    const double lower = forward ? std::max(base.lower[column], w) : base.lower[column];
    const double upper = forward ? base.upper[column] : std::min(base.upper[column], w);
    solver_.set_bounds(column, lower, upper);
    least_.set_bounds(column, lower, upper);
    auto solution = solve_checked(study_, solver_);
    if (!solution) return pass(solution);
    if (solution->status != lp::SolveStatus::optimal)
        return failure(ErrorCode::bug, {"the product flux {} could not be enforced", "无法强制产物通量 {}"}, level);
    return solution;
}

Result<std::vector<double>> TargetScanner::flux_at(double level, bool ranges) {
    const auto optimum = hold_product(level);
    if (!optimum) return pass(optimum);
    if (ranges) return middles(*optimum);
    return least_flux(dot(study_.compression.problem.objective, optimum->x));
}

/// Under the bounds that the solver holds when it is called.
Result<std::vector<Span>> TargetScanner::spans(const lp::Solution& known) {
    const auto& compression = study_.compression;
    std::vector<std::int32_t> columns(compression.members.size());
    std::iota(columns.begin(), columns.end(), 0);
    const auto ranges = find_ranges(study_, solver_, columns, {known.x}, context_);
    if (!ranges) return pass(ranges);
    std::vector<Span> out(compression.column.size());
    for (std::size_t r = 0; r < out.size(); ++r) {
        if (compression.column[r] < 0) continue;
        const auto& range = ranges->columns[compression.column[r]];
        const double factor = compression.factor[r];
        out[r] = {factor * range.least.value_or(-lp::infinity), factor * range.greatest.value_or(lp::infinity)};
        if (out[r].least > out[r].greatest) std::swap(out[r].least, out[r].greatest);
    }
    return out;
}

/// A flux that has no end on one side has no middle: it counts as idle.
Result<std::vector<double>> TargetScanner::middles(const lp::Solution& optimum) {
    const double value = dot(study_.compression.problem.objective, optimum.x);
    hold_objective(study_, solver_, value, allowed_loss(value, objective_share));
    const auto reach = spans(optimum);
    if (study_.objective_row >= 0) solver_.set_row_bounds(study_.objective_row, -lp::infinity, lp::infinity);
    if (!reach) return pass(reach);
    std::vector<double> out;
    for (const auto& span : *reach) {
        const double middle = (span.least + span.greatest) / 2;
        out.push_back(std::isfinite(middle) ? middle : 0);
    }
    return out;
}

}  // namespace leaven::metabolism
