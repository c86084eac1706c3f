#include <algorithm>
#include <unordered_map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/metabolism/gene_rule.hpp>

#include "random_model.hpp"

namespace leaven::metabolism {
namespace {

const std::vector<std::string> names{"b0001", "b0002", "and1", "YER060W-A", "1234.1", "orC"};

Result<GeneRule> parse(std::string_view text) {
    return parse_gene_rule(text, [](std::string_view id) {
        const auto found = std::find(names.begin(), names.end(), id);
        return static_cast<std::int32_t>(found - names.begin());
    });
}

std::vector<bool> absent(unsigned bits) {
    std::vector<bool> out(names.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = (bits >> i & 1U) != 0;
    return out;
}

bool same_verdicts(const GeneRule& a, const GeneRule& b) {
    for (unsigned bits = 0; bits < 1U << names.size(); ++bits)
        if (runs_without(a, absent(bits)) != runs_without(b, absent(bits))) return false;
    return true;
}

GeneRule any_rule(int most_operands) {
    GeneRule rule;
    rule.postfix = testing::any_postfix(static_cast<int>(names.size()), *rc::gen::inRange(1, most_operands + 1));
    rule.text = to_text(rule, names);
    return rule;
}

/// By the definition: recursion over the postfix from its end.
bool reference_runs(const std::vector<std::int32_t>& postfix, std::size_t& end, const std::vector<bool>& off) {
    const auto entry = postfix[--end];
    if (entry >= 0) return !off[static_cast<std::size_t>(entry)];
    const bool right = reference_runs(postfix, end, off);
    const bool left = reference_runs(postfix, end, off);
    return entry == GeneRule::both ? left && right : left || right;
}

RC_GTEST_PROP(GeneRule, text_reads_back_with_the_same_meaning, ()) {
    const auto rule = any_rule(12);
    const auto again = parse(rule.text);
    RC_ASSERT(again.has_value());
    RC_ASSERT(same_verdicts(rule, *again));
    RC_ASSERT(again->text == rule.text);
    RC_ASSERT(to_text(*again, names) == rule.text);
}

RC_GTEST_PROP(GeneRule, runs_as_the_definition_says, ()) {
    const auto rule = any_rule(100);  // beyond 64 operands another way of evaluating is used
    const auto off = absent(*rc::gen::inRange(0U, 64U));
    auto end = rule.postfix.size();
    RC_ASSERT(runs_without(rule, off) == reference_runs(rule.postfix, end, off));
}

RC_GTEST_PROP(GeneRule, losing_more_genes_never_brings_a_reaction_back, ()) {
    const auto rule = any_rule(12);
    const auto fewer = *rc::gen::inRange(0U, 64U);
    const auto more = fewer | *rc::gen::inRange(0U, 64U);
    RC_ASSERT(runs_without(rule, absent(fewer)) || !runs_without(rule, absent(more)));
}

RC_GTEST_PROP(MinimalCuts, are_exactly_the_minimal_sets_found_by_trying_all, ()) {
    const auto rule = any_rule(12);
    const auto limit = static_cast<std::size_t>(*rc::gen::inRange(0, 7));
    std::vector<std::vector<std::int32_t>> expected;
    for (unsigned bits = 0; bits < 64; ++bits) {
        if (runs_without(rule, absent(bits))) continue;
        std::vector<std::int32_t> genes;
        bool minimal = true;
        for (unsigned i = 0; i < names.size(); ++i)
            if ((bits >> i & 1U) != 0) {
                genes.push_back(static_cast<std::int32_t>(i));
                minimal = minimal && runs_without(rule, absent(bits & ~(1U << i)));
            }
        if (minimal && genes.size() <= limit) expected.push_back(genes);
    }
    std::sort(expected.begin(), expected.end());
    RC_ASSERT(minimal_cuts(rule, limit) == expected);
}

TEST(GeneRule, is_read_in_every_spelling_met_in_models) {
    const auto plain = parse("(b0001 and b0002) or YER060W-A and (1234.1 or orC)");
    ASSERT_TRUE(plain);
    for (const char* spelled :
         {"(b0001 AND b0002)or(YER060W-A & (1234.1|orC))", "b0001&&b0002||YER060W-A&&(1234.1||orC)",
          "((b0001)And(b0002)) Or\n(YER060W-A\tand(1234.1 OR orC))"}) {
        const auto rule = parse(spelled);
        ASSERT_TRUE(rule) << spelled;
        EXPECT_EQ(rule->postfix, plain->postfix) << spelled;
        EXPECT_EQ(rule->text, spelled);
    }
}

TEST(GeneRule, and_binds_tighter_than_or) {
    const auto rule = parse("b0001 or b0002 and and1");
    ASSERT_TRUE(rule);
    EXPECT_TRUE(runs_without(*rule, absent(0b110)));
    EXPECT_FALSE(runs_without(*rule, absent(0b011)));
}

TEST(GeneRule, is_empty_where_there_is_no_gene) {
    for (const char* text : {"", "  ", "\n"}) {
        const auto rule = parse(text);
        ASSERT_TRUE(rule);
        EXPECT_FALSE(rule->tied_to_genes());
        EXPECT_TRUE(runs_without(*rule, absent(63)));
        EXPECT_TRUE(minimal_cuts(*rule, 3).empty());
        EXPECT_EQ(to_text(*rule, names), "");
    }
}

TEST(GeneRule, says_in_which_column_it_cannot_be_read) {
    const std::vector<std::pair<const char*, const char*>> broken{
        {"(b0001 and b0002", "column 1"}, {"b0001 and", "column 10"},       {"b0001 b0002", "column 7"},
        {"or b0001", "column 1"},         {"b0001)", "column 6"},           {"b0001 and ()", "column 12"},
        {"b0001 (b0002)", "column 7"},    {"b0001 and or b2", "column 11"}, {"基因 (b0002", "column 4"}};
    for (const auto& [text, column] : broken) {
        const auto rule = parse(text);
        ASSERT_FALSE(rule) << text;
        EXPECT_EQ(rule.error().code, ErrorCode::bad_input);
        EXPECT_EQ(rule.error().where, column) << text;
    }
}

TEST(GeneRule, adds_no_gene_of_a_rule_that_cannot_be_read) {
    int asked = 0;
    EXPECT_FALSE(parse_gene_rule("b0001 and (b0002", [&](std::string_view) { return asked++; }));
    EXPECT_EQ(asked, 0);
}

TEST(GeneRule, twenty_thousand_brackets_and_operators_are_no_burden) {
    const int depth = 20000;
    std::string brackets = std::string(depth, '(') + "b0001" + std::string(depth, ')');
    std::string ladder;  // b0001 and (b0002 or (b0001 and (…
    for (int i = 0; i < depth; ++i) ladder += i % 2 == 0 ? "b0001 and (" : "b0002 or (";
    ladder += "and1" + std::string(depth, ')');
    const auto flat = parse(brackets);
    const auto deep = parse(ladder);
    ASSERT_TRUE(flat);
    ASSERT_TRUE(deep);
    EXPECT_EQ(to_text(*flat, names), "b0001");
    EXPECT_FALSE(runs_without(*deep, absent(0b001)));
    EXPECT_TRUE(runs_without(*deep, absent(0b100)));
    EXPECT_EQ(minimal_cuts(*deep, 2), (std::vector<std::vector<std::int32_t>>{{0}, {1, 2}}));
    EXPECT_EQ(parse(to_text(*deep, names))->postfix, deep->postfix);
}

TEST(GenesOf, are_distinct_and_increase) {
    EXPECT_EQ(genes_of(*parse("and1 or b0002 and and1 or b0001")), (std::vector<std::int32_t>{0, 1, 2}));
}

}  // namespace
}  // namespace leaven::metabolism
