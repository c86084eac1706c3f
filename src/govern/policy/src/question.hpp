// What every question about an applicant reads first: rules, profile, day.
#pragma once

#include <leaven/policy/combine.hpp>

namespace leaven::policy {

struct Asked {
    RuleSet rules;
    Profile profile;
    Date on;
};

/// The same with the end of the horizon.
struct AskedUntil {
    RuleSet rules;
    Profile profile;
    Horizon horizon;
};

/// Errors  as load_rules, read_profile, day_of
Result<Asked> read_question(const Question& question);

/// Errors  as load_rules, read_profile, day_of, horizon_of
Result<AskedUntil> read_question(const Question& question, const std::string& through);

/// Errors  as read_profile, day_of, horizon_of; day and horizon are the profile's own
Result<AskedUntil> read_profile_of(RuleSet rules, const std::string& path);

}  // namespace leaven::policy
