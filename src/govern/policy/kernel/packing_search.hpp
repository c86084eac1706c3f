// Branch and bound on one connected part of a packing problem. While many items are open, the bound is that of a linear
// program; a cover of cliques settles the rest.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "packing_bound.hpp"

namespace leaven::policy {

class PackingSearch {
public:
    /// `items` are the numbers of the part's items in the problem; its groups must be nested or apart.
    PackingSearch(const PackingProblem& problem, std::vector<std::size_t> items, const Context& context);

    /// The best selection, as numbers within the part.
    Status maximise();
    /// The same score by the selection that is smallest as a sorted list.
    Status canonise();
    /// How many items left out does some equal selection take?
    Result<std::int64_t> count_ties();
    /// The best score with this item taken; none where its needs cannot be met.
    Result<std::optional<PackingScore>> best_with(std::size_t item);

    [[nodiscard]] const Bits& selection() const { return best_; }
    [[nodiscard]] PackingScore score() const { return best_score_; }
    [[nodiscard]] PackingScore bound() const { return bound_; }
    [[nodiscard]] std::int64_t nodes() const { return nodes_; }
    [[nodiscard]] std::size_t size() const { return items_.size(); }
    [[nodiscard]] std::size_t number(std::size_t local) const { return items_[local]; }

    [[nodiscard]] PackingScore score_of(const Bits& taken) const;

    /// What each item of a selection receives under the caps, exact ones first.
    [[nodiscard]] std::vector<std::int64_t> received(const Bits& taken) const;

private:
    struct Filled {
        std::vector<std::int64_t> total;
        std::vector<std::int64_t> exact;
    };
    enum class Goal { above, reach };  // a better selection than the best; one that reaches the target

    void find_groups(const PackingProblem& problem);
    [[nodiscard]] Filled fill(const Bits& taken) const;
    [[nodiscard]] PackingScore gain(std::size_t item, const Filled& filled) const;
    [[nodiscard]] PackingScore cover(const Bits& open, const std::vector<PackingScore>& weight) const;
    [[nodiscard]] bool needs_met(std::size_t item, const Bits& taken) const;
    [[nodiscard]] bool needs_possible(std::size_t item, const Bits& taken, const Bits& open) const;
    [[nodiscard]] std::size_t branching_item(const Bits& open) const;
    bool settle(Bits& taken, Bits& open) const;
    bool take_freely(Bits& taken, Bits& open, const std::vector<PackingScore>& weight) const;
    [[nodiscard]] bool dominates(std::size_t item, const Bits& open, const std::vector<PackingScore>& weight) const;
    Status search(Bits taken, Bits open);
    [[nodiscard]] bool hopeless(const PackingScore& bound) const;
    void consider(const Bits& taken);
    Status branch(Bits taken, Bits open, std::size_t item);
    PackingBound& linear();
    Status search_by_prices(Bits taken, Bits open);
    [[nodiscard]] PackingScore limit(std::int64_t total, const Bits& taken, const Bits& open) const;
    bool settle_by_prices(const PackingPrices& prices, Bits& taken, Bits& open) const;
    void select(Bits& taken, const Bits& open, const std::vector<std::size_t>& order) const;
    void round(const PackingPrices& prices, Bits taken, const Bits& open);
    [[nodiscard]] bool out_of_reach(std::size_t item) const;
    Result<bool> reaches(const Bits& taken, const Bits& open);

    const Context& context_;
    std::vector<std::size_t> items_;
    std::vector<PackingItem> data_;
    std::vector<Bits> crossing_;
    std::vector<std::vector<Bits>> needs_;
    std::vector<bool> needed_;          // by some other item
    std::vector<PackingGroup> groups_;  // inner before outer
    std::vector<std::optional<std::size_t>> group_of_;
    std::vector<PackingScore> value_;

    std::unique_ptr<PackingBound> linear_;  // of parts that are large
    std::optional<PackingPrices> root_;     // with nothing taken and nothing left out

    Goal goal_ = Goal::above;
    PackingScore target_;
    bool found_ = false;
    Bits best_;
    PackingScore best_score_;
    PackingScore bound_;
    std::int64_t nodes_ = 0;
};

}  // namespace leaven::policy
