// What a selection is worth: values under caps.
#include <algorithm>

#include "packing_search.hpp"

namespace leaven::policy {

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
                     [](const PackingGroup& a, const PackingGroup& b) { return a.members.size() < b.members.size(); });
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

}  // namespace leaven::policy
