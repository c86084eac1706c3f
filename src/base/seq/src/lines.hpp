// Lines of a text, and places in a file for errors.
#pragma once

#include <cstdint>
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

/// The first word of `text`, which is shortened by it and the blanks around.
inline std::string_view take_word(std::string_view& text) {
    text = trimmed(text);
    std::size_t end = 0;
    while (end < text.size() && !is_blank(text[end])) ++end;
    const auto word = text.substr(0, end);
    text = trimmed(text.substr(end));
    return word;
}

inline std::string line_of(const std::string& name, std::int64_t line) { return fmt::format("{}, line {}", name, line); }

/// Goes through the lines of a text. "\r\n" ends a line too where `windows` is set; else "\r" is a character.
class Lines {
public:
    Lines(std::string_view text, std::int64_t first, bool windows) : text_(text), number_(first), windows_(windows) {}

    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] std::int64_t number() const { return number_; }  // of the line that peek() shows
    [[nodiscard]] std::size_t offset() const { return at_; }

    [[nodiscard]] std::string_view peek() const {
        auto line = text_.substr(at_, end() - at_);
        if (windows_ && !line.empty() && line.back() == '\r') line.remove_suffix(1);
        return line;
    }
    std::string_view next() {
        const auto line = peek();
        at_ = end() + 1;
        ++number_;
        return line;
    }

private:
    [[nodiscard]] std::size_t end() const {
        const auto found = text_.find('\n', at_);
        return found == std::string_view::npos ? text_.size() : found;
    }
    std::string_view text_;
    std::size_t at_ = 0;
    std::int64_t number_;
    bool windows_;
};

}  // namespace leaven::seq
