// Objectives as sums over codons and bases.
#pragma once

#include "model.hpp"

namespace leaven::dna {

/// The codons of a place, in reading order.
std::vector<CodonSite> sites_of(const Place& place, std::int64_t length);

/// Adds the objectives of a problem to its model, whose `allowed` is complete.
Status add_goals(const Problem& problem, Model& model);

/// The trinucleotide that ends at a position; over the join of a circle.
Codon ending_at(std::string_view letters, std::int64_t position);

/// Sum of the logarithms of a geometric mean.
double log_sum(const MeanTerm& term, std::string_view letters);

/// Worth of the terms that are neither linear nor means.
double worth_of(const MatchTerm& term, std::string_view letters);
double worth_of(const GcTerm& term, std::string_view letters);

}  // namespace leaven::dna
