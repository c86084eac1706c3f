// The eight applicants whose exact answers were worked out by hand from the texts.
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <leaven/policy/combine.hpp>
#include <leaven/policy/screen.hpp>

#include "data_sets.hpp"

namespace leaven::policy {
namespace {

using Json = nlohmann::json;

template <class Row>
std::string label(const Row& row) {
    return row.measure + "@" + row.subject + (row.year ? "@" + std::to_string(*row.year) : "");
}

Json match_answer(const MatchResult& result) {
    Json answer{{"yes", Json::array()},
                {"needs_facts", Json::object()},
                {"amounts", Json::object()},
                {"drafts", Json::object()}};
    for (const auto& row : result.rows) {
        const auto name = row.measure + "@" + row.subject;
        const Json yuan = row.amount.yuan ? Json(*row.amount.yuan) : Json(nullptr);
        if (row.verdict == "yes") answer["yes"].push_back(name);
        if (row.verdict == "needs_facts") answer["needs_facts"][name] = row.missing;
        if (row.verdict != "no") answer["amounts"][name] = {{"kind", row.amount.kind}, {"yuan", yuan}};
        if (row.if_issued && *row.if_issued != "no")
            answer["drafts"][name] = {{"if_issued", *row.if_issued}, {"yuan", yuan}};
    }
    return answer;
}

Json combine_answer(const CombineResult& result) {
    Json answer{{"chosen", Json::array()},
                {"unvalued", Json::array()},
                {"undecided", Json::array()},
                {"also_acceptable", Json::array()}};
    for (const auto& row : result.chosen) answer["chosen"].push_back(label(row));
    for (const auto& row : result.unvalued) answer["unvalued"].push_back(label(row));
    for (const auto& row : result.undecided)
        answer["undecided"].push_back(
            {{"option", label(row)}, {"take_instead_if_above_yuan", row.take_instead_if_above_yuan}});
    answer["total_yuan"] = result.total_yuan;
    answer["exact_yuan"] = result.exact_yuan;
    answer["if_drafts_issued_yuan"] = result.if_drafts_issued.total_yuan;
    return answer;
}

TEST(Scenarios, give_the_expected_verdicts_amounts_and_combination) {
    LEAVEN_DATA_SET(file, "policy/scenarios/expected.json");
    const auto expected = Json::parse(std::ifstream(file));
    ASSERT_EQ(expected.size(), 8U);
    for (const auto& item : expected.items()) {
        Context context;
        CombineParams params;
        params.profile = (file.parent_path() / (item.key() + ".toml")).string();
        MatchParams asked;
        asked.profile = params.profile;
        const auto matched = match(asked, context);
        ASSERT_TRUE(matched) << matched.error().message.en;
        const auto found = match_answer(*matched);
        for (const char* part : {"yes", "needs_facts", "amounts", "drafts"})
            EXPECT_EQ(found[part], item.value()[part]) << item.key() << " " << part;
        const auto combined = combine(params, context);
        ASSERT_TRUE(combined) << combined.error().message.en;
        EXPECT_EQ(combine_answer(*combined), item.value()["combine"]) << item.key();
        EXPECT_EQ(combined->proof.upper_bound_yuan, combined->total_yuan);
    }
}

TEST(Scenarios, order_of_projects_and_threads_do_not_matter) {
    const auto rules = load_rules({});
    ASSERT_TRUE(rules);
    Profile profile;
    profile.region = "beijing/haidian";
    const auto size = rules->facts.facts().size();
    profile.applicant.cells.resize(size);
    profile.applicant.cells[*rules->facts.find("applicant.synbio")] = {1, true};
    Subject pilot{"P1", std::vector<Cell>(size)};
    pilot.cells[*rules->facts.find("project.kinds")] = {0b11, true};
    pilot.cells[*rules->facts.find("project.total_investment_yuan")] = {170'000'000, true};
    auto other = pilot;
    other.id = "P2";
    const Horizon horizon{date_of(2025, 11, 11), date_of(2025, 12, 31)};
    std::vector<std::string> answers;
    for (const bool turned : {false, true}) {
        profile.projects = turned ? std::vector{other, pilot} : std::vector{pilot, other};
        Context context;
        context.threads = turned ? 7 : 1;
        const auto best = combine_profile(*rules, profile, horizon, false, context);
        ASSERT_TRUE(best);
        std::string all;
        for (const auto& row : best->chosen) all += label(row) + " " + std::to_string(row.yuan) + "\n";
        answers.push_back(all);
    }
    EXPECT_EQ(answers[0], answers[1]);
    EXPECT_NE(answers[0].find("P2"), std::string::npos);
}

TEST(Scenarios, a_known_fact_never_unsettles_a_verdict) {  // monotone in what is known
    LEAVEN_DATA_SET(file, "policy/scenarios/s03.toml");
    const auto rules = load_rules({});
    ASSERT_TRUE(rules);
    for (const char* name : {"s01", "s03", "s04", "s06", "s07", "s08"}) {
        const auto full = read_profile(file.parent_path() / (std::string(name) + ".toml"), *rules);
        ASSERT_TRUE(full) << full.error().message.en;
        const Screen screen(*rules, *full->on);
        const auto known = screen.verdicts(std::span(&*full, 1), Context()).value();
        for (std::size_t hidden = 0; hidden < full->applicant.cells.size(); ++hidden) {
            for (std::size_t stride = 1; stride < 4; ++stride) {
                auto partial = *full;
                for (auto slot = hidden; slot < partial.applicant.cells.size(); slot += stride * 7)
                    partial.applicant.cells[slot] = {};
                const auto less = screen.verdicts(std::span(&partial, 1), Context()).value();
                ASSERT_EQ(less.of(0).size(), known.of(0).size());
                for (std::size_t i = 0; i < less.of(0).size(); ++i)
                    EXPECT_TRUE(less.of(0)[i] == Truth::unknown || less.of(0)[i] == known.of(0)[i]) << name << " " << i;
            }
        }
    }
}

}  // namespace
}  // namespace leaven::policy
