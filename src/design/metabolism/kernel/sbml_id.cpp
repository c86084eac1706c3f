#include "sbml_id.hpp"

#include <charconv>

#include <fmt/core.h>

#include "utf8.hpp"

namespace leaven::metabolism {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Escape {
    std::uint32_t code_point;
    std::size_t bytes;
};

/// "__N__" at the beginning of `text`, where N is a character that may stand in a name.
std::optional<Escape> escape_at(std::string_view text) {
    if (!text.starts_with("__")) return std::nullopt;
    std::uint32_t code = 0;
    const auto* first = text.data() + 2;
    const auto [end, fault] = std::from_chars(first, text.data() + text.size(), code);
    if (fault != std::errc() || end == first) return std::nullopt;
    const auto bytes = static_cast<std::size_t>(end - text.data());
    const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
    if (control || !is_unicode_scalar(code) || !text.substr(bytes).starts_with("__")) return std::nullopt;
    return Escape{code, bytes + 2};
}

enum class Escaping { where_needed, underscores_too };

std::string encode(std::string_view id, Escaping escaping, bool first_digit_too) {
    std::string out;
    for (std::size_t at = 0; at < id.size();) {
        const char c = id[at];
        const auto next = first_code_point(id.substr(at)).value_or(CodePoint{replacement_character, 1});
        const bool plain = is_letter(c) || (is_digit(c) && (at > 0 || !first_digit_too)) ||
                           (c == '_' && escaping == Escaping::where_needed);
        if (plain)
            out += c;
        else
            out += fmt::format("__{}__", next.value);
        at += next.bytes;
    }
    return out;
}

}  // namespace

std::string from_sbml_id(std::string_view sbml_id, std::string_view prefix) {
    std::string id;
    for (std::size_t at = 0; at < sbml_id.size();) {
        if (const auto escape = escape_at(sbml_id.substr(at))) {
            append_utf8(id, escape->code_point);
            at += escape->bytes;
        } else {
            id += sbml_id[at++];
        }
    }
    if (id.size() > prefix.size() && id.starts_with(prefix)) id.erase(0, prefix.size());
    return id;
}

std::string to_sbml_id(std::string_view id, std::string_view prefix) {
    const bool first_digit_too = prefix.empty();
    auto plain = std::string(prefix) + encode(id, Escaping::where_needed, first_digit_too);
    if (from_sbml_id(plain, prefix) == id) return plain;
    // A name that itself looks like an escape ("a__45__b"): its underscores must be escaped too.
    return std::string(prefix) + encode(id, Escaping::underscores_too, first_digit_too);
}

std::string other_sbml_id(std::string_view id, int spelling) {
    const std::string zeros(static_cast<std::size_t>(spelling), '0');
    std::string out;
    while (!id.empty()) {
        const auto next = first_code_point(id).value_or(CodePoint{replacement_character, 1});
        out += fmt::format("__{}{}__", zeros, next.value);
        id.remove_prefix(next.bytes);
    }
    return out;
}

bool is_sbml_id(std::string_view text) {
    if (text.empty() || is_digit(text[0])) return false;
    for (const char c : text)
        if (!is_letter(c) && !is_digit(c) && c != '_') return false;
    return true;
}

}  // namespace leaven::metabolism
