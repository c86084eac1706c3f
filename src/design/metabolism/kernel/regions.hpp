// Regions of flux space that a design is to close or to keep: linear conditions that all hold at once.
//
//     "EX_etoh_e <= 1; BIOMASS >= 0.14"
//
// Whether a network reaches a region is decided by an optimum, not by a row: one condition, where there is one that
// zero flux breaks, becomes the objective, the others are held, and the optimum is compared with its bound. For "growth
// >= 0.001" held as a row asks for a vitamin at 2e-9, below what a solver can tell from nothing, and a dead cell
// passes. Tolerance: 1e-6 of that bound; ten times the solver's where the bound is zero.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/lp/problem.hpp>
#include <leaven/metabolism/model.hpp>

#include "study.hpp"

namespace leaven::metabolism {

struct Condition {
    std::vector<ObjectiveTerm> terms;  // over reactions
    double lower = -lp::infinity;
    double upper = lp::infinity;
};

struct Region {
    std::string text;
    std::vector<Condition> conditions;
    std::size_t decisive = 0;  // the condition that is optimised
    lp::Sense sense = lp::Sense::maximize;
    double bound = 0;  // what its optimum must reach

    [[nodiscard]] bool reached_by(double optimum, double tolerance) const;
};

/// Each entry is one region.
///
/// Errors  bad_input  an entry is empty or cannot be read;  not_found  no such reaction;  `where` is the parameter and
///                    the entry
Result<std::vector<Region>> parse_regions(const Model& model, const ModelIndex& index,
                                          const std::vector<std::string>& entries, const char* parameter);

/// Of each reaction of the model: its coefficient in the condition.
std::vector<double> over_reactions(const Study& study, const Condition& condition);

/// The linear program that decides a region, on the network or on its compression.
struct RegionProblem {
    lp::Problem problem;
    bool unreachable = false;  // a condition holds for no flux, for all its reactions are blocked
    int decisive_row = -1;     // where the decisive condition stands, open on the side that is optimised
};

RegionProblem on_network(const Study& study, const Region& region);
RegionProblem on_compression(const Study& study, const Region& region);

}  // namespace leaven::metabolism
