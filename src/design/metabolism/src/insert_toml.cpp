// Insertions from TOML: the only file of this module that knows toml++.

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include <fmt/core.h>
#include <toml++/toml.h>

#include <leaven/core/join.hpp>
#include <leaven/metabolism/insert.hpp>

namespace leaven::metabolism {
namespace {

/// One table of the file, read strictly: what is not asked for is an error.
class Table {
public:
    Table(const toml::table& table, const std::string& name) : table_(table), name_(name) {}

    [[nodiscard]] std::string where(const toml::node& node) const {
        return fmt::format("{}, line {}", name_, node.source().begin.line);
    }

    Status check_keys(std::initializer_list<std::string_view> known) const {
        for (const auto& [key, node] : table_)
            if (std::find(known.begin(), known.end(), key.str()) == known.end())
                return bad_input({"there is no key \"{}\" here", "此处没有键 “{}”"}, key.str())
                    .at(where(node))
                    .advise({"keys known here: {}", "此处可用的键：{}"}, join(known, ", "));
        return {};
    }

    Status take(std::string_view key, std::string& out, bool required = false) const {
        const auto* node = table_.get(key);
        if (node == nullptr) return required ? missing(key) : Status();
        const auto* text = node->as_string();
        if (text == nullptr) return wrong(key, *node, {"a text in quotes", "带引号的文本"});
        out = text->get();
        return {};
    }

    Status take(std::string_view key, std::optional<double>& out) const {
        const auto* node = table_.get(key);
        if (node == nullptr) return {};
        if (const auto* whole = node->as_integer()) out = static_cast<double>(whole->get());
        if (const auto* real = node->as_floating_point()) out = real->get();
        if (!node->is_number() || std::isnan(*out)) return wrong(key, *node, {"a number", "数"});
        return {};
    }

    Status take(std::string_view key, bool& out) const {
        const auto* node = table_.get(key);
        if (node == nullptr) return {};
        const auto* truth = node->as_boolean();
        if (truth == nullptr) return wrong(key, *node, {"true or false", "true 或 false"});
        out = truth->get();
        return {};
    }

    /// Calls `visit` with each table of an array of tables; none where the key is absent.
    template <class Visit>
    Status for_tables(std::string_view key, Visit&& visit) const {
        const auto* node = table_.get(key);
        if (node == nullptr) return {};
        const auto* list = node->as_array();
        if (list == nullptr) return wrong(key, *node, {"an array of tables", "表数组"});
        for (const auto& item : *list) {
            const auto* table = item.as_table();
            if (table == nullptr) return wrong(key, item, {"an array of tables", "表数组"});
            if (Status status = visit(Table(*table, name_)); !status) return status;
        }
        return {};
    }

    Failure wrong(std::string_view key, const toml::node& node, Doc expected) const {
        return bad_input({"\"{0}\" must be {1}", "“{0}” 必须是{2}"}, key, expected.en, expected.zh)
            .at(where(node))
            .advise({"correct this value", "请更正此值"});
    }

private:
    [[nodiscard]] Failure missing(std::string_view key) const {
        return bad_input({"the key \"{}\" is missing", "缺少键 “{}”"}, key)
            .at(where(table_))
            .advise({"add it to this table", "请在此表中添加"});
    }

    const toml::table& table_;
    const std::string& name_;
};

/// The first error of several steps.
Status first_error(std::initializer_list<Status> steps) {
    for (const auto& step : steps)
        if (!step) return step;
    return {};
}

Status read_metabolite(const Table& table, Insertion& out) {
    InsertedMetabolite metabolite;
    auto status = first_error({table.check_keys({"id", "name", "formula", "charge", "compartment"}),
                               table.take("id", metabolite.id, true), table.take("name", metabolite.name),
                               table.take("formula", metabolite.formula), table.take("charge", metabolite.charge),
                               table.take("compartment", metabolite.compartment, true)});
    if (status) out.metabolites.push_back(std::move(metabolite));
    return status;
}

Status read_reaction(const Table& table, Insertion& out) {
    InsertedReaction reaction;
    auto status =
        first_error({table.check_keys({"id", "name", "equation", "lower", "upper", "genes", "ec", "unbalanced"}),
                     table.take("id", reaction.id, true), table.take("name", reaction.name),
                     table.take("equation", reaction.equation, true), table.take("lower", reaction.lower),
                     table.take("upper", reaction.upper), table.take("genes", reaction.genes),
                     table.take("ec", reaction.ec), table.take("unbalanced", reaction.unbalanced)});
    if (status) out.reactions.push_back(std::move(reaction));
    return status;
}

Result<Insertion> read_tables(const Table& table) {
    Insertion insertion;
    auto status = first_error(
        {table.check_keys({"metabolites", "reactions"}),
         table.for_tables("metabolites", [&](const Table& item) { return read_metabolite(item, insertion); }),
         table.for_tables("reactions", [&](const Table& item) { return read_reaction(item, insertion); })});
    if (!status) return pass(status);
    return insertion;
}

Result<toml::table> parse_toml(std::string_view text, const std::string& name) {
    try {
        return toml::parse(text, name);
    } catch (const toml::parse_error& fault) {
        return bad_input({"the TOML is broken: {}", "TOML 有误：{}"}, fault.description())
            .at(fmt::format("{}, line {}", name, fault.source().begin.line))
            .advise({"correct the file at this place", "请在此处更正文件"});
    }
}

Result<Insertion> read_insert_table(const toml::table& root, const std::string& name) {
    const auto* node = root.get("insert");
    if (node == nullptr) return Insertion();
    if (const auto* insert = node->as_table()) return read_tables(Table(*insert, name));
    return Table(root, name).wrong("insert", *node, {"a table", "表"});
}

}  // namespace

Result<Insertion> read_insertion(std::string_view toml_text, const std::string& name) {
    const auto root = parse_toml(toml_text, name);
    if (!root) return pass(root);
    if (!root->contains("insert")) return read_tables(Table(*root, name));
    if (auto status = Table(*root, name).check_keys({"insert"}); !status) return pass(status);
    return read_insert_table(*root, name);
}

Result<Insertion> read_project_insertion(std::string_view toml_text, const std::string& name) {
    const auto root = parse_toml(toml_text, name);
    if (!root) return pass(root);
    return read_insert_table(*root, name);
}

}  // namespace leaven::metabolism
