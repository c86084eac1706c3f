// What every reader of models holds to, whatever the format.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

/// `text` without blanks and line ends around it.
std::string_view trimmed(std::string_view text);

/// Do the bounds leave any flux? Not where they cross, or where one is infinite the wrong way.
bool bounds_allow_flux(const Reaction& reaction);

/// The error where they do not.
Failure no_flux_allowed(const Reaction& reaction);

/// The remark for a rule that `parse_gene_rule` refused with `fault`.
Text unreadable_rule(const std::string& reaction, const Error& fault);

/// By reaction, the name of the last group of kind partonomy or classification that holds it; empty where none does.
std::vector<std::string> subsystems_of(const Model& model);

}  // namespace leaven::metabolism
