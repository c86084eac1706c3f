// The facts that a profile may state: what forms are made of.
#pragma once

#include <leaven/policy/match.hpp>

namespace leaven::policy {

struct FactsParams {
    std::vector<std::string> rules;

    static void describe(auto& p, auto&& v) { Question::describe_rules(p, v); }
};

struct FactRow {
    std::string name, scope, key, type;
    std::vector<std::string> choices;
    std::string label_zh, label_en;
    std::vector<std::string> measures;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"fact", "事实"}});
        v(p.scope, {.name = "scope", .doc = {"of whom", "主体"}, .choices = "applicant|project|contract"});
        v(p.key, {.name = "key", .doc = {"name in its table of a profile", "在资料各表中的名称"}});
        v(p.type, {.name = "type", .doc = {"type", "类型"}, .choices = "bool|choice|set|money|integer|text|region"});
        v(p.choices, {.name = "choices", .doc = {"choices", "选项"}});
        v(p.label_zh, {.name = "label_zh", .doc = {"label in Chinese", "中文名"}});
        v(p.label_en, {.name = "label_en", .doc = {"label in English", "英文名"}});
        v(p.measures, {.name = "measures", .doc = {"measures that ask for it", "涉及的措施"}});
    }
};

struct FactsResult {
    std::vector<FactRow> facts;

    static void describe(auto& p, auto&& v) { v(p.facts, {.name = "facts", .doc = {"facts", "事实"}}); }
};

/// Every fact of the rules, in the catalogue's order, with the measures whose condition asks for it.
Result<FactsResult> facts(const FactsParams& params, Context& context);

}  // namespace leaven::policy
