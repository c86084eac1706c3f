#include "regions.hpp"

#include <algorithm>
#include <cmath>

#include <leaven/metabolism/scenario.hpp>

#include "number.hpp"

namespace leaven::metabolism {
namespace {

struct Relation {
    std::size_t at;
    std::size_t width;
    char sign;  // < > =
};

std::optional<Relation> find_relation(std::string_view text) {
    for (const char sign : {'<', '>'})
        if (const auto at = text.find(sign); at != std::string_view::npos)
            return Relation{at, text.substr(at + 1).starts_with('=') ? std::size_t{2} : std::size_t{1}, sign};
    if (const auto at = text.find('='); at != std::string_view::npos) return Relation{at, 1, '='};
    return std::nullopt;
}

Failure unreadable(std::string_view text, const std::string& where) {
    return bad_input({"\"{}\" is no condition on fluxes", "“{}”不是通量条件"}, text)
        .at(where)
        .advise({"write conditions as in EX_etoh_e <= 1; BIOMASS >= 0.14: terms, a sign, a number",
                 "按 EX_etoh_e <= 1; BIOMASS >= 0.14 的形式书写：各项、比较号、数值"});
}

Result<Condition> parse_condition(const Model& model, const ModelIndex& index, std::string_view text,
                                  const std::string& where) {
    const auto relation = find_relation(text);
    if (!relation || (relation->width == 1 && relation->sign != '=')) return unreadable(text, where);
    const auto bound = read_number(trimmed(text.substr(relation->at + relation->width)));
    if (!bound || !std::isfinite(*bound)) return unreadable(text, where);
    auto terms = parse_expression(model, index, trimmed(text.substr(0, relation->at)));
    if (!terms) {
        terms.error().where = where;
        return pass(terms);
    }
    Condition condition{*std::move(terms)};
    if (relation->sign != '<') condition.lower = *bound;
    if (relation->sign != '>') condition.upper = *bound;
    return condition;
}

/// The condition that zero flux breaks, for it is what makes a region worth reaching; else the first.
void choose_decisive(Region& region) {
    const auto breaks = [](const Condition& one) { return one.lower > 0 || one.upper < 0; };
    const auto found = std::find_if(region.conditions.begin(), region.conditions.end(), breaks);
    const auto chosen = found == region.conditions.end() ? region.conditions.begin() : found;
    region.decisive = static_cast<std::size_t>(chosen - region.conditions.begin());
    const bool from_below = chosen->lower > 0 || chosen->upper >= lp::infinity;
    region.sense = from_below ? lp::Sense::maximize : lp::Sense::minimize;
    region.bound = from_below ? chosen->lower : chosen->upper;
}

RegionProblem make_problem(const Study& study, const Region& region, bool compressed) {
    RegionProblem made{compressed ? study.compression.problem : study.network.problem};
    auto& problem = made.problem;
    problem.sense = region.sense;
    for (std::size_t i = 0; i < region.conditions.size(); ++i) {
        const auto& condition = region.conditions[i];
        auto row = over_reactions(study, condition);
        if (compressed) row = compress_objective(study.compression, row);
        double lower = condition.lower;
        double upper = condition.upper;
        if (i == region.decisive) {
            problem.objective = row;
            (region.sense == lp::Sense::maximize ? lower : upper) =
                region.sense == lp::Sense::maximize ? -lp::infinity : lp::infinity;
            made.decisive_row = problem.matrix.rows;
        }
        if (std::all_of(row.begin(), row.end(), [](double c) { return c == 0; })) {
            made.unreachable |= lower > 0 || upper < 0;
            if (i == region.decisive) made.decisive_row = -1;
            continue;
        }
        append_row(problem, row);
        problem.row_lower.back() = lower;
        problem.row_upper.back() = upper;
    }
    return made;
}

}  // namespace

bool Region::reached_by(double optimum, double tolerance) const {
    const double slack = bound == 0 ? 10 * tolerance : 1e-6 * std::fabs(bound);
    return sense == lp::Sense::maximize ? optimum >= bound - slack : optimum <= bound + slack;
}

Result<std::vector<Region>> parse_regions(const Model& model, const ModelIndex& index,
                                          const std::vector<std::string>& entries, const char* parameter) {
    std::vector<Region> regions;
    for (const auto& entry : entries) {
        const auto where = fmt::format("{}: {}", parameter, entry);
        Region region{.text = entry, .conditions = {}};
        for (std::string_view rest = entry; !rest.empty();) {
            const auto end = std::min(rest.find(';'), rest.size());
            const auto text = trimmed(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            if (text.empty()) continue;
            auto condition = parse_condition(model, index, text, where);
            if (!condition) return pass(condition);
            region.conditions.push_back(*std::move(condition));
        }
        if (region.conditions.empty()) return unreadable(entry, where);
        choose_decisive(region);
        regions.push_back(std::move(region));
    }
    return regions;
}

std::vector<double> over_reactions(const Study& study, const Condition& condition) {
    std::vector<double> coefficients(study.model.reactions.size(), 0);
    for (const auto& term : condition.terms) coefficients[static_cast<std::size_t>(term.reaction)] += term.coefficient;
    return coefficients;
}

RegionProblem on_network(const Study& study, const Region& region) { return make_problem(study, region, false); }
RegionProblem on_compression(const Study& study, const Region& region) { return make_problem(study, region, true); }

}  // namespace leaven::metabolism
