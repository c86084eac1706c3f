// Strict reading of one table of a rules file: each fault becomes an issue with its line, and reading goes on.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/policy/rules.hpp>

#include "node.hpp"

namespace leaven::policy {

/// The file that is read and what was found wrong in it.
struct Findings {
    std::string file;
    std::vector<Issue>& errors;

    void add(std::int64_t line, std::string field, std::string code, Text message) const {
        errors.push_back({file, line, std::move(field), std::move(code), std::move(message)});
    }
};

class TableReader {
public:
    TableReader(const Node& table, std::string path, const Findings& findings)
        : table_(table), path_(std::move(path)), findings_(findings) {}

    std::string text(std::string_view name, bool required = false);
    /// One of `choices`, "|" between them.
    std::string word(std::string_view name, std::string_view choices, bool required = false);
    std::optional<Date> date(std::string_view name, bool required = false);
    std::optional<std::int64_t> integer(std::string_view name, bool required = false, std::int64_t least = 0);
    std::vector<std::string> words(std::string_view name);
    std::vector<std::string> words(std::string_view name, std::string_view choices);
    void titles(std::string_view name, std::string& zh, std::string& en);
    /// A table inside; none, with an issue, where it is something else.
    const Node* table(std::string_view name, bool required = false);
    /// Any value; marks the name as known.
    const Node* value(std::string_view name);

    void fault(std::string_view name, std::string code, Text message) const;
    void missing(std::string_view name) const;
    /// Names that no reader asked for.
    void finish() const;

    [[nodiscard]] std::int64_t line() const { return table_.line; }
    [[nodiscard]] std::int64_t line_of(std::string_view name) const;
    [[nodiscard]] std::string field(std::string_view name) const { return path_ + std::string(name); }
    [[nodiscard]] const Findings& findings() const { return findings_; }

private:
    const Node* typed(std::string_view name, Node::Kind kind, Doc expected, bool required);

    const Node& table_;
    std::string path_;
    Findings findings_;
    std::set<std::string, std::less<>> known_;
};

}  // namespace leaven::policy
