// What changes when a fact changes: one's own supposition, and the single changes that bring most.
#pragma once

#include <leaven/policy/combine.hpp>

namespace leaven::policy {

struct WhatifParams : Question {
    std::vector<std::string> set;
    std::string through;

    static void describe(auto& p, auto&& v) {
        Question::describe(p, v);
        v(p.set, {.name = "set",
                  .doc = {"facts to suppose, as fact=value; null makes one unknown",
                          "假设的事实，写作 事实=值；null 表示未知"},
                  .required = true});
        CombineParams::describe_horizon(p, v);
    }
};

struct WhatifResult {
    std::int64_t before_yuan = 0;
    std::int64_t after_yuan = 0;
    std::vector<std::string> gained;  // claims, as measure@subject or measure@subject@year
    std::vector<std::string> lost;

    [[nodiscard]] std::vector<Text> headline() const;
    static void describe(auto& p, auto&& v) {
        v(p.before_yuan, {.name = "before_yuan", .doc = {"total before", "原合计"}, .unit = "元"});
        v(p.after_yuan, {.name = "after_yuan", .doc = {"total after", "新合计"}, .unit = "元"});
        v(p.gained, {.name = "gained", .doc = {"claims gained", "新增申请项"}});
        v(p.lost, {.name = "lost", .doc = {"claims lost", "失去申请项"}});
    }
};

Result<WhatifResult> whatif(const WhatifParams& params, Context& context);

struct FactChange {
    std::string fact;
    std::optional<std::string> from;
    std::string to;
    std::int64_t gain_yuan = 0;
    std::vector<std::string> unlocks;
    std::vector<std::string> loses;

    static void describe(auto& p, auto&& v) {
        v(p.fact, {.name = "fact", .doc = {"fact", "事实"}});
        v(p.from, {.name = "from", .doc = {"from", "原值"}});
        v(p.to, {.name = "to", .doc = {"to", "新值"}});
        v(p.gain_yuan, {.name = "gain_yuan", .doc = {"gain", "增加"}, .unit = "元"});
        v(p.unlocks, {.name = "unlocks", .doc = {"claims gained", "新增申请项"}});
        v(p.loses, {.name = "loses", .doc = {"claims lost", "失去申请项"}});
    }
};

struct SensitivityParams : Question {
    std::int64_t top = 10;
    std::string through;

    static void describe(auto& p, auto&& v) {
        Question::describe(p, v);
        v(p.top, {.name = "top", .doc = {"changes to list", "列出的变化数"}, .unit = "1", .min = 1, .max = 200});
        CombineParams::describe_horizon(p, v);
    }
};

struct SensitivityResult {
    std::int64_t total_yuan = 0;
    std::vector<FactChange> changes;

    static void describe(auto& p, auto&& v) {
        v(p.total_yuan, {.name = "total_yuan", .doc = {"total now", "现合计"}, .unit = "元"});
        v(p.changes, {.name = "changes", .doc = {"single changes by gain", "单项变化（按增加额）"}});
    }
};

/// One fact at a time: booleans and choices to every other value, money to each threshold less 1 元, at it, and plus 1
/// 元. Not the applicant's kind and region, not the kinds of projects.
Result<SensitivityResult> sensitivity(const SensitivityParams& params, Context& context);

}  // namespace leaven::policy
