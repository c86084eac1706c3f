// An upper bound on what a part of a packing problem can pay, from a linear program, and proved in integers.
//
// Any prices of the rows (cliques of crossing items, prerequisites, caps), none below zero, bound the total by weak
// duality: what the rows are worth, and of each item what its value exceeds the prices of its rows by. The program only
// proposes the prices; they are rounded to parts of a 元 and the bound is added up exactly. So is how far the bound
// falls when an item is taken, or left out, in spite of its price: that settles most items without a search.
//
// Reference  Nemhauser, Wolsey 1988, Integer and Combinatorial Optimization, II.3.6 (duality), II.5.2 (reduced costs).
#pragma once

#include <algorithm>
#include <limits>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/lp/solver.hpp>
#include <leaven/policy/packing.hpp>

#include "bits.hpp"

namespace leaven::policy {

/// A cap that can bind, on its members and on the groups whose parent it is.
struct PackingGroup {
    std::int64_t cap;
    std::optional<std::size_t> parent;
    std::vector<std::size_t> members;
};

struct PackingPrices {
    __extension__ using Wide = __int128;  // 2520 parts of a 元: the prices of small programs are often halves, thirds …

    Wide bound = 0;
    std::vector<Wide> surplus;  // of each item, its value less its prices
    std::vector<double> share;  // of each item, how much of it the program takes

    [[nodiscard]] std::int64_t total() const { return whole(bound); }
    /// The bound where the item is taken, or is left out, all the same.
    [[nodiscard]] std::int64_t total_with(std::size_t item) const {
        return whole(surplus[item] < 0 ? bound + surplus[item] : bound);
    }
    [[nodiscard]] std::int64_t total_without(std::size_t item) const {
        return whole(surplus[item] > 0 ? bound - surplus[item] : bound);
    }

    static constexpr std::int64_t parts = 2520;

private:
    static std::int64_t whole(Wide scaled) {
        constexpr Wide most = std::numeric_limits<std::int64_t>::max();
        const Wide floor = scaled >= 0 ? scaled / parts : -((parts - 1 - scaled) / parts);
        return static_cast<std::int64_t>(std::clamp(floor, -most, most));
    }
};

class PackingBound {
public:
    struct Part {
        const std::vector<PackingScore>& value;
        const std::vector<Bits>& crossing;
        const std::vector<std::vector<Bits>>& needs;
        const std::vector<PackingGroup>& groups;
        const std::vector<std::optional<std::size_t>>& group_of;
    };
    /// The part must outlive the bound.
    PackingBound(Part part, const Context& context);

    /// With `taken` taken and what is neither taken nor open left out; none where the program was not solved.
    std::optional<PackingPrices> ask(const Bits& taken, const Bits& open);

private:
    [[nodiscard]] std::vector<std::vector<std::size_t>> cliques() const;
    void add_entry(std::size_t column, int row, std::int64_t coefficient);
    lp::Problem make_program();
    [[nodiscard]] PackingPrices add_up(const lp::Solution& solution, const Bits& taken, const Bits& open) const;

    struct Entry {
        int row;
        std::int64_t coefficient;
    };
    Part part_;
    std::vector<std::vector<Entry>> columns_;  // of each item, then of what each group receives
    std::size_t clique_rows_ = 0;
    int rows_ = 0;
    double unit_ = 1;  // 元 that count as one in the program
    lp::Solver solver_;
};

}  // namespace leaven::policy
