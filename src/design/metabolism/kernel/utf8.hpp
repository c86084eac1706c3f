// UTF-8: the encoding of every text in a model file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leaven::metabolism {

struct CodePoint {
    std::uint32_t value;
    std::size_t bytes;
};

/// The first character of `text`; none where the bytes are not UTF-8 (RFC 3629: no surrogates, nothing overlong).
std::optional<CodePoint> first_code_point(std::string_view text);

/// Characters in valid UTF-8.
std::size_t count_characters(std::string_view text);

void append_utf8(std::string& out, std::uint32_t code_point);

/// May the character stand in an XML 1.0 document? Not control characters but for tab and line ends.
bool is_xml_character(std::uint32_t code_point);

/// Position of the first byte that is not valid UTF-8 or begins a character that XML does not allow; npos where all is
/// well. Cost: O(n), ASCII eight bytes a step.
std::size_t find_not_xml(std::string_view text);

/// Identifiers are copied to tables, files and terminals: control characters have no place in them.
bool has_control_characters(std::string_view text);
std::string without_control_characters(std::string_view text);

/// `text` with the replacement character for what `find_not_xml` finds.
std::string xml_text(std::string_view text);

inline constexpr std::uint32_t replacement_character = 0xFFFD;

/// Not a surrogate and not above U+10FFFF.
bool is_unicode_scalar(std::uint64_t code_point);

}  // namespace leaven::metabolism
