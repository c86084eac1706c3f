// Guides for edits of a chromosome: what `dna edit` is given of the module crispr, which it cannot name itself.
#pragma once

#include <leaven/dna/genome_edit.hpp>

namespace leaven::pipeline {

/// Guides of SpCas9 whose protospacer and PAM lie in the place, with the number of their other targets in the genome of
/// at most three mismatches. Errors  cancelled
Result<std::vector<dna::Guide>> guides_for_edit(std::span<const seq::Record> genome, std::size_t record,
                                                seq::Interval place, const Context& context);

}  // namespace leaven::pipeline
