#include "profile_reader.hpp"

#include <algorithm>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>

#include "separated.hpp"

namespace leaven::policy {
namespace {

Doc expected(FactType type) {
    switch (type) {
        case FactType::boolean:
            return {"true or false", "true 或 false"};
        case FactType::choice:
            return {"one of the choices", "选项之一"};
        case FactType::set:
            return {"a list of choices", "选项列表"};
        case FactType::money:
            return {"whole 元, such as 1200000 or \"120万元\"", "整数元，如 1200000 或“120万元”"};
        case FactType::integer:
            return {"a whole number", "整数"};
        case FactType::text:
            break;
    }
    return {"a text", "文本"};
}

Failure wrong_value(const Fact& fact, const std::string& where) {
    const auto words = expected(fact.type);
    auto error = bad_input({"expected {0}", "应为 {1}"}, words.en, words.zh).at(where);
    if (fact.choices.empty()) return std::move(error).advise({"{0}", "{1}"}, fact.label.en, fact.label.zh);
    return std::move(error).advise({"choose from {}", "可选：{}"}, join(fact.choices, ", "));
}

Result<std::int64_t> choice_of(const Fact& fact, const std::string& given, const std::string& where) {
    const auto found = std::find(fact.choices.begin(), fact.choices.end(), given);
    if (found != fact.choices.end()) return found - fact.choices.begin();
    return bad_input({"\"{}\" is no choice of {}", "“{}”不是 {} 的选项"}, given, fact.name)
        .at(where)
        .advise({"choose from {}", "可选：{}"}, join(fact.choices, ", "));
}

/// Reads the tables of a profile; errors name file, line and field.
class Reader {
public:
    Reader(std::string inside, const RuleSet& rules) : inside_(std::move(inside)), rules_(rules) {}

    Result<Profile> read(const Node& root, bool whole) {
        Profile made;
        made.file = inside_;
        const auto size = rules_.facts.facts().size();
        made.applicant = {"", std::vector<Cell>(size)};
        if (root.kind != Node::Kind::table)
            return bad_input({"a profile is a table of facts", "申请者资料应为表"}).at(inside_);
        for (const auto& [name, node] : root.fields)
            if (auto status = read_top(made, name, node, whole); !status) return pass(status);
        if (whole && root.find("schema") == nullptr)
            return bad_input({"\"schema\" must be given", "必须给出“schema”"})
                .at(inside_ + ": schema")
                .advise({"write schema = \"leaven.policy.profile/1\"", "请写 schema = \"leaven.policy.profile/1\""});
        return made;
    }

private:
    [[nodiscard]] std::string at(const Node& node, std::string_view field) const {
        return node.line > 0 ? fmt::format("{}, line {}: {}", inside_, node.line, field)
                             : fmt::format("{}: {}", inside_, field);
    }

    Status read_top(Profile& made, const std::string& name, const Node& node, bool whole) {
        if (name == "schema") {
            if (node.kind == Node::Kind::string && node.string == "leaven.policy.profile/1") return {};
            return bad_input({"this is no leaven.policy.profile/1", "不是 leaven.policy.profile/1"})
                .at(at(node, name))
                .advise({"write schema = \"leaven.policy.profile/1\"", "请写 schema = \"leaven.policy.profile/1\""});
        }
        if (name == "name") {
            if (node.kind != Node::Kind::string) return bad_input({"expected a text", "应为文本"}).at(at(node, name));
            made.name = node.string;
            return {};
        }
        if (name == "on" || name == "through") {
            const auto date = day(node, name);
            if (!date) return pass(date);
            (name == "on" ? made.on : made.through) = *date;
            return {};
        }
        if (name == "applicant") return read_facts(made, made.applicant, Scope::applicant, node, "applicant");
        if (name == "projects") return read_list(made, made.projects, Scope::project, node, name);
        if (name == "contracts") return read_list(made, made.contracts, Scope::contract, node, name);
        if (name == "documents") return read_documents(made, node);
        const std::vector<std::string> known{"schema",    "name",     "on",        "through",
                                             "applicant", "projects", "contracts", "documents"};
        static_cast<void>(whole);
        return unknown(name, known, at(node, name));
    }

    static Failure unknown(const std::string& name, const std::vector<std::string>& known, std::string where) {
        const auto near = nearest(name, known, 1);
        return bad_input({"there is no fact \"{}\"", "没有事实“{}”"}, name)
            .at(std::move(where))
            .advise(near.empty() ? Doc{"the names are: {}", "可用名称：{}"} : Doc{"did you mean {}?", "是否指 {}？"},
                    near.empty() ? join(known, ", ") : near.front());
    }

    Result<Date> day(const Node& node, std::string_view field) const {
        if (node.kind == Node::Kind::date || node.kind == Node::Kind::string) {
            auto date = read_day(node.string, at(node, field));
            if (node.kind == Node::Kind::date || field == "on" || node.string != "today") return date;
        }
        return bad_input({"expected a date", "应为日期"})
            .at(at(node, field))
            .advise({"write a day as 2026-12-31", "请写成 2026-12-31 这样的日期"});
    }

    Status read_facts(Profile& made, Subject& subject, Scope scope, const Node& node, const std::string& path) {
        if (node.kind != Node::Kind::table)
            return bad_input({"expected a table of facts", "应为事实表"}).at(at(node, path));
        constexpr std::array<std::string_view, 3> prefixes{"applicant.", "project.", "contract."};
        const auto prefix = std::string(prefixes[static_cast<std::size_t>(scope)]);
        for (const auto& [name, value] : node.fields) {
            if (scope != Scope::applicant && name == "id") continue;
            const auto slot = rules_.facts.find(prefix + name);
            const auto where = at(value, path + "." + name);
            if (!slot) {
                std::vector<std::string> known;
                for (const auto& fact : rules_.facts.facts())
                    if (fact.scope() == scope) known.push_back(path + "." + std::string(fact.key()));
                return unknown(path + "." + name, known, where);
            }
            auto cell = cell_of(value, *slot, rules_.facts, where);
            if (!cell) return pass(cell);
            subject.cells[*slot] = *cell;
            if (prefix + name == "applicant.region") {
                if (auto status = check_region(value.string, where); !status) return status;
                made.region = value.string;
            }
        }
        return {};
    }

    static Status check_region(const std::string& region, const std::string& where) {
        const auto parts = split(region, '/');
        const bool whole =
            !parts.empty() && std::none_of(parts.begin(), parts.end(), [](auto& part) { return part.empty(); });
        if (whole && region.find(' ') == std::string::npos) return {};
        return bad_input({"\"{}\" is no region", "“{}”不是地区"}, region)
            .at(where)
            .advise({"write province-level and district, such as beijing/changping",
                     "请写成“省市/区”，如 beijing/changping"});
    }

    Status read_list(Profile& made, std::optional<std::vector<Subject>>& list, Scope scope, const Node& node,
                     const std::string& name) {
        if (node.kind != Node::Kind::list) return bad_input({"expected a list", "应为列表"}).at(at(node, name));
        auto& subjects = list.emplace();
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const auto& item = node.items[i];
            const auto path = fmt::format("{}[{}]", name, i);
            if (item.kind != Node::Kind::table)
                return bad_input({"expected a table of facts", "应为事实表"}).at(at(item, path));
            const auto* id = item.find("id");
            const bool named = id != nullptr && id->kind == Node::Kind::string && !id->string.empty();
            if (!named || id->string == "-" || id->string.find_first_of("/.=@? \t\n") != std::string::npos)
                return bad_input({"an id must be given, without / . = @ ? and blanks",
                                  "必须给出 id，且不含 / . = @ ? 与空格"})
                    .at(at(id == nullptr ? item : *id, path + ".id"))
                    .advise({"write id = \"P1\"", "请写 id = \"P1\""});
            if (std::any_of(subjects.begin(), subjects.end(), [&](const Subject& one) { return one.id == id->string; }))
                return bad_input({"the id {} is given twice", "标识 {} 重复"}, id->string)
                    .at(at(*id, path + ".id"))
                    .advise({"give each its own id", "请使用不同的标识"});
            Subject subject{id->string, std::vector<Cell>(rules_.facts.facts().size())};
            if (auto status = read_facts(made, subject, scope, item, fmt::format("{}.{}", name, id->string)); !status)
                return status;
            subjects.push_back(std::move(subject));
        }
        std::sort(subjects.begin(), subjects.end(), [](auto& a, auto& b) { return natural_less(a.id, b.id); });
        return {};
    }

    Status read_documents(Profile& made, const Node& node) {
        if (node.kind != Node::Kind::table) return bad_input({"expected a table", "应为表"}).at(at(node, "documents"));
        for (const auto& [id, table] : node.fields) {
            const auto path = "documents." + id;
            const auto* document = rules_.document(id);
            if (document == nullptr) {
                std::vector<std::string> known;
                for (const auto& one : rules_.documents) known.push_back(one.id);
                const auto near = nearest(id, known, 1);
                return bad_input({"there is no document \"{}\"", "没有文件“{}”"}, id)
                    .at(at(table, path))
                    .advise({"the documents are: {}", "可用的文件：{}"},
                            near.empty() ? join(known, ", ") : near.front());
            }
            if (table.kind != Node::Kind::table) return bad_input({"expected a table", "应为表"}).at(at(table, path));
            for (const auto& [name, value] : table.fields) {
                if (name != "issued") return unknown(name, {"issued"}, at(value, path + "." + name));
                const auto date = day(value, path + ".issued");
                if (!date) return pass(date);
                if (auto status = state_issue(made, *document, *date, at(value, path + ".issued")); !status)
                    return status;
            }
        }
        return {};
    }

    std::string inside_;
    const RuleSet& rules_;
};

}  // namespace

Result<Cell> cell_of(const Node& value, std::size_t slot, const FactTable& facts, const std::string& where) {
    const auto& fact = facts.facts()[slot];
    using Kind = Node::Kind;
    if (fact.type == FactType::boolean && value.kind == Kind::boolean) return Cell{value.boolean ? 1 : 0, true};
    if (fact.type == FactType::text && value.kind == Kind::string) return Cell{facts.number_of(value.string), true};
    if (fact.type == FactType::choice && value.kind == Kind::string) {
        const auto choice = choice_of(fact, value.string, where);
        if (!choice) return pass(choice);
        return Cell{*choice, true};
    }
    if (fact.type == FactType::set && value.kind == Kind::list) {
        Cell cell{0, true};
        for (const auto& item : value.items) {
            if (item.kind != Kind::string) return wrong_value(fact, where);
            const auto choice = choice_of(fact, item.string, where);
            if (!choice) return pass(choice);
            cell.value |= std::int64_t{1} << *choice;
        }
        return cell;
    }
    if (fact.type == FactType::integer && value.kind == Kind::integer) return Cell{value.integer, true};
    if (fact.type == FactType::money && value.kind == Kind::integer) {
        if (value.integer >= 0) return Cell{value.integer, true};
        return bad_input({"money is not negative, got {}", "金额不得为负：{}"}, value.integer)
            .at(where)
            .advise({"give whole 元", "请给出整数元"});
    }
    if (fact.type == FactType::money && value.kind == Kind::string) {
        if (const auto yuan = parse_amount(value.string)) return Cell{*yuan, true};
        return bad_input({"\"{}\" is no amount of money in whole 元", "“{}”不是整数元的金额"}, value.string)
            .at(where)
            .advise({"write a number with its unit, such as \"10万元\"", "请写成带单位的数，如“10万元”"});
    }
    if (fact.type == FactType::money && value.kind == Kind::number)
        return bad_input({"money is whole 元, got {}", "金额应为整数元：{}"}, value.string)
            .at(where)
            .advise({"give whole 元, or a text such as \"1.2亿元\"", "请给出整数元，或“1.2亿元”这样的文本"});
    return wrong_value(fact, where);
}

Status state_issue(Profile& made, const Document& document, Date date, const std::string& where) {
    if (document.issued && *document.issued != date)
        return bad_input({"the text of {} gives its date of issue: {}", "{} 的文本已写明发布日期：{}"}, document.id,
                         date_text(*document.issued))
            .at(where)
            .advise({"leave the date out", "请省略该日期"});
    made.issued[document.id] = date;
    return {};
}

Result<Profile> profile_of(const Node& node, const std::string& inside, const RuleSet& rules, bool whole) {
    auto made = Reader(inside, rules).read(node, whole);
    if (!made || !made->on || !made->through || *made->through >= *made->on) return made;
    return bad_input({"the horizon ends on {}, before {}", "期限终点 {} 早于 {}"}, date_text(*made->through),
                     date_text(*made->on))
        .at(inside + ": through")
        .advise({"give a day on or after `on`", "请给出不早于 on 的日期"});
}

}  // namespace leaven::policy
