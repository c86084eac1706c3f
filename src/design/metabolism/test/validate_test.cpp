#include <algorithm>

#include <gtest/gtest.h>

#include <leaven/metabolism/validate.hpp>

#include "data_sets.hpp"
#include "oracle.hpp"
#include "toy_networks.hpp"

namespace leaven::metabolism {
namespace {

ValidateResult validated(const Model& model) {
    Context context;
    return validate_model(model, context).value();
}

const Check& check(const ValidateResult& result, const std::string& id) {
    for (const auto& section : result.sections)
        for (const auto& one : section.checks)
            if (one.id == id) return one;
    throw std::logic_error("no check " + id);
}

/// Items up to the colon, sorted.
std::vector<std::string> ids_of(const Check& one) {
    std::vector<std::string> ids;
    for (const auto& item : one.items) ids.push_back(item.en.substr(0, item.en.find(':')));
    std::sort(ids.begin(), ids.end());
    return ids;
}

/// Reactions written as equations over metabolites of compartment c; exchanges have one side.
Model network(const std::vector<std::pair<std::string, std::vector<std::pair<std::string, double>>>>& reactions) {
    Model model;
    model.compartments = {{"c", ""}};
    for (const auto& [id, terms] : reactions) {
        Reaction reaction;
        reaction.id = id;
        reaction.upper = 1000;
        for (const auto& [name, coefficient] : terms) {
            auto found = std::find_if(model.metabolites.begin(), model.metabolites.end(),
                                      [&, &wanted = name](const Metabolite& m) { return m.id == wanted; });
            if (found == model.metabolites.end()) {
                model.metabolites.emplace_back().id = name;
                model.metabolites.back().compartment = "c";
                found = model.metabolites.end() - 1;
            }
            reaction.terms.push_back({static_cast<std::int32_t>(found - model.metabolites.begin()), coefficient});
        }
        std::sort(reaction.terms.begin(), reaction.terms.end(),
                  [](const Term& a, const Term& b) { return a.metabolite < b.metabolite; });
        model.reactions.push_back(std::move(reaction));
    }
    return model;
}

TEST(Validate, metabolites_without_a_mass_are_found_with_the_smallest_leak) {
    // A <=> B and A <=> B + C leave no mass for C: the example of Gevorgyan et al. 2008.
    const auto result = validated(network(
        {{"r1", {{"A", -1}, {"B", 1}}}, {"r2", {{"A", -1}, {"B", 1}, {"C", 1}}}, {"r3", {{"B", -1}, {"D", 2}}}}));
    const auto& found = check(result, "stoichiometric_consistency");
    EXPECT_EQ(found.count, 1);
    EXPECT_EQ(found.total, 4);
    ASSERT_EQ(found.items.size(), 2U);
    EXPECT_EQ(found.items[0].en, "made from nothing: C");
    EXPECT_EQ(found.items[1].en, "C");
}

TEST(Validate, energy_from_nothing_is_found_and_honest_energy_is_not) {
    const auto hydrolysis = [](double sign) {
        return std::vector<std::pair<std::string, double>>{
            {"atp_c", -sign}, {"h2o_c", -sign}, {"adp_c", sign}, {"h_c", sign}, {"pi_c", sign}};
    };
    // A transport that costs ATP one way and nothing the other, and one that gives it: together they charge ATP.
    auto model = network({{"use", hydrolysis(1)}, {"make", hydrolysis(-1)}});
    model.reactions[0].terms.push_back({static_cast<std::int32_t>(model.metabolites.size()), 1});
    model.metabolites.emplace_back().id = "x_c";
    model.metabolites.back().compartment = "c";
    const auto driven = [&](double lower) {
        auto changed = model;
        changed.reactions[1].terms.push_back({5, -1});
        changed.reactions.emplace_back(changed.reactions[1]).id = "back";
        changed.reactions[2].terms = {{5, 1}};
        changed.reactions[2].lower = lower;
        return check(validated(changed), "energy_cycles");
    };
    EXPECT_EQ(driven(0).total, 1);
    EXPECT_EQ(driven(0).count, 0);  // what enters is closed: nothing drives it
    const auto cheating = validated(network({{"make", hydrolysis(-1)}}));
    EXPECT_EQ(check(cheating, "energy_cycles").count, 1);
}

TEST(Validate, duplicates_count_whatever_direction_and_amount) {
    const auto result = validated(
        network({{"r1", {{"A", -1}, {"B", 2}}}, {"r2", {{"A", 2}, {"B", -4}}}, {"r3", {{"A", -1}, {"B", 1}}}}));
    EXPECT_EQ(check(result, "duplicates").count, 1);
    EXPECT_EQ(check(result, "duplicates").items[0].en, "r1, r2");
}

TEST(Validate, the_score_is_one_where_nothing_is_wrong_and_lies_between) {
    EXPECT_EQ(validated(Model()).score, 0);  // nothing to look at
    for (const char* name : {"e_coli_core", "iCH360"}) {
        const auto path = testing::model_path(name);
        if (path.empty()) GTEST_SKIP() << "no data set " << name;
        const auto result = validated(*read_model_file(path));
        EXPECT_GT(result.score, 0.8);
        EXPECT_LT(result.score, 1);
        for (const auto& section : result.sections)
            for (const auto& one : section.checks) {
                EXPECT_LE(one.share, 1) << one.id;
                EXPECT_GE(one.share, 0) << one.id;
                EXPECT_FALSE(one.title.en.empty() || one.title.zh.empty());
            }
    }
}

class ValidateOracle : public ::testing::TestWithParam<const char*> {};

TEST_P(ValidateOracle, dead_ends_are_those_of_the_oracle) {
    const std::string name = GetParam();
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, name, ".dead_ends.tsv.gz");
    std::vector<std::string> expected;
    for (const auto& line : testing::lines_of(oracle)) {
        const auto tab = line.find('\t');
        const auto kind = line.find("root-no-production") != std::string::npos ? "no-production" : "no-consumption";
        expected.push_back(line.substr(0, tab) + ": " + kind);
    }
    std::vector<std::string> found;
    const auto result = validated(model);
    for (const auto& item : check(result, "dead_ends").items) found.push_back(item.en);
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, expected);
}

INSTANTIATE_TEST_SUITE_P(Models, ValidateOracle, testing::oracle_models());

TEST(Validate, reactions_blocked_in_every_medium_are_those_of_the_oracle) {
    for (const char* name : {"e_coli_core", "iML1515"}) {
        LEAVEN_MODEL_WITH_ORACLE(model, oracle, name, ".blocked_open.txt");
        auto expected = testing::lines_of(oracle);
        std::sort(expected.begin(), expected.end());
        EXPECT_EQ(ids_of(check(validated(model), "blocked")), expected) << name;
    }
}

TEST(Validate, biomass_of_iML1515_weighs_a_gram) {  // Monk et al. 2017
    const auto path = testing::model_path("iML1515");
    if (path.empty()) GTEST_SKIP() << "no data set iML1515";
    const auto result = validated(*read_model_file(path));
    EXPECT_EQ(check(result, "biomass_mass").count, 0);
    EXPECT_EQ(check(result, "biomass_mass").total, 2);
    EXPECT_EQ(check(result, "stoichiometric_consistency").count, 0);
    EXPECT_EQ(check(result, "energy_cycles").count, 0);
    // The wild-type biomass needs adenosylcobalamin, for which the medium must hold cobalamin.
    EXPECT_EQ(ids_of(check(result, "biomass_precursors")), (std::vector<std::string>{"adocbl_c"}));
}

}  // namespace
}  // namespace leaven::metabolism
