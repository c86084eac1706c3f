#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include <leaven/metabolism/scenario.hpp>

#include "oracle.hpp"

namespace leaven::metabolism {
namespace {

/// A in, by way of T to A_c, to B_c by R1 (g1 and g2) or R2 (g3), out as growth.
class ScenarioTest : public ::testing::Test {
protected:
    void SetUp() override {
        const auto path = leaven::testing::data_set("metabolism/edge/toy.json");
        if (path.empty()) GTEST_SKIP() << "no data set metabolism/edge/toy.json";
        model = read_model_file(path).value();
    }
    [[nodiscard]] Model applied(const Scenario& scenario) const { return apply_scenario(model, scenario).value(); }
    [[nodiscard]] Error refused(const Scenario& scenario) const {
        const auto result = apply_scenario(model, scenario);
        return result ? Error{} : result.error();
    }
    static const Reaction& reaction(const Model& of, const std::string& id) {
        return of.reactions[ModelIndex(of).reactions.at(id)];
    }
    Model model;
};

Scenario with(std::vector<std::string> Scenario::*field, std::vector<std::string> entries) {
    Scenario scenario;
    scenario.*field = std::move(entries);
    return scenario;
}

Scenario with_objective(const std::string& objective) {
    Scenario scenario;
    scenario.objective = objective;
    return scenario;
}

TEST_F(ScenarioTest, a_side_of_a_bound_left_empty_stays) {
    const auto changed = applied(with(&Scenario::bounds, {"EX_A_e=-5:", "T=:7", "R1=2:inf"}));
    EXPECT_EQ(reaction(changed, "EX_A_e").lower, -5);
    EXPECT_EQ(reaction(changed, "EX_A_e").upper, 1000);
    EXPECT_EQ(reaction(changed, "T").lower, 0);
    EXPECT_EQ(reaction(changed, "T").upper, 7);
    EXPECT_EQ(reaction(changed, "R1").lower, 2);
    EXPECT_TRUE(std::isinf(reaction(changed, "R1").upper));
}

TEST_F(ScenarioTest, a_bound_that_cannot_be_read_says_which) {
    for (const auto* entry : {"T", "T=5", "T=a:b", "T=5:3", "T=:-1", "T=nan:1"}) {
        const auto error = refused(with(&Scenario::bounds, {entry}));
        EXPECT_EQ(error.code, ErrorCode::bad_input) << entry;
        EXPECT_NE(error.where.find(entry), std::string::npos) << entry;
        EXPECT_FALSE(error.message.zh.empty());
    }
    const auto unknown = refused(with(&Scenario::bounds, {"EX_a=0:1"}));
    EXPECT_EQ(unknown.code, ErrorCode::not_found);
    EXPECT_NE(unknown.hint.en.find("EX_A_e"), std::string::npos);
}

TEST_F(ScenarioTest, a_gene_takes_the_reactions_that_cannot_do_without_it) {
    const auto one = applied(with(&Scenario::knockouts, {"g1"}));
    EXPECT_EQ(reaction(one, "R1").upper, 0);
    EXPECT_EQ(reaction(one, "R2").upper, 1000);
    const auto both = applied(with(&Scenario::knockouts, {"g2", "R2"}));
    EXPECT_EQ(reaction(both, "R1").upper, 0);
    EXPECT_EQ(reaction(both, "R2").upper, 0);
}

TEST_F(ScenarioTest, a_knock_out_holds_whatever_the_bounds_say) {
    auto scenario = with(&Scenario::knockouts, {"R2"});
    scenario.bounds = {"R2=1:5"};
    EXPECT_EQ(reaction(applied(scenario), "R2").lower, 0);
    EXPECT_EQ(reaction(applied(scenario), "R2").upper, 0);
}

TEST_F(ScenarioTest, a_name_that_is_gene_and_reaction_asks_for_a_prefix) {
    model.genes.push_back({"R2", "", {}});
    const auto error = refused(with(&Scenario::knockouts, {"R2"}));
    EXPECT_EQ(error.code, ErrorCode::bad_input);
    EXPECT_NE(error.hint.en.find("reaction:R2"), std::string::npos);
    EXPECT_EQ(reaction(applied(with(&Scenario::knockouts, {"reaction:R2"})), "R2").upper, 0);
    EXPECT_EQ(reaction(applied(with(&Scenario::knockouts, {"gene:R2"})), "R2").upper, 1000);
}

TEST_F(ScenarioTest, a_medium_closes_all_other_uptakes) {
    Reaction other;
    other.id = "EX_B_c";
    other.terms = {{0, 1}};  // "--> A_e": uptake runs forwards
    other.upper = 50;
    model.reactions.push_back(other);
    const auto first = applied(with(&Scenario::medium, {"EX_A_e=3"}));
    EXPECT_EQ(reaction(first, "EX_A_e").lower, -3);
    EXPECT_EQ(reaction(first, "EX_A_e").upper, 1000);
    EXPECT_EQ(reaction(first, "EX_B_c").upper, 0);
    const auto second = applied(with(&Scenario::medium, {"EX_B_c=4"}));
    EXPECT_EQ(reaction(second, "EX_A_e").lower, 0);
    EXPECT_EQ(reaction(second, "EX_B_c").upper, 4);
    EXPECT_EQ(refused(with(&Scenario::medium, {"T=4"})).code, ErrorCode::bad_input);
    EXPECT_EQ(refused(with(&Scenario::medium, {"EX_A_e=-4"})).code, ErrorCode::bad_input);
    EXPECT_EQ(refused(with(&Scenario::medium, {"/no/such/file"})).code, ErrorCode::not_found);
}

TEST_F(ScenarioTest, a_medium_can_be_a_file_with_a_heading_and_comments) {
    const auto path = std::filesystem::temp_directory_path() / "leaven_medium.tsv";
    std::ofstream(path) << "exchange\tuptake\n# a comment\nEX_A_e\t2.5  # mmol\n\n";
    EXPECT_EQ(reaction(applied(with(&Scenario::medium, {path.string()})), "EX_A_e").lower, -2.5);
    std::ofstream(path) << "EX_A_e\t2.5\nEX_A_e\tmuch\n";
    const auto error = refused(with(&Scenario::medium, {path.string()}));
    EXPECT_EQ(error.code, ErrorCode::bad_input);
    EXPECT_NE(error.where.find("line 2"), std::string::npos);
    std::filesystem::remove(path);
}

TEST_F(ScenarioTest, an_objective_is_a_sum_of_reactions) {
    const auto terms = applied(with_objective("-GROW + 2 T - 0.5 * R1 + T")).objective.terms;
    const ModelIndex index(model);
    std::map<std::int32_t, double> by_reaction;
    for (const auto& term : terms) by_reaction[term.reaction] = term.coefficient;
    EXPECT_EQ(by_reaction,
              (std::map<std::int32_t, double>{
                  {index.reactions.at("GROW"), -1}, {index.reactions.at("T"), 3}, {index.reactions.at("R1"), -0.5}}));
    for (const auto* text : {"GROW T", "GROW +", "2", "+ +", "GROW - GROW"})
        EXPECT_EQ(refused(with_objective(text)).code, ErrorCode::bad_input) << text;
    for (const auto* text : {"GROWS", "2 3 T", "* T"})
        EXPECT_EQ(refused(with_objective(text)).code, ErrorCode::not_found) << text;
}

TEST_F(ScenarioTest, a_sense_that_is_given_holds_for_the_models_objective_too) {
    EXPECT_TRUE(applied({}).objective.maximize);
    Scenario scenario;
    scenario.sense = "minimize";
    EXPECT_FALSE(applied(scenario).objective.maximize);
}

}  // namespace
}  // namespace leaven::metabolism
