// Money in whole 元, and rates as fractions: never through a floating-point number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leaven::policy {

/// An amount of money as texts print it: digits (ASCII or full-width), thousands commas in groups of three, decimals
/// and spaces where wanted, then 元 千元 万元 百万元 千万元 亿元. None where it is anything else, is no whole number of
/// 元, or is beyond 64 bits.
std::optional<std::int64_t> parse_amount(std::string_view text);

/// The amount in 亿元, 万元 or 元, to the last 元: 120000000 is "1.2亿元", 12345 is "12345元".
std::string amount_text(std::int64_t yuan);

/// 0 < numerator / denominator <= 1
struct Rate {
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;
};

/// "30%", "12.5%": above 0, at most 100 %.
std::optional<Rate> parse_rate(std::string_view text);

/// rate × base, rounded down to whole 元.  Requires  base >= 0
std::int64_t share_of(Rate rate, std::int64_t base);

}  // namespace leaven::policy
