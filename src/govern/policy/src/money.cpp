#include <array>
#include <limits>
#include <utility>

#include <fmt/core.h>

#include <leaven/policy/money.hpp>

namespace leaven::policy {
namespace {

__extension__ using Wide = __int128;

constexpr std::array<std::pair<std::string_view, std::int64_t>, 6> units{{{"百万元", 1'000'000},
                                                                          {"千万元", 10'000'000},
                                                                          {"亿元", 100'000'000},
                                                                          {"万元", 10'000},
                                                                          {"千元", 1'000},
                                                                          {"元", 1}}};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// Full-width digits, comma, full stop and blank as their ASCII forms.
std::string narrowed(std::string_view text) {
    std::string out(text);
    for (int digit = 0; digit < 10; ++digit) {
        const std::string wide{'\xEF', '\xBC', static_cast<char>(0x90 + digit)};
        replace_all(out, wide, std::string(1, static_cast<char>('0' + digit)));
    }
    replace_all(out, "，", ",");
    replace_all(out, "．", ".");
    replace_all(out, "\xE3\x80\x80", " ");
    return out;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// "1,234,567" or "1234567" without its commas; empty where they stand wrong.
std::string whole_digits(std::string_view text) {
    if (text.find(',') == std::string_view::npos) return all_digits(text) ? std::string(text) : std::string();
    std::string digits;
    for (bool first = true;; first = false) {
        const auto comma = text.find(',');
        const auto group = text.substr(0, comma);
        if (!all_digits(group) || group.size() > 3 || (!first && group.size() != 3)) return {};
        digits += group;
        if (comma == std::string_view::npos) return digits;
        text.remove_prefix(comma + 1);
    }
}

/// A decimal number times `scale` as a whole number.
std::optional<std::int64_t> scaled(std::string_view number, std::int64_t scale) {
    const auto point = number.find('.');
    auto digits = whole_digits(number.substr(0, point));
    std::string decimals(point == std::string_view::npos ? std::string_view() : number.substr(point + 1));
    if (digits.empty() || (point != std::string_view::npos && !all_digits(decimals))) return std::nullopt;
    decimals.erase(decimals.find_last_not_of('0') + 1);
    if (digits.size() + decimals.size() > 28) return std::nullopt;
    Wide value = 0;
    for (const char c : digits + decimals) value = value * 10 + (c - '0');
    Wide divisor = 1;
    for (std::size_t i = 0; i < decimals.size(); ++i) divisor *= 10;
    value *= scale;
    if (value % divisor != 0 || value / divisor > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    return static_cast<std::int64_t>(value / divisor);
}

std::string decimal(std::int64_t yuan, std::int64_t unit, int places) {
    auto text = fmt::format("{}.{:0{}}", yuan / unit, yuan % unit, places);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

}  // namespace

std::optional<std::int64_t> parse_amount(std::string_view text) {
    const auto narrow = narrowed(text);
    const auto all = trimmed(narrow);
    for (const auto& [unit, scale] : units)
        if (all.ends_with(unit)) return scaled(trimmed(all.substr(0, all.size() - unit.size())), scale);
    return std::nullopt;
}

std::string amount_text(std::int64_t yuan) {
    if (yuan < 0) return "-" + amount_text(-yuan);
    if (yuan >= 100'000'000 && yuan % 10'000 == 0) return decimal(yuan, 100'000'000, 8) + "亿元";
    if (yuan >= 10'000 && yuan % 100 == 0) return decimal(yuan, 10'000, 4) + "万元";
    return fmt::format("{}元", yuan);
}

std::optional<Rate> parse_rate(std::string_view text) {
    auto narrow = narrowed(text);
    replace_all(narrow, "％", "%");
    auto all = trimmed(narrow);
    if (!all.ends_with('%')) return std::nullopt;
    all = trimmed(all.substr(0, all.size() - 1));
    constexpr std::int64_t millionths = 1'000'000;
    const auto value = scaled(all, millionths);
    if (!value || *value <= 0 || *value > 100 * millionths) return std::nullopt;
    return Rate{*value, 100 * millionths};
}

std::int64_t share_of(Rate rate, std::int64_t base) {
    return static_cast<std::int64_t>(Wide{rate.numerator} * base / rate.denominator);
}

}  // namespace leaven::policy
