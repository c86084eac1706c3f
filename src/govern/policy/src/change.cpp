#include <algorithm>
#include <set>

#include <leaven/policy/change.hpp>

#include "people.hpp"
#include "question.hpp"

namespace leaven::policy {
namespace {

struct Best {
    std::int64_t total = 0;
    std::vector<std::string> taken;  // sorted labels
};

Result<Best> best_of(const RuleSet& rules, const Profile& profile, Horizon horizon, const Context& context) {
    const auto claims = claims_of(rules, profile, horizon, false);
    const auto answer = pack(problem_of(rules, claims, horizon, false), context);
    if (!answer) return pass(answer);
    Best best;
    best.total = answer->score.total;
    for (const auto i : answer->chosen) best.taken.push_back(claims[i].label());
    std::sort(best.taken.begin(), best.taken.end());
    return best;
}

std::vector<std::string> without(const std::vector<std::string>& all, const std::vector<std::string>& others) {
    std::vector<std::string> rest;
    std::set_difference(all.begin(), all.end(), others.begin(), others.end(), std::back_inserter(rest));
    return rest;
}

/// "applicant.x=1,000万元" is split at commas by the command line: what has no "=" belongs to the one before.
std::vector<std::string> assignments(const std::vector<std::string>& words) {
    std::vector<std::string> joined;
    for (const auto& word : words) {
        if (word.find('=') == std::string::npos && !joined.empty())
            joined.back() += "," + word;
        else
            joined.push_back(word);
    }
    return joined;
}

/// The values that a fact is tried at.
std::vector<std::int64_t> values_to_try(const RuleSet& rules, std::size_t slot) {
    const auto& fact = rules.facts.facts()[slot];
    std::set<std::int64_t> values;
    if (fact.type == FactType::boolean) values = {0, 1};
    if (fact.type == FactType::choice)
        for (std::size_t i = 0; i < fact.choices.size(); ++i) values.insert(static_cast<std::int64_t>(i));
    if (fact.type == FactType::money || fact.type == FactType::integer) {
        const auto add = [&](const Condition& condition) {
            for (const auto& threshold : condition.thresholds())
                if (threshold.slot == slot)
                    for (const auto offset : {-1, 0, 1}) values.insert(threshold.value + offset);
        };
        for (const auto& document : rules.documents) add(document.scope);
        for (const auto& measure : rules.measures) add(measure.when);
        if (fact.type == FactType::money) std::erase_if(values, [](auto value) { return value < 0; });
    }
    return {values.begin(), values.end()};
}

class Trial {
public:
    Trial(AskedUntil& asked, const Best& now, const Context& context) : asked_(asked), now_(now), context_(context) {}

    Status subject(Subject& subject, Scope scope, const std::string& prefix) {
        const auto& facts = asked_.rules.facts.facts();
        for (std::size_t slot = 0; slot < facts.size(); ++slot) {
            const auto& fact = facts[slot];
            if (fact.scope() != scope || fact.name == "applicant.kind" || fact.name == "applicant.region" ||
                fact.name == "project.kinds")
                continue;
            const auto was = subject.cells[slot];
            for (const auto value : values_to_try(asked_.rules, slot)) {
                if (was.known && was.value == value) continue;
                subject.cells[slot] = {value, true};
                auto status = record(prefix + std::string(fact.key()), slot, was, value);
                subject.cells[slot] = was;
                if (!status) return status;
            }
        }
        return {};
    }

    std::vector<std::pair<FactChange, std::int64_t>> found;  // with the value, to order by

private:
    Status record(const std::string& name, std::size_t slot, const Cell& was, std::int64_t value) {
        const auto then = best_of(asked_.rules, asked_.profile, asked_.horizon, context_);
        if (!then) return pass(then);
        if (then->total <= now_.total) return {};
        const auto& facts = asked_.rules.facts;
        found.push_back({{name, was.known ? std::optional(facts.value_text(slot, was.value)) : std::nullopt,
                          facts.value_text(slot, value), then->total - now_.total, without(then->taken, now_.taken),
                          without(now_.taken, then->taken)},
                         value});
        return {};
    }

    AskedUntil& asked_;
    const Best& now_;
    const Context& context_;
};

}  // namespace

std::vector<Text> WhatifResult::headline() const {
    return {text({"From {} to {}", "由 {} 变为 {}"}, amount_text(before_yuan), amount_text(after_yuan))};
}

Result<WhatifResult> whatif(const WhatifParams& params, Context& context) {
    auto given = read_question(params, params.through);
    if (!given) return pass(given);
    const auto before = best_of(given->rules, given->profile, given->horizon, context);
    if (!before) return pass(before);
    for (const auto& assignment : assignments(params.set))
        if (auto status = set_fact(given->profile, given->rules, assignment); !status) return pass(status);
    const auto after = best_of(given->rules, given->profile, given->horizon, context);
    if (!after) return pass(after);
    return WhatifResult{before->total, after->total, without(after->taken, before->taken),
                        without(before->taken, after->taken)};
}

Result<SensitivityResult> sensitivity(const SensitivityParams& params, Context& context) {
    auto given = read_question(params, params.through);
    if (!given) return pass(given);
    const auto now = best_of(given->rules, given->profile, given->horizon, context);
    if (!now) return pass(now);
    Trial trial(*given, *now, context);
    auto& profile = given->profile;
    if (auto status = trial.subject(profile.applicant, Scope::applicant, "applicant."); !status) return pass(status);
    if (profile.projects)
        for (auto& one : *profile.projects)
            if (auto status = trial.subject(one, Scope::project, "projects." + one.id + "."); !status)
                return pass(status);
    if (profile.contracts)
        for (auto& one : *profile.contracts)
            if (auto status = trial.subject(one, Scope::contract, "contracts." + one.id + "."); !status)
                return pass(status);
    std::sort(trial.found.begin(), trial.found.end(), [](const auto& a, const auto& b) {
        return std::tuple(-a.first.gain_yuan, a.first.fact, a.second) <
               std::tuple(-b.first.gain_yuan, b.first.fact, b.second);
    });
    SensitivityResult result;
    result.total_yuan = now->total;
    for (auto& [change, value] : trial.found)
        if (result.changes.size() < static_cast<std::size_t>(params.top)) result.changes.push_back(std::move(change));
    return result;
}

}  // namespace leaven::policy
