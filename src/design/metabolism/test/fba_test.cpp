#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/lp/solver.hpp>
#include <leaven/metabolism/fba.hpp>

#include "network.hpp"
#include "oracle.hpp"
#include "random_models.hpp"
#include "substrate.hpp"

namespace leaven::metabolism {
namespace {

using testing::relative_distance;

FbaResult solved(const Model& model, const FbaParams& params = {}) {
    Context context;
    return fba(model, params, context).value();
}

FbaParams with_method(const std::string& method) {
    FbaParams params;
    params.method = method;
    return params;
}

class FbaOracle : public ::testing::TestWithParam<const char*> {};

TEST_P(FbaOracle, growth_and_least_total_flux_agree_with_cobrapy) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, GetParam(), ".summary.json");
    const auto summary = testing::json_of(oracle);
    const auto result = solved(model);
    ASSERT_TRUE(result.solved());
    EXPECT_LT(relative_distance(*result.objective, summary["fba"]), 1e-6);
    EXPECT_LE(result.certificate.primal_residual, 1e-9);
    EXPECT_LE(result.certificate.dual_residual, 1e-8);
    EXPECT_LE(result.certificate.gap, 1e-6);
    const auto least = solved(model, with_method("pfba"));
    EXPECT_LT(relative_distance(*least.objective, summary["fba"]), 1e-6);
    EXPECT_LT(relative_distance(*least.total_flux, summary["pfba_total_abs_flux"]), 1e-6);
    EXPECT_LE(least.certificate.gap, 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Models, FbaOracle, testing::oracle_models(),
                         [](const auto& it) { return std::string(it.param); });

TEST_P(FbaOracle, the_optimum_in_fractions_is_the_optimum_of_the_oracle) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, GetParam(), ".summary.json");
    FbaParams params;
    params.exact = true;
    const auto result = solved(model, params);
    ASSERT_TRUE(result.solved());
    EXPECT_TRUE(result.certificate.exact);
    EXPECT_LT(relative_distance(*result.objective, testing::json_of(oracle)["fba"]), 1e-6);
    EXPECT_LE(result.certificate.primal_residual, 1e-15);
    EXPECT_LE(result.certificate.gap, 1e-13);
}

RC_GTEST_PROP(Fba, a_verdict_in_fractions_is_the_verdict_of_the_solver, ()) {
    const auto model = testing::random_model();
    FbaParams params;
    const auto rounded = solved(model, params);
    params.exact = true;
    const auto exact = solved(model, params);
    RC_ASSERT(exact.certificate.exact);
    RC_ASSERT(exact.status == rounded.status);
    if (exact.solved()) RC_ASSERT(relative_distance(*exact.objective, *rounded.objective) <= 1e-7);
}

TEST(Fba, the_shadow_price_of_glucose_is_growth_per_glucose) {  // prices of metabolites inside are not unique
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    const auto model = read_model_file(path).value();
    FbaParams more;
    more.bounds = {"EX_glc__D_e=-10.001:"};
    const double gained = *solved(model, more).objective - *solved(model).objective;
    for (const auto& price : solved(model).shadow_prices)
        if (price.metabolite == "glc__D_e") {
            EXPECT_NEAR(-price.value, gained / 0.001, 1e-6);
        }
}

TEST(Fba, every_file_of_the_edge_table_ends_as_it_says) {
    LEAVEN_DATA_SET(table, "metabolism/edge/EXPECTED.tsv");
    int seen = 0;
    for (const auto& [file, row] : testing::table_of(table)) {
        const int expected = std::stoi(row[2]);
        const auto model = read_model_file(table.parent_path() / file);
        ++seen;
        if (!model) {
            EXPECT_EQ(static_cast<int>(model.error().code), expected) << file;
            continue;
        }
        Context context;
        const auto result = fba(*model, {}, context);
        const int status = !result ? static_cast<int>(result.error().code) : result->solved() ? 0 : 4;
        EXPECT_EQ(status, expected) << file << (result ? "" : ": " + result.error().message.en);
        if (status == 0) {
            EXPECT_NEAR(*result->objective, std::stod(row[3]), 1e-9) << file;
        }
    }
    EXPECT_EQ(seen, 31);
}

TEST(Fba, an_infeasible_model_names_the_bounds_that_contradict_each_other) {
    LEAVEN_DATA_SET(path, "metabolism/edge/infeasible.xml");  // maintenance needs 25, uptake allows 10
    const auto result = solved(read_model_file(path).value());
    EXPECT_EQ(result.status, "infeasible");
    EXPECT_EQ(result.certificate.kind, "infeasible");
    std::map<std::string, double> conflict;
    for (const auto& bound : result.conflict) conflict[bound.reaction + " " + bound.bound] = bound.value;
    EXPECT_EQ(conflict, (std::map<std::string, double>{{"EX_A_e lower", -10}, {"MAINT lower", 25}}));
    EXPECT_FALSE(result.objective);
    EXPECT_TRUE(result.fluxes.empty());
}

TEST(Fba, an_unbounded_model_names_the_reactions_of_the_ray) {
    LEAVEN_DATA_SET(path, "metabolism/edge/unbounded.xml");
    const auto result = solved(read_model_file(path).value());
    EXPECT_EQ(result.status, "unbounded");
    EXPECT_EQ(result.certificate.kind, "unbounded");
    EXPECT_FALSE(result.ray.empty());
    EXPECT_TRUE(std::find(result.ray.begin(), result.ray.end(), "GROW") != result.ray.end());
}

TEST(Fba, a_model_without_objective_takes_the_one_that_is_given) {
    LEAVEN_DATA_SET(path, "metabolism/edge/no_objective.xml");
    const auto model = read_model_file(path).value();
    Context context;
    const auto refused = fba(model, {}, context);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().hint.en.find("--objective"), std::string::npos);
    FbaParams params;
    params.objective = "GROW";
    EXPECT_NEAR(*solved(model, params).objective, 10, 1e-9);
}

TEST(Fba, a_medium_without_a_carbon_source_is_infeasible_and_names_what_is_closed) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    const auto model = read_model_file(path).value();
    FbaParams params;
    params.medium = {"EX_o2_e=1000", "EX_nh4_e=1000", "EX_pi_e=1000", "EX_h2o_e=1000", "EX_h_e=1000"};
    const auto result = solved(model, params);
    EXPECT_EQ(result.status, "infeasible");
    std::set<std::string> named;
    for (const auto& bound : result.conflict) named.insert(bound.reaction);
    EXPECT_TRUE(named.contains("EX_glc__D_e"));

    params.bounds = {"ATPM=0:"};  // without maintenance there is a flux, but no growth: that is no answer either
    const auto without = solved(model, params);
    EXPECT_EQ(without.status, "infeasible");
    EXPECT_FALSE(without.conflict.empty());
    EXPECT_FALSE(without.objective);
}

/// Is the conflict one, and none of its bounds spare? All others are dropped, but for the arrows of reactions inside
/// and, where `exchanges_hold`, closed exchanges.
bool smallest(const Model& model, const std::vector<ConflictingBound>& conflict, bool exchanges_hold) {
    auto problem = build_network(model).problem;
    std::fill(problem.objective.begin(), problem.objective.end(), 0);
    for (std::size_t r = 0; r < model.reactions.size(); ++r) {
        const bool can_run = problem.lower[r] != 0 || problem.upper[r] != 0;
        const bool zero_holds = crosses_boundary(model, model.reactions[r]) ? exchanges_hold : can_run;
        if (problem.lower[r] != 0 || !zero_holds) problem.lower[r] = -lp::infinity;
        if (problem.upper[r] != 0 || !zero_holds) problem.upper[r] = lp::infinity;
    }
    const ModelIndex index(model);
    const auto set = [&](const ConflictingBound& bound, double value) {
        (bound.bound == "lower" ? problem.lower : problem.upper)[index.reactions.at(bound.reaction)] = value;
    };
    for (const auto& bound : conflict) set(bound, bound.value);
    if (lp::Solver(problem, {}).solve().status != lp::SolveStatus::infeasible) return false;
    for (const auto& bound : conflict) {
        set(bound, bound.bound == "lower" ? -lp::infinity : lp::infinity);
        if (lp::Solver(problem, {}).solve().status != lp::SolveStatus::optimal) return false;
        set(bound, bound.value);
    }
    return true;
}

RC_GTEST_PROP(Fba, a_conflict_cannot_be_solved_and_none_of_its_bounds_can_be_spared, ()) {
    auto model = testing::random_model();
    model.reactions[0].lower = 600;  // too much for most networks
    model.reactions[0].upper = 1000;
    const auto result = solved(model);
    if (result.status != "infeasible") RC_DISCARD("feasible");
    RC_ASSERT(!result.conflict.empty());
    RC_ASSERT(smallest(model, result.conflict, true) || smallest(model, result.conflict, false));
}

RC_GTEST_PROP(Fba, the_flux_balances_keeps_its_bounds_and_reaches_the_objective, ()) {
    const auto model = testing::random_model();
    const auto method = *rc::gen::element<std::string>("fba", "pfba");
    const auto result = solved(model, with_method(method));
    if (!result.solved()) RC_DISCARD("no optimum");
    const auto network = build_network(model);
    std::vector<double> flux;
    for (const auto& row : result.fluxes) flux.push_back(row.flux);
    RC_ASSERT(residual(network, flux) < 1e-8);
    RC_ASSERT(relative_distance(dot(network.problem.objective, flux), *result.objective) < 1e-9);
    for (std::size_t r = 0; r < flux.size(); ++r) {
        RC_ASSERT(flux[r] >= model.reactions[r].lower - 1e-9 * std::max(1.0, std::fabs(flux[r])));
        RC_ASSERT(flux[r] <= model.reactions[r].upper + 1e-9 * std::max(1.0, std::fabs(flux[r])));
    }
    RC_ASSERT(result.certificate.gap < 1e-6);
}

RC_GTEST_PROP(Fba, the_method_changes_the_flux_and_not_the_objective, ()) {
    const auto model = testing::random_model();
    const auto any = solved(model);
    const auto least = solved(model, with_method("pfba"));
    RC_ASSERT(any.status == least.status);
    if (!any.solved()) RC_DISCARD("no optimum");
    RC_ASSERT(relative_distance(*any.objective, *least.objective) < 1e-6);
    RC_ASSERT(*least.total_flux <= *any.total_flux * (1 + 1e-9) + 1e-9);
}

TEST(Fba, a_run_that_is_told_to_stop_ends_as_cancelled) {
    const auto path = testing::model_path("iML1515");
    if (path.empty()) GTEST_SKIP() << "no data set iML1515";
    Context context;
    context.stop();
    const auto result = fba(read_model_file(path).value(), {}, context);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace leaven::metabolism
