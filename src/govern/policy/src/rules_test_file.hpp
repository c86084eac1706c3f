// Tests of a rules file: a profile, a measure, and what is expected.
#pragma once

#include "rules_reader.hpp"

namespace leaven::policy {

/// Runs NAME.tests.toml against the rules; failures and faults become issues of the tests file. Warns of a measure
/// without a yes or without a no.
void run_tests(const RulesFile& file, const std::string& document, const Lines& lines, CheckedRules& checked);

}  // namespace leaven::policy
