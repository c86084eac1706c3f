#include "question.hpp"

namespace leaven::policy {
namespace {

Result<Asked> read_for(RuleSet rules, const std::string& path, const std::string& day) {
    auto profile = read_profile(path, rules);
    if (!profile) return pass(profile);
    const auto on = day_of(day, *profile);
    if (!on) return pass(on);
    return Asked{std::move(rules), *std::move(profile), *on};
}

Result<AskedUntil> until(Result<Asked> asked, const std::string& through) {
    if (!asked) return pass(asked);
    const auto end = horizon_of(through, asked->profile, asked->on);
    if (!end) return pass(end);
    return AskedUntil{std::move(asked->rules), std::move(asked->profile), {asked->on, *end}};
}

}  // namespace

Result<Asked> read_question(const Question& question) {
    auto rules = load_rules(question.rules);
    if (!rules) return pass(rules);
    return read_for(*std::move(rules), question.profile, question.on);
}

Result<AskedUntil> read_question(const Question& question, const std::string& through) {
    return until(read_question(question), through);
}

Result<AskedUntil> read_profile_of(RuleSet rules, const std::string& path) {
    return until(read_for(std::move(rules), path, ""), "");
}

}  // namespace leaven::policy
