#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/medium.hpp>

#include "oracle.hpp"
#include "toy_networks.hpp"

namespace leaven::metabolism {
namespace {

MediumResult least(const Model& model, const std::string& minimize, std::int64_t alternatives = 1) {
    MediumParams params;
    params.minimize = minimize;
    params.alternatives = alternatives;
    Context context;
    return medium(model, params, context).value();
}

class MediumOracle : public ::testing::TestWithParam<const char*> {};

TEST_P(MediumOracle, least_uptake_is_that_of_cobrapy) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, GetParam(), ".summary.json");
    const auto expected = testing::json_of(oracle)["minimal_medium_linear_10pct"];
    const auto result = least(model, "uptake");
    ASSERT_EQ(result.alternatives.size(), 1U);
    double total = 0;
    for (const auto& entry : expected) total += entry.get<double>();
    EXPECT_NEAR(result.alternatives[0].total, total, 1e-6);
    for (const auto& component : result.alternatives[0].components)
        EXPECT_NEAR(component.uptake, expected.value(component.reaction, 0.0), 1e-6) << component.reaction;
}

TEST_P(MediumOracle, fewest_components_are_as_few_as_cobrapy_finds) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, GetParam(), ".summary.json");
    const auto expected = testing::json_of(oracle)["minimal_medium_components_10pct"];
    const auto result = least(model, "components");
    EXPECT_TRUE(result.optimal);
    EXPECT_EQ(result.alternatives.at(0).total, static_cast<double>(expected.size()));
    EXPECT_EQ(result.alternatives[0].components.size(), expected.size());
}

INSTANTIATE_TEST_SUITE_P(Models, MediumOracle, ::testing::Values("e_coli_core", "iCH360", "iML1515"));

double growth_on(const Model& model, const std::vector<std::string>& medium) {
    FbaParams params;
    params.medium = medium;
    Context context;
    const auto result = fba(model, params, context).value();
    return result.solved() ? *result.objective : 0;
}

/// A toy that may take up several metabolites, and grows on the first of them at least.
Model well_fed() {
    auto model = testing::toy_network().model;
    for (auto& reaction : model.reactions) {
        reaction.lower = reaction.id == "EX_in" ? reaction.lower : std::min(reaction.lower, 0.0);
        if (reaction.id.starts_with("EX_m") && *rc::gen::inRange(0, 3) > 0) reaction.lower = -*rc::gen::inRange(1, 12);
    }
    std::vector<Term> feed{{0, -3}};
    for (const auto& term : model.reactions[model.objective.terms[0].reaction].terms)
        feed.push_back({term.metabolite, -term.coefficient});
    testing::add_reaction(model, "FEED", feed, 0, 1000);
    return model;
}

/// Fewest of the uptakes that keep `enough`, by trying all.
std::size_t fewest_by_force(const Model& model, double enough) {
    std::vector<std::string> uptakes;
    for (const auto& reaction : model.reactions)
        if (reaction.id.starts_with("EX_") && reaction.lower < 0)
            uptakes.push_back(reaction.id + "=" + std::to_string(-reaction.lower));
    auto best = uptakes.size() + 1;
    for (std::uint32_t set = 0; set < (1U << uptakes.size()); ++set) {
        std::vector<std::string> medium;
        for (std::size_t i = 0; i < uptakes.size(); ++i)
            if ((set >> i & 1U) != 0) medium.push_back(uptakes[i]);
        if (medium.size() >= best) continue;
        const auto offered = medium.size();
        if (medium.empty()) medium = {"EX_in=0"};  // an empty list would leave the model's own
        if (growth_on(model, medium) >= enough) best = offered;
    }
    return best;
}

RC_GTEST_PROP(Medium, needs_as_few_components_as_trying_all, ()) {
    const auto model = well_fed();
    const auto result = least(model, "components", 3);
    RC_ASSERT(result.solved());
    RC_ASSERT(result.optimal);
    RC_ASSERT(result.alternatives.front().components.size() == fewest_by_force(model, *result.growth * (1 - 1e-6)));
}

RC_GTEST_PROP(Medium, each_alternative_feeds_the_cell_and_takes_no_less_than_the_one_before, ()) {
    const auto model = well_fed();
    const auto kind = *rc::gen::element<std::string>("uptake", "components");
    const auto result = least(model, kind, 5);
    RC_ASSERT(result.solved());
    double last = 0;
    for (const auto& alternative : result.alternatives) {
        RC_ASSERT(alternative.total >= last - 1e-9);
        last = alternative.total;
        std::vector<std::string> medium;
        for (const auto& component : alternative.components)
            medium.push_back(component.reaction + "=" + std::to_string(component.uptake * (1 + 1e-6) + 1e-6));
        if (medium.empty()) medium = {"EX_in=0"};
        RC_ASSERT(growth_on(model, medium) >= *result.growth * (1 - 1e-6));
    }
}

RC_GTEST_PROP(Medium, the_least_uptake_is_no_more_than_any_flux_takes, ()) {
    const auto model = well_fed();
    const auto result = least(model, "uptake");
    RC_ASSERT(result.solved());
    FbaParams params;
    params.bounds = {"GROW=" + std::to_string(*result.growth * (1 + 1e-6)) + ":"};
    Context context;
    const auto flux = fba(model, params, context).value();
    if (!flux.solved()) RC_DISCARD("growth is at its limit");
    double taken = 0;
    for (const auto& row : flux.fluxes)
        if (row.reaction.starts_with("EX_")) taken += std::max(0.0, -row.flux);
    RC_ASSERT(result.alternatives.front().total <= taken + 1e-6);
}

}  // namespace
}  // namespace leaven::metabolism
