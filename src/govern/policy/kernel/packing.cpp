#include <algorithm>
#include <limits>
#include <numeric>

#include <leaven/policy/packing.hpp>

#include "packing_search.hpp"

namespace leaven::policy {
namespace {

Status check(const PackingProblem& problem) {
    std::int64_t sum = 0;
    for (const auto& item : problem.items)
        if (__builtin_add_overflow(sum, item.value, &sum))
            return bad_input({"the amounts add up to more than {} 元", "金额合计超过 {} 元"},
                             std::numeric_limits<std::int64_t>::max())
                .advise({"check the money in the profile", "请核对申请者资料中的金额"});
    std::vector<std::vector<std::size_t>> members(problem.caps.size());
    for (std::size_t i = 0; i < problem.items.size(); ++i)
        for (const auto group : problem.items[i].groups) members[group].push_back(i);
    for (std::size_t a = 0; a < members.size(); ++a)
        for (std::size_t b = a + 1; b < members.size(); ++b) {
            std::vector<std::size_t> both;
            std::set_intersection(members[a].begin(), members[a].end(), members[b].begin(), members[b].end(),
                                  std::back_inserter(both));
            if (!both.empty() && both != members[a] && both != members[b])
                return bad_input({"two cap groups share claims and neither holds the other",
                                  "两个上限组有共同的申请项，但互不包含"})
                    .advise({"nest the cap groups, or keep them apart", "请使上限组互相嵌套或互不相交"});
        }
    return {};
}

/// Items that touch each other by crossing, prerequisites or caps, part by part.
std::vector<std::vector<std::size_t>> parts_of(const PackingProblem& problem) {
    std::vector<std::size_t> root(problem.items.size());
    std::iota(root.begin(), root.end(), std::size_t{0});
    const auto find = [&](std::size_t i) {
        while (root[i] != i) i = root[i] = root[root[i]];
        return i;
    };
    const auto join = [&](std::size_t a, std::size_t b) {
        root[std::max(find(a), find(b))] = std::min(find(a), find(b));
    };
    for (const auto& [a, b] : problem.crossing) join(a, b);
    std::vector<std::optional<std::size_t>> first(problem.caps.size());
    for (std::size_t i = 0; i < problem.items.size(); ++i) {
        for (const auto& list : problem.items[i].needs)
            for (const auto other : list) join(i, other);
        for (const auto group : problem.items[i].groups) {
            if (first[group]) join(*first[group], i);
            first[group] = first[group].value_or(i);
        }
    }
    std::vector<std::vector<std::size_t>> parts(problem.items.size());
    for (std::size_t i = 0; i < problem.items.size(); ++i) parts[find(i)].push_back(i);
    std::erase_if(parts, [](const auto& part) { return part.empty(); });
    return parts;
}

/// Of a selection and its beginnings with the same score, the shortest that keeps the rules.
void shorten(const PackingProblem& problem, PackingAnswer& answer, const Context& context) {
    std::vector<std::size_t> all(problem.items.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const PackingSearch whole(problem, all, context);
    const auto as_good = [&](std::size_t length) {
        Bits beginning(all.size());
        for (std::size_t at = 0; at < length; ++at) beginning.add(answer.chosen[at]);
        return whole.score_of(beginning) == answer.score;
    };
    const auto among = [&](std::size_t item, std::size_t length) {
        return std::find(answer.chosen.begin(), answer.chosen.begin() + static_cast<std::ptrdiff_t>(length), item) !=
               answer.chosen.begin() + static_cast<std::ptrdiff_t>(length);
    };
    const auto keeps_rules = [&](std::size_t length) {
        for (std::size_t at = 0; at < length; ++at)
            for (const auto& list : problem.items[answer.chosen[at]].needs)
                if (std::none_of(list.begin(), list.end(), [&](std::size_t other) { return among(other, length); }))
                    return false;
        return true;
    };
    auto shortest = answer.chosen.size();
    for (auto length = answer.chosen.size(); length > 0 && as_good(length - 1); --length)
        if (keeps_rules(length - 1)) shortest = length - 1;
    if (shortest == answer.chosen.size()) return;
    answer.chosen.resize(shortest);
    Bits kept(all.size());
    for (const auto i : answer.chosen) kept.add(i);
    const auto received = whole.received(kept);
    answer.received.clear();
    for (const auto i : answer.chosen) answer.received.push_back(received[i]);
}

}  // namespace

Result<PackingAnswer> pack(const PackingProblem& problem, const Context& context, bool break_ties) {
    if (auto status = check(problem); !status) return pass(status);
    PackingAnswer answer;
    std::vector<std::pair<std::size_t, std::int64_t>> taken;
    for (auto& items : parts_of(problem)) {
        PackingSearch search(problem, items, context);
        if (auto status = search.maximise(); !status) return pass(status);
        const auto nodes = search.nodes();
        if (break_ties) {
            if (auto status = search.canonise(); !status) return pass(status);
            const auto ties = search.count_ties();
            if (!ties) return pass(ties);
            answer.ties += *ties;
        }
        const auto received = search.received(search.selection());
        search.selection().each([&](std::size_t i) { taken.emplace_back(search.number(i), received[i]); });
        answer.score += search.score();
        answer.bound += search.bound();
        answer.parts.push_back({std::move(items), nodes, search.score(), search.bound()});
    }
    std::sort(taken.begin(), taken.end());
    for (const auto& [item, received] : taken) {
        answer.chosen.push_back(item);
        answer.received.push_back(received);
    }
    if (break_ties) shorten(problem, answer, context);
    return answer;
}

Result<std::optional<std::int64_t>> pack_with(const PackingProblem& problem, const PackingAnswer& best,
                                              std::size_t item, const Context& context) {
    for (const auto& part : best.parts) {
        const auto at = std::lower_bound(part.items.begin(), part.items.end(), item);
        if (at == part.items.end() || *at != item) continue;
        PackingSearch search(problem, part.items, context);
        const auto with = search.best_with(static_cast<std::size_t>(at - part.items.begin()));
        if (!with) return pass(with);
        if (!*with) break;
        return std::optional(best.score.total - part.score.total + (*with)->total);
    }
    return std::optional<std::int64_t>();
}

}  // namespace leaven::policy
