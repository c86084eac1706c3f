// The best hairpin and the best duplex of oligos, by dynamic programming over stacks, bulges and interior loops.
#pragma once

#include <optional>
#include <span>

#include <leaven/dna/bases.hpp>

#include "hybridisation.hpp"

namespace leaven::dna {

struct Helix {
    Heat heat{};  // at 1 M salt; of a duplex with its initiation
    int pairs = 0;
    bool last_paired = false;  // of a hairpin: the oligo's last base is paired
};

/// Of those with a free energy below zero the one of highest melting temperature; several stems may stand side by side.
std::optional<Helix> best_hairpin(const OligoTables& tables, std::span<const int> bases);

/// The duplex of least free energy at 37 degrees. `turned` is the second strand from its 3' end; `strands` is R ln of
/// their concentration, which decides between the ways in which a helix can end. `at_end`: the last base of `bases` is
/// paired.
std::optional<Helix> best_dimer(const OligoTables& tables, std::span<const int> bases, std::span<const int> turned,
                                double strands, bool at_end);

}  // namespace leaven::dna
