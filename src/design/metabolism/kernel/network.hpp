// The linear program of a model: one column a reaction, one row a metabolite that must balance.
//
//     optimise  c'v   subject to   S v = 0,   lower <= v <= upper
//
// This is the original, in the units of the model, that every verdict is checked against.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <leaven/lp/problem.hpp>
#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

struct Network {
    lp::Problem problem;                          // column j is reaction j
    std::vector<std::int32_t> metabolite_of_row;  // boundary species have no row
};

/// Bounds of 1e20 and beyond are infinite, however the file spells that. Complexity: O(nonzeros).
Network build_network(const Model& model);

/// Appends a free row with these coefficients, one a column. Complexity: O(nonzeros).
void append_row(lp::Problem& problem, const std::vector<double>& coefficients);

/// c'v.
double dot(std::span<const double> coefficients, std::span<const double> flux);

/// c - S'y.
std::vector<double> reduced_costs(const lp::Problem& problem, std::span<const double> prices);

/// Largest |S v| over the rows, each relative to max(1, sum of |s v| in it). Complexity: O(nonzeros).
double residual(const Network& network, std::span<const double> flux);

}  // namespace leaven::metabolism
