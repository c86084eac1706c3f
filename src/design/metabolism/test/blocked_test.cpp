#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/metabolism/blocked.hpp>
#include <leaven/metabolism/fba.hpp>

#include "oracle.hpp"
#include "random_models.hpp"
#include "toy_networks.hpp"

namespace leaven::metabolism {
namespace {

BlockedResult found(const Model& model, bool open = false, int threads = 2) {
    BlockedParams params;
    params.open_exchanges = open;
    Context context;
    context.threads = threads;
    return blocked(model, params, context).value();
}

std::vector<std::string> sorted(std::vector<std::string> list) {
    std::sort(list.begin(), list.end());
    return list;
}

TEST(Blocked, reactions_are_those_of_cobrapy) {
    for (const auto* name : {"e_coli_core", "iCH360", "iML1515"}) {
        LEAVEN_MODEL_WITH_ORACLE(model, oracle, name, ".blocked_default.txt");
        EXPECT_EQ(sorted(found(model).reactions), sorted(testing::lines_of(oracle))) << name;
    }
}

TEST(Blocked, reactions_with_open_exchanges_are_those_of_cobrapy) {
    for (const auto& [name, count] : {std::pair("e_coli_core", 0), std::pair("iML1515", 260)}) {
        LEAVEN_MODEL_WITH_ORACLE(model, oracle, name, ".blocked_open.txt");
        const auto result = found(model, true);
        EXPECT_EQ(sorted(result.reactions), sorted(testing::lines_of(oracle))) << name;
        EXPECT_EQ(result.counts.blocked, count);
    }
}

class DeadEnds : public ::testing::TestWithParam<const char*> {};

TEST_P(DeadEnds, are_the_root_gaps_of_the_oracle) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, GetParam(), ".dead_ends.tsv.gz");
    std::set<std::string> expected;
    for (const auto& line : testing::lines_of(oracle)) expected.insert(line);
    std::set<std::string> ends;
    for (const auto& end : found(model).metabolites) ends.insert(end.metabolite + "\troot-" + end.kind);
    EXPECT_EQ(ends, expected);
}

INSTANTIATE_TEST_SUITE_P(Models, DeadEnds, testing::oracle_models(),
                         [](const auto& it) { return std::string(it.param); });

RC_GTEST_PROP(Blocked, reactions_are_those_whose_least_and_greatest_flux_is_zero, ()) {
    const auto model = testing::toy_network().model;
    const auto result = found(model);
    std::vector<std::string> expected;
    for (const auto& reaction : model.reactions) {
        bool runs = false;
        for (const auto* sense : {"minimize", "maximize"}) {
            FbaParams params;
            params.objective = reaction.id;
            params.sense = sense;
            Context context;
            const auto end = fba(model, params, context).value();
            RC_ASSERT(end.solved() == result.solved());
            runs = runs || !end.solved() || std::fabs(*end.objective) > 1e-9;
        }
        if (!runs) expected.push_back(reaction.id);
    }
    RC_ASSERT(result.reactions == expected);
}

RC_GTEST_PROP(Blocked, reactions_become_no_more_when_exchanges_open, ()) {
    auto model = testing::random_model();
    for (auto& reaction : model.reactions) reaction.lower = std::min(reaction.lower, 0.0);
    const auto as_is = sorted(found(model).reactions);
    const auto open = sorted(found(model, true).reactions);
    RC_ASSERT(std::includes(as_is.begin(), as_is.end(), open.begin(), open.end()));
}

TEST(Blocked, needs_no_objective) {
    Model model;
    model.metabolites.push_back({"a", "", "c", "", std::nullopt, false, {}});
    model.metabolites.push_back({"b", "", "c", "", std::nullopt, false, {}});
    testing::add_reaction(model, "in", {{0, 1}}, 0, 10);
    testing::add_reaction(model, "out", {{0, -1}}, 0, 10);
    testing::add_reaction(model, "side", {{0, -1}, {1, 1}}, 0, 10);
    const auto result = found(model);
    EXPECT_EQ(result.reactions, std::vector<std::string>{"side"});
    ASSERT_EQ(result.metabolites.size(), 1U);
    EXPECT_EQ(result.metabolites[0].metabolite, "b");
    EXPECT_EQ(result.metabolites[0].kind, "no-consumption");
}

TEST(Blocked, reactions_do_not_depend_on_threads) {
    const auto path = testing::model_path("iYO844");
    if (path.empty()) GTEST_SKIP() << "no data set iYO844";
    const auto model = read_model_file(path).value();
    const auto one = found(model, false, 1);
    const auto three = found(model, false, 3);
    EXPECT_EQ(one.reactions, three.reactions);
    EXPECT_EQ(one.counts.lps, three.counts.lps);
}

}  // namespace
}  // namespace leaven::metabolism
