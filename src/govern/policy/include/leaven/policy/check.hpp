// For those who write rules: what is wrong in a file, and what a new version changes.
#pragma once

#include <leaven/core/context.hpp>
#include <leaven/policy/match.hpp>

namespace leaven::policy {

struct CheckParams {
    std::string path;

    static void describe(auto& p, auto&& v) {
        v(p.path, {.name = "path",
                   .doc = {"rules file or folder", "规则文件或文件夹"},
                   .format = "path",
                   .required = true,
                   .input = true});
    }
};

struct CheckResult {
    std::int64_t files = 0, documents = 0, articles = 0, measures = 0, tests = 0, tests_failed = 0;
    std::vector<Issue> errors;
    std::vector<Issue> warnings;

    [[nodiscard]] std::vector<Text> headline() const;
    [[nodiscard]] bool solved() const { return errors.empty(); }
    static constexpr ErrorCode unsolved = ErrorCode::bad_input;  // the result is printed all the same
    static void describe(auto& p, auto&& v) {
        v(p.files, {.name = "files", .doc = {"files", "文件数"}, .unit = "1"});
        v(p.documents, {.name = "documents", .doc = {"documents", "政策文件"}, .unit = "1"});
        v(p.articles, {.name = "articles", .doc = {"articles", "条文数"}, .unit = "1"});
        v(p.measures, {.name = "measures", .doc = {"measures", "措施数"}, .unit = "1"});
        v(p.tests, {.name = "tests", .doc = {"tests", "测试数"}, .unit = "1"});
        v(p.tests_failed, {.name = "tests_failed", .doc = {"tests failed", "未通过的测试"}, .unit = "1"});
        v(p.errors, {.name = "errors", .doc = {"errors", "错误"}});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
    }
};

Result<CheckResult> check(const CheckParams& params, Context& context);

struct DiffParams {
    std::string before, after, profile;

    static void describe(auto& p, auto&& v) {
        v(p.before, {.name = "old",
                     .doc = {"rules before: file, folder or `shipped`", "原规则：文件、文件夹或 shipped"},
                     .format = "path",
                     .required = true,
                     .input = true});
        v(p.after,
          {.name = "new", .doc = {"rules after", "新规则"}, .format = "path", .required = true, .input = true});
        v(p.profile, {.name = "profile",
                      .doc = {"profile whose best total is compared", "用于比较最优合计的申请者资料"},
                      .format = "path"});
    }
};

struct FieldChange {
    std::string field;
    std::optional<std::string> before;
    std::optional<std::string> after;

    static void describe(auto& p, auto&& v) {
        v(p.field, {.name = "field", .doc = {"field", "字段"}});
        v(p.before, {.name = "old", .doc = {"old", "原值"}});
        v(p.after, {.name = "new", .doc = {"new", "新值"}});
    }
};

struct Changed {
    std::string id;
    std::vector<FieldChange> fields;

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"id", "标识"}});
        v(p.fields, {.name = "fields", .doc = {"fields", "字段"}});
    }
};

struct Impact {
    std::optional<std::int64_t> old_total_yuan;
    std::optional<std::int64_t> new_total_yuan;

    static void describe(auto& p, auto&& v) {
        v(p.old_total_yuan, {.name = "old_total_yuan", .doc = {"total before", "原合计"}, .unit = "元"});
        v(p.new_total_yuan, {.name = "new_total_yuan", .doc = {"total after", "新合计"}, .unit = "元"});
    }
};

struct DiffResult {
    std::vector<std::string> added;  // measures
    std::vector<std::string> removed;
    std::vector<Changed> changed;
    std::vector<Changed> documents;  // one that came or went has the one field "id"
    std::vector<Changed> articles;
    Impact impact;

    static constexpr bool brief = true;
    [[nodiscard]] std::vector<Text> headline() const;
    static void describe(auto& p, auto&& v) {
        v(p.added, {.name = "added", .doc = {"measures added", "新增措施"}});
        v(p.removed, {.name = "removed", .doc = {"measures removed", "删除措施"}});
        v(p.changed, {.name = "changed", .doc = {"measures changed", "变更措施"}});
        v(p.documents, {.name = "documents", .doc = {"documents", "政策文件"}});
        v(p.articles, {.name = "articles", .doc = {"articles", "条文"}});
        v(p.impact, {.name = "impact", .doc = {"for the applicant", "对申请者的影响"}});
    }
};

Result<DiffResult> diff(const DiffParams& params, Context& context);

}  // namespace leaven::policy
