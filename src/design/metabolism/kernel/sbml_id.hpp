// Identifiers between SBML, where only letters, digits and "_" are allowed, and people.
//
// "M_glc__45__D" in a file is "glc-D" here: the prefix of the kind is dropped and "__N__" is the character with the
// decimal code N, as COBRApy reads and writes them. Cost: O(length).
#pragma once

#include <string>
#include <string_view>

namespace leaven::metabolism {

inline constexpr std::string_view metabolite_prefix = "M_";
inline constexpr std::string_view reaction_prefix = "R_";
inline constexpr std::string_view gene_prefix = "G_";
inline constexpr std::string_view no_prefix = "";

/// What an objective is called in a file whose Model does not name it: FBC asks for a name.
inline constexpr std::string_view unnamed_objective = "objective";

/// The identifier as people write it.
std::string from_sbml_id(std::string_view sbml_id, std::string_view prefix);

/// Ensures  the result is a valid SBML identifier, and `from_sbml_id` of it is `id`, for any text without control
///          characters.
std::string to_sbml_id(std::string_view id, std::string_view prefix);

/// Other spellings that read back as `id`: every character as "__0N__", with so many zeros, which `to_sbml_id` never
/// writes. Requires  spelling > 0.
std::string other_sbml_id(std::string_view id, int spelling);

/// A letter or "_", then letters, digits and "_".
bool is_sbml_id(std::string_view text);

}  // namespace leaven::metabolism
