#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/core/random.hpp>
#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/gapfill.hpp>

#include "hitting_set.hpp"
#include "oracle.hpp"
#include "toy_networks.hpp"

namespace leaven::metabolism {
namespace {

GapfillResult filled(const Model& host, const Model& universe, const GapfillParams& params) {
    Context context;
    return gapfill(host, universe, params, context).value();
}

double growth_of(const Model& model) {
    Context context;
    return fba(model, {}, context).value().objective.value_or(-1);
}

Model without(const Model& model, const std::vector<std::string>& ids) {
    Model out = model;
    out.objective.terms.clear();
    out.reactions.clear();
    for (const auto& reaction : model.reactions) {
        if (std::find(ids.begin(), ids.end(), reaction.id) != ids.end()) continue;
        for (const auto& term : model.objective.terms)
            if (model.reactions[term.reaction].id == reaction.id)
                out.objective.terms.push_back({static_cast<std::int32_t>(out.reactions.size()), term.coefficient});
        out.reactions.push_back(reaction);
    }
    return out;
}

std::optional<double> cheapest_by_force(const HittingSetProblem& problem) {
    std::optional<double> best;
    const auto count = problem.costs.size();
    for (std::uint32_t set = 0; set < (1U << count); ++set) {
        const auto has = [&](std::int32_t e) { return (set >> e & 1U) != 0; };
        double cost = 0;
        for (std::size_t e = 0; e < count; ++e) cost += has(static_cast<std::int32_t>(e)) ? problem.costs[e] : 0;
        const bool hits = std::all_of(problem.to_hit.begin(), problem.to_hit.end(),
                                      [&](const auto& each) { return std::any_of(each.begin(), each.end(), has); });
        const bool breaks = std::any_of(problem.not_whole.begin(), problem.not_whole.end(),
                                        [&](const auto& each) { return std::all_of(each.begin(), each.end(), has); });
        if (hits && !breaks && (!best || cost < *best)) best = cost;
    }
    return best;
}

RC_GTEST_PROP(HittingSet, costs_as_little_as_trying_all, ()) {
    HittingSetProblem problem;
    const int count = *rc::gen::inRange(1, 10);
    for (int i = 0; i < count; ++i) problem.costs.push_back(*rc::gen::inRange(1, 6));
    const auto some = [&] {
        auto set = *rc::gen::unique<std::vector<std::int32_t>>(
            *rc::gen::inRange<std::size_t>(1, 1 + std::min(count, 4)), rc::gen::inRange<std::int32_t>(0, count));
        std::sort(set.begin(), set.end());
        return set;
    };
    for (int i = *rc::gen::inRange(0, 7); i > 0; --i) problem.to_hit.push_back(some());
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) problem.not_whole.push_back(some());
    const auto best = cheapest_hitting_set(problem, Context());
    const auto expected = cheapest_by_force(problem);
    RC_ASSERT(best.has_value() == expected.has_value());
    if (best) {
        RC_ASSERT(best->proved);
        RC_ASSERT(best->cost == *expected);
    }
}

/// Fewest of the removed reactions that bring growth back to `enough`.
std::optional<std::size_t> fewest_by_force(const Model& whole, const std::vector<std::string>& removed, double enough) {
    std::optional<std::size_t> best;
    for (std::uint32_t set = 0; set < (1U << removed.size()); ++set) {
        std::vector<std::string> still_removed;
        for (std::size_t i = 0; i < removed.size(); ++i)
            if ((set >> i & 1U) == 0) still_removed.push_back(removed[i]);
        const auto count = removed.size() - still_removed.size();
        if (best && count >= *best) continue;
        if (growth_of(without(whole, still_removed)) >= enough) best = count;
    }
    return best;
}

RC_GTEST_PROP(Gapfill, adds_as_few_reactions_as_trying_all, ()) {
    auto whole = testing::toy_network().model;
    for (auto& reaction : whole.reactions) reaction.lower = std::min(reaction.lower, 0.0);
    std::vector<std::string> removed;
    for (const auto& reaction : whole.reactions)
        if (reaction.id[0] == 'R' && removed.size() < 7 && *rc::gen::inRange(0, 3) > 0) removed.push_back(reaction.id);
    GapfillParams params;
    params.growth = 1;
    params.solutions = 3;
    const auto result = filled(without(whole, removed), whole, params);
    const auto expected = fewest_by_force(whole, removed, 1);
    RC_ASSERT(result.solved() == expected.has_value());
    if (!expected) {
        RC_ASSERT(result.status == "infeasible");
        RC_ASSERT(result.solutions.empty());
        return;
    }
    RC_ASSERT(result.optimal);
    RC_ASSERT(result.solutions.front().cost == static_cast<double>(*expected));
    RC_ASSERT(*result.bound == static_cast<double>(*expected));
    double last = 0;
    for (const auto& solution : result.solutions) {
        RC_ASSERT(solution.cost >= last);
        last = solution.cost;
        auto still_removed = removed;
        for (const auto& reaction : solution.reactions) std::erase(still_removed, reaction.id);
        RC_ASSERT(growth_of(without(whole, still_removed)) >= 1 - 1e-6);
    }
}

TEST(Gapfill, refills_essential_reactions_of_iml1515_at_no_more_than_they_cost) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "iML1515", ".essential_reactions.txt");
    LEAVEN_DATA_SET(path, "metabolism/models/universe_gramneg.xml.gz");
    const auto universe = read_model_file(path).value();
    const ModelIndex known(universe);
    std::vector<std::string> essential;
    const auto kinds = boundary_kinds(model);
    const ModelIndex index(model);
    for (const auto& id : testing::lines_of(oracle))
        if (known.reactions.contains(id) && kinds[index.reactions.at(id)] == BoundaryKind::none)
            essential.push_back(id);
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
        Random random(seed);
        std::vector<std::string> removed;
        while (removed.size() < 5) {
            const auto& id = essential[random.below(static_cast<std::uint32_t>(essential.size()))];
            if (std::find(removed.begin(), removed.end(), id) == removed.end()) removed.push_back(id);
        }
        const auto result = filled(without(model, removed), universe, {});
        ASSERT_EQ(result.solutions.size(), 1U) << "seed " << seed;
        EXPECT_TRUE(result.optimal);
        EXPECT_LE(result.solutions[0].cost, 5);
        EXPECT_GE(result.solutions[0].growth, 0.05);
        EXPECT_NEAR(growth_of(result.filled), result.solutions[0].growth, 1e-6);
    }
}

TEST(Gapfill, what_enters_is_a_matter_of_the_medium) {  // by hand: an uptake in the universe is no way out
    Model host;
    host.compartments = {{"c", ""}};
    host.metabolites.push_back({"a", "", "c", "", std::nullopt, false, {}});
    testing::add_reaction(host, "GROW", {{0, -1}}, 0, 1000);
    host.objective = {true, {{0, 1}}};
    Model universe = host;
    testing::add_reaction(universe, "EX_a", {{0, -1}}, -10, 1000);
    const auto result = filled(host, universe, {});
    EXPECT_EQ(result.status, "infeasible");
    EXPECT_EQ(result.certificate.kind, "infeasible");
}

TEST(Gapfill, costs_decide_between_ways) {  // by hand: two steps of 1 against one of 3, or of 1.5
    Model host;
    host.compartments = {{"c", ""}};
    for (const auto* id : {"a", "b", "m"}) host.metabolites.push_back({id, "", "c", "", std::nullopt, false, {}});
    testing::add_reaction(host, "IN", {{0, 1}}, 0, 10);
    testing::add_reaction(host, "GROW", {{1, -1}}, 0, 1000);
    host.objective = {true, {{1, 1}}};
    Model universe = host;
    testing::add_reaction(universe, "STEP1", {{0, -1}, {2, 1}}, 0, 1000);
    testing::add_reaction(universe, "STEP2", {{2, -1}, {1, 1}}, 0, 1000);
    testing::add_reaction(universe, "DIRECT", {{0, -1}, {1, 1}}, 0, 1000);
    GapfillParams params;
    params.solutions = 5;
    const auto plain = filled(host, universe, params);
    ASSERT_EQ(plain.solutions.size(), 2U);
    EXPECT_EQ(plain.solutions[0].reactions[0].id, "DIRECT");
    EXPECT_EQ(plain.solutions[1].cost, 2);
    params.exclude = {"DIRECT"};
    EXPECT_EQ(filled(host, universe, params).solutions.size(), 1U);
}

}  // namespace
}  // namespace leaven::metabolism
