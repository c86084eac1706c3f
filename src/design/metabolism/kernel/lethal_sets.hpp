// Synthetic lethals: sets without which growth falls below a share of the wild type's, while no part of them does that.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>

#include "study.hpp"
#include "switchboard.hpp"

namespace leaven::metabolism {

struct LethalSet {
    UnitSet set;
    std::optional<double> growth;  // none: no flux is left
};

struct LethalSets {
    std::vector<LethalSet> sets;
    std::int64_t solved = 0;  // sets of units that took a linear program of their own
};

/// Is so little left? `growth` none: no flux is. Where the wild type does not grow, only that counts.
bool is_lethal(const std::optional<double>& growth, double wild_type, double threshold, double tolerance);

/// All of at most `order` units. `solver` stands at the optimum `wild_type`.
///
/// Errors  cancelled;  bug  a linear program could not be solved
Result<LethalSets> find_lethal_sets(const Study& study, const lp::Solver& solver, const Optimum& wild_type,
                                    const Switchboard& board, std::size_t order, double threshold,
                                    const Context& context);

/// Each set once more on the uncompressed network: `reactions` are those that stand still with it.
///
/// Errors  cancelled;  bug  the two networks do not agree
Status verify_lethal(const Study& study, const std::vector<std::vector<std::int32_t>>& reactions,
                     const std::vector<std::optional<double>>& growths, const Context& context);

}  // namespace leaven::metabolism
