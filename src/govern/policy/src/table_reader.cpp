#include "table_reader.hpp"

#include <algorithm>

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>

#include "separated.hpp"

namespace leaven::policy {

const Node* TableReader::value(std::string_view name) {
    known_.emplace(name);
    return table_.find(name);
}

std::int64_t TableReader::line_of(std::string_view name) const {
    const auto* node = table_.find(name);
    return node != nullptr && node->line > 0 ? node->line : table_.line;
}

void TableReader::fault(std::string_view name, std::string code, Text message) const {
    findings_.add(line_of(name), field(name), std::move(code), std::move(message));
}

void TableReader::missing(std::string_view name) const {
    findings_.add(table_.line, field(name), "missing_field",
                  leaven::text({"\"{}\" must be given", "必须给出“{}”"}, name));
}

const Node* TableReader::typed(std::string_view name, Node::Kind kind, Doc expected, bool required) {
    const auto* node = value(name);
    if (node == nullptr) {
        if (required) missing(name);
        return nullptr;
    }
    if (node->kind == kind) return node;
    fault(name, "bad_value", leaven::text({"expected {0}", "应为{1}"}, expected.en, expected.zh));
    return nullptr;
}

std::string TableReader::text(std::string_view name, bool required) {
    const auto* node = typed(name, Node::Kind::string, {"a text", "文本"}, required);
    if (node == nullptr) return {};
    if (required && node->string.empty()) fault(name, "bad_value", {"the text is empty", "文本为空"});
    return node->string;
}

std::string TableReader::word(std::string_view name, std::string_view choices, bool required) {
    auto given = text(name, required);
    const auto allowed = split(choices, '|');
    if (given.empty() || std::find(allowed.begin(), allowed.end(), given) != allowed.end()) return given;
    fault(name, "bad_value",
          leaven::text({"\"{}\" is not one of {}", "“{}”不在可选值 {} 之内"}, given, join(allowed, ", ")));
    return {};
}

std::optional<Date> TableReader::date(std::string_view name, bool required) {
    const auto* node = value(name);
    if (node == nullptr) {
        if (required) missing(name);
        return std::nullopt;
    }
    if (node->kind == Node::Kind::date || node->kind == Node::Kind::string)
        if (const auto date = parse_date(node->string)) return date;
    fault(name, "bad_value", {"expected a date such as 2026-12-31", "应为日期，如 2026-12-31"});
    return std::nullopt;
}

std::optional<std::int64_t> TableReader::integer(std::string_view name, bool required, std::int64_t least) {
    const auto* node = typed(name, Node::Kind::integer, {"a whole number", "整数"}, required);
    if (node == nullptr) return std::nullopt;
    if (node->integer >= least) return node->integer;
    fault(name, "bad_value", leaven::text({"must be at least {}", "不得小于 {}"}, least));
    return std::nullopt;
}

std::vector<std::string> TableReader::words(std::string_view name) {
    const auto* node = typed(name, Node::Kind::list, {"a list of texts", "文本列表"}, false);
    std::vector<std::string> list;
    if (node == nullptr) return list;
    for (const auto& item : node->items) {
        if (item.kind != Node::Kind::string || item.string.empty()) {
            fault(name, "bad_value", {"expected a list of texts", "应为文本列表"});
            return list;
        }
        list.push_back(item.string);
    }
    return list;
}

std::vector<std::string> TableReader::words(std::string_view name, std::string_view choices) {
    auto list = words(name);
    const auto allowed = split(choices, '|');
    for (const auto& one : list)
        if (std::find(allowed.begin(), allowed.end(), one) == allowed.end())
            fault(name, "bad_value",
                  leaven::text({"\"{}\" is not one of {}", "“{}”不在可选值 {} 之内"}, one, join(allowed, ", ")));
    return list;
}

const Node* TableReader::table(std::string_view name, bool required) {
    return typed(name, Node::Kind::table, {"a table", "表"}, required);
}

void TableReader::titles(std::string_view name, std::string& zh, std::string& en) {
    const auto* node = table(name, true);
    if (node == nullptr) return;
    TableReader inner(*node, field(name) + ".", findings_);
    zh = inner.text("zh", true);
    en = inner.text("en", true);
    inner.finish();
}

void TableReader::finish() const {
    const std::vector<std::string> known(known_.begin(), known_.end());
    for (const auto& [name, node] : table_.fields) {
        if (known_.contains(name)) continue;
        const auto near = nearest(name, known, 1);
        fault(name, "unknown_field",
              near.empty() ? leaven::text({"there is no field \"{}\"", "没有字段“{}”"}, name)
                           : leaven::text({"there is no field \"{}\"; did you mean {}?", "没有字段“{}”，是否指 {}？"},
                                          name, near.front()));
    }
}

}  // namespace leaven::policy
