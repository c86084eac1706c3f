// From the JSON forms to rules and goals: locations resolved, tables and enzymes loaded.
#pragma once

#include <filesystem>

#include <leaven/dna/problem.hpp>

#include "problem_json.hpp"

namespace leaven::dna {

/// Sequence, protein, topology and flanks. Errors  bad_input  letters outside IUPAC, neither or both given
Status set_molecule(Problem& problem, const form::Molecule& form, const std::string& name);

/// Errors  bad_input  not a location, or beyond the molecule
Result<Place> place_of(const Problem& problem, const std::string& location, const std::string& where);

/// The codons of a protein at a place; an empty protein is that of the molecule itself.
Result<Translation> make_translation(const Problem& problem, const Place& place, const std::string& protein,
                                     std::int64_t table, const std::string& where);

using Rules = Result<std::vector<Rule>>;
Rules rules_of(const Problem&, const form::Translation&, Place&, const std::string&, const std::filesystem::path&);
Rules rules_of(const Problem&, const form::Common&, Place&, const std::string&, const std::filesystem::path&);
Rules rules_of(const Problem&, const form::Avoid&, Place&, const std::string&, const std::filesystem::path&);
Rules rules_of(const Problem&, const form::Require&, Place&, const std::string&, const std::filesystem::path&);
Rules rules_of(const Problem&, const form::Gc&, Place&, const std::string&, const std::filesystem::path&);
Rules rules_of(const Problem&, const form::Homopolymer&, Place&, const std::string&, const std::filesystem::path&);
Rules rules_of(const Problem&, const form::Repeat&, Place&, const std::string&, const std::filesystem::path&);
Rules rules_of(const Problem&, const form::Hairpin&, Place&, const std::string&, const std::filesystem::path&);
Rules rules_of(const Problem&, const form::NoMatch&, Place&, const std::string&, const std::filesystem::path&);
Rules rules_of(const Problem&, const form::Rare&, Place&, const std::string&, const std::filesystem::path&);
Rules rules_of(const Problem&, const form::Melting&, Place&, const std::string&, const std::filesystem::path&);
Rules rules_of(const Problem&, const form::Structure&, Place&, const std::string&, const std::filesystem::path&);
Rules rules_of(const Problem&, const form::Rules&, Place&, const std::string&, const std::filesystem::path&);

/// Where no location is given and there is one coding region, codons are those of that region.
Result<Goal> goal_of(const Problem& problem, const form::Codon& form, Place& place, const std::string& where);
Result<Goal> goal_of(const Problem& problem, const form::GcTarget& form, Place& place, const std::string& where);
Result<Goal> goal_of(const Problem& problem, const form::Change& form, Place& place, const std::string& where);

}  // namespace leaven::dna
