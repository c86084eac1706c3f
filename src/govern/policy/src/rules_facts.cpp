#include <algorithm>

#include "rules_reader.hpp"

namespace leaven::policy {

std::string full_id(const std::string& document, const std::string& id) {
    return id.find('/') == std::string::npos ? document + "/" + id : id;
}

std::vector<std::string> full_ids(const std::string& document, std::vector<std::string> ids) {
    for (auto& id : ids) id = full_id(document, id);
    return ids;
}

const std::vector<Node>& tables(const Node& file, std::string_view name, const Findings& findings) {
    static const std::vector<Node> none;
    const auto* node = file.find(name);
    if (node == nullptr) return none;
    const bool all =
        node->kind == Node::Kind::list &&
        std::all_of(node->items.begin(), node->items.end(), [](auto& item) { return item.kind == Node::Kind::table; });
    if (all) return node->items;
    findings.add(node->line, std::string(name), "bad_value", text({"expected tables [[{}]]", "应为表 [[{}]]"}, name));
    return none;
}

void read_facts(const Node& file, const Findings& findings, FactTable& facts) {
    for (const auto& table : tables(file, "fact", findings)) {
        TableReader in(table, "fact.", findings);
        Fact made;
        made.name = in.text("name", true);
        const auto type = in.word("type", "bool|choice|set|money|integer|text");
        made.choices = in.words("choices");
        std::string zh;
        std::string en;
        if (in.value("label") != nullptr) in.titles("label", zh, en);
        in.finish();
        made.label = {en.empty() ? made.name : en, zh.empty() ? made.name : zh};
        if (made.name.empty()) continue;
        if (const auto slot = facts.find(made.name); slot && made.name == "project.kinds") {
            auto& choices = facts.at(*slot).choices;
            for (const auto& choice : made.choices)
                if (std::find(choices.begin(), choices.end(), choice) == choices.end()) choices.push_back(choice);
            if (choices.size() > 62) in.fault("choices", "bad_value", {"more than 62 choices", "选项超过 62 个"});
            continue;
        }
        const bool placed = made.name.starts_with("applicant.") || made.name.starts_with("project.") ||
                            made.name.starts_with("contract.");
        if (!placed || made.key().empty() || made.key() == "id" || made.key().find('.') != std::string_view::npos)
            in.fault("name", "bad_value",
                     {"a fact is named applicant.…, project.… or contract.…",
                      "事实应命名为 applicant.…、project.… 或 contract.…"});
        if (type.empty() && in.value("type") == nullptr) in.missing("type");
        made.type = fact_type_of(type).value_or(FactType::boolean);
        const bool chosen = made.type == FactType::choice || made.type == FactType::set;
        if (chosen == made.choices.empty())
            in.fault("choices", "bad_value",
                     {"a choice and a set have choices, others none", "choice 与 set 须有选项，其他类型没有"});
        if (made.choices.size() > 62) in.fault("choices", "bad_value", {"more than 62 choices", "选项超过 62 个"});
        const auto name = made.name;
        if (!facts.add(std::move(made)))
            in.fault("name", "duplicate_id", text({"the fact {} exists already", "事实 {} 已存在"}, name));
    }
}

}  // namespace leaven::policy
