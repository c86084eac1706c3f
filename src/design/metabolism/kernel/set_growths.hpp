// The optimum under every set of up to three units, each exactly.
//
// A set is no better than its subsets. So a known flux that it leaves intact and that is as good as the worst of its
// subsets settles it, by a few words of bits; most pairs of a genome-scale model are. The others have a linear program
// each, whose flux becomes a witness. Sets that take away a forced flux may be better than their subsets: only fluxes
// found under the same demands speak for them.
//
// Threads: sets are dealt in blocks that depend on the input alone; what they find is exchanged between rounds, among
// ranks too.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>

#include "study.hpp"
#include "switchboard.hpp"

namespace leaven::metabolism {

class SetGrowths {
public:
    /// `solver` stands at the optimum `wild_type`; 1 <= order <= 3.
    static Result<SetGrowths> of(const Study& study, const lp::Solver& solver, const Optimum& wild_type,
                                 const Switchboard& board, std::size_t order, const Context& context);

    /// Of a set of at most `order` units; none: no flux is left.
    [[nodiscard]] std::optional<double> value(const UnitSet& set) const;

    /// Sets of units that took a linear program of their own.
    [[nodiscard]] std::int64_t solved() const { return solved_; }

private:
    friend class GrowthSearch;

    static std::size_t rank(const UnitSet& set);

    std::vector<std::vector<double>> values_;  // of each size, by rank; NaN: no flux is left
    std::int64_t solved_ = 0;
};

/// Sets of 1 to `order` out of `items`; as a double, for it can exceed any integer.
double count_sets(std::size_t items, std::size_t order);

}  // namespace leaven::metabolism
