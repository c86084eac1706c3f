#include <algorithm>

#include "rules_reader.hpp"

namespace leaven::policy {
namespace {

/// Two groups that share a measure must be nested, so that what is received under both caps has one answer.
void check_nesting(const RuleSet& rules, const std::string& document, std::int64_t line, const Findings& findings) {
    std::map<std::string, std::vector<std::string>> members;
    for (const auto& measure : rules.measures)
        if (measure.document == document)
            for (const auto& group : measure.cap_groups) members[group].push_back(measure.id);
    const auto per_year = [&](const std::string& id) {
        return std::any_of(rules.cap_groups.begin(), rules.cap_groups.end(),
                           [&](const CapGroup& group) { return group.id == id && group.per_year; });
    };
    const auto holds = [](const std::vector<std::string>& outer, const std::vector<std::string>& inner) {
        return std::includes(outer.begin(), outer.end(), inner.begin(), inner.end());
    };
    for (auto& [id, list] : members) std::sort(list.begin(), list.end());
    for (auto a = members.begin(); a != members.end(); ++a)
        for (auto b = std::next(a); b != members.end(); ++b) {
            const bool apart = std::none_of(a->second.begin(), a->second.end(), [&](const std::string& id) {
                return std::binary_search(b->second.begin(), b->second.end(), id);
            });
            const bool a_in_b = holds(b->second, a->second) && !(per_year(b->first) && !per_year(a->first));
            const bool b_in_a = holds(a->second, b->second) && !(per_year(a->first) && !per_year(b->first));
            if (!apart && !a_in_b && !b_in_a)
                findings.add(line, "cap_group.id", "bad_value",
                             text({"the cap groups {} and {} share measures and neither holds the other",
                                   "上限组 {} 与 {} 有共同措施，但互不包含"},
                                  a->first, b->first));
        }
}

}  // namespace

void check_references(const Node& file, const Findings& findings, const RuleSet& rules, const std::string& document) {
    const auto dangling = [&](const TableReader& in, std::string_view name, const std::string& id, Doc what) {
        in.fault(name, "dangling_reference", text({"there is no {0} {2}", "没有{1} {2}"}, what.en, what.zh, id));
    };
    for (const auto& table : tables(file, "measure", findings)) {
        TableReader in(table, "measure.", findings);
        const auto* id = table.find("id");
        const auto* measure = id == nullptr ? nullptr : rules.measure(full_id(document, id->string));
        if (measure == nullptr) continue;
        if (!measure->article.empty() && rules.article(measure->article) == nullptr)
            dangling(in, "article", measure->article, {"article", "条文"});
        for (const auto& one : measure->requires_)
            if (rules.measure(one) == nullptr || one == measure->id)
                dangling(in, "requires", one, {"other measure", "其他措施"});
        for (const auto& one : measure->cap_groups)
            if (std::none_of(rules.cap_groups.begin(), rules.cap_groups.end(),
                             [&](auto& group) { return group.id == one; }))
                dangling(in, "cap_groups", one, {"cap group", "上限组"});
    }
    for (const auto& table : tables(file, "indicator", findings)) {
        TableReader in(table, "indicator.", findings);
        for (const auto& one : full_ids(document, in.words("related_articles")))
            if (rules.article(one) == nullptr) dangling(in, "related_articles", one, {"article", "条文"});
    }
    const auto& groups = tables(file, "cap_group", findings);
    if (!groups.empty()) check_nesting(rules, document, groups.front().line, findings);
}

}  // namespace leaven::policy
