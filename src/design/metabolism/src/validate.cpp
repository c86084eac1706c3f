#include <leaven/metabolism/load.hpp>
#include <leaven/metabolism/validate.hpp>

#include "checks.hpp"

namespace leaven::metabolism {
namespace {

double weight_of(const Check& check) {
    if (check.total == 0 || check.severity == "info") return 0;
    return check.severity == "error" ? 3 : 1;
}

double score_of(const std::vector<CheckSection>& sections) {
    double sum = 0;
    double weights = 0;
    for (const auto& section : sections)
        for (const auto& check : section.checks) {
            sum += weight_of(check) * (1 - check.share);
            weights += weight_of(check);
        }
    return weights > 0 ? sum / weights : 0;
}

}  // namespace

std::vector<Text> ValidateResult::headline() const {
    std::vector<Text> lines{text({"score {:.3f}", "得分 {:.3f}"}, score)};
    for (const auto& section : sections) {
        lines.push_back({"", ""});
        lines.push_back(section.name);
        for (const auto& check : section.checks) {
            const Doc mark = check.total == 0            ? Doc{"  –  ", "  –  "}
                             : check.count == 0          ? Doc{"  ok ", "  ✓  "}
                             : check.severity == "error" ? Doc{"  !! ", "  ‼  "}
                                                         : Doc{"  !  ", "  !  "};
            lines.push_back(
                {fmt::format("{}{:<27} {:>6} of {:<6} {}", mark.en, check.id, check.count, check.total, check.title.en),
                 fmt::format("{}{:<27} {:>6} / {:<6} {}", mark.zh, check.id, check.count, check.total,
                             check.title.zh)});
            constexpr std::size_t shown = 3;
            for (std::size_t i = 0; i < std::min(shown, check.items.size()); ++i)
                lines.push_back({"       " + check.items[i].en, "       " + check.items[i].zh});
            if (check.items.size() > shown)
                lines.push_back(
                    text({"       … {} more with --json", "       另有 {} 项，见 --json"}, check.items.size() - shown));
        }
    }
    return lines;
}

Result<ValidateResult> validate(const ValidateParams& params, Context& context) {
    const auto model = share_model(params.model, &context.stop_flag());
    if (!model) return pass(model);
    return validate_model(**model, context);
}

Result<ValidateResult> validate_model(const Model& model, Context& context) {
    const Checked checked(model);
    const Doc step{"checks", "检查"};
    constexpr std::int64_t steps = 5;
    auto consistency = check_consistency(checked, context);
    if (!consistency) return pass(consistency);
    context.report({step, 1, steps});
    auto energy = check_energy_cycles(checked, context);
    if (!energy) return pass(energy);
    context.report({step, 2, steps});
    auto blocked = check_blocked(checked, context);
    if (!blocked) return pass(blocked);
    context.report({step, 3, steps});
    auto precursors = check_precursors(checked, context);
    if (!precursors) return pass(precursors);
    context.report({step, 4, steps});
    auto medium = check_medium(checked, context);
    if (!medium) return pass(medium);
    context.report({step, 5, steps});

    ValidateResult result;
    result.sections = {
        {{"conservation", "守恒"},
         {*std::move(consistency), check_mass_balance(checked), check_charge_balance(checked), *std::move(energy)}},
        {{"network", "网络"},
         {*std::move(blocked), check_dead_ends(checked), check_duplicates(checked), check_bounds(checked)}},
        {{"documentation", "文档"}, {check_gene_rules(checked), check_annotation(checked), check_sbo(checked)}},
        {{"biomass", "生物量"}, {check_biomass_mass(checked), *std::move(precursors), *std::move(medium)}}};
    result.score = score_of(result.sections);
    return result;
}

}  // namespace leaven::metabolism
