#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include <leaven/metabolism/fva.hpp>
#include <leaven/metabolism/targets.hpp>

#include "oracle.hpp"

namespace leaven::metabolism {
namespace {

TargetsResult targeted(const Model& model, const std::string& target, std::int64_t top = 1000,
                       const std::string& method = "fseof") {
    TargetsParams params;
    params.method = method;
    params.target = target;
    params.bounds = {"EX_o2_e=0:1000"};
    params.top = top;
    Context context;
    return targets(model, params, context).value();
}

TEST(Targets, of_anaerobic_succinate_are_those_of_the_textbook) {
    const auto path = testing::model_path("iML1515");
    if (path.empty()) GTEST_SKIP() << "no data set iML1515";
    std::map<std::string, std::string> action;
    for (const auto& row : targeted(read_model_file(path).value(), "EX_succ_e").rows) action[row.reaction] = row.action;
    // Reductive branch up, competing fermentations off: Stols, Donnelly 1997; Jantama et al. 2008,
    // doi:10.1002/bit.21694.
    EXPECT_EQ(action["PPC"], "up");
    EXPECT_TRUE(action["FRD2"] == "up" || action["FRD3"] == "up");  // two quinones: optima of equal total flux
    EXPECT_EQ(action["PFL"], "delete");
    EXPECT_EQ(action["ALCD2x"], "delete");
}

TEST(Targets, keep_the_order_of_their_scores_and_what_they_claim) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    const auto rows = targeted(read_model_file(path).value(), "EX_lac__D_e").rows;
    ASSERT_FALSE(rows.empty());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double start = std::fabs(rows[i].flux_start);
        const double end = std::fabs(rows[i].flux_end);
        EXPECT_FALSE(rows[i].genes.empty());
        EXPECT_GT(rows[i].score, 0);
        EXPECT_EQ(rows[i].action == "up", end > start);
        if (rows[i].action == "delete") {
            EXPECT_NEAR(end, 0, 1e-6);
        }
        if (i > 0) {
            EXPECT_LE(rows[i].score, rows[i - 1].score + 1e-6);
        }
    }
    EXPECT_EQ(targeted(read_model_file(path).value(), "EX_lac__D_e", 3).rows.size(), 3U);
}

TEST(Targets, of_succinate_hold_for_ranges_too) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    const auto model = read_model_file(path).value();
    for (const auto* method : {"fvseof", "optforce"}) {
        std::map<std::string, std::string> action;
        for (const auto& row : targeted(model, "EX_succ_e", 1000, method).rows) action[row.reaction] = row.action;
        EXPECT_EQ(action["PPC"], "up") << method;  // the reductive branch; see above
        EXPECT_NE(action["PFL"], "up") << method;
    }
}

/// The range of a flux by variability analysis, of the wild type or where the product is forced.
FluxRange range_of(const Model& model, const std::string& reaction, const std::vector<std::string>& bounds,
                   double fraction) {
    FvaParams params;
    params.bounds = {"EX_o2_e=0:1000"};
    params.bounds.insert(params.bounds.end(), bounds.begin(), bounds.end());
    params.fraction = fraction;
    params.reactions = {reaction};
    Context context;
    return fva(model, params, context).value().rows.at(0);
}

TEST(Targets, that_must_change_have_ranges_apart) {  // by variability analysis of either state
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    const auto model = read_model_file(path).value();
    const double greatest = *range_of(model, "EX_succ_e", {}, 0).maximum;
    const std::vector<std::string> forced{"EX_succ_e=" + std::to_string(0.9 * greatest) + ":"};
    const auto rows = targeted(model, "EX_succ_e", 12, "optforce").rows;
    ASSERT_FALSE(rows.empty());
    for (const auto& row : rows) {
        const auto wild_type = range_of(model, row.reaction, {}, 0.95);
        const auto producer = range_of(model, row.reaction, forced, 0);
        EXPECT_TRUE(*producer.minimum > *wild_type.maximum || *producer.maximum < *wild_type.minimum) << row.reaction;
    }
}

TEST(Targets, the_objective_is_no_target) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    TargetsParams params;
    params.target = "BIOMASS_Ecoli_core_w_GAM";
    Context context;
    const auto result = targets(read_model_file(path).value(), params, context);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::bad_input);
}

TEST(Targets, a_product_without_limit_is_unbounded_and_names_the_ray) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    for (const auto* method : {"fseof", "optforce"}) {
        TargetsParams params;
        params.method = method;
        params.target = "FRD7";
        params.bounds = {"FRD7=0:inf", "SUCDi=0:inf"};
        Context context;
        const auto result = targets(read_model_file(path).value(), params, context).value();
        EXPECT_EQ(result.status, "unbounded");
        EXPECT_EQ(result.ray, (std::vector<std::string>{"FRD7", "SUCDi"}));
        EXPECT_EQ(result.certificate.kind, "unbounded");
        EXPECT_TRUE(result.rows.empty());
    }
}

TEST(Targets, a_flux_that_only_runs_backwards_is_followed_to_its_end) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    for (const auto* method : {"fseof", "fvseof", "optforce"}) {
        TargetsParams params;
        params.method = method;
        params.target = "EX_glc__D_e";
        params.bounds = {"EX_glc__D_e=-10:-1", "ATPM=0:"};
        Context context;
        const auto result = targets(read_model_file(path).value(), params, context);
        ASSERT_TRUE(result) << method << ": " << result.error().message.en;
        EXPECT_FALSE(result->rows.empty());
    }
}

}  // namespace
}  // namespace leaven::metabolism
