#include "rational.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace leaven::metabolism {
namespace {

Rational fraction(long long above, long long below) { return Rational::fraction(above, below).value(); }

RC_GTEST_PROP(Rational, sums_and_products_are_those_of_integers, ()) {
    const auto a = *rc::gen::inRange<long long>(-100000, 100000);
    const auto b = *rc::gen::inRange<long long>(1, 100000);
    const auto c = *rc::gen::inRange<long long>(-100000, 100000);
    const auto d = *rc::gen::inRange<long long>(1, 100000);
    RC_ASSERT(fraction(a, b).plus(fraction(c, d)) == fraction(a * d + c * b, b * d));
    RC_ASSERT(fraction(a, b).times(fraction(c, d)) == fraction(a * c, b * d));
    if (c != 0) RC_ASSERT(fraction(a, b).over(fraction(c, d)) == fraction(a * d, b * c));
}

RC_GTEST_PROP(Rational, a_decimal_reads_back_as_the_same_double, (double exponent_share, double mantissa)) {
    const double value = std::fmod(mantissa, 10.0) * std::pow(10.0, std::fmod(exponent_share, 12.0));
    if (!std::isfinite(value)) RC_DISCARD("not a number");
    const auto exact = Rational::from_decimal(value);
    if (!exact) RC_DISCARD("does not fit");
    RC_ASSERT(std::fabs(exact->value() - value) <= std::fabs(value) * 2.5e-16);  // the decimal, rounded once
}

TEST(Rational, takes_the_decimal_that_was_written_and_not_its_binary_neighbour) {
    EXPECT_EQ(Rational::from_decimal(0.1), fraction(1, 10));
    EXPECT_EQ(Rational::from_decimal(-0.000223), fraction(-223, 1000000));
    EXPECT_EQ(Rational::from_decimal(59.81), fraction(5981, 100));
    EXPECT_EQ(Rational::from_decimal(2e21)->over(Rational(2)), Rational::from_decimal(1e21));
    EXPECT_EQ(Rational::from_decimal(0.0), Rational(0));
}

TEST(Rational, gives_nothing_rather_than_a_rounded_result) {
    EXPECT_FALSE(Rational::from_decimal(std::numeric_limits<double>::quiet_NaN()));
    EXPECT_FALSE(Rational::from_decimal(std::numeric_limits<double>::infinity()));
    EXPECT_FALSE(Rational::from_decimal(1e-300));
    EXPECT_FALSE(Rational::from_decimal(1e300));
    EXPECT_FALSE(Rational::fraction(1, 0));
    EXPECT_FALSE(Rational(1).over(Rational(0)));
    auto power = Rational(3);
    int squarings = 0;
    for (auto next = std::optional(power); (next = power.times(power)); ++squarings) power = *next;
    EXPECT_EQ(squarings, 6);  // 3^64 has 102 bits, 3^128 has 203
    EXPECT_FALSE(power.times(power));
}

}  // namespace
}  // namespace leaven::metabolism
