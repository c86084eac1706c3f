#include "rules_test_file.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/policy/match.hpp>

#include "profile_reader.hpp"

namespace leaven::policy {
namespace {

struct Expected {
    std::string verdict;
    std::string if_issued;
    std::string subject;
    std::optional<std::int64_t> yuan;
    std::optional<std::vector<std::string>> failed;
    std::optional<std::vector<std::string>> missing;
};

std::string in_order(std::vector<std::string> words) {
    std::sort(words.begin(), words.end());
    return join(words, ", ");
}

/// What differs, as "expected, found"; empty where all is as expected.
std::string difference(const Expected& expected, const MatchRow& row) {
    if (row.verdict != expected.verdict) return fmt::format("{} ≠ {}", expected.verdict, row.verdict);
    if (!expected.if_issued.empty() && row.if_issued != expected.if_issued)
        return fmt::format("if_issued {} ≠ {}", expected.if_issued, row.if_issued.value_or("null"));
    if (expected.yuan && row.amount.yuan != expected.yuan)
        return fmt::format("yuan {} ≠ {}", *expected.yuan, row.amount.yuan ? std::to_string(*row.amount.yuan) : "null");
    if (expected.failed && in_order(*expected.failed) != in_order(row.failed))
        return fmt::format("failed [{}] ≠ [{}]", in_order(*expected.failed), in_order(row.failed));
    if (expected.missing && in_order(*expected.missing) != in_order(row.missing))
        return fmt::format("missing [{}] ≠ [{}]", in_order(*expected.missing), in_order(row.missing));
    return {};
}

class TestRunner {
public:
    TestRunner(const RulesFile& file, const std::string& document, CheckedRules& checked)
        : file_(file), document_(document), checked_(checked), findings_{file.tests_name, checked.errors} {}

    void run() {
        const auto root = read_toml(*file_.tests);
        if (!root) {
            findings_.add(root.error().line, "", "syntax",
                          text({"column {}: {}", "第 {} 列：{}"}, root.error().column, root.error().reason));
            return;
        }
        for (const auto& [name, node] : root->fields) {
            const bool tests = name == "test" && node.kind == Node::Kind::list;
            if (!tests) {
                findings_.add(
                    node.line, name, "unknown_field",
                    text({"a tests file has [[test]] tables, not \"{}\"", "测试文件只有 [[test]] 表，没有“{}”"}, name));
                continue;
            }
            for (const auto& table : node.items)
                if (table.kind == Node::Kind::table)
                    run(table);
                else
                    findings_.add(node.line, name, "bad_value", {"expected tables [[test]]", "应为表 [[test]]"});
        }
    }

    std::set<std::string> yes;
    std::set<std::string> no;

private:
    void run(const Node& table) {
        ++checked_.tests;
        const auto before = checked_.errors.size();
        TableReader in(table, "test.", findings_);
        const auto name = in.text("name", true);
        auto id = in.text("measure", true);
        if (id.find('/') == std::string::npos) id = document_ + "/" + id;
        const auto on = in.date("on", true);
        const auto expected = read_expected(in);
        const auto* given = in.table("profile", true);
        in.finish();
        const auto* measure = checked_.rules.measure(id);
        if (measure == nullptr && in.value("measure") != nullptr)
            in.fault("measure", "dangling_reference", text({"there is no measure {}", "没有措施 {}"}, id));
        if (checked_.errors.size() == before && given != nullptr) compare(in, *measure, *on, expected, *given, name);
        if (checked_.errors.size() != before) ++checked_.tests_failed;
    }

    static Expected read_expected(TableReader& in) {
        Expected expected;
        expected.verdict = in.word("expect", "yes|no|needs_facts", true);
        expected.if_issued = in.word("if_issued", "yes|no|needs_facts");
        expected.subject = in.text("subject");
        expected.yuan = in.integer("yuan");
        if (in.value("failed") != nullptr) expected.failed = in.words("failed");
        if (in.value("missing") != nullptr) expected.missing = in.words("missing");
        return expected;
    }

    void compare(TableReader& in, const Measure& measure, Date on, const Expected& expected, const Node& given,
                 const std::string& name) {
        const auto profile = profile_of(given, file_.tests_name, checked_.rules, false);
        if (!profile) {
            const bool unknown = profile.error().message.en.starts_with("there is no fact");
            findings_.add(given.line > 0 ? given.line : in.line(), "test.profile",
                          unknown ? "unknown_fact" : "bad_value",
                          text({"{0} ({2})", "{1}（{2}）"}, profile.error().message.en, profile.error().message.zh,
                               profile.error().where));
            return;
        }
        const MatchRow* found = nullptr;
        std::vector<MatchRow> rows;
        for (const auto& fit : fits(checked_.rules, *profile, on))
            if (fit.measure == &measure && (expected.subject.empty() || fit.label == expected.subject))
                rows.push_back(row_of(checked_.rules, *profile, on, fit));
        for (const auto& row : rows)
            if (found == nullptr || difference(expected, row).empty()) found = &row;
        if (found == nullptr) {
            in.fault("subject", "bad_value", text({"the profile has no {}", "资料中没有 {}"}, expected.subject));
            return;
        }
        const auto differs = difference(expected, *found);
        if (!differs.empty()) {
            findings_.add(in.line(), "test.expect", "test_failed", text({"\"{}\": {}", "“{}”：{}"}, name, differs));
            return;
        }
        if (expected.verdict == "yes" || expected.if_issued == "yes") yes.insert(measure.id);
        if (expected.verdict == "no" && expected.if_issued != "yes" && expected.if_issued != "needs_facts")
            no.insert(measure.id);
    }

    const RulesFile& file_;
    const std::string& document_;
    CheckedRules& checked_;
    Findings findings_;
};

}  // namespace

void run_tests(const RulesFile& file, const std::string& document, const Lines& lines, CheckedRules& checked) {
    TestRunner runner(file, document, checked);
    if (file.tests) runner.run();
    for (const auto& measure : checked.rules.measures) {
        if (measure.document != document || (runner.yes.contains(measure.id) && runner.no.contains(measure.id)))
            continue;
        const auto line = lines.of.find("measure " + measure.id);
        checked.warnings.push_back({file.name, line == lines.of.end() ? 0 : line->second, "measure.id", "no_test",
                                    runner.yes.contains(measure.id)
                                        ? text({"{} has no test that says no", "{} 缺少结果为否的测试"}, measure.id)
                                    : runner.no.contains(measure.id)
                                        ? text({"{} has no test that says yes", "{} 缺少结果为是的测试"}, measure.id)
                                        : text({"{} has no test", "{} 没有测试"}, measure.id)});
    }
}

}  // namespace leaven::policy
