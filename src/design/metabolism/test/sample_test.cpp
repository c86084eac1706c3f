#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/core/random.hpp>
#include <leaven/metabolism/sample.hpp>

#include "chain_statistics.hpp"
#include "oracle.hpp"
#include "random_models.hpp"
#include "toy_networks.hpp"

namespace leaven::metabolism {
namespace {

SampleResult sampled(const Model& model, const SampleParams& params, int threads = 1, std::uint64_t seed = 1) {
    Context context;
    context.threads = threads;
    context.seed = seed;
    return sample(model, params, context).value();
}

/// 10 of one substrate leave by several ways: the fluxes are uniform on a simplex.
Model simplex(int ways) {
    Model model;
    model.compartments = {{"c", ""}};
    model.metabolites.push_back({"a", "", "c", "", std::nullopt, false, {}});
    testing::add_reaction(model, "IN", {{0, 1}}, 10, 10);
    for (int i = 0; i < ways; ++i) testing::add_reaction(model, "OUT" + std::to_string(i), {{0, -1}}, 0, 1000);
    model.objective = {true, {{1, 1}}};
    return model;
}

class SampleMethod : public ::testing::TestWithParam<const char*> {};

TEST_P(SampleMethod, a_simplex_is_filled_evenly) {  // a share of k is Beta(1, k - 1), by hand
    constexpr int ways = 5;
    SampleParams params;
    params.method = GetParam();
    params.count = 8000;
    if (params.method != "chrr") params.thinning = 50;
    const auto result = sampled(simplex(ways), params);
    EXPECT_EQ(result.dimensions, ways - 1);
    EXPECT_EQ(result.invalid, 0);
    EXPECT_LT(*result.rhat_max, 1.02);
    for (const auto& row : result.rows) {
        if (row.reaction == "IN") {
            EXPECT_NEAR(row.mean, 10, 1e-9);
            EXPECT_NEAR(row.sd, 0, 1e-9);
            continue;
        }
        EXPECT_NEAR(row.mean, 10.0 / ways, 0.12) << row.reaction;
        EXPECT_NEAR(row.sd, 10 * std::sqrt((ways - 1.0) / (ways * ways * (ways + 1.0))), 0.12) << row.reaction;
        EXPECT_NEAR(row.median, 10 * (1 - std::pow(0.5, 1.0 / (ways - 1))), 0.15) << row.reaction;
        EXPECT_NEAR(row.q95, 10 * (1 - std::pow(0.05, 1.0 / (ways - 1))), 0.3) << row.reaction;
    }
}

TEST(Sample, the_core_model_is_sampled_alike_by_all_methods_and_by_cobrapy) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "e_coli_core", ".sampling_OptGP.tsv.gz");
    const auto expected = testing::table_of(oracle);
    SampleParams params;
    const auto result = sampled(model, params);
    EXPECT_EQ(result.dimensions, 24);  // of the null space without the reactions that are blocked, by numpy
    EXPECT_LT(*result.rhat_max, 1.02);
    params.thinning = 3000;
    for (const auto* method : {"achr", "optgp"}) {
        params.method = method;
        const auto other = sampled(model, params);
        EXPECT_EQ(other.invalid, 0);
        for (std::size_t r = 0; r < other.rows.size(); ++r)
            EXPECT_NEAR(other.rows[r].mean, result.rows[r].mean, 0.2 * result.rows[r].sd + 1e-6)
                << other.rows[r].reaction;
    }
    // COBRApy's sampler had not converged (0.77 standard deviations at most): this holds down gross errors only.
    for (const auto& row : result.rows) {
        const auto& other = expected.at(row.reaction);
        EXPECT_NEAR(row.mean, std::stod(other[1]), std::stod(other[2]) + 1e-6) << row.reaction;
    }
}

INSTANTIATE_TEST_SUITE_P(All, SampleMethod, ::testing::Values("chrr", "achr", "optgp"),
                         [](const auto& it) { return std::string(it.param); });

RC_GTEST_PROP(Sample, never_leaves_the_flux_space, ()) {
    const auto model = testing::random_model();
    SampleParams params;
    params.count = 40;
    params.chains = 2;
    params.method = *rc::gen::element<std::string>("chrr", "achr", "optgp");
    const auto result = sampled(model, params);
    if (!result.solved()) RC_DISCARD("no flux, or no end of it");
    RC_ASSERT(result.invalid == 0);
    RC_ASSERT(result.samples.values.size() == 40U);
    for (const auto& row : result.rows) RC_ASSERT(row.q05 <= row.median && row.median <= row.q95);
}

TEST(Sample, is_the_same_for_any_number_of_threads_and_another_for_another_seed) {
    SampleParams params;
    params.count = 103;
    const auto one = sampled(simplex(4), params, 1);
    EXPECT_EQ(one.samples.values, sampled(simplex(4), params, 3).samples.values);
    EXPECT_NE(one.samples.values, sampled(simplex(4), params, 1, 2).samples.values);
}

TEST(Sample, its_table_holds_every_sample) {
    SampleParams params;
    params.count = 7;
    const auto result = sampled(simplex(3), params);
    const auto packed = result.file(".tsv.gz", Lang::en).value();
    std::istringstream table(unpack(packed, "samples").value());
    std::string line;
    std::getline(table, line);
    EXPECT_EQ(line, "IN\tOUT0\tOUT1\tOUT2");
    int lines = 0;
    for (; std::getline(table, line); ++lines) {
        std::istringstream cells(line);
        double in = 0;
        double out[3];
        cells >> in >> out[0] >> out[1] >> out[2];
        EXPECT_NEAR(in, out[0] + out[1] + out[2], 1e-9);
    }
    EXPECT_EQ(lines, 7);
    EXPECT_TRUE(result.file(".svg", Lang::zh)->starts_with("<svg"));
}

TEST(Sample, a_flux_without_limit_is_named) {
    auto model = simplex(2);
    model.reactions[0].upper = INFINITY;
    model.reactions[1].upper = INFINITY;
    model.objective = {true, {{2, 1}}};
    const auto result = sampled(model, {});
    EXPECT_EQ(result.status, "unbounded");
    EXPECT_FALSE(result.ray.empty());
    EXPECT_TRUE(result.rows.empty());
}

TEST(Sample, more_than_memory_holds_and_a_wish_to_stop_are_errors) {
    SampleParams params;
    Context context;
    params.count = 10'000'000;
    auto model = simplex(60);
    EXPECT_EQ(sample(model, params, context).error().where, "count");
    params.count = 10;
    context.stop();
    EXPECT_EQ(sample(model, params, context).error().code, ErrorCode::cancelled);
}

TEST(ChainStatistics, normal_quantiles_turn_the_error_function_round) {
    for (const double p : {1e-9, 1e-4, 0.02, 0.074, 0.076, 0.3, 0.5, 0.8, 0.93, 0.999999})
        EXPECT_NEAR(0.5 * std::erfc(-normal_quantile(p) / std::sqrt(2.0)), p, 1e-14 + 1e-12 * p);
}

Chains autoregressive(double memory, std::size_t chains, std::size_t draws, double shift) {
    Chains out;
    for (std::size_t c = 0; c < chains; ++c) {
        Random random(11, c);
        double x = random.normal() / std::sqrt(1 - memory * memory);
        auto& chain = out.emplace_back();
        for (std::size_t i = 0; i < draws; ++i) {
            x = memory * x + random.normal();
            chain.push_back(x + shift * static_cast<double>(c));
        }
    }
    return out;
}

TEST(ChainStatistics, effective_size_is_that_of_an_autoregression) {  // n (1 - r) / (1 + r)
    EXPECT_NEAR(*bulk_ess(autoregressive(0, 4, 5000, 0)), 20000, 1500);
    EXPECT_NEAR(*bulk_ess(autoregressive(0.8, 4, 5000, 0)), 20000 * 0.2 / 1.8, 350);
    EXPECT_NEAR(*split_rhat(autoregressive(0.5, 4, 5000, 0)), 1, 0.005);
}

TEST(ChainStatistics, chains_that_disagree_are_found_out) {
    EXPECT_GT(*split_rhat(autoregressive(0, 4, 500, 1)), 1.3);
    auto wide = autoregressive(0, 4, 500, 0);  // same place, other spread: the folded draws tell
    for (auto& draw : wide[0]) draw *= 5;
    EXPECT_GT(*split_rhat(wide), 1.1);
    EXPECT_EQ(split_rhat({{1, 1, 1, 1}, {1, 1, 1, 1}}), std::nullopt);
    EXPECT_EQ(bulk_ess({{1, 2}}), std::nullopt);
}

}  // namespace
}  // namespace leaven::metabolism
