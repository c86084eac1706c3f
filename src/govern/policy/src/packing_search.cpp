#include "packing_search.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace leaven::policy {
namespace {

constexpr std::int64_t most_nodes = 5'000'000;  // of one part

}  // namespace

PackingSearch::PackingSearch(const PackingProblem& problem, std::vector<std::size_t> items, const Context& context)
    : context_(context),
      items_(std::move(items)),
      crossing_(items_.size(), Bits(items_.size())),
      needs_(items_.size()),
      needed_(items_.size()),
      group_of_(items_.size()),
      best_(items_.size()) {
    const auto size = items_.size();
    const auto local = [this](std::size_t item) {
        return static_cast<std::size_t>(std::lower_bound(items_.begin(), items_.end(), item) - items_.begin());
    };
    const auto here = [&](std::size_t item) { return std::binary_search(items_.begin(), items_.end(), item); };
    for (const auto item : items_) {
        data_.push_back(problem.items[item]);
        const auto& one = data_.back();
        value_.push_back({one.value, one.exact ? one.value : 0, one.unvalued ? 1 : 0});
    }
    for (const auto& [a, b] : problem.crossing)
        if (here(a)) {
            crossing_[local(a)].add(local(b));
            crossing_[local(b)].add(local(a));
        }
    for (std::size_t i = 0; i < size; ++i)
        for (const auto& list : data_[i].needs) {
            Bits any(size);
            for (const auto other : list) {
                any.add(local(other));
                needed_[local(other)] = true;
            }
            needs_[i].push_back(std::move(any));
        }
    find_groups(problem);
}

/// Caps that can bind, inner ones first.
void PackingSearch::find_groups(const PackingProblem& problem) {
    std::vector<std::vector<std::size_t>> members(problem.caps.size());
    for (std::size_t i = 0; i < items_.size(); ++i)
        for (const auto group : data_[i].groups) members[group].push_back(i);
    for (std::size_t g = 0; g < members.size(); ++g) {
        std::int64_t sum = 0;
        for (const auto i : members[g]) sum += data_[i].value;
        if (sum > problem.caps[g]) groups_.push_back({problem.caps[g], std::nullopt, members[g]});
    }
    std::stable_sort(groups_.begin(), groups_.end(),
                     [](const Group& a, const Group& b) { return a.members.size() < b.members.size(); });
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        for (const auto i : groups_[g].members)
            if (!group_of_[i]) group_of_[i] = g;
        for (auto outer = g + 1; outer < groups_.size() && !groups_[g].parent; ++outer)
            if (std::includes(groups_[outer].members.begin(), groups_[outer].members.end(), groups_[g].members.begin(),
                              groups_[g].members.end()))
                groups_[g].parent = outer;
    }
}

PackingSearch::Filled PackingSearch::fill(const Bits& taken) const {
    Filled filled{std::vector<std::int64_t>(groups_.size()), std::vector<std::int64_t>(groups_.size())};
    taken.each([&](std::size_t i) {
        if (!group_of_[i]) return;
        filled.total[*group_of_[i]] += value_[i].total;
        filled.exact[*group_of_[i]] += value_[i].exact;
    });
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        filled.total[g] = std::min(filled.total[g], groups_[g].cap);
        filled.exact[g] = std::min(filled.exact[g], groups_[g].cap);
        if (!groups_[g].parent) continue;
        filled.total[*groups_[g].parent] += filled.total[g];
        filled.exact[*groups_[g].parent] += filled.exact[g];
    }
    return filled;
}

PackingScore PackingSearch::score_of(const Bits& taken) const {
    PackingScore score;
    taken.each([&](std::size_t i) {
        if (group_of_[i])
            score.unvalued += value_[i].unvalued;
        else
            score += value_[i];
    });
    if (groups_.empty()) return score;
    const auto filled = fill(taken);
    for (std::size_t g = 0; g < groups_.size(); ++g)
        if (!groups_[g].parent) score += {filled.total[g], filled.exact[g], 0};
    return score;
}

PackingScore PackingSearch::gain(std::size_t item, const Filled& filled) const {
    auto gained = value_[item];
    for (auto g = group_of_[item]; g; g = groups_[*g].parent) {
        gained.total = std::min(gained.total, groups_[*g].cap - filled.total[*g]);
        gained.exact = std::min(gained.exact, groups_[*g].cap - filled.exact[*g]);
    }
    return gained;
}

std::vector<std::int64_t> PackingSearch::received(const Bits& taken) const {
    std::vector<std::int64_t> got(items_.size());
    std::vector<std::int64_t> room;
    for (const auto& group : groups_) room.push_back(group.cap);
    for (const bool exact : {true, false})
        taken.each([&](std::size_t i) {
            if (data_[i].exact != exact) return;
            got[i] = data_[i].value;
            for (auto g = group_of_[i]; g; g = groups_[*g].parent) got[i] = std::min(got[i], room[*g]);
            for (auto g = group_of_[i]; g; g = groups_[*g].parent) room[*g] -= got[i];
        });
    return got;
}

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
    auto bound = score_of(taken);
    if (open.empty()) {
        if (hopeless(bound)) return {};
        best_ = taken;
        best_score_ = bound;
        found_ = true;
        return {};
    }
    bound += cover(open, weight);
    if (hopeless(bound)) return {};
    const auto item = branching_item(open);
    auto with = taken;
    with.add(item);
    auto others = open;
    others.drop(item);
    auto without = others;
    if (auto status = search(std::move(with), std::move(others.subtract(crossing_[item]))); !status) return status;
    if (goal_ == Goal::reach && found_) return {};
    return search(std::move(taken), std::move(without));
}

/// A first selection, so that the search can discard early.
void PackingSearch::start_greedily() {
    std::vector<std::size_t> order(items_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return value_[a] > value_[b]; });
    Bits taken(items_.size());
    for (int round = 0; round < 2; ++round)  // the second takes additions whose awards came later
        for (const auto i : order)
            if (!taken.has(i) && !taken.meets(crossing_[i]) && needs_met(i, taken)) taken.add(i);
    best_ = taken;
    best_score_ = score_of(taken);
    found_ = true;
}

Status PackingSearch::maximise() {
    goal_ = Goal::above;
    start_greedily();
    Bits open(items_.size());
    for (std::size_t i = 0; i < items_.size(); ++i) open.add(i);
    if (auto status = search(Bits(items_.size()), open); !status) return status;
    bound_ = best_score_;  // every other selection was looked at, or bounded by this score
    return {};
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
        if (chosen.has(i) || value_[i] == PackingScore{}) continue;
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
