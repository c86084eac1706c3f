// Lines of a text, and places in a file for errors.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace leaven::seq {

inline bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v'; }

inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

inline std::string_view right_trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// Offset of the first character that is no blank or tab; the size where there is none. (find_first_not_of is slow.)
inline std::size_t margin_of(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
    return at;
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

/// Number of line ends, eight bytes at a time.
inline std::int64_t count_lines(std::string_view text) {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    std::int64_t count = 0;
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        word ^= ones * static_cast<std::uint64_t>('\n');  // a line end becomes 0
        const auto low = (word & ~(ones << 7U)) + ~(ones << 7U);
        count += static_cast<std::int64_t>(((~(low | word) >> 7U & ones) * ones) >> 56U);
    }
    for (; at < text.size(); ++at) count += text[at] == '\n' ? 1 : 0;
    return count;
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

    std::string_view next() {
        const auto line = line_;
        at_ = std::min(end_ + 1, text_.size());
        ++number_;
        look();
        return line;
    }
    /// Goes to the line that begins at `offset`.
    void go_to(std::size_t offset) {
        number_ += count_lines(text_.substr(at_, offset - at_));
        at_ = offset;
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
