#include <algorithm>
#include <bit>
#include <cmath>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/metabolism/design.hpp>
#include <leaven/metabolism/read.hpp>
#include <leaven/metabolism/targets.hpp>
#include <leaven/op/described.hpp>
#include <leaven/op/json.hpp>

#include "brute_force.hpp"
#include "data_sets.hpp"
#include "oracle.hpp"
#include "toy_questions.hpp"

namespace leaven::metabolism {
namespace {

using testing::BruteForce;
using testing::Names;
using testing::names_of;
using testing::toy_question;
double sought(const std::string& strategy, const BruteForce::Strain& strain) {
    if (strategy == "optcouple") return strain.growth_lost;
    return strategy == "optknock" ? strain.maximum : strain.guaranteed;
}

double sought(const std::string& strategy, const Design& design) {
    if (strategy == "optcouple") return design.growth_lost.value();
    return strategy == "optknock" ? design.maximum.value() : design.guaranteed.value();
}

void expect_best_of_enumeration(const std::string& strategy) {
    const auto question = toy_question(strategy);
    Context context;
    const auto result = design(question.model, question.params, context);
    if (!result) {
        RC_ASSERT(result.error().code == ErrorCode::bad_input);
        RC_DISCARD("nothing to knock out");
    }
    if (!result->solved()) RC_DISCARD("no growth, or the target is blocked");
    BruteForce force(question.model, question.params.target);
    const auto wild = force.solve(question.genes_off(0), question.not_inserted(0));
    RC_ASSERT(wild.has_value());
    const double floor = 0.1 * wild->growth;
    double best = sought(strategy, *wild);
    for (std::uint32_t mask = 1; mask < (1U << question.choices()); ++mask) {
        if (std::popcount(mask) > question.params.max_interventions) continue;
        const auto strain = force.solve(question.genes_off(mask), question.not_inserted(mask));
        if (strain && strain->growth >= floor) best = std::max(best, sought(strategy, *strain));
    }
    RC_ASSERT(result->complete);
    const double found = result->designs.empty() ? sought(strategy, *wild) : sought(strategy, result->designs.front());
    RC_ASSERT(std::fabs(found - best) <= 2e-5 * std::max(1.0, best));
    RC_ASSERT(std::fabs(result->proof.bound - best) <= 2e-5 * std::max(1.0, best));
    for (const auto& one : result->designs) RC_ASSERT(one.verified);
}

RC_GTEST_PROP(Strategies, search_finds_what_enumeration_with_insertions_finds, ()) {
    expect_best_of_enumeration("search");
}
RC_GTEST_PROP(Strategies, robustknock_finds_what_enumeration_finds, ()) { expect_best_of_enumeration("robustknock"); }
RC_GTEST_PROP(Strategies, optknock_finds_what_enumeration_finds, ()) { expect_best_of_enumeration("optknock"); }
RC_GTEST_PROP(Strategies, optcouple_finds_what_enumeration_finds, ()) { expect_best_of_enumeration("optcouple"); }

RC_GTEST_PROP(Strategies, give_the_same_bytes_for_any_number_of_threads, ()) {
    const auto strategy = *rc::gen::element<std::string>("search", "optknock", "robustknock", "optcouple", "mcs");
    auto question = toy_question(strategy);
    if (strategy == "mcs") question.params.suppress = {"GROW >= 0.5"};
    question.params.max_designs = 0;
    const auto with = [&](int threads) {
        Context context;
        context.threads = threads;
        const auto result = design(question.model, question.params, context);
        return result ? to_json(*result).dump() : result.error().message.en;
    };
    RC_ASSERT(with(1) == with(3));
}

TEST(Strategies, reach_both_optima_of_weak_coupling) {
    LEAVEN_DATA_SET(path, "metabolism/models/weak_coupling.xml");
    LEAVEN_DATA_SET(oracle_path, "metabolism/oracles/weak_coupling.knockouts.json");
    const auto model = read_model_file(path).value();
    const auto oracle = testing::json_of(oracle_path);
    for (const std::string strategy : {"optknock", "robustknock"}) {
        DesignParams params;
        params.strategy = strategy;
        params.target = "r_P";
        params.interventions = "reactions";
        params.candidates = oracle["knockout_candidates"].get<std::vector<std::string>>();
        params.min_growth = oracle["min_growth"].get<double>();
        Context context;
        const auto result = design(model, params, context).value();
        ASSERT_FALSE(result.designs.empty());
        EXPECT_NEAR(sought(strategy, result.designs.front()), oracle[strategy + "_best"].get<double>(), 2e-5);
        EXPECT_TRUE(result.complete);
        std::set<Names> best;  // of the oracle: those that hold no smaller one
        for (const auto& set : oracle[strategy + "_sets"]) {
            const auto names = set.get<Names>();
            if (std::none_of(best.begin(), best.end(), [&](const Names& one) {
                    return std::includes(names.begin(), names.end(), one.begin(), one.end());
                }))
                best.insert(names);
        }
        std::set<Names> found;
        for (const auto& one : result.designs) found.insert(names_of(one));
        EXPECT_EQ(found, best) << strategy;
    }
}

TEST(Strategies, search_and_robustknock_reach_the_optima_of_exhaustive_search) {
    LEAVEN_DATA_SET(path, "metabolism/models/e_coli_core.xml.gz");
    const auto model = read_model_file(path).value();
    for (const bool anaerobic : {true, false}) {
        LEAVEN_DATA_SET(oracle_path, std::string("metabolism/oracles/e_coli_core.design.EX_succ_e_") +
                                         (anaerobic ? "ana" : "aer") + ".json");
        const auto oracle = testing::json_of(oracle_path);
        for (const std::string strategy : {"search", "robustknock"})
            for (std::int64_t most = 1; most <= 3; ++most) {
                DesignParams params;
                params.strategy = strategy;
                params.target = "EX_succ_e";
                params.interventions = "reactions";
                params.max_interventions = most;
                if (anaerobic) params.bounds = {"EX_o2_e=0:1000"};
                Context context;
                const auto result = design(model, params, context).value();
                const double best = result.designs.empty() ? 0 : result.designs.front().guaranteed.value();
                EXPECT_NEAR(best, oracle["best"][std::to_string(most)].get<double>(), 1e-5) << strategy << most;
                EXPECT_TRUE(result.complete);
            }
    }
}

TEST(Strategies, on_the_core_reach_what_brute_force_over_pairs_reaches) {
    LEAVEN_DATA_SET(path, "metabolism/models/e_coli_core.xml.gz");
    LEAVEN_DATA_SET(oracle_path, "metabolism/oracles/e_coli_core.design.EX_succ_e_ana.json");
    const auto model = read_model_file(path).value();
    DesignParams params;
    params.target = "EX_succ_e";
    params.interventions = "reactions";
    params.max_interventions = 2;
    params.bounds = {"EX_o2_e=0:1000"};
    const auto applied = apply_scenario(model, params).value();
    const ModelIndex index(applied);
    BruteForce force(applied, params.target);
    std::vector<std::int32_t> candidates;
    const auto oracle = testing::json_of(oracle_path);
    for (const auto& id : oracle["candidate_reactions"])
        candidates.push_back(index.reactions.at(id.get<std::string>()));
    const std::vector<bool> no_gene(applied.genes.size());
    const double floor = 0.1 * force.solve(no_gene, {})->growth;
    BruteForce::Strain best;
    for (const auto a : candidates)
        for (const auto b : candidates) {
            if (b < a) continue;
            const auto strain = force.solve(no_gene, {a, b});
            if (!strain || strain->growth < floor) continue;
            best.maximum = std::max(best.maximum, strain->maximum);
            best.growth_lost = std::max(best.growth_lost, strain->growth_lost);
        }
    for (const std::string strategy : {"optknock", "optcouple"}) {
        params.strategy = strategy;
        Context context;
        const auto result = design(model, params, context).value();
        EXPECT_NEAR(sought(strategy, result.designs.front()), sought(strategy, best), 1e-5) << strategy;
        for (const auto& one : result.designs) EXPECT_TRUE(one.verified);
    }
}

class Fermenter : public ::testing::Test {
protected:
    Model model = read_model_file(std::string(LEAVEN_SOURCE_DIR) + "/data/metabolism/fermenter.json").value();

    static DesignParams lactate() {
        DesignParams params;
        params.target = "EX_lac_e";
        return params;
    }
    [[nodiscard]] std::string error_of(const DesignParams& params) const {
        Context context;
        const auto result = design(model, params, context);
        return result ? "none" : std::string(name_of(result.error().code)) + " " + result.error().where;
    }
};

TEST_F(Fermenter, design_says_what_is_wrong_with_the_question) {
    auto params = lactate();
    params.target.clear();
    EXPECT_EQ(error_of(params), "bad_input target");
    params = lactate();
    params.suppress = {"GROW >= 0.1"};
    EXPECT_EQ(error_of(params), "bad_input suppress");
    params.strategy = "mcs";
    EXPECT_EQ(error_of(params), "none");
    params.min_growth = 0.1;
    EXPECT_EQ(error_of(params), "bad_input min_growth");
    params.min_growth.reset();
    for (const auto* region : {"GROW", "GROW >= ", "GROW >= x", "GROW > 1", ";", "", ">= 1", "GROW 2 >= 1"}) {
        params.suppress = {region};
        EXPECT_EQ(error_of(params), std::string("bad_input suppress: ") + region);
    }
    for (const auto* region : {"GROWS >= 1", "inf GROW >= 1"}) {
        params.suppress = {region};
        EXPECT_EQ(error_of(params), std::string("not_found suppress: ") + region);
    }
    params.suppress.clear();
    EXPECT_EQ(error_of(params), "bad_input suppress");
    params = lactate();
    params.insertable = {"nothing"};
    EXPECT_EQ(error_of(params), "not_found insertable");
    params.insertable = {"MAINT"};
    params.bounds = {"MAINT=1:"};
    EXPECT_EQ(error_of(params), "bad_input insertable");
    params = lactate();
    params.costs = "no/such/file.tsv";
    EXPECT_TRUE(error_of(params).starts_with("not_found"));
}

TEST_F(Fermenter, a_target_that_can_carry_no_flux_is_infeasible_and_the_bounds_are_named) {
    auto params = lactate();
    params.bounds = {"LDH=0:0"};
    Context context;
    const auto result = design(model, params, context).value();
    EXPECT_EQ(result.status, "infeasible");
    EXPECT_FALSE(result.conflict.empty());
    EXPECT_EQ(result.certificate.kind, "infeasible");
    TargetsParams same;
    same.target = params.target;
    same.bounds = params.bounds;
    EXPECT_EQ(targets(model, same, context).value().status, "infeasible");
}

TEST(Strategies, stopped_by_the_user_keep_what_was_found) {
    LEAVEN_DATA_SET(path, "metabolism/models/e_coli_core.xml.gz");
    const auto model = read_model_file(path).value();
    DesignParams params;
    params.target = "EX_succ_e";
    params.interventions = "reactions";
    params.bounds = {"EX_o2_e=0:1000"};
    Context context;
    context.on_progress([&](const Progress& progress) {
        if (progress.done > 100) context.stop();
    });
    const auto result = design(model, params, context).value();
    EXPECT_FALSE(result.complete);
    EXPECT_FALSE(result.designs.empty());
    EXPECT_GE(result.proof.bound, 9.9107);
    for (const auto& one : result.designs) EXPECT_GT(one.guaranteed.value(), 0);
}

}  // namespace
}  // namespace leaven::metabolism
