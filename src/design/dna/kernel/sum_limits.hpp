// Sums over bases that a range of melting temperatures asks for.
//
// Tm = H / (S + C) - 273.15 with H and S sums over neighbours and C fixed by salt, strands and length. As S + C is
// below zero, Tm >= t is T S - H >= -T C, T in kelvin: a sum that must not be too small; Tm <= t is one that must not
// be too great. Both are exact but for stretches that are their own complement: those are let through, and judged.
#pragma once

#include "lattice.hpp"

namespace leaven::dna {

/// Adds the limits of a range to a model whose `allowed` may still grow narrower.
void add_sum_limits(Model& model, const Place& place, const MeltingRange& rule);

/// Has a lattice a path that keeps this limit? False is proof.
bool can_keep(const Lattice& lattice, const SumLimit& limit);

/// Prices the limits (Lagrange multipliers, each by cutting planes on top of the others). What that adds to the worth
/// of every path; for any path that keeps the limits, worth at the new prices + this is no less than before.
double price_sums(const Lattice& lattice, const std::vector<SumLimit>& limits, Prices& prices);

}  // namespace leaven::dna
