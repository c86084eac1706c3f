#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/policy/combine.hpp>

#include "people.hpp"
#include "question.hpp"

namespace leaven::policy {
namespace {

bool in_force_in(const Document& document, const Profile& profile, Horizon horizon, std::int64_t year, bool drafts) {
    const auto from = std::max(horizon.on, date_of(year, 1, 1));
    const auto to = std::min(horizon.through, date_of(year, 12, 31));
    if (document.is_draft()) return drafts;
    const auto validity = validity_of(document, &profile);
    return (!validity.from || *validity.from <= to) && (!validity.to || *validity.to >= from);
}

bool same_base(const Measure& a, const Measure& b) {
    return a.subject != Scope::applicant && a.subject == b.subject && a.amount.base && a.amount.base == b.amount.base;
}

bool same_time(const Claim& a, const Claim& b) { return !a.year || !b.year || *a.year == *b.year; }

/// What two measures share: matters by name, or the name of the base.
std::vector<std::string> shared(const RuleSet& rules, const Measure& a, const Measure& b) {
    std::vector<std::string> matters;
    for (const auto& matter : a.matters)
        if (std::find(b.matters.begin(), b.matters.end(), matter) != b.matters.end()) matters.push_back(matter);
    if (same_base(a, b)) matters.push_back(rules.facts.facts()[*a.amount.base].name);
    return matters;
}

bool cross(const RuleSet& rules, const Claim& a, const Claim& b, bool stackable) {
    if (a.subject != b.subject || !same_time(a, b)) return false;
    if (stackable && a.rule->document == b.rule->document) return false;
    return !shared(rules, *a.rule, *b.rule).empty();
}

template <class Row>
Row row_for(const Claim& claim) {
    Row row;
    row.measure = claim.measure;
    row.subject = claim.subject;
    row.year = claim.year;
    return row;
}

/// Why of two crossing claims one is paid.
Text basis_of(const RuleSet& rules, const Claim& a, const Claim& b) {
    if (a.rule->document == b.rule->document)
        return {"assumed: same cost inside one document is paid once", "推定：同一文件内同一费用不重复支持"};
    std::set<std::string> words;
    for (const auto* claim : {&a, &b}) {
        const auto* document = rules.document(claim->rule->document);
        if (document->overlap != "better_not_both") continue;
        words.insert(document->note.find("就高不重复") != std::string::npos ? "就高不重复" : "从优不重复");
    }
    if (words.empty()) return {"assumed: same cost is paid once", "推定：同一费用不重复支持"};
    const auto named = join(words, "、");
    return text({"{} (the better one, not both)", "{}"}, named);
}

std::string amount_or_word(const Claim& claim, Lang lang) {
    if (claim.yuan) return amount_text(*claim.yuan);
    return lang == Lang::zh ? "金额未知" : "amount not known";
}

struct Solved {
    const RuleSet& rules;
    const std::vector<Claim>& claims;
    const PackingAnswer& answer;
    std::vector<bool> taken;
};

std::vector<ConflictRow> conflicts_of(const Solved& solved, bool stackable) {
    std::map<std::tuple<std::string, std::string, std::int64_t>, std::vector<std::size_t>> groups;
    const auto& claims = solved.claims;
    for (std::size_t a = 0; a < claims.size(); ++a)
        for (std::size_t b = a + 1; b < claims.size(); ++b) {
            if (!cross(solved.rules, claims[a], claims[b], stackable)) continue;
            const auto year = claims[a].year ? *claims[a].year : claims[b].year.value_or(0);
            for (const auto& matter : shared(solved.rules, *claims[a].rule, *claims[b].rule)) {
                auto& group = groups[{claims[a].subject, matter, year}];
                for (const auto one : {a, b})
                    if (std::find(group.begin(), group.end(), one) == group.end()) group.push_back(one);
            }
        }
    std::vector<ConflictRow> rows;
    for (auto& [key, group] : groups) {
        std::sort(group.begin(), group.end());
        ConflictRow row;
        row.subject = std::get<0>(key);
        row.matter = std::get<1>(key);
        const Claim* kept = nullptr;
        for (const auto one : group) {
            row.options.push_back(claims[one].label());
            if (!solved.taken[one] || kept != nullptr) continue;
            kept = &claims[one];
            row.kept = claims[one].label();
        }
        row.basis = basis_of(solved.rules, claims[group[0]], claims[group[1]]);
        for (const auto one : group) {
            if (solved.taken[one]) continue;
            const auto& claim = claims[one];
            const Claim* rival = kept;
            for (std::size_t other = 0; rival == nullptr && other < claims.size(); ++other)
                if (solved.taken[other] && cross(solved.rules, claim, claims[other], stackable)) rival = &claims[other];
            if (rival == nullptr) {
                row.dropped.push_back({claim.label(), {"its prerequisite cannot be had", "其前提措施无法获得"}});
                continue;
            }
            const auto basis = basis_of(solved.rules, claim, *rival);
            row.dropped.push_back({claim.label(), text({"{0} ({1}) is part of the better combination; {2}",
                                                        "{0}（{3}）属于更优组合；{4}"},
                                                       rival->label(), amount_or_word(*rival, Lang::en), basis.en,
                                                       amount_or_word(*rival, Lang::zh), basis.zh)});
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<CappedRow> capped_of(const Solved& solved, Horizon horizon) {
    std::vector<CappedRow> rows;
    for (const auto& group : solved.rules.cap_groups) {
        std::map<std::int64_t, std::int64_t> before;
        for (const auto i : solved.answer.chosen) {
            const auto& claim = solved.claims[i];
            const auto& groups = claim.rule->cap_groups;
            if (std::find(groups.begin(), groups.end(), group.id) == groups.end()) continue;
            before[group.per_year ? claim.year.value_or(year_of(horizon.on)) : 0] += claim.yuan.value_or(0);
        }
        for (const auto& [year, sum] : before)
            if (sum > group.cap_yuan)
                rows.push_back({group.per_year ? fmt::format("{}@{}", group.id, year) : group.id, group.cap_yuan, sum});
    }
    return rows;
}

std::vector<ChosenRow> chosen_of(const Solved& solved) {
    std::vector<ChosenRow> rows;
    for (std::size_t at = 0; at < solved.answer.chosen.size(); ++at) {
        const auto& claim = solved.claims[solved.answer.chosen[at]];
        if (!claim.yuan) continue;
        auto row = row_for<ChosenRow>(claim);
        row.yuan = solved.answer.received[at];
        row.kind = claim.kind;
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<std::vector<UndecidedRow>> undecided_of(const Solved& solved, const PackingProblem& problem, bool stackable,
                                               const Context& context) {
    std::vector<UndecidedRow> rows;
    const auto& claims = solved.claims;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        if (claims[i].yuan || solved.taken[i]) continue;
        bool crosses = false;
        for (const auto other : solved.answer.chosen)
            crosses = crosses || cross(solved.rules, claims[i], claims[other], stackable);
        if (!crosses) continue;
        const auto with = pack_with(problem, solved.answer, i, context);
        if (!with) return pass(with);
        if (!*with) continue;
        auto row = row_for<UndecidedRow>(claims[i]);
        row.take_instead_if_above_yuan = solved.answer.score.total - **with;
        rows.push_back(std::move(row));
    }
    return rows;
}

CombineProof proof_of(const Solved& solved) {
    CombineProof proof;
    proof.upper_bound_yuan = solved.answer.bound.total;
    proof.ties = solved.answer.ties;
    for (const auto& part : solved.answer.parts) {
        ProofPart made;
        for (const auto i : part.items) made.claims.push_back(solved.claims[i].label());
        made.nodes = part.nodes;
        made.total_yuan = part.score.total;
        made.upper_bound_yuan = part.bound.total;
        proof.components.push_back(std::move(made));
    }
    return proof;
}

}  // namespace

std::vector<Claim> claims_of(const RuleSet& rules, const Profile& profile, Horizon horizon, bool drafts) {
    std::vector<Claim> claims;
    for (const auto& fit : fits(rules, profile, horizon.on)) {
        const auto truth = drafts && fit.standing == Standing::draft ? fit.if_in_force : fit.verdict;
        if (truth != Truth::yes) continue;
        const auto amount = amount_of(rules, profile, fit);
        Claim claim{fit.measure->id, fit.label, std::nullopt, amount.yuan, amount.kind, fit.measure};
        if (fit.measure->period != Period::per_year) {
            claims.push_back(std::move(claim));
            continue;
        }
        for (auto year = year_of(horizon.on); year <= year_of(horizon.through); ++year)
            if (in_force_in(*fit.document, profile, horizon, year, drafts)) {
                claim.year = year;
                claims.push_back(claim);
            }
    }
    std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
        return std::tuple(a.measure, a.subject, a.year.value_or(0)) <
               std::tuple(b.measure, b.subject, b.year.value_or(0));
    });
    return claims;
}

PackingProblem problem_of(const RuleSet& rules, const std::vector<Claim>& claims, Horizon horizon, bool stackable) {
    PackingProblem problem;
    std::map<std::pair<std::string, std::int64_t>, std::size_t> groups;
    for (const auto& claim : claims) {
        PackingItem item;
        item.value = claim.yuan.value_or(0);
        item.exact = claim.kind == "exact";
        item.unvalued = !claim.yuan;
        for (const auto& id : claim.rule->cap_groups)
            for (const auto& group : rules.cap_groups) {
                if (group.id != id) continue;
                const auto year = group.per_year ? claim.year.value_or(year_of(horizon.on)) : 0;
                const auto [at, added] = groups.try_emplace({id, year}, problem.caps.size());
                if (added) problem.caps.push_back(group.cap_yuan);
                item.groups.push_back(at->second);
            }
        for (const auto& needed : claim.rule->requires_) {
            auto& list = item.needs.emplace_back();
            for (std::size_t i = 0; i < claims.size(); ++i)
                if (claims[i].measure == needed &&
                    (claims[i].subject == claim.subject || claims[i].subject == "applicant") &&
                    same_time(claim, claims[i]))
                    list.push_back(i);
        }
        problem.items.push_back(std::move(item));
    }
    for (std::size_t a = 0; a < claims.size(); ++a)
        for (std::size_t b = a + 1; b < claims.size(); ++b)
            if (cross(rules, claims[a], claims[b], stackable)) problem.crossing.emplace_back(a, b);
    return problem;
}

Result<CombineResult> combine_profile(const RuleSet& rules, const Profile& profile, Horizon horizon, bool stackable,
                                      Context& context) {
    const auto claims = claims_of(rules, profile, horizon, false);
    const auto problem = problem_of(rules, claims, horizon, stackable);
    const auto answer = pack(problem, context);
    if (!answer) return pass(answer);
    if (answer->bound != answer->score)
        return infeasible({"the bound {} is not the total {}: no best combination is claimed",
                           "上界 {} 与合计 {} 不符，不给出最优组合"},
                          answer->bound.total, answer->score.total);
    Solved solved{rules, claims, *answer, std::vector<bool>(claims.size())};
    for (const auto i : answer->chosen) solved.taken[i] = true;

    CombineResult result;
    result.on = date_text(horizon.on);
    result.through = date_text(horizon.through);
    result.chosen = chosen_of(solved);
    for (const auto i : answer->chosen)
        if (!claims[i].yuan) result.unvalued.push_back(row_for<ClaimRow>(claims[i]));
    result.total_yuan = answer->score.total;
    result.exact_yuan = answer->score.exact;
    result.ceiling_yuan = result.total_yuan - result.exact_yuan;
    auto undecided = undecided_of(solved, problem, stackable, context);
    if (!undecided) return pass(undecided);
    result.undecided = *std::move(undecided);
    result.conflicts = conflicts_of(solved, stackable);
    result.capped = capped_of(solved, horizon);
    result.proof = proof_of(solved);

    const auto with_drafts = claims_of(rules, profile, horizon, true);
    const auto drafted = pack(problem_of(rules, with_drafts, horizon, stackable), context);
    if (!drafted) return pass(drafted);
    result.if_drafts_issued.total_yuan = drafted->score.total;
    result.if_drafts_issued.chosen = chosen_of({rules, with_drafts, *drafted, {}});
    result.lines = combine_lines(rules, result);
    return result;
}

Result<CombineResult> combine(const CombineParams& params, Context& context) {
    const auto asked = read_question(params, params.through);
    if (!asked) return pass(asked);
    return combine_profile(asked->rules, asked->profile, asked->horizon, params.same_document == "stackable", context);
}

}  // namespace leaven::policy
