#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/metabolism/envelope.hpp>
#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/read.hpp>

#include "oracle.hpp"
#include "random_models.hpp"

namespace leaven::metabolism {
namespace {

EnvelopeResult enveloped(const Model& model, const EnvelopeParams& params) {
    Context context;
    return envelope(model, params, context).value();
}

double across(const EnvelopeVertex& a, const EnvelopeVertex& b, double x, double y) {
    return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
}

/// Least and greatest y of the polygon at x.
std::pair<double, double> slice(const std::vector<EnvelopeVertex>& polygon, double x) {
    double least = INFINITY;
    double greatest = -INFINITY;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const auto& a = polygon[i];
        const auto& b = polygon[(i + 1) % polygon.size()];
        if (x < std::min(a.x, b.x) - 1e-9 || x > std::max(a.x, b.x) + 1e-9) continue;
        const double share = a.x == b.x ? 0 : std::clamp((x - a.x) / (b.x - a.x), 0.0, 1.0);
        for (const double y : {a.y + share * (b.y - a.y), a.x == b.x ? b.y : a.y + share * (b.y - a.y)}) {
            least = std::min(least, y);
            greatest = std::max(greatest, y);
        }
    }
    return {least, greatest};
}

class EnvelopeOracle : public ::testing::TestWithParam<std::tuple<const char*, const char*>> {};

TEST_P(EnvelopeOracle, agrees_with_cobrapy_in_fluxes_and_yields) {
    const auto [target, air] = GetParam();
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "e_coli_core",
                             ".production_envelope." + std::string(target) + "." + air + ".tsv.gz");
    const auto expected = testing::table_of(oracle);
    EnvelopeParams params;
    params.x = {"BIOMASS_Ecoli_core_w_GAM"};
    params.y = target;
    if (air == std::string("anaerobic")) params.bounds = {"EX_o2_e=0:"};
    const auto result = enveloped(model, params);
    ASSERT_EQ(result.points.size(), expected.size());
    for (std::size_t i = 0; i < result.points.size(); ++i) {
        const auto& point = result.points[i];
        const auto& row = expected.at(std::to_string(i));
        EXPECT_LT(testing::relative_distance(point.x[0], std::stod(row[8])), 1e-6);
        EXPECT_LT(testing::relative_distance(*point.minimum, std::stod(row[2])), 1e-6);
        EXPECT_LT(testing::relative_distance(*point.maximum, std::stod(row[5])), 1e-6);
        EXPECT_LT(testing::relative_distance(*point.yield_cmol, std::stod(row[6])), 1e-6);
        EXPECT_LT(testing::relative_distance(*point.yield_mass, std::stod(row[7])), 1e-6);
        const auto [least, greatest] = slice(result.vertices, point.x[0]);
        EXPECT_NEAR(least, *point.minimum, 1e-6);
        EXPECT_NEAR(greatest, *point.maximum, 1e-6);
    }
}

INSTANTIATE_TEST_SUITE_P(Products, EnvelopeOracle,
                         ::testing::Combine(::testing::Values("EX_ac_e", "EX_etoh_e", "EX_lac__D_e", "EX_succ_e"),
                                            ::testing::Values("aerobic", "anaerobic")),
                         [](const auto& it) {
                             return std::string(std::get<0>(it.param)) + "_" + std::get<1>(it.param);
                         });

RC_GTEST_PROP(Envelope, is_convex_and_contains_every_optimum, ()) {
    const auto model = testing::random_model();
    Context context;
    const auto best = fba(model, {}, context).value();
    if (!best.solved()) RC_DISCARD("no optimum");
    EnvelopeParams params;
    params.x = {"r0"};
    params.y = "r1";
    params.points = 2;
    const auto polygon = enveloped(model, params).vertices;
    RC_ASSERT(!polygon.empty());
    double extent = 1;
    for (const auto& v : polygon) extent = std::max({extent, std::fabs(v.x), std::fabs(v.y)});
    for (std::size_t i = 0; i < polygon.size() && polygon.size() > 2; ++i) {
        const auto& a = polygon[i];
        const auto& b = polygon[(i + 1) % polygon.size()];
        const auto& c = polygon[(i + 2) % polygon.size()];
        RC_ASSERT(across(a, b, c.x, c.y) > 0);
        RC_ASSERT(across(a, b, best.fluxes[0].flux, best.fluxes[1].flux) > -1e-6 * extent * extent);
    }
}

TEST(Envelope, without_y_is_drawn_against_the_objective) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    EnvelopeParams params;
    params.x = {"EX_succ_e"};
    const auto result = enveloped(read_model_file(path).value(), params);
    double greatest = 0;
    for (const auto& v : result.vertices) greatest = std::max(greatest, v.y);
    EXPECT_NEAR(greatest, 0.8739215, 1e-6);  // growth of the core model, as published with it
    for (const auto& point : result.points) EXPECT_FALSE(point.yield_cmol);  // biomass is no product
}

TEST(Envelope, without_limit_is_unbounded_and_names_the_ray) {
    LEAVEN_DATA_SET(path, "metabolism/edge/unbounded.xml");
    EnvelopeParams params;
    params.objective = "R1";
    params.sense = "minimize";
    params.x = {"GROW"};
    const auto result = enveloped(read_model_file(path).value(), params);
    EXPECT_EQ(result.status, "unbounded");
    EXPECT_FALSE(result.ray.empty());
    EXPECT_TRUE(result.vertices.empty());
}

TEST(Envelope, points_do_not_depend_on_threads) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    const auto model = read_model_file(path).value();
    EnvelopeParams params;
    params.x = {"EX_succ_e"};
    params.points = 50;
    Context one;
    Context four;
    four.threads = 4;
    const auto a = envelope(model, params, one).value();
    const auto b = envelope(model, params, four).value();
    for (std::size_t i = 0; i < a.points.size(); ++i) EXPECT_EQ(a.points[i].maximum, b.points[i].maximum);
}

TEST(Envelope, phase_plane_agrees_with_cobrapy) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "e_coli_core", ".phase_plane.glc_o2.tsv.gz");
    const auto expected = testing::table_of(oracle);
    EnvelopeParams params;
    params.x = {"EX_glc__D_e", "EX_o2_e"};
    const auto result = enveloped(model, params);
    ASSERT_EQ(result.points.size(), expected.size());
    for (std::size_t i = 0; i < result.points.size(); ++i) {
        const auto& point = result.points[i];
        const auto& row = expected.at(std::to_string(i));
        EXPECT_LT(testing::relative_distance(point.x[0], std::stod(row[8])), 1e-6);
        EXPECT_LT(testing::relative_distance(point.x[1], std::stod(row[9])), 1e-6);
        ASSERT_EQ(point.maximum.has_value(), !row[5].empty()) << "point " << i;
        if (!point.maximum) continue;
        EXPECT_LT(testing::relative_distance(*point.minimum, std::stod(row[2])), 1e-6);
        EXPECT_LT(testing::relative_distance(*point.maximum, std::stod(row[5])), 1e-6);
    }
    // The slopes that differences of that table show, where four neighbours lie on one plane.
    for (const auto& [by_glucose, by_oxygen] : {std::pair{-0.137263, 0.022877}, std::pair{-0.030459, -0.035997},
                                                std::pair{-0.032497, -0.032497}, std::pair{-0.045911, -0.022955}})
        EXPECT_EQ(std::count_if(result.phases.begin(), result.phases.end(),
                                [&](const EnvelopePhase& phase) {
                                    return std::fabs(phase.shadow_prices[0] - by_glucose) < 1e-6 &&
                                           std::fabs(phase.shadow_prices[1] - by_oxygen) < 1e-6;
                                }),
                  1);
    EXPECT_TRUE(result.vertices.empty());
    for (const auto lang : {Lang::en, Lang::zh}) EXPECT_TRUE(result.file(".svg", lang)->starts_with("<svg"));
}

bool inside(const std::vector<EnvelopeVertex>& region, double x, double y, double margin) {
    for (std::size_t i = 0; i < region.size(); ++i)
        if (across(region[i], region[(i + 1) % region.size()], x, y) < margin) return false;
    return true;
}

/// Plane through the maximum at the corners of a phase, by its prices.
double on_phase(const EnvelopePhase& phase, const EnvelopePoint& from, double x, double y) {
    return *from.maximum + phase.shadow_prices[0] * (x - from.x[0]) + phase.shadow_prices[1] * (y - from.x[1]);
}

RC_GTEST_PROP(Envelope, the_greatest_y_changes_by_the_prices_of_its_phase, ()) {
    const auto model = testing::random_model();
    EnvelopeParams params;
    params.x = {"r0", "r1"};
    params.points = 9;
    const auto result = enveloped(model, params);
    if (result.phases.empty()) RC_DISCARD("no plane");
    double extent = 1;
    for (const auto& point : result.points)
        extent = std::max({extent, std::fabs(point.x[0]), std::fabs(point.x[1]), std::fabs(point.maximum.value_or(0))});
    int compared = 0;
    for (const auto& phase : result.phases) {
        const EnvelopePoint* first = nullptr;
        for (const auto& point : result.points) {
            if (!point.maximum || !inside(phase.region, point.x[0], point.x[1], 1e-6 * extent * extent)) continue;
            if (first == nullptr) first = &point;
            RC_ASSERT(std::fabs(on_phase(phase, *first, point.x[0], point.x[1]) - *point.maximum) < 1e-5 * extent);
            ++compared;
        }
    }
    RC_CLASSIFY(compared > 1, "compared");
}

TEST(Envelope, on_a_plane_keeps_the_end_that_there_is) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    EnvelopeParams params;
    params.x = {"EX_ac_e", "EX_o2_e"};
    params.y = "BIOMASS_Ecoli_core_w_GAM - FRD7";
    params.bounds = {"FRD7=0:inf", "SUCDi=0:inf"};
    params.points = 3;
    const auto result = enveloped(read_model_file(path).value(), params);
    int ends = 0;
    for (const auto& point : result.points) {
        EXPECT_FALSE(point.minimum);
        ends += point.maximum ? 1 : 0;
    }
    EXPECT_GE(ends, 3);
}

TEST(Envelope, a_corner_that_rounding_leaves_open_is_held_loosely) {
    // At one point of the grid, a corner of the plane, the program has neither a flux at 1e-9 nor a proof that there is
    // none: the entries of 0.000223 hide which.
    const auto model =
        read_model(
            R"({"metabolites": [{"id": "m0"}, {"id": "m1"}, {"id": "m2"}, {"id": "m3"}, {"id": "m4"}], "reactions": [
        {"id": "r0", "metabolites": {"m3": -3, "m4": 1}, "lower_bound": -1000, "upper_bound": 1000},
        {"id": "r1", "metabolites": {"m0": -0.5, "m2": 3}, "lower_bound": 0, "upper_bound": 1000},
        {"id": "r2", "metabolites": {"m0": -2, "m3": 59.81}, "lower_bound": -1000, "upper_bound": 1000},
        {"id": "r3", "metabolites": {"m2": -1, "m3": -1}, "lower_bound": 0, "upper_bound": 1000},
        {"id": "r4", "metabolites": {"m0": -1, "m2": 1}, "lower_bound": -1000, "upper_bound": 1000},
        {"id": "r5", "metabolites": {"m0": -2, "m1": -0.000223}, "lower_bound": 0, "upper_bound": 1000},
        {"id": "r6", "metabolites": {"m1": -1, "m2": -0.000223}, "lower_bound": 0, "upper_bound": 1000},
        {"id": "r7", "metabolites": {"m0": 1, "m3": 0.5}, "lower_bound": -1000, "upper_bound": 1000},
        {"id": "r8", "metabolites": {"m3": -1}, "lower_bound": 0, "upper_bound": 1000},
        {"id": "r9", "metabolites": {"m0": -3, "m4": -1}, "lower_bound": -1000, "upper_bound": 1000},
        {"id": "r10", "metabolites": {"m4": 2}, "lower_bound": 0, "upper_bound": 1000},
        {"id": "r11", "metabolites": {"m1": 0.1, "m3": -1, "m4": 1}, "lower_bound": 0, "upper_bound": 1000}]})",
            "m.json")
            .value();
    EnvelopeParams params;
    params.objective = "r5";
    params.sense = "minimize";
    params.x = {"r0", "r1"};
    params.points = 9;
    const auto result = enveloped(model, params);
    EXPECT_EQ(result.points.size(), 81U);
    EXPECT_FALSE(result.phases.empty());
}

}  // namespace
}  // namespace leaven::metabolism
