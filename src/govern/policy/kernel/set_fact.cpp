#include <charconv>

#include <leaven/core/suggest.hpp>
#include <leaven/policy/profile.hpp>

#include "profile_reader.hpp"
#include "separated.hpp"

namespace leaven::policy {
namespace {

/// The text of an assignment as a value of the fact's type.
Node value_node(const Fact& fact, const std::string& word) {
    Node node;
    node.kind = Node::Kind::string;
    node.string = word;
    const char* last = word.data() + word.size();
    if (fact.type == FactType::boolean && (word == "true" || word == "false")) {
        node.kind = Node::Kind::boolean;
        node.boolean = word == "true";
    } else if (fact.type == FactType::set) {
        node.kind = Node::Kind::list;
        for (const auto& part : split(word, word.find('|') == std::string::npos ? ',' : '|')) {
            Node item;
            item.kind = Node::Kind::string;
            item.string = part;
            node.items.push_back(std::move(item));
        }
    } else if (fact.type == FactType::money || fact.type == FactType::integer) {
        const auto [end, code] = std::from_chars(word.data(), last, node.integer);
        if (code == std::errc() && end == last) node.kind = Node::Kind::integer;
    }
    return node;
}

}  // namespace

Status set_fact(Profile& profile, const RuleSet& rules, const std::string& assignment) {
    const auto equals = assignment.find('=');
    if (equals == std::string::npos)
        return bad_input({"\"{}\" sets nothing", "“{}”没有赋值"}, assignment)
            .at("set")
            .advise({"write fact=value, such as applicant.size=small", "请写成 事实=值，如 applicant.size=small"});
    const auto name = assignment.substr(0, equals);
    const auto word = assignment.substr(equals + 1);
    const auto where = "set: " + name;
    const auto dot = name.find('.');
    const auto last = name.rfind('.');
    const auto table = name.substr(0, dot);
    if (table == "documents" && last != dot && name.substr(last) == ".issued") {
        const auto id = name.substr(dot + 1, last - dot - 1);
        const auto* document = rules.document(id);
        if (document == nullptr)
            return not_found({"there is no document \"{}\"", "没有文件“{}”"}, id)
                .at(where)
                .advise({"leaven policy list shows them", "leaven policy list 列出全部"});
        if (word == "null") return profile.issued.erase(id), Status();
        const auto date = read_day(word, where);
        if (!date) return pass(date);
        return state_issue(profile, *document, *date, where);
    }
    Subject* subject = table == "applicant" ? &profile.applicant : nullptr;
    auto fact_name = name;
    if (table == "projects" || table == "contracts") {
        auto& list = table == "projects" ? profile.projects : profile.contracts;
        const auto id = last == dot ? std::string() : name.substr(dot + 1, last - dot - 1);
        fact_name = (table == "projects" ? "project" : "contract") + name.substr(last);
        if (list)
            for (auto& one : *list)
                if (one.id == id) subject = &one;
        if (subject == nullptr)
            return not_found({"the profile has no {} \"{}\"", "资料中没有 {}“{}”"}, table, id)
                .at(where)
                .advise({"name one that it has", "请使用资料中的标识"});
    }
    const auto slot = subject == nullptr ? std::nullopt : rules.facts.find(fact_name);
    if (!slot) {
        const auto near = nearest(name, rules.facts.names(), 1);
        return bad_input({"there is no fact \"{}\"", "没有事实“{}”"}, name)
            .at(where)
            .advise({"did you mean {}?", "是否指 {}？"}, near.empty() ? std::string("applicant.kind") : near.front());
    }
    Cell cell;
    if (word != "null") {
        const auto read = cell_of(value_node(rules.facts.facts()[*slot], word), *slot, rules.facts, where);
        if (!read) return pass(read);
        cell = *read;
    }
    subject->cells[*slot] = cell;
    if (fact_name == "applicant.region") profile.region = word == "null" ? std::nullopt : std::optional(word);
    return {};
}

}  // namespace leaven::policy
