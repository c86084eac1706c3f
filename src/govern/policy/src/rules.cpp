#include <algorithm>

#include <fmt/core.h>

#include <leaven/core/file.hpp>
#include <leaven/policy/rules.hpp>

#include "rules_reader.hpp"
#include "rules_test_file.hpp"
#include "shipped.hpp"

namespace leaven::policy {
namespace {

namespace fs = std::filesystem;

template <class T>
const T* find_id(const std::vector<T>& list, std::string_view id) {
    for (const auto& one : list)
        if (one.id == id) return &one;
    return nullptr;
}

template <class T>
void sort_by_id(std::vector<T>& list) {
    std::stable_sort(list.begin(), list.end(), [](const T& a, const T& b) { return natural_less(a.id, b.id); });
}

void add_shipped(std::vector<RulesFile>& files) {
    for (const auto& file : embedded_policy())
        if (file.name.starts_with("rules/"))
            files.push_back({std::string(file.name), std::string(file.bytes), {}, {}, {}});
}

Status add_file(const fs::path& path, std::vector<RulesFile>& files) {
    constexpr std::uintmax_t largest = 16 << 20;
    auto bytes = read_file(path, largest);
    if (!bytes) return pass(bytes);
    RulesFile file{
        path.string(), *std::move(bytes), path.parent_path().empty() ? fs::path(".") : path.parent_path(), {}, {}};
    const auto tests = path.parent_path() / (path.stem().string() + ".tests.toml");
    std::error_code code;
    if (fs::is_regular_file(tests, code)) {
        auto given = read_file(tests, largest);
        if (!given) return pass(given);
        file.tests = *std::move(given);
        file.tests_name = tests.string();
    }
    files.push_back(std::move(file));
    return {};
}

Status add_path(const std::string& path, std::vector<RulesFile>& files) {
    std::error_code code;
    if (!fs::is_directory(path, code)) return add_file(path, files);
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(path, code)) {
        const auto name = entry.path().filename().string();
        if (name.ends_with(".toml") && !name.ends_with(".tests.toml")) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    if (found.empty())
        return not_found({"the folder holds no rules file", "文件夹中没有规则文件"})
            .at(path)
            .advise({"rules files end in .toml", "规则文件以 .toml 结尾"});
    for (const auto& one : found)
        if (auto status = add_file(one, files); !status) return status;
    return {};
}

void sort_issues(std::vector<Issue>& issues) {
    std::stable_sort(issues.begin(), issues.end(), [](const Issue& a, const Issue& b) {
        return std::tie(a.file, a.line) < std::tie(b.file, b.line);
    });
}

CheckedRules check_files(const std::vector<RulesFile>& files) {
    CheckedRules checked;
    checked.files = static_cast<std::int64_t>(files.size());
    checked.rules.facts = FactTable::shipped();
    std::vector<std::optional<Node>> roots;
    for (const auto& file : files) {
        auto root = read_toml(file.bytes);
        if (!root)
            checked.errors.push_back(
                {file.name, root.error().line, "", "syntax",
                 text({"column {}: {}", "第 {} 列：{}"}, root.error().column, root.error().reason)});
        roots.push_back(root ? std::optional(*std::move(root)) : std::nullopt);
        if (roots.back()) read_facts(*roots.back(), {file.name, checked.errors}, checked.rules.facts);
    }
    std::vector<std::string> documents(files.size());
    std::vector<Lines> lines(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto before = checked.rules.documents.size();
        if (roots[i])
            read_document(*roots[i], files[i], {files[i].name, checked.errors}, checked.warnings, checked.rules,
                          lines[i]);
        if (checked.rules.documents.size() > before) documents[i] = checked.rules.documents.back().id;
    }
    for (std::size_t i = 0; i < files.size(); ++i)
        if (!documents[i].empty())
            check_references(*roots[i], {files[i].name, checked.errors}, checked.rules, documents[i]);
    sort_by_id(checked.rules.documents);
    sort_by_id(checked.rules.articles);
    sort_by_id(checked.rules.measures);
    for (auto& measure : checked.rules.measures)
        for (std::size_t i = 0; i < checked.rules.documents.size(); ++i)
            if (checked.rules.documents[i].id == measure.document) measure.document_at = i;
    sort_by_id(checked.rules.cap_groups);
    sort_by_id(checked.rules.indicators);
    const bool sound = checked.errors.empty();  // tests of rules that cannot be read would say nothing
    for (std::size_t i = 0; i < files.size(); ++i)
        if (sound && !documents[i].empty() && !files[i].folder.empty())
            run_tests(files[i], documents[i], lines[i], checked);
    sort_issues(checked.errors);
    sort_issues(checked.warnings);
    return checked;
}

}  // namespace

const Document* RuleSet::document(std::string_view id) const { return find_id(documents, id); }
const Article* RuleSet::article(std::string_view id) const { return find_id(articles, id); }
const Measure* RuleSet::measure(std::string_view id) const { return find_id(measures, id); }

Result<CheckedRules> check_rules(const std::vector<std::string>& paths) {
    std::vector<RulesFile> files;
    for (const auto& path : paths) {
        if (path == "shipped")
            add_shipped(files);
        else if (auto status = add_path(path, files); !status)
            return pass(status);
    }
    return check_files(files);
}

Result<RuleSet> load_rules(const std::vector<std::string>& paths) {
    auto checked = check_rules(paths.empty() ? std::vector<std::string>{"shipped"} : paths);
    if (!checked) return pass(checked);
    if (checked->errors.empty()) return std::move(checked->rules);
    Text list;
    for (const auto& issue : checked->errors) {
        list.en += fmt::format("\n  {}, line {}: {} [{}] {}", issue.file, issue.line, issue.field, issue.code,
                               issue.message.en);
        list.zh += fmt::format("\n  {}，第 {} 行：{} [{}] {}", issue.file, issue.line, issue.field, issue.code,
                               issue.message.zh);
    }
    return bad_input({"the rules have {0} errors, so none of them is used:{1}", "规则有 {0} 处错误，均不采用：{2}"},
                     checked->errors.size(), list.en, list.zh)
        .at(checked->errors.front().file)
        .advise({"correct them; leaven policy check shows them too", "请逐项改正，leaven policy check 也会列出"});
}

bool natural_less(std::string_view a, std::string_view b) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        if (digit(a[i]) && digit(b[j])) {
            auto end_a = i;
            auto end_b = j;
            while (end_a < a.size() && digit(a[end_a])) ++end_a;
            while (end_b < b.size() && digit(b[end_b])) ++end_b;
            const auto trimmed = [](std::string_view digits) {
                return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
            };
            const auto x = trimmed(a.substr(i, end_a - i));
            const auto y = trimmed(b.substr(j, end_b - j));
            if (x.size() != y.size()) return x.size() < y.size();
            if (x != y) return x < y;
            i = end_a;
            j = end_b;
        } else {
            if (a[i] != b[j]) return a[i] < b[j];
            ++i;
            ++j;
        }
    }
    if (i < a.size() || j < b.size()) return j < b.size();
    return a < b;
}

Truth inside(std::string_view place, std::string_view region) {
    const auto within = [](std::string_view inner, std::string_view outer) {
        return inner == outer || (inner.starts_with(outer) && inner[outer.size()] == '/');
    };
    if (within(place, region)) return Truth::yes;
    return within(region, place) ? Truth::unknown : Truth::no;
}

}  // namespace leaven::policy
