#include <algorithm>

#include <leaven/policy/match.hpp>

#include "people.hpp"
#include "question.hpp"
#include "standing.hpp"

namespace leaven::policy {
namespace {

const std::vector<Cell>& nothing_known(std::size_t size) {
    static thread_local std::vector<Cell> cells;
    if (cells.size() < size) cells.resize(size);
    return cells;
}

Known known_of(const Profile& profile, const Subject* subject, Scope scope) {
    const auto* none = nothing_known(profile.applicant.cells.size()).data();
    Known known{profile.applicant.cells.data(), none, none};
    if (subject != nullptr) known[static_cast<std::size_t>(scope)] = subject->cells.data();
    return known;
}

/// Standing, and all but the standing, of the documents of a rule set.
struct Ground {
    const Document* document;
    Standing standing;
    Truth place;  // region and scope
};

std::vector<Ground> ground_of(const RuleSet& rules, const Profile& profile, Date on) {
    std::vector<Ground> ground;
    const auto known = known_of(profile, nullptr, Scope::applicant);
    for (const auto& document : rules.documents)
        ground.push_back({&document, standing_of(document, &profile, on),
                          both(region_of(document, profile), document.scope.evaluate(known))});
    return ground;
}

const std::optional<std::vector<Subject>>& subjects_of(const Profile& profile, Scope scope) {
    return scope == Scope::contract ? profile.contracts : profile.projects;
}

std::string_view word_of(Scope scope) {
    return scope == Scope::applicant ? "applicant" : scope == Scope::project ? "project" : "contract";
}

/// Calls `visit(measure, ground, subject, truth of the condition)` for each measure and subject.
template <class Visit>
void each_fit(const RuleSet& rules, const Profile& profile, const std::vector<Ground>& ground, Visit visit) {
    for (const auto& measure : rules.measures) {
        const auto* last = &ground[measure.document_at];
        if (measure.subject == Scope::applicant) {
            visit(measure, *last, nullptr, measure.when.evaluate(known_of(profile, nullptr, Scope::applicant)));
            continue;
        }
        const auto& subjects = subjects_of(profile, measure.subject);
        if (!subjects)
            visit(measure, *last, nullptr,
                  both(Truth::unknown, measure.when.evaluate(known_of(profile, nullptr, measure.subject))));
        else if (subjects->empty())
            visit(measure, *last, nullptr, Truth::no);
        else
            for (const auto& subject : *subjects)
                visit(measure, *last, &subject, measure.when.evaluate(known_of(profile, &subject, measure.subject)));
    }
}

/// "project.key_product" of project P1 as a profile names it: "projects.P1.key_product".
std::string fact_name(const Fact& fact, const Subject* subject) {
    if (fact.scope() == Scope::applicant) return fact.name;
    const auto* list = fact.scope() == Scope::project ? "projects" : "contracts";
    return subject == nullptr ? list : fmt::format("{}.{}.{}", list, subject->id, fact.key());
}

void add_sorted(std::vector<std::string>& list, std::string name) {
    const auto at = std::lower_bound(list.begin(), list.end(), name);
    if (at == list.end() || *at != name) list.insert(at, std::move(name));
}

/// The facts that make the parts of a verdict what they are.
struct Reasons {
    std::vector<std::string> names;  // sorted
    std::vector<std::pair<std::size_t, const Cell*>> facts;
};

Reasons reasons_of(const RuleSet& rules, const Profile& profile, const Fit& fit, Truth wanted, bool with_standing) {
    Reasons reasons;
    const auto& measure = *fit.measure;
    const auto take = [&](const Condition& condition, const Known& known) {
        for (const auto slot : condition.deciding(known)) {
            const auto& fact = rules.facts.facts()[slot];
            add_sorted(reasons.names, fact_name(fact, fit.subject));
            reasons.facts.emplace_back(slot, &known[static_cast<std::size_t>(fact.scope())][slot]);
        }
    };
    if (region_of(*fit.document, profile) == wanted && wanted != Truth::yes)
        add_sorted(reasons.names, "applicant.region");
    const auto applicant = known_of(profile, nullptr, Scope::applicant);
    if (fit.document->scope.evaluate(applicant) == wanted) take(fit.document->scope, applicant);
    if (measure.subject != Scope::applicant && fit.subject == nullptr) {
        const bool none = subjects_of(profile, measure.subject).has_value();
        if (wanted == (none ? Truth::no : Truth::unknown))
            add_sorted(reasons.names, measure.subject == Scope::project ? "projects" : "contracts");
    }
    const bool no_subject =
        measure.subject != Scope::applicant && fit.subject == nullptr && subjects_of(profile, measure.subject);
    const auto known = known_of(profile, fit.subject, measure.subject);
    if (!no_subject && measure.when.evaluate(known) == wanted) take(measure.when, known);
    if (with_standing && truth_of(fit.standing) == wanted && wanted != Truth::yes)
        reasons.names.push_back(wanted == Truth::no ? "standing" : "documents." + fit.document->id + ".issued");
    return reasons;
}

/// "hnte = held, size = small", with labels; a fact that was not given is named without a value.
Text facts_in_words(const RuleSet& rules, const Profile& profile, const Reasons& reasons) {
    Text words;
    const auto add = [&](const Text& one) {
        words.en += (words.en.empty() ? "" : ", ") + one.en;
        words.zh += (words.zh.empty() ? "" : "，") + one.zh;
    };
    for (const auto& name : reasons.names)
        if (name == "applicant.region") add(text({"registered in: {0}", "所在地：{0}"}, profile.region.value_or("?")));
    for (const auto& [slot, cell] : reasons.facts) {
        const auto& fact = rules.facts.facts()[slot];
        if (fact.name == "applicant.region") continue;
        if (!cell->known) {
            add(fact.label);
            continue;
        }
        if (fact.type == FactType::boolean) {
            add(text({"{0}: {2}", "{1}：{3}"}, fact.label.en, fact.label.zh, cell->value != 0 ? "yes" : "no",
                     cell->value != 0 ? "是" : "否"));
            continue;
        }
        add(text({"{0}: {2}", "{1}：{2}"}, fact.label.en, fact.label.zh, rules.facts.value_text(slot, cell->value)));
    }
    return words;
}

Text why_of(const RuleSet& rules, const Profile& profile, const Fit& fit, const Article* article) {
    const auto truth = fit.standing == Standing::draft ? fit.if_in_force : fit.verdict;
    const auto facts = facts_in_words(rules, profile, reasons_of(rules, profile, fit, truth, false));
    const auto number = article == nullptr ? std::string() : article->number;
    const auto standing = standing_words(fit.standing);
    Text reason = truth == Truth::yes  ? text({"the conditions hold: {0}", "条件成立：{1}"}, facts.en, facts.zh)
                  : truth == Truth::no ? text({"decided by {0}", "决定因素：{1}"}, facts.en, facts.zh)
                                       : text({"not known: {0}", "尚缺：{1}"}, facts.en, facts.zh);
    if (facts.empty())
        reason = truth == Truth::yes ? Text{"no condition", "无附加条件"}
                                     : Text{"nothing to judge: no such subject given", "无可判断的主体"};
    return text({"{0} {1}: {2}; {3}", "{0} {1}：{4}；{5}"}, fit.document->id, number, standing.en, reason.en,
                standing.zh, reason.zh);
}

}  // namespace

std::vector<Fit> fits(const RuleSet& rules, const Profile& profile, Date on) {
    std::vector<Fit> all;
    all.reserve(rules.measures.size());
    each_fit(rules, profile, ground_of(rules, profile, on),
             [&](const Measure& measure, const Ground& ground, const Subject* subject, Truth when) {
                 Fit fit{&measure,  ground.document, subject,        std::string(word_of(measure.subject)),
                         Truth::no, Truth::no,       ground.standing};
                 if (measure.subject != Scope::applicant)
                     fit.label += ":" + (subject != nullptr                      ? subject->id
                                         : subjects_of(profile, measure.subject) ? "-"
                                                                                 : "?");
                 fit.if_in_force = both(ground.place, when);
                 fit.verdict = both(truth_of(ground.standing), fit.if_in_force);
                 all.push_back(std::move(fit));
             });
    return all;
}

AmountFound amount_of(const RuleSet& rules, const Profile& profile, const Fit& fit) {
    const auto& amount = fit.measure->amount;
    AmountFound found;
    found.kind = amount.kind;
    found.period = word_of(fit.measure->period);
    if (amount.rate) found.rate = amount.rate_text;
    found.cap_yuan = amount.cap_yuan;
    std::optional<std::int64_t> base;
    if (amount.base) {
        const auto& fact = rules.facts.facts()[*amount.base];
        found.base = fact.name;
        const auto known = known_of(profile, fit.subject, fit.measure->subject);
        const auto& cell = known[static_cast<std::size_t>(fact.scope())][*amount.base];
        if (cell.known) base = cell.value;
        found.base_yuan = base;
        if (amount.published() && amount.rate && !base) {
            found.kind = "needs_facts";
            found.missing.push_back(fact_name(fact, fit.subject));
            return found;
        }
    }
    if (!amount.published() || (!amount.fixed_yuan && !(amount.rate && base))) return found;
    found.yuan = amount.fixed_yuan ? *amount.fixed_yuan : share_of(*amount.rate, *base);
    if (amount.cap_yuan && *found.yuan > *amount.cap_yuan) {
        found.yuan = amount.cap_yuan;
        found.cap_binds = true;
    }
    return found;
}

MatchRow row_of(const RuleSet& rules, const Profile& profile, Date on, const Fit& fit) {
    MatchRow row;
    row.measure = fit.measure->id;
    row.subject = fit.label;
    row.verdict = word_of(fit.verdict);
    row.standing = word_of(fit.standing);
    if (fit.verdict == Truth::unknown) row.missing = reasons_of(rules, profile, fit, Truth::unknown, true).names;
    if (fit.verdict == Truth::no) row.failed = reasons_of(rules, profile, fit, Truth::no, true).names;
    const bool draft = fit.standing == Standing::draft;
    if (draft) row.if_issued = std::string(word_of(fit.if_in_force));
    if (fit.verdict != Truth::no || (draft && fit.if_in_force != Truth::no)) {
        row.amount = amount_of(rules, profile, fit);
    } else {
        row.amount.kind = "none";
        row.amount.period = word_of(fit.measure->period);
    }
    row.discretion = fit.measure->discretion;
    const auto* article = rules.article(fit.measure->article);
    row.citation = {fit.document->id, fit.measure->article, article == nullptr ? "" : article->number,
                    fit.measure->quote, article == nullptr ? std::vector<std::string>() : article->agencies};
    const auto validity = validity_of(*fit.document, &profile);
    if (fit.standing == Standing::in_force && validity.to) row.days_left = validity.to->days - on.days;
    row.reading = fit.measure->reading;
    row.why = why_of(rules, profile, fit, article);
    return row;
}

Result<MatchResult> match(const MatchParams& params, Context& context) {
    static_cast<void>(context);
    const auto asked = read_question(params);
    if (!asked) return pass(asked);
    const auto& [rules, profile, on] = *asked;
    MatchResult result;
    result.on = date_text(on);
    for (const auto& fit : fits(rules, profile, on)) result.rows.push_back(row_of(rules, profile, on, fit));
    result.lines = match_lines(rules, result);
    return result;
}

}  // namespace leaven::policy
