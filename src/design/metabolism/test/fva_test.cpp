#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/fva.hpp>

#include "oracle.hpp"
#include "random_models.hpp"

namespace leaven::metabolism {
namespace {

FvaResult ranges(const Model& model, double fraction, int threads = 2) {
    Context context;
    context.threads = threads;
    FvaParams params;
    params.fraction = fraction;
    return fva(model, params, context).value();
}

/// End points that differ from the oracle's by more than 1e-6 max(1, |x|).
std::vector<std::string> differences(const FvaResult& result, const std::map<std::string, testing::Row>& expected) {
    std::vector<std::string> out;
    for (const auto& row : result.rows) {
        const auto& other = expected.at(row.reaction);
        if (testing::relative_distance(*row.minimum, std::stod(other[1])) > 1e-6)
            out.push_back(row.reaction + " minimum");
        if (testing::relative_distance(*row.maximum, std::stod(other[2])) > 1e-6)
            out.push_back(row.reaction + " maximum");
    }
    return out;
}

class FvaOracle : public ::testing::TestWithParam<const char*> {};

TEST_P(FvaOracle, ranges_at_90_percent_agree_with_cobrapy) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, GetParam(), ".fva90.tsv.gz");
    const auto result = ranges(model, 0.9);
    EXPECT_EQ(result.rows.size(), model.reactions.size());
    EXPECT_EQ(differences(result, testing::table_of(oracle)), std::vector<std::string>());
}

INSTANTIATE_TEST_SUITE_P(Models, FvaOracle, testing::oracle_models(),
                         [](const auto& it) { return std::string(it.param); });

TEST(Fva, ranges_at_the_optimum_agree_with_cobrapy) {
    for (const auto* name : {"e_coli_core", "iCH360"}) {
        LEAVEN_MODEL_WITH_ORACLE(model, oracle, name, ".fva100.tsv.gz");
        EXPECT_EQ(differences(ranges(model, 1), testing::table_of(oracle)), std::vector<std::string>());
    }
}

TEST(Fva, ranges_at_the_optimum_are_sharper_than_the_tolerance_of_the_oracle) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "iML1515", ".fva100.tsv.gz");
    const auto result = ranges(model, 1);
    // Biomass needs 2e-6 of an iron-sulfur cluster, so that I2FE2SR cannot stand still: 2e-6 times the growth of 0.877.
    // The oracle, at tolerance 1e-7, says 0.
    EXPECT_EQ(differences(result, testing::table_of(oracle)), std::vector<std::string>{"I2FE2SR minimum"});
    for (const auto& row : result.rows)
        if (row.reaction == "I2FE2SR") {
            EXPECT_NEAR(*row.minimum, 1.754e-6, 0.05e-6);
        }
}

TEST(Fva, blocked_reactions_of_iml1515_are_those_that_cobrapy_finds) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "iML1515", ".blocked_default.txt");
    std::vector<std::string> blocked;
    for (const auto& row : ranges(model, 0).rows)
        if (*row.minimum == 0 && *row.maximum == 0) blocked.push_back(row.reaction);
    auto expected = testing::lines_of(oracle);
    std::sort(blocked.begin(), blocked.end());
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(blocked, expected);
}

TEST(Fva, answers_do_not_depend_on_threads) {
    const auto path = testing::model_path("iCH360");
    if (path.empty()) GTEST_SKIP() << "no data set iCH360";
    const auto model = read_model_file(path).value();
    const auto one = ranges(model, 0.9, 1);
    const auto three = ranges(model, 0.9, 3);
    EXPECT_EQ(one.counts.lps, three.counts.lps);
    for (std::size_t i = 0; i < one.rows.size(); ++i) {
        EXPECT_EQ(one.rows[i].minimum, three.rows[i].minimum);
        EXPECT_EQ(one.rows[i].maximum, three.rows[i].maximum);
    }
}

RC_GTEST_PROP(Fva, encloses_every_optimum_whatever_the_sense_and_sign, ()) {
    const auto model = testing::random_model();
    Context context;
    const auto best = fba(model, {}, context).value();
    const auto result = ranges(model, *rc::gen::element(0.0, 0.5, 0.9, 1.0));
    RC_ASSERT(result.status == best.status);
    if (!best.solved()) RC_DISCARD("no optimum");
    for (std::size_t r = 0; r < result.rows.size(); ++r) {
        const double slack = 1e-6 * std::max(1.0, std::fabs(best.fluxes[r].flux));
        RC_ASSERT(!result.rows[r].minimum || *result.rows[r].minimum <= best.fluxes[r].flux + slack);
        RC_ASSERT(!result.rows[r].maximum || *result.rows[r].maximum >= best.fluxes[r].flux - slack);
    }
}

RC_GTEST_PROP(Fva, asking_for_less_of_the_objective_never_narrows_a_range, ()) {
    const auto model = testing::random_model();
    const auto wide = ranges(model, 0.5);
    const auto narrow = ranges(model, 0.95);
    if (!wide.solved()) RC_DISCARD("no optimum");
    for (std::size_t r = 0; r < wide.rows.size(); ++r) {
        const auto& outer = wide.rows[r];
        const auto& inner = narrow.rows[r];
        if (outer.minimum)
            RC_ASSERT(*outer.minimum <= *inner.minimum + 1e-6 * std::max(1.0, std::fabs(*inner.minimum)));
        if (outer.maximum)
            RC_ASSERT(*outer.maximum >= *inner.maximum - 1e-6 * std::max(1.0, std::fabs(*inner.maximum)));
    }
}

TEST(Fva, a_flux_without_limit_has_no_end_point) {
    LEAVEN_DATA_SET(path, "metabolism/edge/unbounded.xml");
    FvaParams params;
    params.objective = "R1";  // held at its least, zero; growth by way of R2 has no limit
    params.sense = "minimize";
    Context context;
    const auto result = fva(read_model_file(path).value(), params, context).value();
    ASSERT_TRUE(result.solved());
    for (const auto& row : result.rows) {
        if (row.reaction == "GROW") {
            EXPECT_FALSE(row.maximum);
        }
        if (row.reaction == "EX_A_e") {
            EXPECT_FALSE(row.minimum);
        }
        if (row.reaction == "R1") {
            EXPECT_EQ(row.maximum, 0);
        }
    }
}

TEST(Fva, a_run_stops_when_progress_says_so) {
    const auto path = testing::model_path("iML1515");
    if (path.empty()) GTEST_SKIP() << "no data set iML1515";
    Context context;
    context.on_progress([&](const Progress& progress) {
        if (progress.done > progress.total / 2) context.stop();
    });
    const auto result = fva(read_model_file(path).value(), {}, context);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace leaven::metabolism
