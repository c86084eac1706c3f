// Answers for objectives on counts: codons dealt out in the wanted numbers, fitted to the lattice, then changed one by
// one as long as that is better. A heuristic: it finds answers, never bounds.
#pragma once

#include "clock.hpp"
#include "counted.hpp"
#include "gc_windows.hpp"

namespace leaven::dna {

/// An answer near the wanted counts that keeps patterns and windows; nothing where this attempt found none.
std::optional<std::string> deal_and_flip(const Model& model, Weaver& weaver, const Lattice& lattice,
                                         const CountedTerms& terms, GcWindows& windows, std::uint64_t seed,
                                         std::uint64_t attempt, const Clock& clock);

}  // namespace leaven::dna
