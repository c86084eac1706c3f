#include <leaven/policy/facts.hpp>

namespace leaven::policy {
namespace {

std::string_view name_of(Scope scope) {
    return scope == Scope::applicant ? "applicant" : scope == Scope::project ? "project" : "contract";
}

}  // namespace

Result<FactsResult> facts(const FactsParams& params, Context&) {
    const auto rules = load_rules(params.rules);
    if (!rules) return pass(rules);
    FactsResult result;
    for (const auto& fact : rules->facts.facts()) {
        const bool region = fact.name == "applicant.region";
        result.facts.push_back({fact.name,
                                std::string(name_of(fact.scope())),
                                std::string(fact.key()),
                                region ? "region" : std::string(word_of(fact.type)),
                                fact.choices,
                                fact.label.zh,
                                fact.label.en,
                                {}});
    }
    for (const auto& measure : rules->measures)
        for (const auto slot : measure.when.asked()) result.facts[slot].measures.push_back(measure.id);
    return result;
}

}  // namespace leaven::policy
