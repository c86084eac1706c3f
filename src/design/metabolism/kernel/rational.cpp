#include "rational.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

namespace leaven::metabolism {
namespace {

using Integer = Rational::Integer;

constexpr Integer largest =
    (((Integer{1} << 126) - 1) << 1) + 1;  // its negative fits too, so that signs never overflow

std::optional<Integer> product(Integer a, Integer b) {
    Integer out = 0;
    if (__builtin_mul_overflow(a, b, &out) || out < -largest) return std::nullopt;
    return out;
}

std::optional<Integer> sum(Integer a, Integer b) {
    Integer out = 0;
    if (__builtin_add_overflow(a, b, &out) || out < -largest) return std::nullopt;
    return out;
}

Integer magnitude(Integer a) { return a < 0 ? -a : a; }

/// Euclid's algorithm; the division of 64-bit words is several times quicker, and they nearly always suffice.
Integer common_divisor(Integer a, Integer b) {
    a = magnitude(a);
    b = magnitude(b);
    constexpr Integer word = std::numeric_limits<std::int64_t>::max();
    while (b != 0 && (a > word || b > word)) {
        const Integer rest = a % b;
        a = b;
        b = rest;
    }
    auto x = static_cast<std::uint64_t>(a);
    auto y = static_cast<std::uint64_t>(b);
    if (b == 0) return a;
    while (y != 0) {
        const auto rest = x % y;
        x = y;
        y = rest;
    }
    return static_cast<Integer>(x);
}

std::optional<Integer> power_of_ten(int exponent) {
    constexpr int greatest_that_fits = 38;
    if (exponent > greatest_that_fits) return std::nullopt;
    Integer out = 1;
    for (int i = 0; i < exponent; ++i) out *= 10;
    return out;
}

/// Digits and exponent of the shortest decimal: 2.5e-3 gives 25 and -4.
struct Decimal {
    Integer digits = 0;
    int exponent = 0;
};

Decimal shortest_decimal(double value) {
    char text[40];
    const auto* end = std::to_chars(text, text + sizeof text, std::fabs(value), std::chars_format::scientific).ptr;
    Decimal out;
    bool after_point = false;
    const char* at = text;
    for (; at != end && *at != 'e'; ++at) {
        if (*at == '.') {
            after_point = true;
            continue;
        }
        out.digits = out.digits * 10 + (*at - '0');
        if (after_point) --out.exponent;
    }
    int shift = 0;
    if (at != end) std::from_chars(at[1] == '+' ? at + 2 : at + 1, end, shift);
    out.exponent += shift;
    if (value < 0) out.digits = -out.digits;
    return out;
}

}  // namespace

std::optional<Rational> Rational::from_decimal(double value) {
    if (!std::isfinite(value)) return std::nullopt;
    constexpr double exact_integers = 9007199254740992.0;  // 2^53
    if (std::fabs(value) < exact_integers && value == std::trunc(value)) return Rational(static_cast<long long>(value));
    const auto decimal = shortest_decimal(value);
    const auto power = power_of_ten(std::abs(decimal.exponent));
    if (!power) return std::nullopt;
    if (decimal.exponent < 0) return fraction(decimal.digits, *power);
    const auto whole = product(decimal.digits, *power);
    return whole ? fraction(*whole, 1) : std::nullopt;
}

std::optional<Rational> Rational::fraction(Integer numerator, Integer denominator) {
    if (denominator == 0) return std::nullopt;
    if (denominator == 1) return Rational(numerator, 1);
    const Integer divisor = common_divisor(numerator, denominator);
    if (divisor == 1 && denominator > 0) return Rational(numerator, denominator);
    const Integer signed_divisor = denominator < 0 ? -divisor : divisor;
    return Rational(numerator / signed_divisor, denominator / signed_divisor);
}

std::optional<Rational> Rational::plus(const Rational& other) const {
    const Integer shared = denominator_ == 1 ? 1 : common_divisor(denominator_, other.denominator_);
    const auto left = product(numerator_, other.denominator_ / shared);
    const auto right = product(other.numerator_, denominator_ / shared);
    const auto below = product(denominator_ / shared, other.denominator_);
    if (!left || !right || !below) return std::nullopt;
    const auto above = sum(*left, *right);
    return above ? fraction(*above, *below) : std::nullopt;
}

std::optional<Rational> Rational::times(const Rational& other) const {
    // Cancelled crosswise first, so that the product overflows only where the result does.
    const auto first = fraction(numerator_, other.denominator_);
    const auto second = fraction(other.numerator_, denominator_);
    const auto above = product(first->numerator_, second->numerator_);
    const auto below = product(first->denominator_, second->denominator_);
    if (!above || !below) return std::nullopt;
    return Rational(*above, *below);
}

std::optional<Rational> Rational::over(const Rational& other) const {
    if (other.zero()) return std::nullopt;
    const auto inverse = fraction(other.denominator_, other.numerator_);
    return times(*inverse);
}

Rational Rational::negated() const { return {-numerator_, denominator_}; }

}  // namespace leaven::metabolism
