// The admission checklist of a project, in the manner of the 明白卡: each item with the articles that speak of it.
//
// The official card is named in cp-health 10 and printed nowhere; this one is built from cited articles alone.
#pragma once

#include <leaven/policy/match.hpp>

namespace leaven::policy {

struct CardParams : Question {
    std::string project;

    static void describe(auto& p, auto&& v) {
        Question::describe(p, v);
        v(p.project, {.name = "project",
                      .doc = {"project of the profile; its only one where empty", "资料中的项目；仅有一个时可留空"}});
    }
};

struct CardCitation {
    std::string article, quote, standing;

    static void describe(auto& p, auto&& v) {
        v(p.article, {.name = "article", .doc = {"article", "条文"}});
        v(p.quote, {.name = "quote", .doc = {"quote", "引文"}});
        v(p.standing, {.name = "standing", .doc = {"standing", "效力"}});
    }
};

struct CardItem {
    std::string id, status;
    std::vector<std::string> missing;
    Text text;
    std::vector<std::string> agencies;
    std::vector<CardCitation> citations;
    std::vector<std::string> measures;  // of `support`

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"item", "事项"}});
        v(p.status, {.name = "status",
                     .doc = {"status", "状态"},
                     .choices = "applies|not_applicable|needs_facts|not_in_documents"});
        v(p.missing, {.name = "missing", .doc = {"missing facts", "缺少的事实"}});
        v(p.text, {.name = "text", .doc = {"what to settle", "内容"}});
        v(p.agencies, {.name = "agencies", .doc = {"agencies", "责任单位"}});
        v(p.citations, {.name = "citations", .doc = {"citations", "依据"}});
        v(p.measures, {.name = "measures", .doc = {"measures", "措施"}});
    }
};

struct CardResult {
    std::string project;
    std::vector<CardItem> items;

    static constexpr bool brief = true;
    [[nodiscard]] std::vector<Text> headline() const;
    static void describe(auto& p, auto&& v) {
        v(p.project, {.name = "project", .doc = {"project", "项目"}});
        v(p.items, {.name = "items", .doc = {"items", "事项"}});
    }
};

/// Errors  not_found  the profile has no such project
Result<CardResult> card(const CardParams& params, Context& context);

}  // namespace leaven::policy
