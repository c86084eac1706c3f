// The search for growth-coupled designs: support branching with witnesses.
//
// A set K of knock-outs gives a flux v that attains the least target at maximal growth. If v uses none of the columns
// that a superset of K switches off, the superset grows as much and guarantees no more than v's target. So only those
// supersets are looked at that stop a column in the support of v, and of these only the smallest additions; whatever
// is not looked at has v, or the v of a subset that was looked at, as its witness. Growth never rises with a knock-out,
// so a set below the floor ends its branch. Sets with the same effect are one node.
//
// A node need not be solved to the end: any flux of maximal growth whose target is no better than what is already
// there settles it, be it the optimum of the growth program or a flux known from a sibling.
//
// Threads: nodes are solved in rounds over groups that depend on the input alone; thresholds change between rounds.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/lp/solver.hpp>

#include "interventions.hpp"
#include "study.hpp"

namespace leaven::metabolism {

struct SearchLimits {
    std::size_t max_interventions = 3;
    std::size_t max_designs = 10;  // 0: all
    double least_growth = 0;       // 1/h
    double time_s = 0;             // 0: none
};

/// A set that guarantees more than each of its subsets.
struct Found {
    UnitSet set;
    double growth;
    double guaranteed;
};

struct SearchOutcome {
    std::vector<Found> found;  // best first, at most max_designs
    double wild_type_guaranteed = 0;
    Proof proof;
    bool complete = false;
};

/// `solver` stands at the wild type's optimum and has a row for the objective; `target` is the reaction to force.
///
/// Errors  bug  a linear program could not be solved. Being stopped is no error: the outcome is then incomplete.
Result<SearchOutcome> search_designs(const Study& study, const Interventions& interventions, const lp::Solver& solver,
                                     std::int32_t target, const SearchLimits& limits, const Context& context);

/// Is `guaranteed` more than `other` by more than rounding?
bool improves(double guaranteed, double other);

/// Share of the maximal growth that may be lost while the target is minimised or maximised.
inline constexpr double growth_slack = 1e-6;

}  // namespace leaven::metabolism
