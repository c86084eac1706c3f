// What an applicant states about itself, its projects and its contracts: `leaven.policy.profile/1`, TOML or JSON.
//
// A fact that is left out is unknown, never no. A list written as [] is a statement; a list left out is unknown.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <leaven/policy/rules.hpp>

namespace leaven::policy {

struct Subject {
    std::string id;
    std::vector<Cell> cells;  // one a fact of the table
};

struct Profile {
    std::string name;
    std::string file;
    std::optional<Date> on;
    std::optional<Date> through;
    std::optional<std::string> region;
    Subject applicant;
    std::optional<std::vector<Subject>> projects;  // by id
    std::optional<std::vector<Subject>> contracts;
    std::map<std::string, Date> issued;  // of documents whose text does not say

    [[nodiscard]] const Subject* project(std::string_view id) const;
};

/// Errors  not_found  no such file;  bad_input  syntax, with line and column; a fact that does not exist or has another
///         type, with its full name
Result<Profile> read_profile(const std::filesystem::path& path, const RuleSet& rules);

/// The day of the question: `given` where it is not empty, else the profile's.  Errors  bad_input  neither
Result<Date> day_of(const std::string& given, const Profile& profile);

/// The end of the horizon: as given, else the profile's, else 31 December of the year of `on`.
///
/// Errors  bad_input  no date, before `on`, more than 30 years after it
Result<Date> horizon_of(const std::string& given, const Profile& profile, Date on);

/// "applicant.size=small", "projects.P1.key_product=true", "documents.cp-synbio.issued=2024-11-01"; `null` makes a fact
/// unknown. A set is a list with "," or "|" between.
///
/// Errors  bad_input  unknown fact or value;  not_found  unknown project or contract
Status set_fact(Profile& profile, const RuleSet& rules, const std::string& assignment);

}  // namespace leaven::policy
