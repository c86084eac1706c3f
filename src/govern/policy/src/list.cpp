#include <algorithm>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/policy/list.hpp>

#include "people.hpp"

namespace leaven::policy {
namespace {

std::optional<std::string> day(const std::optional<Date>& date) {
    return date ? std::optional(date_text(*date)) : std::nullopt;
}

std::optional<std::string> standing(const Document& document, const std::optional<Date>& on) {
    if (document.is_draft()) return "draft";
    if (!on) return std::nullopt;
    return std::string(word_of(standing_of(document, nullptr, *on)));
}

DocumentRow row_of(const RuleSet& rules, const Document& document, const std::optional<Date>& on) {
    DocumentRow row{document.id,
                    document.title_zh,
                    document.title_en,
                    document.region,
                    document.level,
                    document.legal_status,
                    day(document.issued),
                    day(document.valid_from),
                    day(validity_of(document, nullptr).to),
                    standing(document, on),
                    0,
                    0,
                    document.overlap,
                    document.note};
    for (const auto& article : rules.articles)
        row.articles += article.document == document.id && article.level == "main" ? 1 : 0;
    for (const auto& measure : rules.measures) row.measures += measure.document == document.id ? 1 : 0;
    return row;
}

ArticleRow row_of(const Article& article) {
    return {article.id,       article.document, article.level,   article.part,  article.number, article.title_zh,
            article.title_en, article.agencies, article.classes, article.money, article.quote,  article.note};
}

MeasureRow row_of(const RuleSet& rules, const Measure& measure, const std::optional<Date>& on) {
    constexpr std::array<std::string_view, 3> subjects{"applicant", "project", "contract"};
    MeasureRow row;
    row.id = measure.id;
    row.article = measure.article;
    row.name_zh = measure.name_zh;
    row.name_en = measure.name_en;
    row.instrument = measure.instrument;
    row.subject = subjects[static_cast<std::size_t>(measure.subject)];
    row.when = measure.when.source();
    row.amount_kind = measure.amount.kind;
    row.fixed_yuan = measure.amount.fixed_yuan;
    if (measure.amount.rate) row.rate = measure.amount.rate_text;
    if (measure.amount.base) row.base = rules.facts.facts()[*measure.amount.base].name;
    row.cap_yuan = measure.amount.cap_yuan;
    row.period = word_of(measure.period);
    row.matters = measure.matters;
    row.needs = measure.requires_;
    row.discretion = measure.discretion;
    row.reading = measure.reading;
    row.quote = measure.quote;
    row.standing = standing(*rules.document(measure.document), on);
    return row;
}

/// The amount of a measure before any fact is known.
Text formula_of(const RuleSet& rules, const Measure& measure) {
    const auto& amount = measure.amount;
    Text words;
    if (amount.fixed_yuan) words = plain(amount_text(*amount.fixed_yuan));
    if (amount.rate) {
        const auto label = amount.base ? rules.facts.facts()[*amount.base].label : Text{};
        words = text({"{2} of {0}, rounded down to whole 元", "{1} × {2}，舍去不足 1 元的部分"}, label.en, label.zh,
                     amount.rate_text);
    }
    if (!amount.published()) {
        AmountFound found;
        found.kind = amount.kind;
        words = amount_words(found);
    }
    if (amount.cap_yuan)
        words = text({"{0}, at most {2}", "{1}，最高 {2}"}, words.en, words.zh, amount_text(*amount.cap_yuan));
    if (amount.kind == "ceiling") words = text({"a ceiling: {0}", "上限（不超过）：{1}"}, words.en, words.zh);
    if (measure.period == Period::per_year)
        words = text({"{0}, each calendar year", "{1}，每个自然年"}, words.en, words.zh);
    if (measure.period == Period::per_contract)
        words = text({"{0}, each contract", "{1}，每份合同"}, words.en, words.zh);
    return words;
}

Text validity_words(const Document& document) {
    if (document.is_draft()) return {"a draft: no force, nothing to claim", "草案：无效力，不可申请"};
    const auto validity = validity_of(document, nullptr);
    const auto from = validity.from ? date_text(*validity.from) : std::string("?");
    const auto to = validity.to ? date_text(*validity.to) : std::string("?");
    if (validity.needs_issue && document.valid_years)
        return text(
            {"{0} years from its issue; the date of issue is not stated", "自发布之日起 {0} 年；文本未写明发布日期"},
            *document.valid_years);
    return text({"from {} to {} (both days included; ? = not stated)", "{} 至 {}（含首尾两日；? 为未写明）"}, from, to);
}

void add_pair(std::vector<Text>& lines, Doc label, const Text& value) {
    if (value.empty()) return;
    lines.push_back({fmt::format("  {:<14}{}", label.en, value.en), fmt::format("  {}：{}", label.zh, value.zh)});
}

std::vector<Text> show_lines(const RuleSet& rules, const ShowResult& shown) {
    std::vector<Text> lines;
    if (shown.document) {
        lines.push_back({shown.document->id + "  " + shown.document->title_en,
                         shown.document->id + "  " + shown.document->title_zh});
        add_pair(lines, {"title", "标题"}, plain(shown.document->title_zh));
        add_pair(lines, {"region", "地区"}, plain(shown.document->region));
        add_pair(lines, {"articles", "条文"}, plain(fmt::format("{}", shown.document->articles)));
        add_pair(lines, {"measures", "措施"}, plain(fmt::format("{}", shown.document->measures)));
        add_pair(lines, {"note", "说明"}, plain(shown.document->note));
    }
    if (shown.article) {
        lines.push_back(
            {shown.article->id + "  " + shown.article->title_en, shown.article->id + "  " + shown.article->title_zh});
        add_pair(lines, {"number", "条号"}, plain(shown.article->number + " " + shown.article->title_zh));
        add_pair(lines, {"note", "说明"}, plain(shown.article->note));
        std::string measures;
        for (const auto& measure : rules.measures)
            if (measure.article == shown.id) measures += (measures.empty() ? "" : ", ") + measure.id;
        add_pair(lines, {"measures", "措施"}, plain(measures));
    }
    if (shown.measure) {
        lines.push_back(
            {shown.measure->id + "  " + shown.measure->name_en, shown.measure->id + "  " + shown.measure->name_zh});
        add_pair(lines, {"amount", "金额"}, shown.formula);
        add_pair(lines, {"for", "条件"}, shown.condition);
        add_pair(lines, {"condition", "条件式"}, plain(shown.measure->when));
        add_pair(lines, {"reading", "所采用的理解"}, plain(shown.measure->reading));
    }
    add_pair(lines, {"validity", "有效期"}, shown.validity);
    add_pair(lines, {"agencies", "责任单位"}, plain(join(shown.agencies, "、")));
    add_pair(lines, {"quote", "引文"}, plain(shown.quote));
    return lines;
}

}  // namespace

Result<ListResult> list(const ListParams& params, Context& context) {
    static_cast<void>(context);
    const auto rules = load_rules(params.rules);
    if (!rules) return pass(rules);
    std::optional<Date> on;
    if (!params.on.empty()) {
        const auto given = read_day(params.on, "on");
        if (!given) return pass(given);
        on = *given;
    }
    if (!params.document.empty() && rules->document(params.document) == nullptr) {
        std::vector<std::string> ids;
        for (const auto& one : rules->documents) ids.push_back(one.id);
        return not_found({"there is no document \"{}\"", "没有文件“{}”"}, params.document)
            .at("document")
            .advise({"the documents are: {}", "可用的文件：{}"}, join(ids, ", "));
    }
    ListResult result;
    PeopleTable table({{"document", "文件"},
                       {"title", "标题"},
                       {"region", "地区"},
                       {"status", "状态"},
                       {"articles", "条文"},
                       {"measures", "措施"},
                       {"valid to", "终止日"}});
    for (const auto& document : rules->documents) {
        const bool here = params.region.empty() || inside(params.region, document.region) == Truth::yes;
        if (!here || (!params.document.empty() && document.id != params.document)) continue;
        auto row = row_of(*rules, document, on);
        table.add({plain(row.id),
                   {row.title_en, row.title_zh},
                   plain(row.region),
                   plain(row.standing.value_or(row.legal_status)),
                   plain(fmt::format("{}", row.articles)),
                   plain(fmt::format("{}", row.measures)),
                   plain(row.valid_to.value_or("–"))});
        result.documents.push_back(std::move(row));
    }
    const auto wanted = [&](const std::string& document) {
        return std::any_of(result.documents.begin(), result.documents.end(),
                           [&](const DocumentRow& row) { return row.id == document; });
    };
    for (const auto& article : rules->articles)
        if (wanted(article.document)) result.articles.push_back(row_of(article));
    for (const auto& measure : rules->measures)
        if (wanted(measure.document) && (params.instrument.empty() || measure.instrument == params.instrument))
            result.measures.push_back(row_of(*rules, measure, on));
    const auto mains = std::count_if(result.articles.begin(), result.articles.end(),
                                     [](const ArticleRow& row) { return row.level == "main"; });
    result.lines.push_back(text(
        {"{} documents, {} articles, {} sub-items, {} measures that pay", "{} 份文件，{} 条，{} 个子项，{} 项资金措施"},
        result.documents.size(), mains, static_cast<std::ptrdiff_t>(result.articles.size()) - mains,
        result.measures.size()));
    result.lines.push_back({"", ""});
    table.print(result.lines);
    PeopleTable measures(
        {{"measure", "措施"}, {"name", "名称"}, {"instrument", "支持方式"}, {"subject", "主体"}, {"amount", "金额"}});
    for (const auto& row : result.measures) {
        const auto* measure = rules->measure(row.id);
        measures.add({plain(row.id),
                      {row.name_en, row.name_zh},
                      plain(row.instrument),
                      plain(row.subject),
                      formula_of(*rules, *measure)});
    }
    result.lines.push_back({"", ""});
    if (!measures.empty()) measures.print(result.lines);
    return result;
}

Result<ShowResult> show(const ShowParams& params, Context& context) {
    static_cast<void>(context);
    const auto rules = load_rules(params.rules);
    if (!rules) return pass(rules);
    ShowResult shown;
    shown.id = params.id;
    const auto* document = rules->document(params.id);
    const auto* article = rules->article(params.id);
    const auto* measure = rules->measure(params.id);
    if (document == nullptr && article == nullptr && measure == nullptr) {
        std::vector<std::string> ids;
        for (const auto& one : rules->documents) ids.push_back(one.id);
        for (const auto& one : rules->articles) ids.push_back(one.id);
        for (const auto& one : rules->measures) ids.push_back(one.id);
        const auto near = nearest(params.id, ids);
        return not_found({"there is no document, article or measure \"{}\"", "没有文件、条文或措施“{}”"}, params.id)
            .at(params.id)
            .advise(near.empty() ? Doc{"leaven policy list shows them all{}", "leaven policy list 列出全部{}"}
                                 : Doc{"did you mean {}?", "是否指 {}？"},
                    join(near, ", "));
    }
    if (document != nullptr) {
        shown.document = row_of(*rules, *document, std::nullopt);
        shown.quote = document->validity_quote;
    }
    if (measure != nullptr) {
        shown.measure = row_of(*rules, *measure, std::nullopt);
        shown.formula = formula_of(*rules, *measure);
        shown.condition = measure->when.words(rules->facts);
        shown.quote = measure->quote;
        if (const auto* holds = rules->article(measure->article)) shown.agencies = holds->agencies;
        document = rules->document(measure->document);
    }
    if (article != nullptr) {
        shown.article = row_of(*article);
        shown.agencies = article->agencies;
        if (shown.quote.empty()) shown.quote = article->quote;
        document = rules->document(article->document);
    }
    shown.validity = validity_words(*document);
    shown.lines = show_lines(*rules, shown);
    return shown;
}

}  // namespace leaven::policy
