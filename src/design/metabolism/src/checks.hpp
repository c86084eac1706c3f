// The checks that `validate` is made of, each by itself.
#pragma once

#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/metabolism/validate.hpp>

namespace leaven::metabolism {

/// A model seen once for all checks.
struct Checked {
    explicit Checked(const Model& model);

    const Model& model;
    std::vector<BoundaryKind> kinds;
    std::vector<std::int32_t> inner;    // reactions that neither cross the boundary nor make biomass
    std::vector<std::int32_t> biomass;  // reactions that make biomass
};

/// Sets count, total and share.
Check make_check(const char* id, Doc title, const char* severity, std::int64_t total, std::vector<Text> items);

/// The same for items that are identifiers alone.
Check make_check(const char* id, Doc title, const char* severity, std::int64_t total,
                 const std::vector<std::string>& identifiers);

/// "ID: what", in both languages.
Text item_text(const std::string& id, Doc what);

// From structure and text alone.
Check check_mass_balance(const Checked& checked);
Check check_charge_balance(const Checked& checked);
Check check_dead_ends(const Checked& checked);
Check check_duplicates(const Checked& checked);
Check check_bounds(const Checked& checked);
Check check_gene_rules(const Checked& checked);
Check check_annotation(const Checked& checked);
Check check_sbo(const Checked& checked);
Check check_biomass_mass(const Checked& checked);

// By linear programs.

/// A positive mass for every metabolite that no inner reaction makes or loses: those for which there is none, and
/// first the smallest set found that the reactions can make from nothing.
Result<Check> check_consistency(const Checked& checked, const Context& context);

/// Carriers of energy that are charged while nothing enters or leaves, and the reactions that do it.
Result<Check> check_energy_cycles(const Checked& checked, const Context& context);

/// Reactions that carry no flux even when every exchange is open and none is forced.
Result<Check> check_blocked(const Checked& checked, const Context& context);

/// What biomass needs and the model cannot make on its medium, one at a time, nor recharge from what biomass gives
/// back.
Result<Check> check_precursors(const Checked& checked, const Context& context);

/// Does the model reach its objective on its medium, and does the medium choose at all?
Result<Check> check_medium(const Checked& checked, Context& context);

}  // namespace leaven::metabolism
