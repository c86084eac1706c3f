// Exact fractions, for relations that must hold to the last digit while a network is compressed.
//
// Numerator and denominator are 128-bit integers and every operation is checked: one whose result does not fit
// gives nothing, and the caller leaves that relation alone. No answer is ever rounded.
#pragma once

#include <optional>

namespace leaven::metabolism {

class Rational {
public:
    __extension__ using Integer = __int128;

    constexpr Rational() = default;
    explicit constexpr Rational(long long value) : numerator_(value) {}

    /// The shortest decimal that reads back as `value`: 0.1 is 1/10. Nothing where it does not fit or is not finite.
    static std::optional<Rational> from_decimal(double value);

    /// The fraction in lowest terms; nothing where the denominator is zero.
    static std::optional<Rational> fraction(Integer numerator, Integer denominator);

    [[nodiscard]] bool zero() const { return numerator_ == 0; }
    [[nodiscard]] bool negative() const { return numerator_ < 0; }
    /// Rounded once, but for what 64 bits of mantissa hide.
    [[nodiscard]] double value() const {
        return static_cast<double>(static_cast<long double>(numerator_) / static_cast<long double>(denominator_));
    }

    [[nodiscard]] std::optional<Rational> plus(const Rational& other) const;
    [[nodiscard]] std::optional<Rational> times(const Rational& other) const;
    [[nodiscard]] std::optional<Rational> over(const Rational& other) const;  // nothing where `other` is zero
    [[nodiscard]] Rational negated() const;

    bool operator==(const Rational&) const = default;

private:
    constexpr Rational(Integer numerator, Integer denominator) : numerator_(numerator), denominator_(denominator) {}

    Integer numerator_ = 0;
    Integer denominator_ = 1;  // positive, without a factor in common with the numerator
};

}  // namespace leaven::metabolism
