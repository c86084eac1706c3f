// Restriction enzymes of REBASE, from the catalogue's table.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/seq/interval.hpp>

namespace leaven::seq {

/// Where the two strands are cut, in bases from the first base of the site: before which base of the forward strand
/// (`top`) and of the reverse strand (`bottom`, on the same scale).
struct CutPlace {
    std::int64_t top;
    std::int64_t bottom;
};

struct Enzyme {
    std::string name{};
    std::string site{};            // IUPAC, 5' to 3'
    std::vector<CutPlace> cuts{};  // none where it is not known, two where it cuts on both sides
    bool palindromic = false;
    bool methylation_blocks = false;  // some methylation is known to block it
    std::string suppliers{};          // REBASE's letters; empty: not sold
};

/// All enzymes, by name.
///
/// Source  Roberts et al. 2023, REBASE, doi:10.1093/nar/gkac975
/// Errors  not_found  the table `restriction_enzymes` is not on this machine
Result<std::vector<Enzyme>> load_enzymes();

/// The enzyme of this name, upper and lower case alike where that is unique. Errors  not_found, with the nearest names
Result<Enzyme> find_enzyme(const std::vector<Enzyme>& enzymes, std::string_view name);

/// Reads the table: name, site, size, fst5, fst3, scd5, scd3, …, parted by tabs.
Result<std::vector<Enzyme>> read_enzymes(std::string_view table, const std::string& name);

}  // namespace leaven::seq
