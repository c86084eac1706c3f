// What changes of a sequence mean for the features on it.
#pragma once

#include <vector>

#include <leaven/dna/verify.hpp>

namespace leaven::dna {

/// Fills in feature and effect of every variant. Substitutions of one codon that are fixed are read together.
void annotate(const seq::Record& design, std::vector<Variant>& variants);

/// The worst that variants and depth mean for each feature that has a place on the design, in the order of the record.
std::vector<FeatureState> feature_states(const seq::Record& design, const std::vector<Variant>& variants,
                                         const std::vector<std::int32_t>& depth, std::int64_t min_depth);

/// Of the whole: `depth_min` over all bases.
CloneVerdict verdict_of(const seq::Record& design, const std::vector<Variant>& variants, std::int64_t depth_min,
                        std::int64_t min_depth);

}  // namespace leaven::dna
