// Ranks that share a search must all find what one process finds: the same bytes, proof and counts included.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/metabolism/deletions.hpp>
#include <leaven/metabolism/read.hpp>
#include <leaven/op/described.hpp>
#include <leaven/op/json.hpp>

#include "data_sets.hpp"
#include "thread_team.hpp"
#include "toy_questions.hpp"

namespace leaven::metabolism {
namespace {

std::string said(const auto& result) { return result ? to_json(*result).dump() : result.error().message.en; }

/// What `ask` says alone, and whether every one of so many ranks says the same.
bool same_on_ranks(int ranks, const auto& ask) {
    Context alone;
    const auto expected = said(ask(alone));
    std::vector<std::string> found(static_cast<std::size_t>(ranks));
    leaven::testing::on_ranks(
        ranks, [&](Context& context, int rank) { found[static_cast<std::size_t>(rank)] = said(ask(context)); });
    return std::all_of(found.begin(), found.end(), [&](const std::string& one) { return one == expected; });
}

RC_GTEST_PROP(Ranks, share_the_search_for_designs_and_cut_sets, ()) {
    const auto strategy = *rc::gen::element<std::string>("search", "optknock", "robustknock", "optcouple", "mcs");
    auto question = testing::toy_question(strategy);
    if (strategy == "mcs") question.params.suppress = {"GROW >= 0.5"};
    question.params.max_designs = 0;
    RC_ASSERT(same_on_ranks(*rc::gen::inRange(2, 4),
                            [&](Context& context) { return design(question.model, question.params, context); }));
}

RC_GTEST_PROP(Ranks, share_the_deletions_of_sets, ()) {
    const auto model = testing::toy_network().model;
    DeletionsParams params;
    params.of = *rc::gen::element<std::string>("genes", "reactions");
    params.order = *rc::gen::inRange<std::int64_t>(1, 4);
    params.report = *rc::gen::element<std::string>("all", "synthetic");
    RC_ASSERT(
        same_on_ranks(*rc::gen::inRange(2, 4), [&](Context& context) { return deletions(model, params, context); }));
}

TEST(Ranks, that_run_out_of_time_stop_together) {
    LEAVEN_DATA_SET(path, "metabolism/models/e_coli_core.xml.gz");
    const auto model = read_model_file(path).value();
    const auto stop_together = [&](DesignParams params) {
        params.time_limit = 1e-9;
        leaven::testing::on_ranks(3, [&](Context& context, int) {
            const auto result = design(model, params, context);
            ASSERT_TRUE(result);
            EXPECT_FALSE(result->complete);
        });
    };
    DesignParams search;
    search.target = "EX_succ_e";
    search.bounds = {"EX_o2_e=0:1000"};
    stop_together(search);
    DesignParams cuts;
    cuts.strategy = "mcs";
    cuts.suppress = {"BIOMASS_Ecoli_core_w_GAM >= 0.001"};
    stop_together(cuts);
}

}  // namespace
}  // namespace leaven::metabolism
