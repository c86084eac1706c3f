// Chemical formulas, molar masses, and whether a reaction conserves matter and charge.
//
// Units: molar masses in g/mol, charges in elementary charges. Counts of atoms may be fractional, as models have them.
// Threads: pure functions. Cost: O(length of the formula).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

struct Formula {
    std::map<std::string, double> counts;  // by symbol: elements, and placeholders such as R, X and *
    bool has_placeholder = false;          // counts can be compared, but there is no mass
    bool has_repeat = false;               // "(C6H10O5)n": there is neither

    bool operator==(const Formula&) const = default;
};

/// Reads "C6H12O6", "C10H8O2R2", "(CH2)3", "(C6H10O5)n", "Fe2S2*". What is no element is a placeholder.
///
/// Ensures  the formula of an empty text has no counts.
/// Errors   bad_input  brackets that do not match, or a character that no formula has; `where` is "column N"
Result<Formula> parse_formula(std::string_view text);

/// Standard atomic weight of an element; none where IUPAC gives none (no stable isotope) or there is no such element.
///
/// Reference  Prohaska et al. 2022, doi:10.1515/pac-2019-0603; where that is an interval, the last single value
/// (Wieser,
///            Berglund 2009, doi:10.1351/PAC-REP-09-08-03).
std::optional<double> atomic_weight(std::string_view symbol);

/// One of the 118 elements?
bool is_element(std::string_view symbol);

/// Molar mass; none where the formula is empty, holds a placeholder or a repeat, or an element without a weight.
std::optional<double> molar_mass_g_per_mol(const Formula& formula);

/// Atoms of carbon; none where there is a repeat or the formula is empty.
std::optional<double> carbon_count(const Formula& formula);

/// What a reaction makes minus what it uses up.
struct Balance {
    std::map<std::string, double> atoms;  // what does not cancel, by symbol
    double charge = 0;
    bool atoms_known = true;   // every metabolite has a formula that can be counted
    bool charge_known = true;  // every metabolite has a charge

    /// Nothing is known to be left over.
    [[nodiscard]] bool balanced() const { return (!atoms_known || atoms.empty()) && (!charge_known || charge == 0); }
    /// "C -1, H +2, charge +1"; empty where balanced.
    [[nodiscard]] std::string text() const;
};

/// Rounding is forgiven: what is left must exceed 1e-6 of all that the reaction turns over (at least of one atom).
Balance balance_of(const Model& model, const Reaction& reaction);

/// The same for every reaction; each formula is read once.
std::vector<Balance> balances(const Model& model);

}  // namespace leaven::metabolism
