#include <bit>
#include <cmath>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/lp/solver.hpp>
#include <leaven/metabolism/design.hpp>
#include <leaven/metabolism/read.hpp>

#include "brute_force.hpp"
#include "data_sets.hpp"
#include "toy_networks.hpp"

namespace leaven::metabolism {
namespace {

using testing::BruteForce;

DesignParams question(const std::string& target, std::int64_t most) {
    DesignParams params;
    params.target = target;
    params.max_interventions = most;
    params.exclude = {"none"};
    return params;
}

double best_of(const DesignResult& result) {
    return result.designs.empty() ? result.wild_type.target_minimum.value_or(0)
                                  : result.designs.front().guaranteed.value();
}

RC_GTEST_PROP(Design, finds_what_enumeration_of_all_gene_sets_finds, ()) {
    const auto [model, target] = testing::toy_network();
    const auto most = *rc::gen::inRange<std::int64_t>(1, 4);
    Context context;
    const auto result = design(model, question(target, most), context);
    if (!result) {
        RC_ASSERT(result.error().code == ErrorCode::bad_input || result.error().code == ErrorCode::infeasible);
        RC_DISCARD("nothing to knock out");
    }
    if (!result->solved() || result->wild_type.growth < 1e-6) RC_DISCARD("no growth, or the target is blocked");

    BruteForce force(model, target);
    const auto genes = model.genes.size();
    const double floor = 0.1 * result->wild_type.growth;
    double best = result->wild_type.target_minimum.value_or(0);
    for (std::uint32_t mask = 1; mask < (1U << genes); ++mask) {
        if (std::popcount(mask) > most) continue;
        std::vector<bool> off(genes);
        for (std::size_t g = 0; g < genes; ++g) off[g] = (mask >> g & 1U) != 0;
        const auto strain = force.solve(off, {});
        if (strain && strain->growth >= floor) best = std::max(best, strain->guaranteed);
    }
    RC_ASSERT(result->complete);
    RC_ASSERT(std::fabs(best_of(*result) - best) <= 1e-5 * std::max(1.0, best));
    for (const auto& one : result->designs) RC_ASSERT(one.verified);
}

RC_GTEST_PROP(Design, does_not_depend_on_threads, ()) {
    const auto [model, target] = testing::toy_network();
    Context one;
    Context two;
    two.threads = 3;
    const auto a = design(model, question(target, 3), one);
    const auto b = design(model, question(target, 3), two);
    RC_ASSERT(a.has_value() == b.has_value());
    if (!a || !a->solved()) RC_DISCARD("nothing to design");
    RC_ASSERT(a->proof.nodes == b->proof.nodes && a->proof.lps == b->proof.lps &&
              a->proof.witnessed == b->proof.witnessed);
    RC_ASSERT(a->designs.size() == b->designs.size());
    for (std::size_t i = 0; i < a->designs.size(); ++i)
        RC_ASSERT(a->designs[i].guaranteed == b->designs[i].guaranteed && a->designs[i].growth == b->designs[i].growth);
}

class Core : public ::testing::Test {
protected:
    static DesignParams asked(std::int64_t most, bool anaerobic) {
        auto params = question("EX_succ_e", most);
        params.interventions = "reactions";
        params.exclude = {"spontaneous"};
        if (anaerobic) params.bounds = {"EX_o2_e=0:1000"};
        return params;
    }
};

TEST_F(
    Core,
    reaches_the_optima_of_exhaustive_search_with_and_without_oxygen) {  // oracles/e_coli_core.design.EX_succ_e_*.json
    LEAVEN_DATA_SET(path, "metabolism/models/e_coli_core.xml.gz");
    const auto model = read_model_file(path).value();
    const std::map<bool, std::vector<double>> optima{{true, {0.6781473063, 9.1018276572, 9.9107484501}},
                                                     {false, {0, 0.6781473063, 9.1018276572}}};
    for (const auto& [anaerobic, values] : optima)
        for (std::int64_t most = 1; most <= 3; ++most) {
            Context context;
            context.threads = 2;
            const auto result = design(model, asked(most, anaerobic), context).value();
            EXPECT_NEAR(best_of(result), values[static_cast<std::size_t>(most - 1)], 1e-5) << anaerobic << most;
            EXPECT_TRUE(result.complete);
            for (const auto& one : result.designs) EXPECT_TRUE(one.verified);
        }
}

TEST_F(Core, lists_exactly_the_pairs_that_brute_force_finds_to_be_better_than_their_parts) {
    LEAVEN_DATA_SET(path, "metabolism/models/e_coli_core.xml.gz");
    const auto model = read_model_file(path).value();
    auto params = asked(2, true);
    params.max_designs = 0;
    Context context;
    const auto result = design(model, params, context).value();
    const auto applied = apply_scenario(model, params).value();
    BruteForce force(applied, "EX_succ_e");
    std::vector<std::int32_t> candidates;
    for (std::size_t r = 0; r < applied.reactions.size(); ++r) {
        const auto& reaction = applied.reactions[r];
        const bool spontaneous =
            genes_of(reaction.rule).size() == 1 && applied.genes[genes_of(reaction.rule)[0]].id == "s0001";
        if (reaction.rule.tied_to_genes() && !spontaneous && reaction.terms.size() > 1 && reaction.lower <= 0 &&
            reaction.upper >= 0)
            candidates.push_back(static_cast<std::int32_t>(r));
    }
    EXPECT_EQ(candidates.size(), 66U);  // as in the oracle

    const std::vector<bool> no_gene_off(applied.genes.size());
    const double floor = 0.1 * result.wild_type.growth;
    const auto value = [&](const std::vector<std::int32_t>& set) {
        const auto strain = force.solve(no_gene_off, set);
        return strain && strain->growth >= floor * (1 - 1e-6) ? strain->guaranteed : -1.0;
    };
    std::map<std::int32_t, double> single;
    double best_guaranteed = 0;
    std::vector<double> better;
    for (const auto r : candidates) {
        single[r] = value({r});
        if (single[r] > 1e-5) better.push_back(single[r]);
    }
    for (std::size_t i = 0; i < candidates.size(); ++i)
        for (std::size_t j = i + 1; j < candidates.size(); ++j) {
            const double pair = value({candidates[i], candidates[j]});
            best_guaranteed = std::max(best_guaranteed, pair);
            if (pair > std::max({0.0, single[candidates[i]], single[candidates[j]]}) + 1e-5) better.push_back(pair);
        }
    EXPECT_NEAR(best_of(result), best_guaranteed, 1e-5);
    // Reactions in one chain are interchangeable and listed once, so each design found stands for at least one pair.
    std::vector<double> found;
    for (const auto& one : result.designs) found.push_back(one.guaranteed.value());
    std::sort(better.rbegin(), better.rend());
    const auto rounded = [](std::vector<double> values) {
        for (auto& one : values) one = std::round(one * 1e4);
        values.erase(std::unique(values.begin(), values.end()), values.end());
        return values;
    };
    EXPECT_EQ(rounded(found), rounded(better));
}

/// Best guaranteed flux with one and with two genes, for each product, without oxygen.
using Optima = std::map<std::string, std::vector<double>>;

void expect_optima(const Model& model, const Optima& optima, double within) {
    for (const auto& [target, values] : optima)
        for (std::int64_t most = 1; most <= 2; ++most) {
            auto params = question(target, most);
            params.exclude = {"spontaneous"};
            params.bounds = {"EX_o2_e=0:1000"};
            Context context;
            context.threads = 2;
            const auto result = design(model, params, context).value();
            EXPECT_TRUE(result.complete);
            EXPECT_NEAR(best_of(result), values[static_cast<std::size_t>(most - 1)], within) << target << most;
            for (const auto& one : result.designs) EXPECT_TRUE(one.verified);
        }
}

TEST(DesignAtGenomeScale, reaches_the_four_optima_of_exhaustive_search) {  // oracles/designs.genome_scale.json
    LEAVEN_DATA_SET(path, "metabolism/models/iML1515.xml.gz");
    expect_optima(read_model_file(path).value(),
                  {{"EX_succ_e", {1.556133, 10.8055579}}, {"EX_lac__D_e", {0, 16.5351529}}}, 1e-5);
}

TEST(DesignAtGenomeScale, reaches_the_optima_on_the_model_of_the_distribution) {
    const std::string path = "/usr/lib/python3/dist-packages/cobra/data/iJO1366.xml.gz";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no data set iJO1366";
    expect_optima(read_model_file(path).value(),
                  {{"EX_lac__D_e", {0, 15.6962604}}, {"EX_succ_e", {0.080049, 0.2032659}}}, 2e-5);
}

TEST_F(Core, says_what_is_wrong_with_the_question) {
    LEAVEN_DATA_SET(path, "metabolism/models/e_coli_core.xml.gz");
    const auto model = read_model_file(path).value();
    const auto code = [&](auto change) {
        auto params = asked(2, true);
        change(params);
        Context context;
        const auto result = design(model, params, context);
        return result ? std::string("none") : std::string(name_of(result.error().code)) + " " + result.error().where;
    };
    EXPECT_EQ(code([](auto& p) { p.target = "EX_suc_e"; }), "not_found target");
    EXPECT_EQ(code([](auto& p) { p.target = "BIOMASS_Ecoli_core_w_GAM"; }), "bad_input target");
    EXPECT_EQ(code([](auto& p) { p.candidates = {"b0001x"}; }), "not_found candidates");
    EXPECT_EQ(code([](auto& p) {
                  p.candidates = {"EX_o2_e"};
                  p.exclude = {"EX_o2_e"};
              }),
              "bad_input candidates");
    EXPECT_EQ(code([](auto& p) { p.sense = "minimize"; }), "bad_input sense");
}

TEST(Design, of_a_host_that_does_not_grow_is_infeasible_and_names_the_bounds) {
    const auto path = std::string(LEAVEN_SOURCE_DIR) + "/data/metabolism/fermenter.json";
    auto params = question("EX_lac_e", 1);
    params.bounds = {"GROW=0:0"};
    Context context;
    const auto result = design(read_model_file(path).value(), params, context).value();
    EXPECT_EQ(result.status, "infeasible");
    EXPECT_FALSE(result.conflict.empty());
    EXPECT_TRUE(result.designs.empty());
}

TEST_F(Core, gives_what_it_has_and_a_bound_when_it_is_stopped) {
    LEAVEN_DATA_SET(path, "metabolism/models/e_coli_core.xml.gz");
    const auto model = read_model_file(path).value();
    auto params = asked(3, true);
    params.time_limit = 1e-9;
    Context context;
    const auto result = design(model, params, context).value();
    EXPECT_FALSE(result.complete);
    EXPECT_GE(result.proof.bound, 9.9107);
    EXPECT_GT(result.proof.gap, 0);
}

}  // namespace
}  // namespace leaven::metabolism
