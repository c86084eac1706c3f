// YAML, told piece by piece to whoever makes a model of it: see yaml_reader.hpp for what is read.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "model_events.hpp"

namespace leaven::metabolism {

inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

class YamlParser {
public:
    YamlParser(std::string_view text, const std::string& name, ModelEvents& events)
        : text_(text), name_(name), events_(events) {}

    /// False where the text is broken or the events ended the reading; `events.error` then says why.
    bool run();

private:
    using Column = std::ptrdiff_t;
    static constexpr Column none = -1;

    /// Where a value may stand: in lines from column `least` on; a list also from column `list`. `compact`: an object
    /// or a list may begin on this line.
    struct Room {
        Column least;
        Column list;
        bool compact;
    };

    bool skip_head();
    bool node(Room room);
    bool tagged_node(Room room);
    bool nested(Room room, bool ordered);
    bool block(Column column, bool ordered);
    bool list(Column column, bool ordered);
    bool entries(Column column);
    bool entry(Column column);
    bool marked_key(Column column);
    bool inline_value(Room room, bool ordered);
    bool flow();
    bool flow_list();
    bool flow_object();
    bool flow_item(char close);
    bool flow_scalar(std::string& out, bool& quoted);
    bool plain(Column least);
    bool literal(Column least);
    bool quoted(std::string& out);
    bool escape(std::string& out);
    bool give_plain(std::string_view word);

    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\n';
    }
    [[nodiscard]] bool blank_at(std::size_t ahead) const {
        const char c = peek(ahead);
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
    [[nodiscard]] Column column() const { return static_cast<Column>(at_ - line_start_); }
    [[nodiscard]] bool at_dash() const { return peek() == '-' && blank_at(1); }
    [[nodiscard]] bool at_marker() const;
    [[nodiscard]] bool at_line_end() const;
    [[nodiscard]] std::size_t key_end() const;
    void skip_spaces();
    void skip_line();
    Column next_content();
    void fold(std::string& out, std::size_t kept);
    bool skip_flow_blanks();
    bool fault(Doc what);

    std::string_view text_;
    const std::string& name_;
    ModelEvents& events_;
    std::size_t at_ = 0;
    std::size_t line_start_ = 0;
    int depth_ = 0;
    bool force_text_ = false;  // the tag says so
};

}  // namespace leaven::metabolism
