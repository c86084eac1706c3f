// The structure of YAML: blocks by indentation, lists and objects in brackets.

#include "yaml_parser.hpp"

#include <algorithm>

#include "number.hpp"

namespace leaven::metabolism {
namespace {

constexpr int deepest = 64;

/// Counts how deep nodes are nested.
class Deeper {
public:
    explicit Deeper(int& depth) : depth_(++depth) {}
    ~Deeper() { --depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    [[nodiscard]] bool too_deep() const { return depth_ > deepest; }

private:
    int& depth_;
};

}  // namespace

bool YamlParser::fault(Doc what) {
    if (events_.error) return false;
    const auto before = text_.substr(0, std::min(at_, text_.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    Error error{ErrorCode::bad_input,
                {fmt::format("the YAML is broken: {}", what.en), fmt::format("YAML 有误：{}", what.zh)},
                {},
                text({"correct the file at this place, or fetch it again", "请在此处更正文件，或重新获取"})};
    return events_.fail(Failure{std::move(error)}, fmt::format("{}, line {}", name_, line));
}

void YamlParser::skip_spaces() {
    while (!at_end() && (peek() == ' ' || peek() == '\t')) ++at_;
}

void YamlParser::skip_line() {
    const auto end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
    line_start_ = at_;
}

/// "---" or "..." at the beginning of a line.
bool YamlParser::at_marker() const {
    if (column() != 0) return false;
    const auto rest = text_.substr(at_);
    return (rest.starts_with("---") || rest.starts_with("...")) && blank_at(3);
}

bool YamlParser::at_line_end() const { return peek() == '\n' || peek() == '\r' || peek() == '#'; }

/// Goes to the first thing on this or a later line that is neither blank nor comment; its column, or none at the end.
YamlParser::Column YamlParser::next_content() {
    for (;;) {
        skip_spaces();
        if (at_end()) return none;
        if (!at_line_end()) return at_marker() ? none : column();
        skip_line();
    }
}

bool YamlParser::skip_head() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = line_start_ = 3;
    while (next_content() != none && peek() == '%') skip_line();
    if (text_.substr(at_).starts_with("---") && column() == 0) at_ += 3;
    return true;
}

bool YamlParser::run() {
    skip_head();
    if (!node({0, none, true})) return false;
    next_content();
    if (text_.substr(at_).starts_with("...") && column() == 0) at_ += 3;
    if (next_content() == none && at_end()) return true;
    return fault({"something follows the model", "模型之后还有其他内容"});
}

bool YamlParser::node(Room room) {
    const Deeper deeper(depth_);
    if (deeper.too_deep()) return fault({"nested more than 64 deep", "嵌套超过 64 层"});
    skip_spaces();
    force_text_ = false;
    if (peek() == '&' || peek() == '*') return fault({"anchors and aliases are not read", "不支持锚点与别名"});
    if (peek() == '!') return tagged_node(room);
    return at_line_end() || at_end() ? nested(room, false) : inline_value(room, false);
}

bool YamlParser::tagged_node(Room room) {
    const auto end = text_.find_first_of(" \t\r\n,]}", at_);
    const auto tag = text_.substr(at_, end == std::string_view::npos ? end : end - at_);
    if (!is_one_of(tag, {"!!omap", "!!map", "!!seq", "!!str", "!!int", "!!float", "!!bool", "!!null"}))
        return fault({"a tag other than !!omap, !!map, !!seq, !!str, !!int, !!float, !!bool and !!null",
                      "标签不属于 !!omap、!!map、!!seq、!!str、!!int、!!float、!!bool、!!null"});
    at_ += tag.size();
    skip_spaces();
    force_text_ = tag == "!!str";
    const bool ordered = tag == "!!omap";
    if (!at_line_end() && !at_end()) return inline_value(room, ordered);
    return nested(room, ordered);
}

/// A value that begins on a later line, or is nothing.
bool YamlParser::nested(Room room, bool ordered) {
    const auto here = next_content();
    if (here != none && here >= room.least && !ordered && peek() == '!') return node(room);
    if (here != none && here == room.list && at_dash()) return block(here, ordered);
    if (here != none && here >= room.least) return block(here, ordered);
    if (!ordered) return events_.scalar({force_text_ ? Scalar::Kind::text : Scalar::Kind::nothing});
    return events_.open(true) && events_.close();
}

/// An object or list in lines that begin at `column`; or a lone scalar there.
bool YamlParser::block(Column column, bool ordered) {
    if (text_.substr(line_start_, at_ - line_start_).find('\t') != std::string_view::npos)
        return fault({"a tab in the indentation", "缩进中有制表符"});
    if (at_dash()) return list(column, ordered);
    const bool is_entry = (peek() == '?' && blank_at(1)) || key_end() != std::string_view::npos;
    if (!is_entry) return inline_value({column, none, false}, ordered);
    return events_.open(true) && entries(column) && events_.close();
}

bool YamlParser::list(Column column, bool ordered) {
    if (!events_.open(ordered)) return false;
    while (this->column() == column && at_dash()) {
        ++at_;
        if (ordered) {
            skip_spaces();
            const auto first = at_line_end() ? next_content() : this->column();
            if (first <= column)
                return fault({"an ordered map with an item that is no pair", "有序映射中有非键值对的项"});
            if (!entries(first)) return false;
        } else if (!node({column + 1, none, true})) {
            return false;
        }
        next_content();
    }
    if (!at_end() && this->column() > column && !at_marker())
        return fault({"the indentation does not fit", "缩进不一致"});
    return events_.close();
}

/// Entries of an object, each beginning at `column`.
bool YamlParser::entries(Column column) {
    for (;;) {
        if (!entry(column)) return false;
        const auto here = next_content();
        if (here == none || here < column) return true;
        if (here > column) return fault({"the indentation does not fit", "缩进不一致"});
        if (at_dash()) return true;  // the next item of a list around it
    }
}

bool YamlParser::entry(Column column) {
    if (peek() == '?' && blank_at(1)) return marked_key(column);
    const auto end = key_end();
    if (end == std::string_view::npos) return fault({"a key and a colon are expected", "此处应为键与冒号"});
    if (peek() == '"' || peek() == '\'') {
        std::string name;
        if (!quoted(name)) return false;
        skip_spaces();
        if (peek() != ':') return fault({"a colon is expected behind the key", "键后应有冒号"});
        if (!events_.key(std::move(name))) return false;
    } else {
        if (peek() == '&' || peek() == '*' || peek() == '!')
            return fault({"anchors, aliases and tags of keys are not read", "不支持键的锚点、别名与标签"});
        if (!events_.key(std::string(trimmed(text_.substr(at_, end - at_))))) return false;
        at_ = end;
    }
    ++at_;
    return node({column + 1, column, false});
}

/// "? key" and ": value" on lines of their own, as long keys are written.
bool YamlParser::marked_key(Column column) {
    ++at_;
    skip_spaces();
    std::string name;
    if (peek() == '"' || peek() == '\'') {
        if (!quoted(name)) return false;
    } else {
        for (bool first = true;; first = false) {
            const auto end = std::min(text_.find('\n', at_), text_.size());
            const auto line = trimmed(text_.substr(at_, end - at_));
            if (!first && !line.empty()) name += ' ';
            name += line;
            skip_line();
            const auto here = next_content();
            if (here == none || here <= column) break;
        }
    }
    if (next_content() != column || peek() != ':' || !blank_at(1))
        return fault({"a key marked with ? has no value", "以 ? 标记的键没有值"});
    ++at_;
    return events_.key(std::move(name)) && node({column + 1, column, true});
}

/// Where the colon stands that ends a key on this line; npos where there is none.
std::size_t YamlParser::key_end() const {
    auto at = at_;
    const auto stop = std::min(text_.find('\n', at), text_.size());
    const char mark = peek();
    if (mark == '"' || mark == '\'') {
        for (++at; at < stop && text_[at] != mark; ++at)
            if (mark == '"' && text_[at] == '\\') ++at;
        for (++at; at < stop && (text_[at] == ' ' || text_[at] == '\t');) ++at;
        return at < stop && text_[at] == ':' ? at : std::string_view::npos;
    }
    if (mark == '[' || mark == '{') return std::string_view::npos;
    for (; at < stop; ++at) {
        const char c = text_[at];
        const bool ends = at + 1 >= stop || text_[at + 1] == ' ' || text_[at + 1] == '\t' || text_[at + 1] == '\r';
        if (c == ':' && ends) return at;
        if (c == '#' && at > at_ && text_[at - 1] == ' ') return std::string_view::npos;
    }
    return std::string_view::npos;
}

/// A value that begins on this line.
bool YamlParser::inline_value(Room room, bool ordered) {
    if (ordered && peek() == '[' && peek(1) == ']') {
        at_ += 2;
        return events_.open(true) && events_.close();
    }
    if (ordered) return fault({"an ordered map that is not written line by line", "有序映射未逐行书写"});
    if (room.compact && at_dash()) return list(column(), false);
    if (peek() == '[' || peek() == '{') return flow();
    if (peek() == '|') return literal(room.least);
    if (room.compact && ((peek() == '?' && blank_at(1)) || key_end() != std::string_view::npos)) {
        const auto here = column();
        return events_.open(true) && entries(here) && events_.close();
    }
    if (peek() == '"' || peek() == '\'') {
        std::string value;
        if (!quoted(value)) return false;
        skip_spaces();
        if (!at_line_end() && !at_end())
            return fault({"something follows a quoted text", "带引号的文本之后还有其他内容"});
        return events_.scalar({Scalar::Kind::text, 0, std::move(value)});
    }
    constexpr std::string_view not_plain = "&*!>%@`,]}";
    if (not_plain.find(peek()) != std::string_view::npos)
        return fault({"a value begins with a character that has another meaning", "值以具有其他含义的字符开头"});
    return plain(room.least);
}

bool YamlParser::skip_flow_blanks() {
    next_content();
    return !at_end() || fault({"a bracket is not closed", "括号未闭合"});
}

/// A list or object in brackets.
bool YamlParser::flow() {
    const Deeper deeper(depth_);
    if (deeper.too_deep()) return fault({"nested more than 64 deep", "嵌套超过 64 层"});
    return peek() == '[' ? flow_list() : flow_object();
}

bool YamlParser::flow_list() {
    if (!events_.open(false)) return false;
    ++at_;
    for (;;) {
        if (!skip_flow_blanks()) return false;
        if (peek() == ']') break;
        if (!flow_item(']')) return false;
    }
    ++at_;
    return events_.close();
}

bool YamlParser::flow_object() {
    if (!events_.open(true)) return false;
    ++at_;
    for (;;) {
        if (!skip_flow_blanks()) return false;
        if (peek() == '}') break;
        std::string name;
        bool is_quoted = false;
        if (!flow_scalar(name, is_quoted) || !skip_flow_blanks()) return false;
        if (peek() != ':') return fault({"a colon is expected behind the key", "键后应有冒号"});
        ++at_;
        if (!events_.key(std::move(name)) || !skip_flow_blanks()) return false;
        if (!flow_item('}')) return false;
    }
    ++at_;
    return events_.close();
}

/// A value in brackets, and the comma behind it where `close` does not follow.
bool YamlParser::flow_item(char close) {
    if (peek() == '[' || peek() == '{') {
        if (!flow()) return false;
    } else {
        std::string word;
        bool is_quoted = false;
        if (!flow_scalar(word, is_quoted)) return false;
        if (!(is_quoted ? events_.scalar({Scalar::Kind::text, 0, std::move(word)}) : give_plain(word))) return false;
    }
    if (!skip_flow_blanks()) return false;
    if (peek() == ',')
        ++at_;
    else if (peek() != close)
        return fault({"a comma is expected in brackets", "括号中应有逗号"});
    return true;
}

bool YamlParser::flow_scalar(std::string& out, bool& is_quoted) {
    force_text_ = false;
    is_quoted = peek() == '"' || peek() == '\'';
    if (is_quoted) return quoted(out);
    constexpr std::string_view not_plain = "&*!|>%@`";
    if (not_plain.find(peek()) != std::string_view::npos)
        return fault({"a value begins with a character that has another meaning", "值以具有其他含义的字符开头"});
    const auto begin = at_;
    while (!at_end() && peek() != ',' && peek() != ']' && peek() != '}' && peek() != '[' && peek() != '{' &&
           peek() != '\n' && !(peek() == ':' && (blank_at(1) || peek(1) == ',' || peek(1) == '}')) &&
           !(peek() == '#' && at_ > begin && text_[at_ - 1] == ' '))
        ++at_;
    out = trimmed(text_.substr(begin, at_ - begin));
    return true;
}

}  // namespace leaven::metabolism
