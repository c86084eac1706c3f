#include "utf8.hpp"

#include <algorithm>
#include <cstring>

namespace leaven::metabolism {

bool is_unicode_scalar(std::uint64_t code_point) {
    return code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF);
}

std::optional<CodePoint> first_code_point(std::string_view text) {
    if (text.empty()) return std::nullopt;
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80) return CodePoint{lead, 1};
    const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return std::nullopt;

    std::uint32_t value = lead & (0x7FU >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        const auto next = static_cast<unsigned char>(text[i]);
        if ((next & 0xC0U) != 0x80U) return std::nullopt;
        value = value << 6U | (next & 0x3FU);
    }
    const std::uint32_t least = bytes == 2 ? 0x80 : bytes == 3 ? 0x800 : 0x10000;
    if (value < least || !is_unicode_scalar(value)) return std::nullopt;
    return CodePoint{value, bytes};
}

std::size_t count_characters(std::string_view text) {
    const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins));
}

void append_utf8(std::string& out, std::uint32_t code_point) {
    const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80U | (code_point >> shift & 0x3FU)); };
    if (code_point < 0x80) {
        out += static_cast<char>(code_point);
    } else if (code_point < 0x800) {
        out += static_cast<char>(0xC0U | code_point >> 6U);
        tail(0);
    } else if (code_point < 0x10000) {
        out += static_cast<char>(0xE0U | code_point >> 12U);
        tail(6), tail(0);
    } else {
        out += static_cast<char>(0xF0U | code_point >> 18U);
        tail(12), tail(6), tail(0);
    }
}

bool is_xml_character(std::uint32_t code_point) {
    if (code_point < 0x20) return code_point == '\t' || code_point == '\n' || code_point == '\r';
    return is_unicode_scalar(code_point) && code_point != 0xFFFE && code_point != 0xFFFF;
}

std::size_t find_not_xml(std::string_view text) {
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    constexpr std::uint64_t blanks = 0x2020202020202020U;
    const auto all_plain = [](std::uint64_t eight) {  // each byte from 0x20 to 0x7F: no borrow, no high bit
        return (((eight - blanks) | eight) & high_bits) == 0;
    };
    std::size_t at = 0;
    while (at < text.size()) {
        std::uint64_t eight = 0;
        while (at + sizeof eight <= text.size()) {
            std::memcpy(&eight, text.data() + at, sizeof eight);
            if (!all_plain(eight)) break;
            at += sizeof eight;
        }
        if (at == text.size()) break;
        const auto next = first_code_point(text.substr(at));
        if (!next || !is_xml_character(next->value)) return at;
        at += next->bytes;
    }
    return std::string_view::npos;
}

std::string xml_text(std::string_view text) {
    std::string out;
    for (auto bad = find_not_xml(text); bad != std::string_view::npos; bad = find_not_xml(text)) {
        out += text.substr(0, bad);
        append_utf8(out, replacement_character);
        const auto next = first_code_point(text.substr(bad));
        text.remove_prefix(bad + (next ? next->bytes : 1));
    }
    return out += text;
}

bool has_control_characters(std::string_view text) { return without_control_characters(text).size() < text.size(); }

std::string without_control_characters(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto next = first_code_point(text).value_or(CodePoint{0, 1});
        const bool control = next.value < 0x20 || (next.value >= 0x7F && next.value < 0xA0);
        if (!control) out += text.substr(0, next.bytes);
        text.remove_prefix(next.bytes);
    }
    return out;
}

}  // namespace leaven::metabolism
