// The scalars of YAML: plain words, literal lines, quoted texts.

#include <algorithm>
#include <limits>

#include "number.hpp"
#include "utf8.hpp"
#include "yaml_parser.hpp"

namespace leaven::metabolism {
namespace {

/// A number as YAML 1.2 writes decimal ones.
std::optional<double> plain_number(std::string_view word) {
    if (is_one_of(word, {".inf", "+.inf", ".Inf", "+.Inf", ".INF", "+.INF"}))
        return std::numeric_limits<double>::infinity();
    if (is_one_of(word, {"-.inf", "-.Inf", "-.INF"})) return -std::numeric_limits<double>::infinity();
    if (is_one_of(word, {".nan", ".NaN", ".NAN"})) return std::numeric_limits<double>::quiet_NaN();
    if (word.find_first_not_of("0123456789+-.eE") != std::string_view::npos) return std::nullopt;
    return word.starts_with("+-") ? std::nullopt : read_number(word);
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

bool YamlParser::give_plain(std::string_view word) {
    if (force_text_) return events_.scalar({Scalar::Kind::text, 0, std::string(word)});
    if (is_one_of(word, {"", "~", "null", "Null", "NULL"})) return events_.scalar({});
    if (is_one_of(word, {"true", "True", "TRUE"})) return events_.scalar({Scalar::Kind::boolean, 1});
    if (is_one_of(word, {"false", "False", "FALSE"})) return events_.scalar({Scalar::Kind::boolean, 0});
    if (const auto number = plain_number(word))
        return events_.scalar({Scalar::Kind::number, *number, std::string(word)});
    return events_.scalar({Scalar::Kind::text, 0, std::string(word)});
}

/// A text without quotes; lines that begin at `least` or beyond go on with it.
bool YamlParser::plain(Column least) {
    std::string word;
    std::size_t breaks = 0;
    for (;;) {
        const auto stop = std::min(text_.find('\n', at_), text_.size());
        auto line = text_.substr(at_, stop - at_);
        const auto comment = line.find(" #");
        line = trimmed(line.substr(0, comment));
        if (key_end() != std::string_view::npos)
            return fault({"a colon inside a text without quotes", "不带引号的文本中有冒号"});
        if (!word.empty()) word.append(breaks > 1 ? breaks - 1 : 1, breaks > 1 ? '\n' : ' ');
        word += line;
        if (comment != std::string_view::npos) {
            at_ = stop;
            break;
        }
        // Look at the line that follows; what belongs to something else is left to be read.
        at_ = stop;
        auto ahead = *this;
        breaks = 0;
        while (!ahead.at_end() && ahead.peek() == '\n') {
            ++breaks;
            ahead.skip_line();
            ahead.skip_spaces();
            if (ahead.peek() == '\r') ++ahead.at_;
        }
        if (ahead.at_end() || ahead.column() < least || ahead.peek() == '#' || ahead.at_marker()) break;
        at_ = ahead.at_, line_start_ = ahead.line_start_;
    }
    return give_plain(word);
}

/// A text that keeps its lines, behind "|".
bool YamlParser::literal(Column least) {
    ++at_;
    const char chomp = peek();
    if (chomp == '-' || chomp == '+') ++at_;
    skip_spaces();
    if (!at_line_end())
        return fault({"a literal text with more than \"|\" before it", "字面文本前除“|”外还有其他内容"});
    skip_line();
    std::string out;
    Column indent = none;
    while (!at_end()) {
        auto ahead = *this;
        ahead.skip_spaces();
        const bool empty = ahead.peek() == '\n' || ahead.peek() == '\r';
        if (!empty && indent == none) indent = std::max(ahead.column(), least);
        if (!empty && ahead.column() < indent) break;
        const auto stop = std::min(text_.find('\n', at_), text_.size());
        auto line = text_.substr(at_, stop - at_);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (indent != none && line.size() > static_cast<std::size_t>(indent))
            out += line.substr(static_cast<std::size_t>(indent));
        out += '\n';
        skip_line();
    }
    if (chomp != '+')
        while (!out.empty() && out.back() == '\n') out.pop_back();
    if (chomp != '-' && chomp != '+' && !out.empty()) out += '\n';
    return events_.scalar({Scalar::Kind::text, 0, std::move(out)});
}

/// A line break inside quotes: one becomes a blank, each more a line break; blanks around are dropped.
void YamlParser::fold(std::string& out, std::size_t kept) {
    while (out.size() > kept && (out.back() == ' ' || out.back() == '\t')) out.pop_back();
    std::size_t breaks = 0;
    while (!at_end() && (peek() == '\n' || peek() == '\r')) {
        if (peek() == '\r') ++at_;
        if (at_end() || peek() != '\n') break;
        ++breaks;
        skip_line();
        skip_spaces();
    }
    out.append(breaks > 1 ? breaks - 1 : 1, breaks > 1 ? '\n' : ' ');
}

bool YamlParser::quoted(std::string& out) {
    const char mark = peek();
    std::size_t kept = 0;  // characters that an escape made are not trimmed at a line's end
    for (++at_; !at_end();) {
        const char c = peek();
        if (c == mark && !(mark == '\'' && peek(1) == '\'')) {
            ++at_;
            return true;
        }
        if (c == '\n' || c == '\r') {
            fold(out, kept);
        } else if (c == '\'' && mark == '\'') {
            out += c;
            at_ += 2;
        } else if (c == '\\' && mark == '"') {
            if (!escape(out)) return false;
            kept = out.size();
        } else {
            out += c;
            ++at_;
        }
    }
    return fault({"a quoted text does not end", "带引号的文本未结束"});
}

bool YamlParser::escape(std::string& out) {
    constexpr std::string_view letters = "0abtnvfre \"/\\N_LP\t";
    constexpr std::uint32_t meanings[] = {0,    7,    8,   9,    10,   11,   12,     13,     27,
                                          0x20, 0x22, '/', '\\', 0x85, 0xA0, 0x2028, 0x2029, 9};
    const char c = peek(1);
    if (c == '\n' || c == '\r') {  // the text goes on at the first word of the next line
        at_ += c == '\r' ? 2 : 1;
        if (peek() != '\n') return fault({"a broken escape", "转义有误"});
        skip_line();
        skip_spaces();
        return true;
    }
    if (const auto place = letters.find(c); place != std::string_view::npos) {
        append_utf8(out, meanings[place]);
        at_ += 2;
        return true;
    }
    const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    std::uint64_t code = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        const int value = hex_value(peek(2 + i));
        if (value < 0) return fault({"a broken escape", "转义有误"});
        code = code << 4U | static_cast<std::uint64_t>(value);
    }
    at_ += 2 + digits;
    // JSON-minded writers spell characters beyond the first 65536 as two halves.
    if (digits == 4 && code >= 0xD800 && code < 0xDC00 && peek() == '\\' && peek(1) == 'u') {
        std::uint64_t low = 0;
        for (std::size_t i = 0; i < 4; ++i) low = low << 4U | static_cast<std::uint64_t>(hex_value(peek(2 + i)) & 15);
        if (low >= 0xDC00 && low < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
            at_ += 6;
        }
    }
    if (digits == 0 || !is_unicode_scalar(code)) return fault({"a broken escape", "转义有误"});
    append_utf8(out, static_cast<std::uint32_t>(code));
    return true;
}

}  // namespace leaven::metabolism
