#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/metabolism/deletions.hpp>
#include <leaven/metabolism/fba.hpp>

#include "oracle.hpp"
#include "random_models.hpp"
#include "set_growths.hpp"
#include "toy_networks.hpp"

namespace leaven::metabolism {
namespace {

DeletionsResult deleted(const Model& model, DeletionsParams params = {}, int threads = 2) {
    Context context;
    context.threads = threads;
    return deletions(model, params, context).value();
}

DeletionsParams of(const std::string& what) {
    DeletionsParams params;
    params.of = what;
    return params;
}

std::vector<std::string> lethal(const DeletionsResult& result, double threshold) {
    std::vector<std::string> ids;
    for (const auto& row : result.rows)
        if (!row.growth || *row.ratio < threshold) ids.push_back(row.knockouts.front());
    std::sort(ids.begin(), ids.end());
    return ids;
}

/// Rows that differ from the oracle's in status, or by more than 1e-6 in growth.
std::vector<std::string> differences(const DeletionsResult& result,
                                     const std::map<std::string, testing::Row>& expected) {
    std::vector<std::string> out;
    for (const auto& row : result.rows) {
        const auto& other = expected.at(row.knockouts.front());
        const bool alive = other[2] == "optimal";
        if (alive != row.growth.has_value() || (alive && std::fabs(*row.growth - std::stod(other[1])) > 1e-6))
            out.push_back(row.knockouts.front());
    }
    return out;
}

class DeletionOracle : public ::testing::TestWithParam<const char*> {};

TEST_P(DeletionOracle, growth_without_each_gene_agrees_with_cobrapy) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, GetParam(), ".single_gene_deletion.tsv.gz");
    const auto result = deleted(model);
    EXPECT_EQ(result.rows.size(), model.genes.size());
    EXPECT_EQ(differences(result, testing::table_of(oracle)), std::vector<std::string>());
    EXPECT_EQ(result.counts.solved + result.counts.screened, result.counts.sets);
}

TEST_P(DeletionOracle, growth_without_each_reaction_agrees_with_cobrapy) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, GetParam(), ".single_reaction_deletion.tsv.gz");
    EXPECT_EQ(differences(deleted(model, of("reactions")), testing::table_of(oracle)), std::vector<std::string>());
}

INSTANTIATE_TEST_SUITE_P(Models, DeletionOracle, testing::oracle_models(),
                         [](const auto& it) { return std::string(it.param); });

TEST(Deletions, growth_of_the_nearest_flux_agrees_with_cobrapy) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "e_coli_core", ".single_gene_deletion_lmoma.tsv.gz");
    DeletionsParams params;
    params.method = "linear-moma";
    EXPECT_EQ(differences(deleted(model, params), testing::table_of(oracle)), std::vector<std::string>());
}

RC_GTEST_PROP(Deletions, a_method_means_what_it_means_for_fba, ()) {
    const auto model = testing::random_model();
    DeletionsParams params = of("reactions");
    params.method = *rc::gen::element<std::string>("pfba", "loopless", "moma");
    Context context;
    const auto result = deletions(model, params, context);
    if (!result || !result->solved()) RC_DISCARD("no optimum, or none without loops");
    for (const auto& row : result->rows) {
        FbaParams alone;
        alone.method = params.method;
        alone.knockouts = {"reaction:" + row.knockouts.front()};
        const auto expected = fba(model, alone, context);
        RC_ASSERT(expected.has_value());
        RC_ASSERT(row.growth.has_value() == expected->solved());
        if (row.growth)
            RC_ASSERT(std::fabs(*row.growth - *expected->objective) <= 1e-5 * std::max(1.0, std::fabs(*row.growth)));
    }
}

TEST(Deletions, essential_genes_are_exactly_those_of_the_oracle) {
    for (const auto& [name, count] : {std::pair("e_coli_core", 7), std::pair("iML1515", 196)}) {
        LEAVEN_MODEL_WITH_ORACLE(model, oracle, name, ".essential_genes.txt");
        const auto found = lethal(deleted(model), 0.01);
        auto expected = testing::lines_of(oracle);
        std::sort(expected.begin(), expected.end());
        EXPECT_EQ(found, expected);
        EXPECT_EQ(static_cast<int>(found.size()), count);
    }
    const auto path = testing::model_path("iJO1366");
    if (path.empty()) GTEST_SKIP() << "no data set iJO1366";
    EXPECT_EQ(deleted(read_model_file(path).value()).counts.lethal, 208);
}

TEST(Deletions, essential_reactions_are_exactly_those_of_the_oracle) {
    for (const auto& [name, count] : {std::pair("e_coli_core", 18), std::pair("iML1515", 271)}) {
        LEAVEN_MODEL_WITH_ORACLE(model, oracle, name, ".essential_reactions.txt");
        const auto found = lethal(deleted(model, of("reactions")), 0.01);
        auto expected = testing::lines_of(oracle);
        std::sort(expected.begin(), expected.end());
        EXPECT_EQ(found, expected);
        EXPECT_EQ(static_cast<int>(found.size()), count);
    }
}

TEST(Deletions, genes_of_vitamins_that_biomass_needs_in_traces_are_lethal) {
    // Biotin enters biomass at 2e-6: scaled as solvers like to, all five mutants seem to grow at 0.877.
    const auto path = testing::model_path("iML1515");
    if (path.empty()) GTEST_SKIP() << "no data set iML1515";
    DeletionsParams params;
    params.only = {"b0180", "b0776", "b0778", "b2323", "b3412"};
    const auto result = deleted(read_model_file(path).value(), params);
    ASSERT_EQ(result.rows.size(), 5U);
    for (const auto& row : result.rows) EXPECT_LT(row.growth.value_or(0), 1e-9) << row.knockouts.front();
    EXPECT_EQ(result.counts.lethal, 5);
}

TEST(Deletions, pairs_from_a_table_agree_with_cobrapy) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "e_coli_core", ".double_gene_deletion.tsv.gz");
    const auto expected = testing::table_of(oracle);
    const auto table = std::filesystem::temp_directory_path() / "leaven_deletion_pairs.tsv";
    std::ofstream lines(table);
    for (const auto& [pair, row] : expected) {
        auto ids = pair;
        std::replace(ids.begin(), ids.end(), '|', '\t');
        lines << ids << '\n';
    }
    lines.close();
    DeletionsParams params;
    params.sets = table.string();
    const auto result = deleted(model, params);
    std::filesystem::remove(table);
    EXPECT_EQ(result.counts.sets, 9453);
    int wrong = 0;
    for (const auto& row : result.rows) {
        const auto& other =
            expected.at(row.knockouts.size() == 1 ? row.knockouts[0] : row.knockouts[0] + "|" + row.knockouts[1]);
        const bool alive = other[2] == "optimal";
        if (alive != row.growth.has_value() || (alive && std::fabs(*row.growth - std::stod(other[1])) > 1e-6)) ++wrong;
    }
    EXPECT_EQ(wrong, 0);
}

TEST(Deletions, without_what_maintenance_needs_a_strain_is_infeasible_and_has_no_growth) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    auto params = of("reactions");
    params.only = {"EX_glc__D_e", "ATPM", "BIOMASS_Ecoli_core_w_GAM"};
    const auto result = deleted(read_model_file(path).value(), params);
    ASSERT_EQ(result.rows.size(), 3U);                     // by identifier
    EXPECT_GT(*result.rows[0].growth, *result.wild_type);  // the forced flux itself is gone
    EXPECT_EQ(*result.rows[1].growth, 0);
    EXPECT_EQ(result.rows[2].status, "infeasible");
    EXPECT_FALSE(result.rows[2].growth);
    EXPECT_FALSE(result.rows[2].ratio);
    EXPECT_EQ(result.counts.lethal, 2);
}

RC_GTEST_PROP(Deletions, equal_the_optimum_of_a_model_whose_genes_are_off, ()) {
    const auto model = testing::random_model();
    const auto result = deleted(model);
    if (!result.solved()) RC_DISCARD("no optimum");
    for (const auto& row : result.rows) {
        FbaParams without;
        without.knockouts = row.knockouts;
        Context context;
        const auto expected = fba(model, without, context).value();
        RC_ASSERT(row.growth.has_value() == expected.solved());
        if (row.growth) RC_ASSERT(testing::relative_distance(*row.growth, *expected.objective) < 1e-6);
    }
}

RC_GTEST_PROP(Deletions, never_raise_the_optimum_where_nothing_is_forced, ()) {
    auto model = testing::random_model();
    model.objective.maximize = true;
    for (auto& reaction : model.reactions) reaction.lower = std::min(reaction.lower, 0.0);
    const auto result = deleted(model);
    if (!result.solved()) RC_DISCARD("no optimum");
    for (const auto& row : result.rows)
        RC_ASSERT(row.growth && *row.growth <= *result.wild_type + 1e-7 * std::max(1.0, std::fabs(*result.wild_type)));
}

RC_GTEST_PROP(Deletions, the_order_of_knock_outs_does_not_matter, ()) {
    const auto model = testing::random_model();
    FbaParams one;
    one.knockouts = {"g0", "g1", "r0"};
    FbaParams other;
    other.knockouts = {"r0", "g1", "g0"};
    Context context;
    const auto a = fba(model, one, context).value();
    const auto b = fba(model, other, context).value();
    RC_ASSERT(a.status == b.status);
    RC_ASSERT(a.objective == b.objective);
}

/// Every set of up to `order` genes whose growth differs from that of the model with these genes off.
std::vector<std::vector<std::string>> wrong_rows(const Model& model, std::int64_t order) {
    DeletionsParams params;
    params.order = order;
    params.report = "all";
    const auto result = deleted(model, params);
    std::vector<std::vector<std::string>> wrong;
    std::set<std::vector<std::string>> distinct;
    for (const auto& row : result.rows) {
        distinct.insert(row.knockouts);
        FbaParams without;
        without.knockouts = row.knockouts;
        Context context;
        const auto expected = fba(model, without, context).value();
        if (row.growth.has_value() != expected.solved() ||
            (row.growth && testing::relative_distance(*row.growth, *expected.objective) > 1e-6))
            wrong.push_back(row.knockouts);
    }
    if (result.solved() && static_cast<std::int64_t>(distinct.size()) != result.counts.sets) wrong.push_back({"rows"});
    return wrong;
}

RC_GTEST_PROP(Deletions, of_up_to_three_genes_equal_the_optimum_of_each_set, ()) {
    RC_ASSERT(wrong_rows(testing::toy_network().model, 3).empty());
}

RC_GTEST_PROP(Deletions, of_up_to_three_genes_equal_the_optimum_of_each_set_where_fluxes_are_forced, ()) {
    RC_ASSERT(wrong_rows(testing::random_model(), 3).empty());
}

RC_GTEST_PROP(Deletions, synthetic_lethals_are_the_lethal_rows_no_part_of_which_is_lethal, ()) {
    const auto model = testing::random_model();
    DeletionsParams params;
    params.order = 3;
    params.threshold = 0.4137;  // no ratio of small numbers: rounding decides nothing
    const auto synthetic = deleted(model, params);
    params.report = "lethal";
    std::set<std::vector<std::string>> minimal;
    for (const auto& row : deleted(model, params).rows) {  // by size: parts come first
        const bool holds_one = std::any_of(minimal.begin(), minimal.end(), [&](const auto& part) {
            return std::includes(row.knockouts.begin(), row.knockouts.end(), part.begin(), part.end());
        });
        if (!holds_one) minimal.insert(row.knockouts);
    }
    std::set<std::vector<std::string>> found;
    for (const auto& row : synthetic.rows) found.insert(row.knockouts);
    RC_ASSERT(found == minimal);
    RC_ASSERT(synthetic.counts.lethal == static_cast<std::int64_t>(minimal.size()));
}

TEST(Deletions, all_pairs_of_the_core_agree_with_cobrapy) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "e_coli_core", ".double_gene_deletion.tsv.gz");
    const auto expected = testing::table_of(oracle);
    DeletionsParams params;
    params.order = 2;
    params.report = "all";
    const auto result = deleted(model, params);
    ASSERT_EQ(result.rows.size(), expected.size());
    std::vector<std::string> wrong;
    std::array<int, 3> of_size{};
    for (const auto& row : result.rows) {
        ++of_size.at(row.knockouts.size());
        const auto key = row.knockouts.size() == 1 ? row.knockouts[0] : row.knockouts[0] + "|" + row.knockouts[1];
        const auto& other = expected.at(key);
        const bool alive = other[2] == "optimal";
        if (alive != row.growth.has_value() || (alive && std::fabs(*row.growth - std::stod(other[1])) > 1e-6))
            wrong.push_back(key);
    }
    EXPECT_EQ(wrong, std::vector<std::string>());
    EXPECT_EQ(of_size, (std::array<int, 3>{0, 137, 9316}));
    EXPECT_EQ(result.counts.solved + result.counts.screened, 9453);
    EXPECT_LT(result.counts.solved, 1000);
}

TEST(Deletions, synthetic_lethals_of_the_core_are_its_455_cut_sets) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "e_coli_core", ".growth_mcs3.tsv");
    std::vector<std::vector<std::string>> expected;
    for (const auto& line : testing::lines_of(oracle)) {
        expected.emplace_back();
        std::istringstream words(line);
        for (std::string id; words >> id;) expected.back().push_back(id);
        std::sort(expected.back().begin(), expected.back().end());
    }
    DeletionsParams params;
    params.order = 3;
    params.threshold = 0.001 / 0.8739215069684;  // the oracle asks for growth of 0.001
    std::vector<std::vector<std::string>> found;
    for (const auto& row : deleted(model, params).rows) found.push_back(row.knockouts);
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, expected);
    EXPECT_EQ(found.size(), 455U);
}

TEST(Deletions, synthetic_lethals_of_a_genome_scale_model_are_as_many_as_published) {
    const auto path = testing::model_path("iML1515");
    if (path.empty()) GTEST_SKIP() << "no data set iML1515";
    DeletionsParams params;
    params.order = 2;
    std::array<int, 3> of_size{};
    for (const auto& row : deleted(read_model_file(path).value(), params).rows) ++of_size.at(row.knockouts.size());
    EXPECT_EQ(of_size, (std::array<int, 3>{0, 196, 78}));  // of the 393 that StrainDesign finds up to three
}

TEST(Deletions, what_would_be_too_many_rows_is_refused_before_the_work) {
    const auto path = testing::model_path("iML1515");
    if (path.empty()) GTEST_SKIP() << "no data set iML1515";
    DeletionsParams params;
    params.order = 3;
    params.report = "lethal";
    Context context;
    const auto result = deletions(read_model_file(path).value(), params, context);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::bad_input);
    EXPECT_NE(result.error().message.en.find("580693946"), std::string::npos);
}

TEST(Deletions, of_pairs_do_not_depend_on_threads) {
    const auto path = testing::model_path("iCH360");
    if (path.empty()) GTEST_SKIP() << "no data set iCH360";
    const auto model = read_model_file(path).value();
    for (const auto* report : {"all", "synthetic"}) {
        DeletionsParams params;
        params.order = 2;
        params.report = report;
        const auto one = deleted(model, params, 1);
        const auto three = deleted(model, params, 3);
        ASSERT_EQ(one.rows.size(), three.rows.size());
        for (std::size_t i = 0; i < one.rows.size(); ++i) {
            ASSERT_EQ(one.rows[i].growth, three.rows[i].growth);
            ASSERT_EQ(one.rows[i].knockouts, three.rows[i].knockouts);
        }
        EXPECT_EQ(one.counts.solved, three.counts.solved);
    }
}

TEST(Deletions, answers_do_not_depend_on_threads) {
    const auto path = testing::model_path("iCH360");
    if (path.empty()) GTEST_SKIP() << "no data set iCH360";
    const auto model = read_model_file(path).value();
    const auto one = deleted(model, {}, 1);
    const auto three = deleted(model, {}, 3);
    ASSERT_EQ(one.rows.size(), three.rows.size());
    ASSERT_GT(one.rows.size(), 300U);
    for (std::size_t i = 0; i < one.rows.size(); ++i) EXPECT_EQ(one.rows[i].growth, three.rows[i].growth);
    EXPECT_EQ(one.counts.solved, three.counts.solved);
}

TEST(Deletions, sets_are_counted_without_rounding) {
    EXPECT_EQ(count_sets(57, 3), 57 + 1596 + 29260);
    EXPECT_EQ(count_sets(112, 3), 112 + 6216 + 227920);
    EXPECT_EQ(count_sets(3, 3), 7);
    EXPECT_EQ(count_sets(2, 3), 3);
}

TEST(Deletions, an_unknown_gene_is_not_found_and_the_nearest_are_named) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    DeletionsParams params;
    params.only = {"b0729x"};
    Context context;
    const auto result = deletions(read_model_file(path).value(), params, context);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::not_found);
    EXPECT_NE(result.error().hint.en.find("b0729"), std::string::npos);
}

}  // namespace
}  // namespace leaven::metabolism
