#include <algorithm>

#include <fmt/core.h>

#include <leaven/core/counted.hpp>
#include <leaven/core/join.hpp>
#include <leaven/policy/check.hpp>
#include <leaven/policy/combine.hpp>

#include "people.hpp"
#include "question.hpp"

namespace leaven::policy {
namespace {

using Fields = std::vector<std::pair<std::string, std::optional<std::string>>>;

std::optional<std::string> some(const std::string& words) {
    return words.empty() ? std::nullopt : std::optional(words);
}
std::optional<std::string> some(const std::vector<std::string>& words) { return some(join(words, ";")); }
std::optional<std::string> some(const std::optional<Date>& date) {
    return date ? std::optional(date_text(*date)) : std::nullopt;
}
std::optional<std::string> money(const std::optional<std::int64_t>& yuan) {
    return yuan ? std::optional(amount_text(*yuan)) : std::nullopt;
}

Fields fields_of(const RuleSet&, const Document& one) {
    return {{"title.zh", some(one.title_zh)},
            {"title.en", some(one.title_en)},
            {"region", some(one.region)},
            {"level", some(one.level)},
            {"legal_status", some(one.legal_status)},
            {"doc_number", some(one.doc_number)},
            {"issued", some(one.issued)},
            {"valid_from", some(one.valid_from)},
            {"valid_years", one.valid_years ? some(fmt::format("{}", *one.valid_years)) : std::nullopt},
            {"valid_to", some(one.valid_to)},
            {"scope", some(one.scope.source())},
            {"overlap", some(one.overlap)},
            {"source", some(one.source)},
            {"contents", some(one.contents)},
            {"validity_quote", some(one.validity_quote)},
            {"note", some(one.note)}};
}

Fields fields_of(const RuleSet&, const Article& one) {
    return {{"level", some(one.level)},       {"part", some(one.part)},         {"chapter", some(one.chapter)},
            {"number", some(one.number)},     {"title.zh", some(one.title_zh)}, {"title.en", some(one.title_en)},
            {"agencies", some(one.agencies)}, {"classes", some(one.classes)},   {"money", some(one.money)},
            {"note", some(one.note)},         {"quote", some(one.quote)}};
}

Fields fields_of(const RuleSet& rules, const Measure& one) {
    constexpr std::array<std::string_view, 3> subjects{"applicant", "project", "contract"};
    const auto& amount = one.amount;
    Fields fields{{"article", some(one.article)},
                  {"name.zh", some(one.name_zh)},
                  {"name.en", some(one.name_en)},
                  {"instrument", some(one.instrument)},
                  {"subject", std::string(subjects[static_cast<std::size_t>(one.subject)])},
                  {"when", some(one.when.source())},
                  {"amount.kind", some(amount.kind)},
                  {"amount.fixed", money(amount.fixed_yuan)},
                  {"amount.rate", some(amount.rate_text)},
                  {"amount.base", amount.base ? some(rules.facts.facts()[*amount.base].name) : std::nullopt},
                  {"amount.cap", money(amount.cap_yuan)},
                  {"period", std::string(word_of(one.period))},
                  {"matters", some(one.matters)},
                  {"requires", some(one.requires_)},
                  {"discretion", some(one.discretion)},
                  {"reading", some(one.reading)},
                  {"quote", some(one.quote)}};
    for (const auto& id : one.cap_groups)
        for (const auto& group : rules.cap_groups)
            if (group.id == id)
                fields.emplace_back("cap_groups." + id, fmt::format("{} / {}", amount_text(group.cap_yuan),
                                                                    group.per_year ? "year" : "total"));
    return fields;
}

/// Each field whose value differs, in the order of the fields.
std::vector<FieldChange> changes(const Fields& before, const Fields& after) {
    std::vector<FieldChange> found;
    const auto value = [](const Fields& fields, const std::string& name) -> std::optional<std::string> {
        for (const auto& [field, words] : fields)
            if (field == name) return words;
        return std::nullopt;
    };
    for (const auto& [field, words] : before)
        if (const auto now = value(after, field); now != words) found.push_back({field, words, now});
    for (const auto& [field, words] : after) {
        const bool known = std::any_of(before.begin(), before.end(),
                                       [&, &name = field](const auto& one) { return one.first == name; });
        if (!known && words) found.push_back({field, std::nullopt, words});
    }
    return found;
}

template <class T>
const T* in(const std::vector<T>& list, const std::string& id) {
    for (const auto& one : list)
        if (one.id == id) return &one;
    return nullptr;
}

template <class T>
std::vector<Changed> changed_in(const RuleSet& before, const RuleSet& after, const std::vector<T>& old_list,
                                const std::vector<T>& new_list, bool came_and_went) {
    std::vector<Changed> found;
    for (const auto& one : old_list) {
        const auto* now = in(new_list, one.id);
        if (now == nullptr && came_and_went) found.push_back({one.id, {{"id", one.id, std::nullopt}}});
        if (now == nullptr) continue;
        auto fields = changes(fields_of(before, one), fields_of(after, *now));
        if (!fields.empty()) found.push_back({one.id, std::move(fields)});
    }
    for (const auto& one : new_list)
        if (came_and_went && in(old_list, one.id) == nullptr) found.push_back({one.id, {{"id", std::nullopt, one.id}}});
    return found;
}

Result<std::int64_t> best_total(const RuleSet& rules, const std::string& path, Context& context) {
    const auto asked = read_profile_of(rules, path);
    if (!asked) return pass(asked);
    const auto claims = claims_of(asked->rules, asked->profile, asked->horizon, false);
    const auto answer = pack(problem_of(asked->rules, claims, asked->horizon, false), context, false);
    if (!answer) return pass(answer);
    return answer->score.total;
}

}  // namespace

std::vector<Text> CheckResult::headline() const {
    return {text({"{}: {}, {}; {} of {} passed", "{:n} 个文件：{:n} 处错误，{:n} 处警告；测试通过 {}/{:n}"},
                 counted(files, "file"), counted(errors.size(), "error"), counted(warnings.size(), "warning"),
                 tests - tests_failed, counted(tests, "test"))};
}

Result<CheckResult> check(const CheckParams& params, Context& context) {
    static_cast<void>(context);
    auto checked = check_rules({params.path});
    if (!checked) return pass(checked);
    CheckResult result;
    result.files = checked->files;
    result.documents = static_cast<std::int64_t>(checked->rules.documents.size());
    result.articles = std::count_if(checked->rules.articles.begin(), checked->rules.articles.end(),
                                    [](const Article& one) { return one.level == "main"; });
    result.measures = static_cast<std::int64_t>(checked->rules.measures.size());
    result.tests = checked->tests;
    result.tests_failed = checked->tests_failed;
    result.errors = std::move(checked->errors);
    result.warnings = std::move(checked->warnings);
    return result;
}

std::vector<Text> DiffResult::headline() const {
    std::vector<Text> lines{text({"{} measures added, {} removed, {} changed; {} documents and {} articles changed",
                                  "措施：新增 {}，删除 {}，变更 {}；变更的文件 {}，条文 {}"},
                                 added.size(), removed.size(), changed.size(), documents.size(), articles.size())};
    PeopleTable table({{"id", "标识"}, {"field", "字段"}, {"old", "原值"}, {"new", "新值"}});
    for (const auto& id : added) table.add({plain(id), {"(added)", "（新增）"}, plain("–"), plain(id)});
    for (const auto& id : removed) table.add({plain(id), {"(removed)", "（删除）"}, plain(id), plain("–")});
    for (const auto* list : {&documents, &articles, &changed})
        for (const auto& one : *list)
            for (const auto& field : one.fields)
                table.add({plain(one.id), plain(field.field), plain(field.before.value_or("–")),
                           plain(field.after.value_or("–"))});
    if (!table.empty()) {
        lines.push_back({"", ""});
        table.print(lines);
    }
    if (impact.old_total_yuan && impact.new_total_yuan)
        lines.push_back(text({"For the applicant: {} before, {} after", "对申请者：由 {} 变为 {}"},
                             amount_text(*impact.old_total_yuan), amount_text(*impact.new_total_yuan)));
    return lines;
}

Result<DiffResult> diff(const DiffParams& params, Context& context) {
    const auto before = load_rules({params.before});
    if (!before) return pass(before);
    const auto after = load_rules({params.after});
    if (!after) return pass(after);
    DiffResult result;
    for (const auto& one : after->measures)
        if (before->measure(one.id) == nullptr) result.added.push_back(one.id);
    for (const auto& one : before->measures)
        if (after->measure(one.id) == nullptr) result.removed.push_back(one.id);
    result.changed = changed_in(*before, *after, before->measures, after->measures, false);
    result.documents = changed_in(*before, *after, before->documents, after->documents, true);
    result.articles = changed_in(*before, *after, before->articles, after->articles, true);
    if (params.profile.empty()) return result;
    const auto was = best_total(*before, params.profile, context);
    if (!was) return pass(was);
    const auto is = best_total(*after, params.profile, context);
    if (!is) return pass(is);
    result.impact = {*was, *is};
    return result;
}

}  // namespace leaven::policy
