// From values of a file to a profile.
#pragma once

#include <leaven/policy/profile.hpp>

#include "node.hpp"

namespace leaven::policy {

/// `inside` is put before field names and lines in errors: "s01.toml". Without `whole`, schema and name are not asked
/// for: the profile of a test.
Result<Profile> profile_of(const Node& node, const std::string& inside, const RuleSet& rules, bool whole);

/// A value of the fact's type.  Errors  bad_input; `where` as given
Result<Cell> cell_of(const Node& value, std::size_t slot, const FactTable& facts, const std::string& where);

/// Notes the day of issue of a document whose text does not say it.
///
/// Errors  bad_input  the text says another day
Status state_issue(Profile& made, const Document& document, Date date, const std::string& where);

}  // namespace leaven::policy
