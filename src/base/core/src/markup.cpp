#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>

namespace leaven {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

unsigned char byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

/// Length of the well-formed UTF-8 character at the start of `text` that XML allows, else 0.
std::size_t character_length(std::string_view text) {
    const auto first = byte_at(text, 0);
    if (first < 0x80) return first >= 0x20 || first == '\t' || first == '\n' || first == '\r' ? 1 : 0;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    std::uint32_t code = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte_at(text, i) & 0xC0U) != 0x80U) return 0;
        code = code << 6U | (byte_at(text, i) & 0x3FU);
    }
    constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    const bool forbidden = code == 0xFFFE || code == 0xFFFF || code > 0x10FFFF;
    return code < least[length] || surrogate || forbidden ? 0 : length;
}

std::string_view entity(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        default:
            return {};
    }
}

std::string superscript(int exponent) {
    constexpr std::array<std::string_view, 10> digits{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string out = exponent < 0 ? "⁻" : "";
    for (const char c : std::to_string(std::abs(exponent))) out += digits[static_cast<std::size_t>(c - '0')];
    return out;
}

}  // namespace

std::string escape_markup(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    while (!text.empty()) {
        const auto length = character_length(text);
        if (length == 0) {
            out += replacement;
        } else if (const auto named = entity(text.front()); !named.empty()) {
            out += named;
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

std::string significant(double value, int digits) {
    if (std::isnan(value)) return "–";
    if (value == 0) return "0";
    const std::string sign = value < 0 ? "−" : "";
    if (std::isinf(value)) return sign + "∞";

    // Rounded first, so that 9.9996 becomes 10.00 and not 10.000.
    const auto rounded = fmt::format("{:.{}e}", std::abs(value), digits - 1);
    const auto mark = rounded.find('e');
    const int exponent = std::stoi(rounded.substr(mark + 1));
    if (exponent < -3 || exponent > 5) return sign + rounded.substr(0, mark) + " × 10" + superscript(exponent);
    return sign + fmt::format("{:.{}f}", std::stod(rounded), std::max(0, digits - 1 - exponent));
}

}  // namespace leaven
