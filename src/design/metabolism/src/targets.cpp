#include <algorithm>
#include <cmath>
#include <optional>

#include <leaven/metabolism/gene_rule.hpp>
#include <leaven/metabolism/load.hpp>
#include <leaven/metabolism/targets.hpp>

#include "study.hpp"
#include "target.hpp"
#include "target_scan.hpp"

namespace leaven::metabolism {
namespace {

/// Slope of |flux| on the level, by least squares.
double slope(const Scan& scan, std::size_t reaction) {
    const auto n = static_cast<double>(scan.levels.size());
    double mean_level = 0;
    double mean_size = 0;
    for (std::size_t i = 0; i < scan.levels.size(); ++i) {
        mean_level += scan.levels[i] / n;
        mean_size += std::fabs(scan.flux[i][reaction]) / n;
    }
    double above = 0;
    double below = 0;
    for (std::size_t i = 0; i < scan.levels.size(); ++i) {
        const double d = scan.levels[i] - mean_level;
        above += d * (std::fabs(scan.flux[i][reaction]) - mean_size);
        below += d * d;
    }
    return below > 0 ? above / below : 0;
}

bool turns_round(const Scan& scan, std::size_t reaction, double idle) {
    bool runs_forward = false;
    bool runs_backward = false;
    for (const auto& flux : scan.flux) {
        runs_forward |= flux[reaction] > idle;
        runs_backward |= flux[reaction] < -idle;
    }
    return runs_forward && runs_backward;
}

/// What to do about a reaction, where its flux follows the product's.
std::optional<std::string> action_for(const Scan& scan, std::size_t reaction, double slope_now) {
    constexpr double idle = 1e-7;
    constexpr double least_change = 1e-4;  // relative: below, nothing follows
    const double start = std::fabs(scan.flux.front()[reaction]);
    const double end = std::fabs(scan.flux.back()[reaction]);
    if (turns_round(scan, reaction, idle) || std::fabs(end - start) <= least_change * std::max(start, end) + idle)
        return std::nullopt;
    if (slope_now > 0 && end > start) return "up";
    if (slope_now < 0 && end < start) return end <= idle ? "delete" : "down";
    return std::nullopt;
}

std::vector<std::string> gene_ids(const Model& model, const Reaction& reaction) {
    std::vector<std::string> ids;
    for (const auto gene : genes_of(reaction.rule)) ids.push_back(model.genes[gene].id);
    return ids;
}

std::vector<TargetRow> best_of(std::vector<TargetRow> rows, std::size_t top) {
    // Reactions of one pathway have the same score but for rounding: their order must not hang on that.
    const auto rounded = [](double score) { return std::round(score * 1e6); };
    std::sort(rows.begin(), rows.end(), [&](const TargetRow& a, const TargetRow& b) {
        return std::pair(-rounded(a.score), a.reaction) < std::pair(-rounded(b.score), b.reaction);
    });
    if (rows.size() > top) rows.resize(top);
    return rows;
}

std::vector<TargetRow> rank(const Model& model, const Scan& scan, std::int32_t target, std::size_t top) {
    std::vector<TargetRow> rows;
    for (std::size_t r = 0; r < model.reactions.size(); ++r) {
        const auto& reaction = model.reactions[r];
        if (!reaction.rule.tied_to_genes() || static_cast<std::int32_t>(r) == target) continue;
        const double trend = slope(scan, r);
        auto action = action_for(scan, r, trend);
        if (!action) continue;
        rows.push_back({reaction.id, reaction.name, reaction.subsystem, gene_ids(model, reaction), *std::move(action),
                        std::fabs(trend), scan.flux.front()[r] + 0.0, scan.flux.back()[r] + 0.0});
    }
    return best_of(std::move(rows), top);
}

/// What must differ between the wild type and the producer, whatever else either does: the first-order MUST sets.
struct Must {
    std::string action;
    double gap;         // between the sizes of the two fluxes
    double flux_start;  // the ends that lie next to each other
    double flux_end;
};

double least_size(const Span& span) {
    if (span.least <= 0 && span.greatest >= 0) return 0;
    return std::min(std::fabs(span.least), std::fabs(span.greatest));
}

/// The end of least size, or of greatest.
double end_of(const Span& span, bool greatest) {
    if (!greatest && least_size(span) == 0) return 0;
    return (std::fabs(span.least) > std::fabs(span.greatest)) == greatest ? span.least : span.greatest;
}

std::optional<Must> must_of(const Span& wild_type, const Span& producer) {
    constexpr double idle = 1e-7;
    constexpr double least_gap = 1e-6;
    const bool apart =
        producer.least > wild_type.greatest + least_gap || producer.greatest < wild_type.least - least_gap;
    if (!apart) return std::nullopt;
    const double more = std::fabs(end_of(producer, false)) - std::fabs(end_of(wild_type, true));
    const double less = std::fabs(end_of(wild_type, false)) - std::fabs(end_of(producer, true));
    const bool turned = end_of(producer, false) * end_of(wild_type, false) < 0;
    if (more > least_gap || turned)
        return Must{"up", turned ? std::fabs(end_of(producer, false) - end_of(wild_type, false)) : more,
                    end_of(wild_type, !turned), end_of(producer, false)};
    if (less <= least_gap) return std::nullopt;
    const double left = end_of(producer, true);
    return Must{std::fabs(left) <= idle ? "delete" : "down", less, end_of(wild_type, false), left};
}

std::vector<TargetRow> rank(const Model& model, const Contrast& contrast, std::int32_t target, std::size_t top) {
    std::vector<TargetRow> rows;
    const double unit = contrast.product_gain > 0 ? contrast.product_gain : 1;
    for (std::size_t r = 0; r < model.reactions.size(); ++r) {
        const auto& reaction = model.reactions[r];
        if (!reaction.rule.tied_to_genes() || static_cast<std::int32_t>(r) == target) continue;
        const auto must = must_of(contrast.wild_type[r], contrast.producer[r]);
        if (!must) continue;
        rows.push_back({reaction.id, reaction.name, reaction.subsystem, gene_ids(model, reaction), must->action,
                        must->gap / unit, must->flux_start + 0.0, must->flux_end + 0.0});
    }
    return best_of(std::move(rows), top);
}

}  // namespace

Result<TargetsResult> targets(const TargetsParams& params, Context& context) {
    auto model = load_network(params.model, &context.stop_flag());
    if (!model) return pass(model);
    return targets(*std::move(model), params, context);
}

Result<TargetsResult> targets(Model model, const TargetsParams& params, Context& context) {
    const auto study = prepare(std::move(model), params);
    if (!study) return pass(study);
    const auto target = find_target(*study, params.target);
    if (!target) return pass(target);
    auto solver = solver_for(*study, context);
    const auto wild_type = find_optimum(*study, solver, context);
    if (!wild_type) return pass(wild_type);
    TargetsResult result;
    static_cast<Verdict&>(result) = wild_type->verdict;
    if (!result.solved()) return result;
    auto blocked = explain_blocked(*study, solver, *target, context);
    if (!blocked) return pass(blocked);
    if (*blocked) {
        static_cast<Verdict&>(result) = **std::move(blocked);
        return result;
    }
    auto endless = explain_endless(*study, solver, *target, lp::Sense::maximize);
    if (!endless) return pass(endless);
    if (*endless) {
        static_cast<Verdict&>(result) = **std::move(endless);
        return result;
    }
    TargetScanner scanner(*study, solver, *target, context);
    const auto top = static_cast<std::size_t>(params.top);
    if (params.method == "optforce") {
        const auto contrast = scanner.contrast(*wild_type);
        if (!contrast) return pass(contrast);
        result.rows = rank(study->model, *contrast, *target, top);
        return result;
    }
    const auto scan = scanner.run(*wild_type, params.steps, params.method == "fvseof");
    if (!scan) return pass(scan);
    result.rows = rank(study->model, *scan, *target, top);
    return result;
}

}  // namespace leaven::metabolism
