// Branch and bound on one connected part of a packing problem.
#pragma once

#include <bit>
#include <optional>
#include <vector>

#include <leaven/policy/packing.hpp>

namespace leaven::policy {

/// A set of small numbers.
class Bits {
public:
    explicit Bits(std::size_t size = 0) : words_((size + 63) / 64) {}

    void add(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
    void drop(std::size_t i) { words_[i / 64] &= ~(std::uint64_t{1} << (i % 64)); }
    [[nodiscard]] bool has(std::size_t i) const { return (words_[i / 64] >> (i % 64) & 1) != 0; }
    [[nodiscard]] bool empty() const {
        for (const auto word : words_)
            if (word != 0) return false;
        return true;
    }
    [[nodiscard]] bool meets(const Bits& other) const {
        for (std::size_t w = 0; w < words_.size(); ++w)
            if ((words_[w] & other.words_[w]) != 0) return true;
        return false;
    }
    [[nodiscard]] std::size_t common(const Bits& other) const {
        std::size_t count = 0;
        for (std::size_t w = 0; w < words_.size(); ++w)
            count += static_cast<std::size_t>(std::popcount(words_[w] & other.words_[w]));
        return count;
    }
    Bits& operator&=(const Bits& other) {
        for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= other.words_[w];
        return *this;
    }
    Bits& subtract(const Bits& other) {
        for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= ~other.words_[w];
        return *this;
    }
    template <class Visit>
    void each(Visit visit) const {
        for (std::size_t w = 0; w < words_.size(); ++w)
            for (auto word = words_[w]; word != 0; word &= word - 1)
                visit(w * 64 + static_cast<std::size_t>(std::countr_zero(word)));
    }

private:
    std::vector<std::uint64_t> words_;
};

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
    struct Group {
        std::int64_t cap;
        std::optional<std::size_t> parent;
        std::vector<std::size_t> members;
    };
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
    void start_greedily();
    Result<bool> reaches(const Bits& taken, const Bits& open);

    const Context& context_;
    std::vector<std::size_t> items_;
    std::vector<PackingItem> data_;
    std::vector<Bits> crossing_;
    std::vector<std::vector<Bits>> needs_;
    std::vector<bool> needed_;   // by some other item
    std::vector<Group> groups_;  // inner before outer
    std::vector<std::optional<std::size_t>> group_of_;
    std::vector<PackingScore> value_;

    Goal goal_ = Goal::above;
    PackingScore target_;
    bool found_ = false;
    Bits best_;
    PackingScore best_score_;
    PackingScore bound_;
    std::int64_t nodes_ = 0;
};

}  // namespace leaven::policy
