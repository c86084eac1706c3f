#include "quote.hpp"

#include <array>

namespace leaven::policy {
namespace {

/// Each number of the quote up to and with `unit`, through `accept`.
template <class Accept>
bool any_number(const std::string& text, std::string_view unit, Accept accept) {
    for (auto at = text.find(unit); at != std::string::npos; at = text.find(unit, at + 1)) {
        auto from = at;
        while (from > 0 && std::string_view("0123456789.,").find(text[from - 1]) != std::string_view::npos) --from;
        for (auto start = from; start < at; ++start)  // a comma may end the sentence before the number
            if ((start == from || text[start - 1] == ',') && accept(text.substr(start, at - start + unit.size())))
                return true;
    }
    return false;
}

}  // namespace

std::string without_blanks(std::string_view text) {
    static constexpr std::array<std::string_view, 3> wide{"\xC2\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF"};
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        std::size_t skip = std::string_view(" \t\n\r\f\v").find(text[at]) != std::string_view::npos ? 1 : 0;
        for (const auto blank : wide)
            if (text.substr(at).starts_with(blank)) skip = blank.size();
        if (skip == 0) out += text[at];
        at += skip == 0 ? 1 : skip;
    }
    return out;
}

std::size_t occurrences(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    if (part.empty()) return 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

bool amount_in_quote(std::string_view quote, std::int64_t yuan) {
    const auto text = without_blanks(quote);
    for (const std::string_view unit : {"元", "千元", "万元", "百万元", "千万元", "亿元"})
        if (any_number(text, unit, [&](const std::string& number) { return parse_amount(number) == yuan; }))
            return true;
    return false;
}

bool rate_in_quote(std::string_view quote, Rate rate) {
    const auto text = without_blanks(quote);
    for (const std::string_view unit : {"%", "％"})
        if (any_number(text, unit, [&](const std::string& number) {
                const auto found = parse_rate(number);
                return found && found->numerator * rate.denominator == rate.numerator * found->denominator;
            }))
            return true;
    return false;
}

}  // namespace leaven::policy
