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

#include "brute_force.hpp"
#include "data_sets.hpp"
#include "oracle.hpp"
#include "toy_networks.hpp"

namespace leaven::metabolism {
namespace {

using testing::BruteForce;
using Names = std::set<std::string>;  // of interventions, insertions with a plus before them

Names names_of(const Design& design) {
    Names names;
    for (const auto& one : design.interventions) names.insert((one.kind == "insertion" ? "+" : "") + one.id);
    return names;
}

/// A toy network, some reactions of which must be inserted.
struct ToyQuestion {
    Model model;
    DesignParams params;
    std::vector<std::int32_t> insertable;

    /// Interventions by number: genes, then insertions.
    [[nodiscard]] std::size_t choices() const { return model.genes.size() + insertable.size(); }
    [[nodiscard]] std::string name(std::size_t i) const {
        const auto genes = model.genes.size();
        return i < genes ? model.genes[i].id
                         : "+" + model.reactions[static_cast<std::size_t>(insertable[i - genes])].id;
    }
    [[nodiscard]] Names names(std::uint32_t mask) const {
        Names all;
        for (std::size_t i = 0; i < choices(); ++i)
            if ((mask >> i & 1U) != 0) all.insert(name(i));
        return all;
    }
    [[nodiscard]] std::vector<bool> genes_off(std::uint32_t mask) const {
        std::vector<bool> off;
        for (std::size_t i = 0; i < model.genes.size(); ++i) off.push_back((mask >> i & 1U) != 0);
        return off;
    }
    [[nodiscard]] std::vector<std::int32_t> not_inserted(std::uint32_t mask) const {
        std::vector<std::int32_t> off;
        for (std::size_t i = 0; i < insertable.size(); ++i)
            if ((mask >> (model.genes.size() + i) & 1U) == 0) off.push_back(insertable[i]);
        return off;
    }
};

ToyQuestion toy_question(const std::string& strategy) {
    auto [model, target] = testing::toy_network();
    ToyQuestion question{std::move(model), {}, {}};
    question.params.strategy = strategy;
    question.params.target = target;
    question.params.exclude = {"none"};
    question.params.max_interventions = *rc::gen::inRange<std::int64_t>(1, 4);
    for (std::size_t r = 0; r < question.model.reactions.size() && question.insertable.size() < 2; ++r)
        if (question.model.reactions[r].id[0] == 'R' && question.model.reactions[r].lower <= 0 &&
            *rc::gen::inRange(0, 6) == 0)
            question.insertable.push_back(static_cast<std::int32_t>(r));
    for (const auto r : question.insertable)
        question.params.insertable.push_back(question.model.reactions[static_cast<std::size_t>(r)].id);
    return question;
}

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
        RC_ASSERT(result.error().code == ErrorCode::bad_input);  // nothing to knock out
        return;
    }
    if (!result->solved()) return;
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

using Rows = std::vector<BruteForce::Row>;

/// Regions of a toy network as text and as rows.
struct ToyRegion {
    std::string text;
    Rows rows;
};

std::vector<ToyRegion> toy_regions(const std::string& target) {
    constexpr double inf = lp::infinity;
    return {{"GROW >= 0.5", {{{{"GROW", 1}}, 0.5, inf}}},
            {target + " <= 1; GROW >= 0.1", {{{{target, 1}}, -inf, 1}, {{{"GROW", 1}}, 0.1, inf}}},
            {target + " - 0.3 GROW <= 0; GROW >= 0.1",
             {{{{target, 1}, {"GROW", -0.3}}, -inf, 0}, {{{"GROW", 1}}, 0.1, inf}}},
            {target + " = 2", {{{{target, 1}}, 2, 2}}},
            {"EX_in <= -5", {{{{"EX_in", 1}}, -inf, -5}}}};
}

RC_GTEST_PROP(CutSets, are_exactly_the_minimal_sets_of_enumeration, ()) {
    auto question = toy_question("mcs");
    question.params.max_designs = 0;
    const auto regions = toy_regions(question.params.target);
    const auto pick = [&] { return regions[*rc::gen::inRange<std::size_t>(0, regions.size())]; };
    std::vector<Rows> suppress;
    std::vector<Rows> protect;
    for (int i = *rc::gen::inRange(1, 3); i > 0; --i) {
        const auto region = pick();
        question.params.suppress.push_back(region.text);
        suppress.push_back(region.rows);
    }
    if (*rc::gen::arbitrary<bool>()) {
        const auto region = pick();
        question.params.protect.push_back(region.text);
        protect.push_back(region.rows);
    }
    question.params.target.clear();
    Context context;
    const auto result = design(question.model, question.params, context);
    if (!result) {
        RC_ASSERT(result.error().code == ErrorCode::bad_input);  // nothing to knock out
        return;
    }
    if (!result->solved()) return;

    BruteForce force(question.model, "");
    std::vector<Names> minimal;
    std::vector<std::uint32_t> masks;
    for (std::uint32_t mask = 0; mask < (1U << question.choices()); ++mask)
        if (std::popcount(mask) <= question.params.max_interventions) masks.push_back(mask);
    std::sort(masks.begin(), masks.end(),
              [](auto a, auto b) { return std::pair(std::popcount(a), a) < std::pair(std::popcount(b), b); });
    for (const auto mask : masks) {
        const auto names = question.names(mask);
        const bool holds_smaller = std::any_of(minimal.begin(), minimal.end(), [&](const Names& one) {
            return std::includes(names.begin(), names.end(), one.begin(), one.end());
        });
        const auto reaches = [&](const Rows& rows) {
            return force.reaches(rows, question.genes_off(mask), question.not_inserted(mask));
        };
        if (!holds_smaller && std::none_of(suppress.begin(), suppress.end(), reaches) &&
            std::all_of(protect.begin(), protect.end(), reaches))
            minimal.push_back(names);
    }
    std::vector<Names> found;
    for (const auto& one : result->designs) {
        RC_ASSERT(one.verified);
        found.push_back(names_of(one));
    }
    std::sort(found.begin(), found.end());
    std::sort(minimal.begin(), minimal.end());
    RC_LOG() << "suppress " << rc::toString(question.params.suppress) << ", protect "
             << rc::toString(question.params.protect) << ", insertable " << rc::toString(question.params.insertable);
    RC_ASSERT(result->complete);
    RC_ASSERT(found == minimal);
}

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

std::set<Names> sets_of(const std::filesystem::path& table) {
    std::set<Names> sets;
    for (const auto& line : testing::lines_of(table)) {
        Names names;
        std::istringstream cells(line);
        for (std::string cell; std::getline(cells, cell, '\t');) names.insert(cell);
        sets.insert(names);
    }
    return sets;
}

DesignParams cuts(const std::string& region, std::int64_t most) {
    DesignParams params;
    params.strategy = "mcs";
    params.exclude = {"none"};
    params.max_designs = 0;
    params.max_interventions = most;
    params.suppress = {region};
    return params;
}

std::map<std::size_t, std::int64_t> count_by_size(const DesignResult& result) {
    std::map<std::size_t, std::int64_t> count;
    for (const auto& one : result.designs) ++count[one.interventions.size()];
    return count;
}

using Sizes = std::map<std::size_t, std::int64_t>;

TEST(CutSets, of_growth_on_the_core_are_the_455_of_the_oracle) {
    LEAVEN_DATA_SET(path, "metabolism/models/e_coli_core.xml.gz");
    LEAVEN_DATA_SET(oracle, "metabolism/oracles/e_coli_core.growth_mcs3.tsv");
    Context context;
    const auto result =
        design(read_model_file(path).value(), cuts("BIOMASS_Ecoli_core_w_GAM >= 0.001", 3), context).value();
    std::set<Names> found;
    for (const auto& one : result.designs) {
        EXPECT_TRUE(one.verified);
        found.insert(names_of(one));
    }
    EXPECT_EQ(found, sets_of(oracle));
    EXPECT_EQ(result.count, 455);
    EXPECT_EQ(count_by_size(result), (Sizes{{1, 7}, {2, 53}, {3, 395}}));
    EXPECT_TRUE(result.complete);
    EXPECT_EQ(result.proof.gap, 0);
    EXPECT_LT(result.proof.lps, 2000);  // enumeration needs 419 thousand
}

TEST(CutSets, of_growth_at_genome_scale_are_as_many_as_published) {  // StrainDesign: 310 and 393
    LEAVEN_DATA_SET(small, "metabolism/models/iMLcore.xml.gz");
    LEAVEN_DATA_SET(large, "metabolism/models/iML1515.xml.gz");
    const std::string growth = "BIOMASS_Ec_iML1515_core_75p37M >= 0.001";
    Context context;
    context.threads = 2;
    const auto core = design(read_model_file(small).value(), cuts(growth, 2), context).value();
    EXPECT_EQ(core.count, 310);
    EXPECT_TRUE(core.complete);
    const auto whole = design(read_model_file(large).value(), cuts(growth, 3), context).value();
    EXPECT_EQ(count_by_size(whole), (Sizes{{1, 196}, {2, 78}, {3, 119}}));
    EXPECT_TRUE(whole.complete);
    for (const auto& one : whole.designs) EXPECT_TRUE(one.verified);
}

TEST(CutSets, with_regions_to_keep_and_a_reaction_to_insert_are_the_five_of_the_oracle) {
    LEAVEN_DATA_SET(path, "metabolism/models/small_example.xml");
    LEAVEN_DATA_SET(oracle, "metabolism/oracles/small_example.mcs4.tsv");
    auto params = cuts("R3 - 0.5 R1 <= 0; R2 <= 0; R1 >= 0.1", 4);
    params.interventions = "reactions";
    params.suppress.emplace_back("R3 - 0.5 R1 - 0.5 R2 <= 0; R2 >= 0; R1 >= 0.1");
    params.protect = {"R3 >= 1"};
    params.insertable = {"R2"};
    params.candidates = {"R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10"};
    Context context;
    const auto result = design(read_model_file(path).value(), params, context).value();
    std::set<Names> found;
    for (const auto& one : result.designs) {
        EXPECT_TRUE(one.verified);
        found.insert(names_of(one));
    }
    EXPECT_EQ(found, sets_of(oracle));
    EXPECT_TRUE(result.complete);
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
    params.suppress = {"GROWS >= 1"};
    EXPECT_EQ(error_of(params), "not_found suppress: GROWS >= 1");
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

TEST_F(Fermenter, a_region_to_protect_that_nothing_reaches_is_infeasible) {
    auto params = cuts("EX_lac_e >= 1", 2);
    params.protect = {"GROW >= 5"};
    Context context;
    const auto result = design(model, params, context).value();
    EXPECT_EQ(result.status, "infeasible");
    EXPECT_FALSE(result.conflict.empty());
}

TEST_F(Fermenter, costs_decide_between_sets_that_are_otherwise_equal) {
    // Without ADH the cell makes lactate; glucose uptake is cut by several genes of one chain, at one cost or another.
    const auto path = std::filesystem::temp_directory_path() / "leaven_costs_test.tsv";
    auto params = cuts("GROW >= 0.01", 1);
    Context context;
    const auto plain = design(model, params, context).value();
    ASSERT_GE(plain.designs.size(), 2U);
    for (const auto& one : plain.designs) EXPECT_EQ(one.cost, 1);
    const auto last = plain.designs.back().interventions.front().id;
    std::ofstream(path) << "id\tcost\n" << last << "\t0.25\n";
    params.costs = path.string();
    const auto costed = design(model, params, context).value();
    std::filesystem::remove(path);
    ASSERT_EQ(costed.designs.size(), plain.designs.size());
    EXPECT_EQ(costed.designs.front().interventions.front().id, last);
    EXPECT_EQ(costed.designs.front().cost, 0.25);
}

TEST(CutSets, refuse_insertions_in_too_many_combinations) {
    Model model;  // forty ways out for what comes in
    model.id = "forty";
    model.metabolites = {{"a", "", "c", "", std::nullopt, false, {}}};
    testing::add_reaction(model, "IN", {{0, 1}}, 0, 10);
    auto params = cuts("IN >= 1", 8);
    params.interventions = "reactions";
    params.candidates = {"IN"};
    for (int i = 0; i < 40; ++i) {
        params.insertable.push_back("OUT" + std::to_string(i));
        testing::add_reaction(model, params.insertable.back(), {{0, -1}}, 0, 10);
    }
    model.objective.terms = {{0, 1}};
    Context context;
    const auto result = design(model, params, context);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code, ErrorCode::bad_input);
    EXPECT_EQ(result.error().where, "insertable");
}

TEST(CutSets, stopped_by_the_clock_are_those_found_so_far_and_a_bound) {
    LEAVEN_DATA_SET(path, "metabolism/models/e_coli_core.xml.gz");
    auto params = cuts("BIOMASS_Ecoli_core_w_GAM >= 0.001", 3);
    params.time_limit = 1e-9;
    Context context;
    const auto result = design(read_model_file(path).value(), params, context).value();
    EXPECT_FALSE(result.complete);
    EXPECT_GT(result.proof.gap, 0);
    EXPECT_LT(result.proof.bound, 3);
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
