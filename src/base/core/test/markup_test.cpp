#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/core/markup.hpp>

namespace leaven {
namespace {

std::string unescaped(std::string text) {
    const std::pair<std::string, std::string> entities[] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
    for (const auto& [entity, character] : entities)
        for (auto at = text.find(entity); at != std::string::npos; at = text.find(entity, at + character.size()))
            text.replace(at, entity.size(), character);
    return text;
}

RC_GTEST_PROP(Markup, printable_text_comes_back_from_its_escaped_form, ()) {
    const auto text = *rc::gen::container<std::string>(rc::gen::inRange<char>(0x20, 0x7E));
    const auto escaped = escape_markup(text);
    RC_ASSERT(unescaped(escaped) == text);
    RC_ASSERT(escaped.find_first_of("<>\"'") == std::string::npos);
}

RC_GTEST_PROP(Markup, any_bytes_become_text_that_escapes_to_itself_when_no_sign_is_special, ()) {
    const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    const auto once = escape_markup(bytes);
    RC_ASSERT(once.find_first_of("<>\"'") == std::string::npos);
    RC_ASSERT(escape_markup(unescaped(once)) == once);
}

TEST(Markup, broken_and_forbidden_bytes_become_the_replacement_character) {
    EXPECT_EQ(escape_markup(std::string("a\0b", 3)), "a\uFFFDb");
    EXPECT_EQ(escape_markup("\xC0\xAF"), "\uFFFD\uFFFD");            // overlong "/"
    EXPECT_EQ(escape_markup("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate
    EXPECT_EQ(escape_markup("\xE4\xB8"), "\uFFFD\uFFFD");            // cut short
    EXPECT_EQ(escape_markup("乳酸 α-D"), "乳酸 α-D");
}

TEST(Significant, keeps_the_digits_that_were_asked_for) {
    EXPECT_EQ(significant(2), "2.000");
    EXPECT_EQ(significant(15.6962604), "15.70");
    EXPECT_EQ(significant(0.16249), "0.1625");
    EXPECT_EQ(significant(-1000), "−1000");
    EXPECT_EQ(significant(9.99996), "10.00");
    EXPECT_EQ(significant(123456), "123500");
    EXPECT_EQ(significant(0), "0");
    EXPECT_EQ(significant(-0.0), "0");
    EXPECT_EQ(significant(1.2345e-4), "1.234 × 10⁻⁴");
    EXPECT_EQ(significant(6.02214e23, 3), "6.02 × 10²³");
    EXPECT_EQ(significant(std::numeric_limits<double>::infinity()), "∞");
    EXPECT_EQ(significant(-std::numeric_limits<double>::infinity()), "−∞");
    EXPECT_EQ(significant(std::nan("")), "–");
}

RC_GTEST_PROP(Significant, is_within_half_a_unit_of_the_last_digit, ()) {
    const auto value = *rc::gen::map(rc::gen::inRange(1, 999999999), [](int n) { return n * 1e-4; });
    RC_PRE(value >= 0.001 && value < 999999);
    RC_ASSERT(std::abs(std::stod(significant(value)) - value) <= 0.5001e-3 * value);
}

}  // namespace
}  // namespace leaven
