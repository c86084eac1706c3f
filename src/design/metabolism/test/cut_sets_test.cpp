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
        RC_ASSERT(result.error().code == ErrorCode::bad_input);
        RC_DISCARD("nothing to knock out");
    }
    if (!result->solved()) RC_DISCARD("no flux, or none that is to be kept");

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

Model fermenter() {
    return read_model_file(std::string(LEAVEN_SOURCE_DIR) + "/data/metabolism/fermenter.json").value();
}

TEST(CutSets, a_region_to_protect_that_nothing_reaches_is_infeasible) {
    auto params = cuts("EX_lac_e >= 1", 2);
    params.protect = {"GROW >= 5"};
    Context context;
    const auto result = design(fermenter(), params, context).value();
    EXPECT_EQ(result.status, "infeasible");
    EXPECT_FALSE(result.conflict.empty());
}

TEST(CutSets, costs_decide_between_sets_that_are_otherwise_equal) {
    // Without ADH the cell makes lactate; glucose uptake is cut by several genes of one chain, at one cost or another.
    const auto path = std::filesystem::temp_directory_path() / "leaven_costs_test.tsv";
    auto params = cuts("GROW >= 0.01", 1);
    Context context;
    const auto plain = design(fermenter(), params, context).value();
    ASSERT_GE(plain.designs.size(), 2U);
    for (const auto& one : plain.designs) EXPECT_EQ(one.cost, 1);
    const auto last = plain.designs.back().interventions.front().id;
    std::ofstream(path) << "id\tcost\n" << last << "\t0.25\n";
    params.costs = path.string();
    const auto costed = design(fermenter(), params, context).value();
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

}  // namespace
}  // namespace leaven::metabolism
