// Primers of a molecule whose ends are given: its product is the molecule base by base.
#pragma once

#include <optional>
#include <string>

#include <leaven/dna/primers.hpp>

namespace leaven::dna {

/// The pair of least penalty; what a primer may be is wider than where its place is free (52 to 68 degrees, up to 36
/// bases, any share of G and C). None where the ends allow none. Errors  cancelled
Result<std::optional<PrimerPair>> primers_of_ends(const std::string& letters, const std::string& tail_forward,
                                                  const std::string& tail_reverse, const Context& context);

}  // namespace leaven::dna
