#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/insert.hpp>
#include <leaven/metabolism/yield.hpp>

#include "oracle.hpp"
#include "random_models.hpp"

namespace leaven::metabolism {
namespace {

YieldResult yielded(const Model& model, const YieldParams& params) {
    Context context;
    return yield(model, params, context).value();
}

struct Project {
    const char* file;
    const char* target;
    std::vector<std::string> bounds;
};

TEST(Yield, of_the_four_projects_agrees_with_cobrapy) {
    LEAVEN_DATA_SET(oracle, "metabolism/oracles/projects.yields.json");
    const auto expected = testing::json_of(oracle);
    int compared = 0;
    for (const auto& project :
         {Project{"succinate.toml", "EX_succ_e", {"EX_o2_e=0:1000"}},
          Project{"bdo.toml", "EX_14bdo_e", {"EX_o2_e=-5:1000"}}, Project{"lycopene.toml", "DM_lyco_c", {}},
          Project{"lactate.toml", "EX_lac__D_e", {"EX_o2_e=0:1000"}}}) {
        LEAVEN_DATA_SET(file, "metabolism/projects/" + std::string(project.file));
        for (const auto& [name, values] : expected[project.file].items()) {
            const auto path = testing::model_path(name);
            if (path.empty()) GTEST_SKIP() << "no data set " << name;
            auto model = read_model_file(path).value();
            ASSERT_TRUE(apply_insertion(model, read_project_insertion(testing::text_of(file), project.file).value()));
            YieldParams params;
            params.target = project.target;
            params.bounds = project.bounds;
            const auto result = yielded(model, params);
            ASSERT_TRUE(result.solved());
            EXPECT_EQ(result.substrate, "EX_glc__D_e");
            EXPECT_NEAR(*result.yield_mol / values["yield_mol"].get<double>(), 1, 1e-6) << project.file << name;
            if (values.contains("yield_cmol")) {
                EXPECT_NEAR(*result.yield_cmol / values["yield_cmol"].get<double>(), 1, 1e-6);
            }
            if (values.contains("yield_mass")) {
                EXPECT_NEAR(*result.yield_mass / values["yield_mass"].get<double>(), 1, 1e-6);
            }
            ++compared;
        }
    }
    EXPECT_EQ(compared, 7);
}

TEST(Yield, may_be_greatest_away_from_the_greatest_production) {
    // Two ways from S to P: one gives 1 for 1 but carries 2 at most, the other 1 for 2. Most P: 2 + 4 on 10 S. Best: 1.
    Model model;
    model.metabolites = {{"s", "", "e", "C6H12O6", std::nullopt, false, {}},
                         {"p", "", "e", "C3H6O3", std::nullopt, false, {}}};
    const auto add = [&](const char* id, std::vector<Term> terms, double lower, double upper) {
        Reaction reaction;
        reaction.id = id;
        reaction.terms = std::move(terms);
        reaction.lower = lower;
        reaction.upper = upper;
        model.reactions.push_back(reaction);
    };
    add("EX_s", {{0, -1}}, -10, 0);
    add("good", {{0, -1}, {1, 1}}, 0, 2);
    add("poor", {{0, -2}, {1, 1}}, 0, 1000);
    add("EX_p", {{1, -1}}, 0, 1000);
    model.objective.terms = {{0, -1}};
    YieldParams params;
    params.target = "EX_p";
    params.substrate = "EX_s";
    const auto best = yielded(model, params);
    EXPECT_DOUBLE_EQ(*best.yield_mol, 1);
    EXPECT_DOUBLE_EQ(*best.yield_cmol, 0.5);
    EXPECT_NEAR(*best.yield_mass, 0.5, 1e-12);  // C3H6O3 weighs half of C6H12O6
    params.bounds = {"EX_p=6:"};
    EXPECT_DOUBLE_EQ(*yielded(model, params).yield_mol, 0.6);
}

TEST(Yield, without_maintenance_is_no_less_and_with_growth_no_more) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    const auto model = read_model_file(path).value();
    YieldParams params;
    params.target = "EX_etoh_e";
    params.bounds = {"EX_o2_e=-5:1000"};
    const auto plain = yielded(model, params);
    auto growing = params;
    growing.growth_fraction = 0.9;
    auto idle = params;
    idle.maintenance = false;
    EXPECT_LE(*yielded(model, growing).yield_mol, *plain.yield_mol + 1e-9);
    EXPECT_GE(*yielded(model, idle).yield_mol, *plain.yield_mol - 1e-9);
    Context context;
    FbaParams best;
    best.bounds = params.bounds;
    EXPECT_GE(*yielded(model, growing).growth, 0.9 * *fba(model, best, context).value().objective - 1e-7);
}

TEST(Yield, of_a_product_that_needs_no_substrate_is_unbounded_and_says_what_it_is_made_from) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    YieldParams params;
    params.target = "EX_etoh_e";
    params.substrate = "EX_glc__D_e";
    params.bounds = {"EX_fru_e=-10:"};
    const auto result = yielded(read_model_file(path).value(), params);
    EXPECT_EQ(result.status, "unbounded");
    EXPECT_EQ(result.ray, std::vector<std::string>{"EX_fru_e"});
    EXPECT_FALSE(result.yield_mol);
}

TEST(Yield, a_substrate_whose_uptake_is_closed_is_refused) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    YieldParams params;
    params.target = "EX_etoh_e";
    params.substrate = "EX_fru_e";
    Context context;
    const auto result = yield(read_model_file(path).value(), params, context);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::bad_input);
    EXPECT_EQ(result.error().where, "substrate");
}

TEST(Yield, of_a_loop_that_makes_the_product_from_nothing_is_unbounded) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    YieldParams params;
    params.target = "FRD7";
    params.substrate = "EX_glc__D_e";
    params.bounds = {"FRD7=0:inf", "SUCDi=0:inf"};
    for (const auto* maintenance : {"ATPM=0:", "ATPM=8.39:"}) {  // possible without the substrate, and not
        params.bounds.push_back(maintenance);
        const auto result = yielded(read_model_file(path).value(), params);
        EXPECT_EQ(result.status, "unbounded");
        EXPECT_EQ(result.ray, (std::vector<std::string>{"FRD7", "SUCDi"}));
        EXPECT_FALSE(result.yield_mol);
    }
}

}  // namespace
}  // namespace leaven::metabolism
