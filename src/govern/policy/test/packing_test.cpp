// The optimum against exhaustive search, with prerequisites and caps.
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include <leaven/policy/packing.hpp>

namespace leaven::policy {
namespace {

struct Best {
    PackingScore score;
    std::vector<std::size_t> chosen;
    bool found = false;
};

/// What a set of items receives at most: every way to share the caps, for groups that are nested or apart.
std::int64_t reference_received(const PackingProblem& problem, const std::vector<std::size_t>& chosen,
                                bool exact_only) {
    std::vector<std::pair<std::vector<std::size_t>, std::int64_t>> groups;
    for (std::size_t g = 0; g < problem.caps.size(); ++g) {
        std::vector<std::size_t> members;
        for (std::size_t i = 0; i < problem.items.size(); ++i)
            if (std::count(problem.items[i].groups.begin(), problem.items[i].groups.end(), g) > 0) members.push_back(i);
        groups.emplace_back(members, problem.caps[g]);
    }
    // One yuan at a time is slow and obvious; values are small here.
    std::vector<std::int64_t> got(problem.items.size());
    std::int64_t total = 0;
    for (bool moved = true; moved;) {
        moved = false;
        for (const auto i : chosen) {
            if (got[i] >= problem.items[i].value || (exact_only && !problem.items[i].exact)) continue;
            const bool room = std::all_of(groups.begin(), groups.end(), [&](const auto& group) {
                if (std::count(group.first.begin(), group.first.end(), i) == 0) return true;
                std::int64_t sum = 0;
                for (const auto member : group.first) sum += got[member];
                return sum < group.second;
            });
            if (!room) continue;
            ++got[i];
            ++total;
            moved = true;
        }
    }
    return total;
}

Best reference_best(const PackingProblem& problem) {
    Best best;
    const auto size = problem.items.size();
    for (std::uint32_t mask = 0; mask < (1U << size); ++mask) {
        const auto has = [&](std::size_t i) { return (mask >> i & 1U) != 0; };
        const bool crosses = std::any_of(problem.crossing.begin(), problem.crossing.end(),
                                         [&](auto pair) { return has(pair.first) && has(pair.second); });
        if (crosses) continue;
        std::vector<std::size_t> chosen;
        bool sound = true;
        for (std::size_t i = 0; i < size; ++i) {
            if (!has(i)) continue;
            chosen.push_back(i);
            for (const auto& list : problem.items[i].needs) sound = sound && std::any_of(list.begin(), list.end(), has);
        }
        if (!sound) continue;
        PackingScore score{reference_received(problem, chosen, false), reference_received(problem, chosen, true), 0};
        for (const auto i : chosen) score.unvalued += problem.items[i].unvalued ? 1 : 0;
        if (!best.found || score > best.score || (score == best.score && chosen < best.chosen))
            best = {score, chosen, true};
    }
    return best;
}

PackingProblem random_problem(std::mt19937_64& draw) {
    const auto below = [&](std::uint64_t n) { return draw() % n; };
    PackingProblem problem;
    const auto size = 1 + below(12);
    const bool capped = below(3) == 0;
    if (capped) problem.caps = {static_cast<std::int64_t>(below(25)), static_cast<std::int64_t>(below(40))};
    for (std::size_t i = 0; i < size; ++i) {
        PackingItem item;
        item.unvalued = below(5) == 0;
        item.value = item.unvalued ? 0 : static_cast<std::int64_t>(below(12));
        item.exact = !item.unvalued && below(3) == 0;
        if (capped && below(2) == 0)
            item.groups = below(2) == 0 ? std::vector<std::size_t>{0, 1} : std::vector<std::size_t>{1};
        if (i > 0 && below(6) == 0) item.needs.push_back({below(size), below(size)});
        if (below(25) == 0) item.needs.emplace_back();  // its award cannot be had
        problem.items.push_back(std::move(item));
    }
    const auto density = below(5);
    for (std::size_t a = 0; a < size; ++a)
        for (std::size_t b = a + 1; b < size; ++b)
            if (below(8) < density) problem.crossing.emplace_back(a, b);
    return problem;
}

TEST(Packing, optimum_equals_exhaustive_search) {
    std::mt19937_64 draw(20261121);
    for (int round = 0; round < 1000; ++round) {
        const auto problem = random_problem(draw);
        const auto expected = reference_best(problem);
        const auto found = pack(problem, Context());
        ASSERT_TRUE(found) << found.error().message.en;
        EXPECT_EQ(found->score, expected.score) << round;
        EXPECT_EQ(found->chosen, expected.chosen) << round;
        EXPECT_EQ(found->bound, found->score) << round;
        std::int64_t sum = 0;
        for (const auto yuan : found->received) sum += yuan;
        EXPECT_EQ(sum, found->score.total) << round;
    }
}

TEST(Packing, forcing_an_item_gives_the_best_that_takes_it) {
    std::mt19937_64 draw(7);
    for (int round = 0; round < 200; ++round) {
        auto problem = random_problem(draw);
        problem.caps.clear();
        for (auto& item : problem.items) item.groups.clear();
        const auto forced = draw() % problem.items.size();
        const auto plain = pack(problem, Context());
        ASSERT_TRUE(plain);
        const auto with = pack_with(problem, *plain, forced, Context());
        ASSERT_TRUE(with);
        auto changed = problem;  // a prize for the item that no other total can outweigh
        changed.items[forced].value += 1'000'000;
        const auto best = pack(changed, Context());
        ASSERT_TRUE(best);
        const bool taken = std::count(best->chosen.begin(), best->chosen.end(), forced) > 0;
        ASSERT_EQ(with->has_value(), taken) << round;
        if (taken) {
            EXPECT_EQ(**with, best->score.total - 1'000'000) << round;
        }
    }
}

TEST(Packing, greedy_by_amount_would_lose) {  // 5000万 for capital and operation against 4980万 and 100万
    PackingProblem problem;
    problem.items = {{.value = 50'000'000}, {.value = 49'800'000}, {.value = 1'000'000}};
    problem.crossing = {{0, 1}, {0, 2}};
    const auto best = pack(problem, Context());
    ASSERT_TRUE(best);
    EXPECT_EQ(best->score.total, 50'800'000);
    EXPECT_EQ(best->chosen, (std::vector<std::size_t>{1, 2}));
}

/// Claims of subjects with so many claims each; a claim has two or three of a subject's matters.
PackingProblem large_problem(std::mt19937_64& draw, std::size_t count, std::size_t of_a_subject, std::size_t matters) {
    PackingProblem problem;
    std::vector<std::uint64_t> held;
    for (std::size_t i = 0; i < count; ++i) {
        problem.items.push_back({.value = static_cast<std::int64_t>(1 + draw() % 50'000'000)});
        held.push_back(0);
        for (int one = 0; one < 3; ++one) held.back() |= 1ULL << draw() % matters;
    }
    for (std::size_t a = 0; a < count; ++a)
        for (auto b = a + 1; b < count; ++b)
            if (a / of_a_subject == b / of_a_subject && (held[a] & held[b]) != 0) problem.crossing.emplace_back(a, b);
    return problem;
}

void expect_rules_kept(const PackingProblem& problem, const PackingAnswer& best) {
    EXPECT_EQ(best.bound, best.score);
    std::vector<bool> taken(problem.items.size());
    for (const auto i : best.chosen) taken[i] = true;
    for (const auto& [a, b] : problem.crossing) EXPECT_FALSE(taken[a] && taken[b]);
    for (const auto i : best.chosen)
        for (const auto& list : problem.items[i].needs)
            EXPECT_TRUE(std::any_of(list.begin(), list.end(), [&](std::size_t one) { return taken[one]; }));
}

TEST(Packing, three_hundred_claims_keep_every_rule) {
    std::mt19937_64 draw(3);
    for (const std::size_t of_a_subject : {20, 300}) {  // claims cross only where they concern the same subject
        const auto problem = large_problem(draw, 300, of_a_subject, of_a_subject == 20 ? 8 : 60);
        const auto best = pack(problem, Context());
        ASSERT_TRUE(best) << best.error().message.en;
        expect_rules_kept(problem, *best);
    }
}

/// The best total of claims that each hold some of few matters, by dynamic programming over sets of matters.
std::int64_t reference_over_matters(const std::vector<std::pair<std::int64_t, std::uint32_t>>& claims, int matters) {
    std::vector<std::int64_t> best(std::size_t{1} << matters);  // by the matters that are still free
    for (const auto& [value, held] : claims)
        for (auto free = best.size(); free-- > 0;)
            if ((free & held) == held) best[free] = std::max(best[free], best[free ^ held] + value);
    return best.back();
}

TEST(Packing, many_claims_on_few_matters_agree_with_dynamic_programming) {
    std::mt19937_64 draw(11);
    for (int round = 0; round < 40; ++round) {
        const auto round_figures = round % 2 == 0;  // as in measures: many ties
        PackingProblem problem;
        std::vector<std::pair<std::int64_t, std::uint32_t>> claims;
        for (int i = 0; i < 80; ++i) {
            const auto value = round_figures ? 100'000 * static_cast<std::int64_t>(1 + draw() % 50)
                                             : static_cast<std::int64_t>(1 + draw() % 50'000'000);
            std::uint32_t held = 0;
            for (auto count = 1 + draw() % 3; count > 0; --count) held |= 1U << draw() % 14;
            claims.emplace_back(value, held);
            problem.items.push_back({.value = value, .exact = draw() % 3 == 0});
        }
        for (std::size_t a = 0; a < claims.size(); ++a)
            for (auto b = a + 1; b < claims.size(); ++b)
                if ((claims[a].second & claims[b].second) != 0) problem.crossing.emplace_back(a, b);
        const auto best = pack(problem, Context());
        ASSERT_TRUE(best) << best.error().message.en;
        expect_rules_kept(problem, *best);
        EXPECT_EQ(best->score.total, reference_over_matters(claims, 14)) << round;
    }
}

TEST(Packing, caps_and_prerequisites_hold_among_many_claims) {
    std::mt19937_64 draw(13);
    for (int round = 0; round < 20; ++round) {
        auto problem = large_problem(draw, 60, 60, 16);
        problem.caps = {60'000'000, 90'000'000};
        for (std::size_t i = 0; i < problem.items.size(); ++i) {
            auto& item = problem.items[i];
            if (draw() % 3 == 0)
                item.groups = draw() % 2 == 0 ? std::vector<std::size_t>{0, 1} : std::vector<std::size_t>{1};
            if (draw() % 5 == 0) item.needs.push_back({draw() % 60, draw() % 60});
        }
        const auto best = pack(problem, Context(), false);
        ASSERT_TRUE(best) << best.error().message.en;
        expect_rules_kept(problem, *best);
        // Every item forced in does no better, and one does as well.
        std::int64_t most = 0;
        for (std::size_t i = 0; i < problem.items.size(); i += 3) {
            const auto with = pack_with(problem, *best, i, Context());
            ASSERT_TRUE(with);
            if (*with) most = std::max(most, **with);
        }
        EXPECT_LE(most, best->score.total) << round;
        const auto with_chosen = pack_with(problem, *best, best->chosen.front(), Context());
        ASSERT_TRUE(with_chosen);
        EXPECT_EQ(**with_chosen, best->score.total);
    }
}

TEST(Packing, sums_beyond_64_bits_are_refused) {
    PackingProblem problem;
    problem.items = {{.value = INT64_MAX}, {.value = 1}};
    const auto best = pack(problem, Context());
    ASSERT_FALSE(best);
    EXPECT_EQ(best.error().code, ErrorCode::bad_input);
}

TEST(Packing, caps_that_cross_are_refused) {
    PackingProblem problem;
    problem.caps = {1, 1};
    problem.items = {{.value = 1, .groups = {0}}, {.value = 1, .groups = {0, 1}}, {.value = 1, .groups = {1}}};
    EXPECT_FALSE(pack(problem, Context()));
}

}  // namespace
}  // namespace leaven::policy
