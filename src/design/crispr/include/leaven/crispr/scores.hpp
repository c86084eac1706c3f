// How likely a site is to be cut, by the published tables; all measured in mammalian cells.
//
// Source  CFD: Doench et al. 2016, doi:10.1038/nbt.3437. MIT: Hsu et al. 2013, doi:10.1038/nbt.2647. Rule Set 1:
//         Doench et al. 2014, doi:10.1038/nbt.3026. They are defined for 20-nt guides of SpCas9 alone.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace leaven::crispr {

/// CFD of a site, 0 … 1: product over its mismatches, times the weight of the last two bases of its PAM.
///
/// Requires  guide and site of 20 letters, upper case A C G T;  `pam_end` of two
double cfd_of(std::string_view guide, std::string_view site, std::string_view pam_end);

/// MIT score of a site, 0 … 1, from the places of its mismatches: bit 0 is the base next to the PAM.
double mit_of(std::uint32_t mismatches);

/// The score of a guide, 0 … 100, from the sum over its hits but the target.
inline double guide_score(double sum) { return 100.0 * 100.0 / (100.0 + 100.0 * sum); }

/// Rule Set 1, 0 … 1, of 30 bases: 4 before the protospacer, 20, 3 of the PAM, 3 behind it. None where a letter is not
/// A C G T, or there are not 30.
std::optional<double> rule_set_1(std::string_view context);

/// A linear model of the same 30 bases, 0 … 1: the rank to expect among the guides of a gene.
///
/// Trained by bench/crispr_on_target.py on the activities of Doench et al. 2016; in cross-validation over genes its
/// Spearman correlation is 0.48, with the predictions of Rule Set 2 0.86 (Rule Set 1: 0.61).
std::optional<double> learned_score(std::string_view context);

/// The table behind `cfd_of`: the weight of a pair of codes (A C G T = 0 … 3) at a place, bit 0 next to the PAM.
struct CfdTable {
    std::array<std::array<std::array<double, 4>, 4>, 20> pairs{};  // [place][guide][site]
    std::array<std::array<double, 4>, 4> pam{};                    // [last but one][last]
};
const CfdTable& cfd_table();

}  // namespace leaven::crispr
