// Money, dates and conditions as texts write them.
#include <gtest/gtest.h>

#include <leaven/policy/rules.hpp>

namespace leaven::policy {
namespace {

TEST(Money, reads_what_texts_print) {
    EXPECT_EQ(parse_amount("50 万元"), 500'000);
    EXPECT_EQ(parse_amount("1.2亿元"), 120'000'000);
    EXPECT_EQ(parse_amount("１０万元"), 100'000);
    EXPECT_EQ(parse_amount("1,234,567元"), 1'234'567);
    EXPECT_EQ(parse_amount("3千万元"), 30'000'000);
    EXPECT_EQ(parse_amount("0.0001万元"), 1);
    EXPECT_EQ(parse_amount("9007199254740993元"), 9'007'199'254'740'993);  // 2^53 + 1
}

TEST(Money, refuses_everything_else) {
    for (const char* text : {"10万", "10", "", "元", "-5元", "1,23元", "12,34,567元", "0.5元", "1.00001万元", "十万元",
                             "1e3元", "10万元左右", "1..2万元", "99999999999亿元", "1.万元"})
        EXPECT_FALSE(parse_amount(text)) << text;
}

TEST(Money, its_text_reads_back) {
    for (std::int64_t yuan :
         {0LL, 1LL, 12'345LL, 100'000LL, 51'000'000LL, 120'000'000LL, 120'000'001LL, 9'007'199'254'740'993LL})
        EXPECT_EQ(parse_amount(amount_text(yuan)), yuan) << amount_text(yuan);
}

TEST(Money, shares_are_rounded_down_without_a_double) {
    EXPECT_EQ(share_of(*parse_rate("30%"), 1'234'567), 370'370);
    EXPECT_EQ(share_of(*parse_rate("100%"), 9'007'199'254'740'993), 9'007'199'254'740'993);
    EXPECT_EQ(share_of(*parse_rate("12.5%"), 9), 1);
    for (const char* text : {"0%", "101%", "30", "-5%", "%", "abc%"}) EXPECT_FALSE(parse_rate(text)) << text;
}

TEST(Dates, a_term_ends_the_day_before_its_anniversary) {
    EXPECT_EQ(date_text(end_of_term(date_of(2024, 11, 1), 3)), "2027-10-31");
    EXPECT_EQ(date_text(end_of_term(date_of(2024, 2, 29), 3)), "2027-02-28");
    EXPECT_EQ(date_text(end_of_term(date_of(2024, 2, 29), 4)), "2028-02-28");
    EXPECT_FALSE(parse_date("2025-02-29"));
    EXPECT_FALSE(parse_date("2025-2-03"));
}

TEST(Regions, a_district_is_inside_its_city_alone) {
    EXPECT_EQ(inside("beijing/changping", "beijing"), Truth::yes);
    EXPECT_EQ(inside("beijing/haidian", "beijing/changping"), Truth::no);
    EXPECT_EQ(inside("beijing", "beijing/changping"), Truth::unknown);
    EXPECT_EQ(inside("beijingx", "beijing"), Truth::no);
}

struct Judge {
    FactTable facts = FactTable::shipped();
    std::vector<Cell> cells = std::vector<Cell>(FactTable::shipped().facts().size());

    Truth operator()(const char* text) {
        const std::array scopes{Scope::applicant};
        const auto condition = parse_condition(text, facts, scopes);
        EXPECT_TRUE(condition) << text << ": " << (condition ? "" : condition.error().message.en);
        return condition ? condition->evaluate({cells.data(), cells.data(), cells.data()}) : Truth::no;
    }
};

TEST(Conditions, follow_the_tables_of_kleene) {
    Judge judge;
    judge.cells[*judge.facts.find("applicant.synbio")] = {1, true};
    judge.cells[*judge.facts.find("applicant.health")] = {0, true};
    const std::array words{std::pair{"applicant.synbio", Truth::yes}, std::pair{"applicant.health", Truth::no},
                           std::pair{"applicant.listed", Truth::unknown}};
    for (const auto& [a, left] : words)
        for (const auto& [b, right] : words) {
            EXPECT_EQ(judge((std::string(a) + " and " + b).c_str()), std::min(left, right));
            EXPECT_EQ(judge((std::string(a) + " or " + b).c_str()), std::max(left, right));
            EXPECT_EQ(judge((std::string("not ") + a).c_str()), static_cast<Truth>(2 - static_cast<int>(left)));
        }
}

TEST(Conditions, thresholds_are_strict_where_the_text_is) {  // 突破 1 亿元 is more than 1 亿元
    Judge judge;
    const auto slot = *judge.facts.find("applicant.output_yuan");
    judge.cells[slot] = {100'000'000, true};
    EXPECT_EQ(judge("applicant.output_yuan > 1亿元"), Truth::no);
    judge.cells[slot] = {100'000'001, true};
    EXPECT_EQ(judge("applicant.output_yuan > 1亿元"), Truth::yes);
}

TEST(Conditions, faults_are_named) {
    FactTable facts = FactTable::shipped();
    const std::array scopes{Scope::applicant};
    for (const char* text :
         {"", "applicant.kind", "applicant.kind == ", "applicant.kind == \"firm\"", "applicant.kind > \"other\"",
          "(applicant.synbio", "applicant.synbio and", "applicant.synbio applicant.health", "project.consortium",
          "applicant.output_yuan > \"x\"", "applicant.kind in enterprise", "applicant.synbio = true",
          "applicant.output_yuan > 1.5元", "applicant.kind == \"other"}) {
        const auto condition = parse_condition(text, facts, scopes);
        ASSERT_FALSE(condition) << text;
        EXPECT_EQ(condition.error().code, "bad_expression") << text;
    }
    const auto unknown = parse_condition("applicant.siz == \"small\"", facts, scopes);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "unknown_fact");
    EXPECT_NE(unknown.error().message.en.find("applicant.size"), std::string::npos);
    EXPECT_FALSE(parse_condition(std::string(100'000, '('), facts, scopes));
}

}  // namespace
}  // namespace leaven::policy
