// The search for growth-coupled designs: support branching with witnesses.
//
// What a set K of knock-outs is worth is told by a flux v that K leaves possible:
//   guaranteed  v has maximal growth and the least target there;       worth: that target
//   maximum     v has maximal growth and the greatest target there;    worth: that target
//   growth_lost v has the greatest growth that is left without target; worth: how much growth that costs
// If v uses none of the columns that a superset of K switches off, the superset is worth no more: it grows no better,
// and v is still there. So only those supersets are looked at that stop a column in the support of v, and of these only
// the smallest additions; whatever is not looked at has v, or the v of a subset that was looked at, as its witness.
// Growth never rises with a knock-out, so a set below the floor ends its branch. Sets with the same effect are one
// node.
//
// A node need not be solved to the end: a flux known from a sibling that proves it is worth no more than what is
// already there settles it.
//
// Insertions, and knock-outs that free what must run, do raise growth: each world (src/interventions.hpp) is searched
// by itself, smaller ones first.
//
// Threads: nodes are solved in rounds over groups that depend on the input alone; thresholds change between rounds.
// Ranks share the groups of a round.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/lp/solver.hpp>

#include "interventions.hpp"
#include "study.hpp"

namespace leaven::metabolism {

enum class Goal { guaranteed, maximum, growth_lost };

struct SearchLimits {
    std::size_t max_interventions = 3;
    std::size_t max_designs = 10;  // 0: all
    double least_growth = 0;       // 1/h
    double time_s = 0;             // 0: none
};

/// When a search must end: asked to stop, or out of time, on any rank.
class Deadline {
public:
    Deadline(const Context& context, double time_s) : context_(context), time_s_(time_s) {}
    /// All ranks have the same answer, and all must ask.
    [[nodiscard]] bool passed() const;

private:
    using Clock = std::chrono::steady_clock;
    const Context& context_;
    double time_s_;
    Clock::time_point began_ = Clock::now();
};

/// A set that is worth more than each of its subsets.
struct Found {
    std::vector<std::int32_t> inserted;  // insertions
    UnitSet set;
    double growth;
    double value;
    double cost = 0;
    std::size_t size = 0;  // knock-outs and inserted reactions
};

struct SearchOutcome {
    std::vector<Found> found;  // best first, at most max_designs
    double wild_type = 0;      // its worth
    Proof proof;
    bool complete = false;
};

/// `solver` knows the network with everything inserted, and has a row for the objective; `target` is the reaction to
/// force. The wild type grows.
///
/// Errors  bug  a linear program could not be solved. Being stopped is no error: the outcome is then incomplete.
Result<SearchOutcome> search_designs(const Study& study, const Interventions& interventions, const lp::Solver& solver,
                                     std::int32_t target, Goal aim, const SearchLimits& limits, const Context& context);

/// Is `value` more than `other` by more than rounding?
bool improves(double value, double other);

/// Share of the maximal growth that may be lost while the target is minimised or maximised.
inline constexpr double growth_slack = 1e-6;

}  // namespace leaven::metabolism
