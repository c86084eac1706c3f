#include <algorithm>
#include <cmath>
#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/metabolism/enzyme.hpp>
#include <leaven/metabolism/fba.hpp>

#include "enzyme_costs.hpp"
#include "enzyme_model.hpp"
#include "oracle.hpp"
#include "study.hpp"
#include "toy_networks.hpp"

namespace leaven::metabolism {
namespace {

double growth_of(const Model& model) {
    Context context;
    return fba(model, {}, context).value().objective.value();
}

EnzymeCosts random_costs(const Model& model) {
    EnzymeCosts costs(model.reactions.size());
    for (auto& reaction : costs)
        for (auto& direction : reaction)
            if (*rc::gen::inRange(0, 3) > 0) direction = *rc::gen::inRange(0, 20) * 1e-3;
    return costs;
}

double limited_growth(const Model& model, const EnzymeCosts& costs, double pool) {
    return growth_of(constrain_by_enzyme(model, costs, pool).value().model);
}

TEST(Enzyme, grows_on_ich360_as_the_published_enzyme_model) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "iCH360", ".summary.json");
    LEAVEN_DATA_SET(costs, "metabolism/enzyme/iCH360.enzyme_cost.tsv");
    LEAVEN_DATA_SET(published, "metabolism/oracles/EC_iCH360.summary.json");
    EnzymeParams params;
    params.costs = costs.string();
    params.pool = 0.281838974245756;
    Context context;
    const auto result = enzyme(model, params, context).value();
    EXPECT_NEAR(*result.growth_after, testing::json_of(published)["fba"].get<double>(), 1e-6);
    EXPECT_NEAR(*result.growth_before, testing::json_of(oracle)["fba"].get<double>(), 1e-6);
    double used = 0;
    for (const auto& row : result.usage) used += row.mass;
    EXPECT_NEAR(used, params.pool, 1e-9);
    const auto again = read_model(result.file(".xml", Lang::en).value(), "written").value();
    EXPECT_NEAR(growth_of(again), *result.growth_after, 1e-9);
}

RC_GTEST_PROP(Enzyme, more_pool_never_hurts_and_enough_changes_nothing, ()) {
    const auto model = testing::toy_network().model;
    Context context;
    if (!fba(model, {}, context).value().solved()) RC_DISCARD("a forced flux cannot be met");
    const auto costs = random_costs(model);
    RC_ASSERT(std::fabs(limited_growth(model, costs, 1e6) - growth_of(model)) < 1e-6);
    double last = 0;
    for (const double pool : {0.2, 0.5, 2.0, 10.0}) {
        const auto limited = fba(constrain_by_enzyme(model, costs, pool).value().model, {}, context).value();
        if (!limited.solved()) continue;  // a forced flux costs more than that
        RC_ASSERT(*limited.objective >= last - 1e-7);
        last = *limited.objective;
    }
}

RC_GTEST_PROP(Enzyme, growth_is_unchanged_when_costs_and_pool_scale_together, ()) {
    const auto model = testing::toy_network().model;
    Context context;
    auto costs = random_costs(model);
    const auto one = fba(constrain_by_enzyme(model, costs, 0.5).value().model, {}, context).value();
    if (!one.solved()) RC_DISCARD("a forced flux costs more than the pool");
    for (auto& reaction : costs)
        for (auto& direction : reaction)
            if (direction) *direction *= 8;
    RC_ASSERT(std::fabs(limited_growth(model, costs, 4) - *one.objective) < 1e-6);
}

RC_GTEST_PROP(Enzyme, metered_reactions_that_stay_whole_make_the_model_that_split_ones_make, ()) {
    const auto model = testing::toy_network().model;
    auto costs = random_costs(model);
    const auto kinds = boundary_kinds(model);
    for (std::size_t r = 0; r < costs.size(); ++r)
        if (kinds[r] != BoundaryKind::none) costs[r] = {};  // a boundary has no enzyme
    // One reaction is off, or bounded: on the split model that takes both of its halves.
    auto applied = model;
    const auto chosen = *rc::gen::inRange<std::size_t>(0, model.reactions.size());
    const bool off = *rc::gen::arbitrary<bool>();
    applied.reactions[chosen].lower = off ? 0 : std::max(model.reactions[chosen].lower, -0.5);
    applied.reactions[chosen].upper = off ? 0 : model.reactions[chosen].upper;
    auto metered = meter_by_enzyme(model, costs, 0.5, applied).value().model;
    metered.reactions[chosen].lower = applied.reactions[chosen].lower;
    metered.reactions[chosen].upper = applied.reactions[chosen].upper;
    Context context;
    const auto whole = fba(metered, {}, context).value();
    const auto halves = fba(constrain_by_enzyme(applied, costs, 0.5).value().model, {}, context).value();
    RC_ASSERT(whole.status == halves.status);
    if (!halves.solved()) RC_DISCARD("a forced flux costs more than the pool");
    RC_ASSERT(std::fabs(*whole.objective - *halves.objective) < 1e-6);
}

TEST(Enzyme, a_chain_runs_at_pool_over_the_sum_of_its_costs) {  // by hand
    Model model;
    model.compartments = {{"c", ""}};
    for (const auto* id : {"a", "b"}) model.metabolites.push_back({id, "", "c", "", std::nullopt, false, {}});
    testing::add_reaction(model, "IN", {{0, 1}}, 0, 1000);
    testing::add_reaction(model, "MID", {{0, -1}, {1, 1}}, -1000, 1000);
    testing::add_reaction(model, "OUT", {{1, -1}}, 0, 1000);
    model.objective = {true, {{2, 1}}};
    const EnzymeCosts costs{{0.002, std::nullopt}, {0.003, 7.0}, {std::nullopt, std::nullopt}};
    EXPECT_NEAR(limited_growth(model, costs, 0.1), 20, 1e-9);
    // Backwards the dear direction counts.
    model.reactions[0].lower = -1000;
    model.reactions[2].lower = -1000;
    model.objective.maximize = false;
    EXPECT_NEAR(limited_growth(model, costs, 0.1), -0.1 / 7, 1e-9);
}

TEST(Enzyme, the_lightest_isozyme_with_known_masses_counts) {  // by hand
    const std::vector<std::optional<double>> mass{10, 20, 25, std::nullopt};
    const auto lightest = [&](const std::string& rule) {
        return lightest_enzyme(parse_gene_rule(rule, [](std::string_view id) { return id[0] - 'a'; }).value(), mass);
    };
    EXPECT_EQ(lightest("a"), 10);
    EXPECT_EQ(lightest("a and b"), 30);
    EXPECT_EQ(lightest("(a and b) or c"), 25);
    EXPECT_EQ(lightest("(a or d) and c"), 35);
    EXPECT_EQ(lightest("a and d"), std::nullopt);
    EXPECT_EQ(lightest(""), std::nullopt);
}

TEST(Enzyme, a_model_that_has_a_pool_is_not_given_a_second_one) {
    Model model;
    model.compartments = {{"c", ""}};
    model.metabolites.push_back({"enzyme_pool", "", "c", "", std::nullopt, false, {}});
    testing::add_reaction(model, "OUT", {{0, -1}}, 0, 1000);
    const auto result = constrain_by_enzyme(model, {{1.0, std::nullopt}}, 1);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().where, "enzyme_pool");
}

}  // namespace
}  // namespace leaven::metabolism
