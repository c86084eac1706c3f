#include "packing_search.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace leaven::policy {
namespace {

constexpr std::int64_t most_nodes = 5'000'000;  // of one part
constexpr std::size_t many = 32;                // open items that are worth a linear program

}  // namespace

/// An upper bound of what the open items can add: cliques with prices, so that each item's price covers its weight.
PackingScore PackingSearch::cover(const Bits& open, const std::vector<PackingScore>& weight) const {
    const PackingScore none;
    auto left = open;
    auto rest = weight;
    std::vector<std::size_t> order;
    open.each([&](std::size_t i) {
        if (weight[i] > none)
            order.push_back(i);
        else
            left.drop(i);
    });
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return weight[a] > weight[b]; });
    PackingScore bound;
    std::vector<std::size_t> clique;
    while (!left.empty()) {
        std::size_t least = items_.size();
        left.each([&](std::size_t i) {
            if (least == items_.size() || rest[i] < rest[least]) least = i;
        });
        clique = {least};
        auto candidates = left;
        candidates &= crossing_[least];
        for (const auto i : order) {
            if (!candidates.has(i)) continue;
            clique.push_back(i);
            candidates &= crossing_[i];
        }
        const auto price = rest[least];
        bound += price;
        for (const auto i : clique) {
            rest[i] -= price;
            if (!(rest[i] > none)) left.drop(i);
        }
    }
    return bound;
}

bool PackingSearch::needs_met(std::size_t item, const Bits& taken) const {
    return std::all_of(needs_[item].begin(), needs_[item].end(), [&](const Bits& any) { return any.meets(taken); });
}

bool PackingSearch::needs_possible(std::size_t item, const Bits& taken, const Bits& open) const {
    return std::all_of(needs_[item].begin(), needs_[item].end(),
                       [&](const Bits& any) { return any.meets(taken) || any.meets(open); });
}

/// Drops what cannot be had; false where something taken can no longer be had.
bool PackingSearch::settle(Bits& taken, Bits& open) const {
    for (bool changed = true; changed;) {
        changed = false;
        std::vector<std::size_t> lost;
        open.each([&](std::size_t i) {
            if (!needs_possible(i, taken, open)) lost.push_back(i);
        });
        for (const auto i : lost) open.drop(i);
        changed = !lost.empty();
    }
    bool possible = true;
    taken.each([&](std::size_t i) { possible = possible && needs_possible(i, taken, open); });
    return possible;
}

/// Is taking the item at least as good as taking any of its open rivals?
bool PackingSearch::dominates(std::size_t item, const Bits& open, const std::vector<PackingScore>& weight) const {
    if (!groups_.empty()) return !open.meets(crossing_[item]);
    PackingScore rivals;
    bool plain = true;
    auto others = open;
    others &= crossing_[item];
    others.each([&](std::size_t i) {
        rivals += weight[i];
        plain = plain && !needed_[i];
    });
    return others.empty() || (plain && rivals <= weight[item]);
}

bool PackingSearch::take_freely(Bits& taken, Bits& open, const std::vector<PackingScore>& weight) const {
    std::size_t chosen = items_.size();
    open.each([&](std::size_t i) {
        if (chosen == items_.size() && needs_met(i, taken) && dominates(i, open, weight)) chosen = i;
    });
    if (chosen == items_.size()) return false;
    taken.add(chosen);
    open.drop(chosen);
    open.subtract(crossing_[chosen]);
    return true;
}

std::size_t PackingSearch::branching_item(const Bits& open) const {
    std::size_t best = items_.size();
    std::size_t most = 0;
    open.each([&](std::size_t i) {
        const auto rivals = open.common(crossing_[i]);
        if (best == items_.size() || rivals > most || (rivals == most && value_[i] > value_[best])) {
            best = i;
            most = rivals;
        }
    });
    return best;
}

bool PackingSearch::hopeless(const PackingScore& bound) const {
    return goal_ == Goal::reach ? bound < target_ : found_ && bound <= best_score_;
}

/// Keeps a whole selection that is better than the best, or good enough.
void PackingSearch::consider(const Bits& taken) {
    const auto score = score_of(taken);
    if (hopeless(score)) return;
    best_ = taken;
    best_score_ = score;
    found_ = true;
}

Status PackingSearch::search(Bits taken, Bits open) {
    if (++nodes_ > most_nodes)
        return infeasible({"the proof was given up after {} steps: no best combination is claimed",
                           "搜索 {} 步后仍未得到证明，不给出最优组合"},
                          most_nodes)
            .advise({"ask with fewer projects at a time", "请减少一次考虑的项目数"});
    if (context_.stopped()) return cancelled();
    std::vector<PackingScore> weight = value_;
    while (true) {
        if (!settle(taken, open)) return {};
        if (!groups_.empty()) {
            const auto filled = fill(taken);
            open.each([&](std::size_t i) { weight[i] = gain(i, filled); });
        }
        if (!take_freely(taken, open, weight)) break;
    }
    if (open.empty()) {
        consider(taken);
        return {};
    }
    auto bound = score_of(taken);
    bound += cover(open, weight);
    if (hopeless(bound)) return {};
    if (open.count() >= many) return search_by_prices(std::move(taken), std::move(open));
    const auto item = branching_item(open);
    return branch(std::move(taken), std::move(open), item);
}

/// First with the item, then without it.
Status PackingSearch::branch(Bits taken, Bits open, std::size_t item) {
    auto with = taken;
    with.add(item);
    open.drop(item);
    auto others = open;
    others.subtract(crossing_[item]);
    if (auto status = search(std::move(with), std::move(others)); !status) return status;
    if (goal_ == Goal::reach && found_) return {};
    return search(std::move(taken), std::move(open));
}

/// Lets a linear program bound the total, find a selection, and settle items; branches on what it would take in part.
Status PackingSearch::search_by_prices(Bits taken, Bits open) {
    const auto prices = linear().ask(taken, open);
    if (context_.stopped()) return cancelled();
    auto item = branching_item(open);
    if (!prices) return branch(std::move(taken), std::move(open), item);
    if (hopeless(limit(prices->total(), taken, open))) return {};
    round(*prices, taken, open);
    if (goal_ == Goal::reach && found_) return {};
    const auto before = open.count();
    if (!settle_by_prices(*prices, taken, open)) return {};
    if (open.count() < before) return search(std::move(taken), std::move(open));
    constexpr double in_part = 1e-6;
    double nearest = 0.5 - in_part;
    open.each([&](std::size_t i) {
        const auto off = std::abs(prices->share[i] - 0.5);
        if (off >= nearest) return;
        nearest = off;
        item = i;
    });
    return branch(std::move(taken), std::move(open), item);
}

PackingBound& PackingSearch::linear() {
    if (!linear_)
        linear_ =
            std::make_unique<PackingBound>(PackingBound::Part{value_, crossing_, needs_, groups_, group_of_}, context_);
    return *linear_;
}

/// The best score there can be where the total is at most `total`.
PackingScore PackingSearch::limit(std::int64_t total, const Bits& taken, const Bits& open) const {
    PackingScore most{total, 0, 0};
    for (const auto* items : {&taken, &open})
        items->each([&](std::size_t i) {
            most.exact += value_[i].exact;
            most.unvalued += value_[i].unvalued;
        });
    return most;
}

/// Leaves out what no good selection can take, takes what none can leave out; false where two of these cross.
bool PackingSearch::settle_by_prices(const PackingPrices& prices, Bits& taken, Bits& open) const {
    const auto most = limit(0, taken, open);
    const auto lost = [&](std::int64_t total) { return hopeless({total, most.exact, most.unvalued}); };
    Bits needed(items_.size());
    auto left = open;
    open.each([&](std::size_t i) {
        if (lost(prices.total_with(i)))
            left.drop(i);
        else if (lost(prices.total_without(i)))
            needed.add(i);
    });
    bool possible = true;
    needed.each([&](std::size_t i) {
        possible = possible && !needed.meets(crossing_[i]);
        taken.add(i);
        left.drop(i);
        left.subtract(crossing_[i]);
    });
    open = std::move(left);
    return possible;
}

/// Adds what can be had, in the order given; what is needed by an item may come after it.
void PackingSearch::select(Bits& taken, const Bits& open, const std::vector<std::size_t>& order) const {
    for (int again = 0; again < 2; ++again)
        for (const auto i : order)
            if (open.has(i) && !taken.has(i) && !taken.meets(crossing_[i]) && needs_met(i, taken)) taken.add(i);
}

/// A selection near to what the program would take.
void PackingSearch::round(const PackingPrices& prices, Bits taken, const Bits& open) {
    std::vector<std::size_t> order;
    open.each([&](std::size_t i) { order.push_back(i); });
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::tuple(prices.share[a], prices.surplus[a], value_[a]) >
               std::tuple(prices.share[b], prices.surplus[b], value_[b]);
    });
    select(taken, open, order);
    bool sound = true;
    taken.each([&](std::size_t i) { sound = sound && needs_met(i, taken); });
    if (sound) consider(taken);
}

Status PackingSearch::maximise() {
    goal_ = Goal::above;
    Bits open(items_.size());
    std::vector<std::size_t> order(items_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (const auto i : order) open.add(i);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return value_[a] > value_[b]; });
    Bits taken(items_.size());
    select(taken, open, order);  // a first selection, so that the search can discard early
    consider(taken);
    if (items_.size() >= many) root_ = linear().ask(Bits(items_.size()), open);
    if (auto status = search(Bits(items_.size()), open); !status) return status;
    bound_ = best_score_;  // every other selection was looked at, or bounded by this score
    return {};
}

/// Do the prices alone say that no selection with this item is as good as the best?
bool PackingSearch::out_of_reach(std::size_t item) const {
    return root_ && root_->total_with(item) < best_score_.total;
}

Result<bool> PackingSearch::reaches(const Bits& taken, const Bits& open) {
    const auto kept = best_;
    const auto kept_score = best_score_;
    goal_ = Goal::reach;
    target_ = kept_score;
    found_ = false;
    const auto status = search(taken, open);
    const bool reached = found_;
    if (!reached) best_ = kept;
    best_score_ = kept_score;
    found_ = true;
    if (!status) return pass(status);
    return reached;
}

Status PackingSearch::canonise() {
    Bits fixed(items_.size());
    for (std::size_t i = 0; i < items_.size(); ++i) {
        if (fixed.meets(crossing_[i])) continue;
        if (!best_.has(i)) {
            if (out_of_reach(i)) continue;
            auto with = fixed;
            with.add(i);
            Bits open(items_.size());
            for (auto later = i + 1; later < items_.size(); ++later)
                if (!with.meets(crossing_[later])) open.add(later);
            const auto reached = reaches(with, open);
            if (!reached) return pass(reached);
            if (!*reached) continue;
        }
        fixed.add(i);
    }
    return {};
}

Result<std::int64_t> PackingSearch::count_ties() {
    std::int64_t ties = 0;
    const auto chosen = best_;
    for (std::size_t i = 0; i < items_.size(); ++i) {
        if (chosen.has(i) || value_[i] == PackingScore{} || out_of_reach(i)) continue;
        Bits with(items_.size());
        with.add(i);
        Bits open(items_.size());
        for (std::size_t other = 0; other < items_.size(); ++other)
            if (other != i && !crossing_[i].has(other)) open.add(other);
        const auto reached = reaches(with, open);
        best_ = chosen;
        if (!reached) return pass(reached);
        ties += *reached ? 1 : 0;
    }
    return ties;
}

Result<std::optional<PackingScore>> PackingSearch::best_with(std::size_t item) {
    goal_ = Goal::above;
    found_ = false;
    Bits with(items_.size());
    with.add(item);
    Bits open(items_.size());
    for (std::size_t other = 0; other < items_.size(); ++other)
        if (other != item && !crossing_[item].has(other)) open.add(other);
    if (auto status = search(with, open); !status) return pass(status);
    return found_ ? std::optional(best_score_) : std::nullopt;
}

}  // namespace leaven::policy
