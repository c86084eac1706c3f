// Lines of a text, and places in a file for errors.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <fmt/core.h>

namespace leaven::seq {

inline std::size_t to_size(std::int64_t n) { return static_cast<std::size_t>(n); }

inline bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v'; }

/// Offset of the first character that is no blank or tab; the size where there is none. (find_first_not_of is slow.)
inline std::size_t margin_of(std::string_view line) {
    constexpr std::uint64_t eight_blanks = 0x2020202020202020U;
    std::size_t at = 0;
    for (std::uint64_t word = 0; at + 8 <= line.size(); at += 8) {
        std::memcpy(&word, line.data() + at, 8);
        if (word != eight_blanks) break;
    }
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
    return at;
}

/// Are the first `count` characters blanks (no tabs)? Requires  count <= text.size()
inline bool begins_with_blanks(std::string_view text, std::size_t count) {
    constexpr std::uint64_t eight_blanks = 0x2020202020202020U;
    std::uint64_t word = eight_blanks;
    std::uint64_t odd = 0;
    if (count < 8) return margin_of(text.substr(0, count)) == count && text.substr(0, count).find('\t') == text.npos;
    for (std::size_t at = 0; at + 8 < count; at += 8) {
        std::memcpy(&word, text.data() + at, 8);
        odd |= word ^ eight_blanks;
    }
    std::memcpy(&word, text.data() + count - 8, 8);
    return (odd | (word ^ eight_blanks)) == 0;
}

/// Exactly `margin` blanks, no tab, then something else?
inline bool indented(std::string_view line, std::size_t margin) {
    return line.size() > margin && line[margin] != ' ' && line[margin] != '\t' && begins_with_blanks(line, margin);
}

inline std::string_view trimmed(std::string_view text) {
    text.remove_prefix(margin_of(text));
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

inline std::string_view right_trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

inline bool has_blank(std::string_view text) {
    for (const char c : text)
        if (is_blank(c)) return true;
    return false;
}

/// The first word of `text`, which is shortened by it and the blanks around.
inline std::string_view take_word(std::string_view& text) {
    text = trimmed(text);
    std::size_t end = 0;
    while (end < text.size() && !is_blank(text[end])) ++end;
    const auto word = text.substr(0, end);
    text = trimmed(text.substr(end));
    return word;
}

inline std::string line_of(const std::string& name, std::int64_t line) {
    return fmt::format("{}, line {}", name, line);
}

/// How often a character occurs. The loop over a block of fixed size is one that compilers turn into vectors.
inline std::int64_t count_of(std::string_view text, char c) {
    constexpr std::size_t block = 128;  // counts of a block fit a byte
    std::int64_t count = 0;
    std::size_t at = 0;
    for (; at + block <= text.size(); at += block) {
        std::uint8_t here = 0;
        for (std::size_t i = 0; i < block; ++i) here = static_cast<std::uint8_t>(here + (text[at + i] == c ? 1 : 0));
        count += here;
    }
    constexpr std::uint64_t ones = 0x0101010101010101U;
    for (std::uint64_t word = 0; at + 8 <= text.size(); at += 8) {
        std::memcpy(&word, text.data() + at, 8);
        word ^= ones * static_cast<std::uint8_t>(c);  // what is counted becomes 0
        const auto low = (word & ~(ones << 7U)) + ~(ones << 7U);
        count += static_cast<std::int64_t>(((~(low | word) >> 7U & ones) * ones) >> 56U);
    }
    for (; at < text.size(); ++at) count += text[at] == c ? 1 : 0;
    return count;
}

/// Offset of the first `a` or `b` from `from` on; the size where there is none. (Sixteen characters at a time.)
inline std::size_t find_either(std::string_view text, std::size_t from, char a, char b) {
    using Lanes = char __attribute__((vector_size(16)));
    for (Lanes lanes; from + sizeof lanes <= text.size(); from += sizeof lanes) {
        std::memcpy(&lanes, text.data() + from, sizeof lanes);
        const auto met = std::bit_cast<std::array<std::uint64_t, 2>>((lanes == a) | (lanes == b));
        constexpr bool little = std::endian::native == std::endian::little;
        const auto first = [&](std::uint64_t word) {
            return to_size(little ? std::countr_zero(word) : std::countl_zero(word)) / 8;
        };
        if (met[0] != 0) return from + first(met[0]);
        if (met[1] != 0) return from + 8 + first(met[1]);
    }
    while (from < text.size() && text[from] != a && text[from] != b) ++from;
    return from;
}

inline std::int64_t count_lines(std::string_view text) { return count_of(text, '\n'); }

/// Offset of the first line end that "//" follows, from `from` on; npos where there is none.
inline std::size_t find_slashes(std::string_view text, std::size_t from) {
    constexpr std::size_t block = 256;
    for (; from + block + 2 <= text.size(); from += block) {
        const char* at = text.data() + from;
        std::uint8_t met = 0;
        for (std::size_t i = 0; i < block; ++i)
            met = static_cast<std::uint8_t>(met | ((at[i] == '\n') & (at[i + 1] == '/') & (at[i + 2] == '/')));
        if (met != 0) break;
    }
    return text.find("\n//", from);
}

/// Goes through the lines of a text. "\r\n" ends a line too where `windows` is set; else "\r" is a character.
class Lines {
public:
    Lines(std::string_view text, std::int64_t first, bool windows) : text_(text), number_(first), windows_(windows) {
        look();
    }

    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] std::int64_t number() const { return number_; }  // of the line that peek() shows
    [[nodiscard]] std::size_t offset() const { return at_; }
    [[nodiscard]] std::string_view peek() const { return line_; }
    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

    /// From `start` to the end of the line before.
    [[nodiscard]] std::string_view text_from(std::size_t start) const {
        auto end = at_;
        if (end > start && text_[end - 1] == '\n') --end;
        if (windows_ && end > start && text_[end - 1] == '\r') --end;
        return text_.substr(start, end - start);
    }

    std::string_view next() {
        const auto line = line_;
        at_ = std::min(end_ + 1, text_.size());
        ++number_;
        look();
        return line;
    }
    /// Goes over `size` bytes, which are `lines` whole lines.
    void skip(std::size_t size, std::int64_t lines) {
        at_ += size;
        number_ += lines;
        look();
    }

private:
    void look() {
        const auto from = std::min(at_, text_.size());
        const auto found = text_.find('\n', from);
        end_ = found == std::string_view::npos ? text_.size() : found;
        line_ = text_.substr(from, end_ - from);
        if (windows_ && !line_.empty() && line_.back() == '\r') line_.remove_suffix(1);
    }
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t end_ = 0;
    std::string_view line_;
    std::int64_t number_;
    bool windows_;
};

}  // namespace leaven::seq
