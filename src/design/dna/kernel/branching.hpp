// What a node of the search is divided by, and what its answers are priced at.
#pragma once

#include <leaven/core/random.hpp>

#include "lattice.hpp"

namespace leaven::dna {

/// For each mean term the least and greatest sum of logarithms.
using SumRanges = std::vector<std::pair<double, double>>;
SumRanges sum_ranges(const Model& model);

/// The linear terms, and for each mean the chord of exp over its range; `one_mean`: the sum itself. `constant` is what
/// the chords add to every answer.
Prices chord_prices(const Model& model, const SumRanges& sums, bool one_mean, double& constant);

/// Prices where any answer will do: the bases of the start are worth more than any chance; where they cannot stay,
/// chance keeps words from recurring.
void price_by_chance(const Model& model, Random& chance, Prices& prices);

/// The range whose chord lies farthest above exp at an answer, and the answer's sum there.
struct ChordCut {
    std::size_t term = 0;
    double sum = 0;
};
std::optional<ChordCut> widest_chord(const Model& model, const SumRanges& sums, std::string_view letters);

/// The bases that paths have at a layer, as a set.
unsigned open_bases(const Lattice& lattice, std::int64_t layer);

}  // namespace leaven::dna
