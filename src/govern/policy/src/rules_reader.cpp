#include "rules_reader.hpp"

#include <algorithm>

#include <fmt/core.h>

#include <leaven/core/file.hpp>

#include "quote.hpp"
#include "separated.hpp"

namespace leaven::policy {
namespace {

constexpr std::string_view instruments = "grant|subsidy|reward|voucher|matching|equity|loan|guarantee|tax|service";

Condition read_condition(TableReader& in, std::string_view name, FactTable& facts, std::span<const Scope> scopes) {
    const auto* given = in.value(name);
    if (given == nullptr) return {};
    const auto words = in.text(name);
    if (given->kind != Node::Kind::string) return {};
    auto condition = parse_condition(words, facts, scopes);
    if (condition) return *std::move(condition);
    in.fault(name, condition.error().code, condition.error().message);
    return {};
}

class DocumentReader {
public:
    DocumentReader(const Node& file, const RulesFile& origin, const Findings& findings, std::vector<Issue>& warnings,
                   RuleSet& rules, Lines& lines)
        : file_(file), origin_(origin), findings_(findings), warnings_(warnings), rules_(rules), lines_(lines) {}

    void read() {
        check_schema();
        const auto* table = file_.find("document");
        if (table == nullptr || table->kind != Node::Kind::table) {
            findings_.add(1, "document", "missing_field", {"the file has no [document]", "文件缺少 [document]"});
            return;
        }
        if (!read_document_table(*table)) return;
        for (const auto& one : tables(file_, "article", findings_)) read_article(one);
        for (const auto& one : tables(file_, "cap_group", findings_)) read_cap_group(one);
        for (const auto& one : tables(file_, "measure", findings_)) read_measure(one);
        for (const auto& one : tables(file_, "indicator", findings_)) read_indicator(one);
    }

private:
    void check_schema() {
        TableReader in(file_, "", findings_);
        const auto schema = in.text("schema", true);
        if (!schema.empty() && schema != "leaven.policy.rules/1")
            in.fault("schema", "bad_value",
                     text({"\"{}\" is not leaven.policy.rules/1", "“{}”不是 leaven.policy.rules/1"}, schema));
        for (const char* name : {"document", "article", "measure", "cap_group", "fact", "indicator"}) in.value(name);
        in.finish();
    }

    void warn(std::int64_t line, std::string field, std::string code, Text message) {
        warnings_.push_back({findings_.file, line, std::move(field), std::move(code), std::move(message)});
    }

    bool read_document_table(const Node& table) {
        TableReader in(table, "document.", findings_);
        Document made;
        made.id = in.text("id", true);
        in.titles("title", made.title_zh, made.title_en);
        made.region = in.text("region", true);
        made.level = in.text("level", true);
        made.legal_status = in.word("legal_status", "issued|trial|draft_for_comment|draft_for_review", true);
        made.doc_number = in.text("doc_number");
        made.issued = in.date("issued");
        made.valid_from = in.date("valid_from");
        made.valid_years = in.integer("valid_years", false, 1);
        made.valid_to = in.date("valid_to");
        constexpr std::array only_applicant{Scope::applicant};
        made.scope = read_condition(in, "scope", rules_.facts, only_applicant);
        made.overlap = in.word("overlap", "better_not_both|unstated");
        if (made.overlap.empty()) made.overlap = "unstated";
        made.source = in.text("source");
        made.contents = in.text("contents");
        made.validity_quote = in.text("validity_quote");
        made.note = in.text("note");
        in.finish();
        if (made.id.empty()) return false;
        if (made.id.find('/') != std::string::npos)
            in.fault("id", "bad_value", {"an id has no \"/\"", "标识中不能有“/”"});
        if (rules_.document(made.id) != nullptr) {
            in.fault("id", "duplicate_id", text({"the document {} exists already", "文件 {} 已存在"}, made.id));
            return false;
        }
        check_dates(in, made);
        document_ = made;
        read_source(in);
        check_quote(in, "validity_quote", made.validity_quote);
        rules_.documents.push_back(std::move(made));
        return true;
    }

    static void check_dates(const TableReader& in, Document& made) {
        if (made.valid_years && made.valid_to)
            in.fault("valid_years", "bad_value",
                     {"give valid_to or valid_years, not both", "valid_to 与 valid_years 只能给一个"});
        if (made.valid_years && *made.valid_years > 200)
            in.fault("valid_years", "bad_value", {"more than 200 years", "超过 200 年"});
        const auto start = made.valid_from ? made.valid_from : made.issued;
        if (start && made.valid_to && *made.valid_to < *start)
            in.fault("valid_to", "dates_out_of_order",
                     text({"the end {} is before the start {}", "终止日 {} 早于起始日 {}"}, date_text(*made.valid_to),
                          date_text(*start)));
    }

    void read_source(const TableReader& in) {
        if (origin_.folder.empty()) return;  // a file of the program: its quotes are tested when it is built
        if (document_.source.empty()) {
            warn(in.line(), "document.source", "source_missing",
                 {"no source is named: quotes are not checked", "未注明来源文本，引文未核对"});
            return;
        }
        auto bytes = read_file(origin_.folder / document_.source);
        if (bytes)
            source_ = without_blanks(*bytes);
        else
            warn(in.line_of("source"), "document.source", "source_missing",
                 text({"the source {} is not beside the file: quotes are not checked",
                       "文件旁没有来源文本 {}，引文未核对"},
                      document_.source));
    }

    void check_quote(const TableReader& in, std::string_view name, const std::string& quote) {
        if (quote.empty() || !source_ || source_->find(without_blanks(quote)) != std::string::npos) return;
        in.fault(name, "quote_not_in_source",
                 text({"the quote does not stand in {}", "引文不在 {} 中"}, document_.source));
    }

    template <class T>
    bool take_id(const TableReader& in, T& made, const std::vector<T>& others, std::string_view what) {
        if (made.id.empty()) return false;
        if (made.id.find('/') != std::string::npos)
            in.fault("id", "bad_value",
                     {"ids are short: the document's id is put in front", "标识应简短，文件标识会自动加在前面"});
        made.id = full_id(document_.id, made.id);
        lines_.of[fmt::format("{} {}", what, made.id)] = in.line();
        const bool taken = std::any_of(others.begin(), others.end(), [&](const T& one) { return one.id == made.id; });
        if (taken) in.fault("id", "duplicate_id", text({"the id {} exists already", "标识 {} 已存在"}, made.id));
        return !taken;
    }

    void read_article(const Node& table) {
        TableReader in(table, "article.", findings_);
        Article made;
        made.id = in.text("id", true);
        made.document = document_.id;
        if (in.value("level") != nullptr) made.level = in.word("level", "main|sub");
        made.part = in.text("part");
        made.chapter = in.text("chapter");
        made.number = in.text("number", true);
        in.titles("title", made.title_zh, made.title_en);
        made.agencies = in.words("agencies");
        made.classes = in.words("classes");
        made.money = in.text("money");
        made.note = in.text("note");
        made.quote = in.text("quote");
        in.finish();
        check_quote(in, "quote", made.quote);
        if (made.quote.empty())
            warn(in.line(), "article.quote", "quote_missing", {"the article has no quote", "条文没有引文"});
        if (take_id(in, made, rules_.articles, "article")) rules_.articles.push_back(std::move(made));
    }

    void read_cap_group(const Node& table) {
        TableReader in(table, "cap_group.", findings_);
        CapGroup made;
        made.id = in.text("id", true);
        const auto cap = amount(in, "cap");
        if (in.value("cap") == nullptr) in.missing("cap");
        made.cap_yuan = cap.value_or(0);
        made.per_year = in.word("per", "year|total", true) == "year";
        in.finish();
        if (take_id(in, made, rules_.cap_groups, "cap_group")) rules_.cap_groups.push_back(std::move(made));
    }

    static std::optional<std::int64_t> amount(TableReader& in, std::string_view name) {
        const auto* given = in.value(name);
        if (given == nullptr) return std::nullopt;
        if (given->kind == Node::Kind::string)
            if (const auto yuan = parse_amount(given->string)) return yuan;
        in.fault(name, "bad_amount",
                 {"write a number with its unit, such as \"500万元\"", "请写成带单位的数，如“500万元”"});
        return std::nullopt;
    }

    Amount read_amount(const Node& table, Scope subject) {
        TableReader in(table, "measure.amount.", findings_);
        Amount made;
        made.kind = in.word("kind", "exact|ceiling|unpublished|rate_unpublished|by_reference", true);
        made.fixed_yuan = amount(in, "fixed");
        made.cap_yuan = amount(in, "cap");
        made.rate_text = in.text("rate");
        if (!made.rate_text.empty()) {
            made.rate = parse_rate(made.rate_text);
            if (!made.rate)
                in.fault("rate", "bad_amount", {"a rate is above 0 and at most 100%", "比例应大于 0 且不超过 100%"});
        }
        const auto base = in.text("base");
        if (!base.empty()) made.base = base_slot(in, base, subject);
        in.finish();
        if (!made.rate_text.empty() && base.empty())
            in.fault("rate", "bad_amount", {"a rate needs a base", "有比例须有基数"});
        if (made.published() && in.value("fixed") == nullptr && made.rate_text.empty())
            in.fault("kind", "bad_amount",
                     {"an amount needs `fixed`, or `rate` and `base`: a cap alone is none",
                      "金额须有 fixed 或 rate 与 base，只有上限不算金额"});
        if (in.value("fixed") != nullptr && !made.rate_text.empty())
            in.fault("fixed", "bad_amount", {"give `fixed` or `rate`, not both", "fixed 与 rate 只能给一个"});
        return made;
    }

    std::optional<std::size_t> base_slot(TableReader& in, const std::string& name, Scope subject) {
        const auto slot = rules_.facts.find(name);
        if (!slot) {
            in.fault("base", "unknown_fact", text({"there is no fact \"{}\"", "没有事实“{}”"}, name));
            return std::nullopt;
        }
        const auto& fact = rules_.facts.facts()[*slot];
        if (fact.type != FactType::money || (fact.scope() != Scope::applicant && fact.scope() != subject)) {
            in.fault("base", "bad_amount", text({"{} is no money of this subject", "{} 不是该主体的金额"}, name));
            return std::nullopt;
        }
        return slot;
    }

    void read_measure(const Node& table) {
        TableReader in(table, "measure.", findings_);
        Measure made;
        made.id = in.text("id", true);
        made.document = document_.id;
        made.article = in.text("article", true);
        if (!made.article.empty()) made.article = full_id(document_.id, made.article);
        in.titles("name", made.name_zh, made.name_en);
        made.instrument = in.word("instrument", instruments, true);
        const auto subject = in.word("subject", "applicant|project|contract", true);
        made.subject = subject == "project"    ? Scope::project
                       : subject == "contract" ? Scope::contract
                                               : Scope::applicant;
        const std::array scopes{Scope::applicant, made.subject};
        made.when = read_condition(in, "when", rules_.facts, scopes);
        if (const auto* given = in.table("amount", true)) made.amount = read_amount(*given, made.subject);
        const auto period = in.word("period", "once|per_year|per_contract", true);
        made.period = period == "per_year"       ? Period::per_year
                      : period == "per_contract" ? Period::per_contract
                                                 : Period::once;
        if (made.period == Period::per_contract && made.subject != Scope::contract)
            in.fault("period", "bad_value",
                     {"per_contract needs the subject contract", "per_contract 须以 contract 为主体"});
        made.matters = in.words("matters");
        made.requires_ = full_ids(document_.id, in.words("requires"));
        made.cap_groups = full_ids(document_.id, in.words("cap_groups"));
        made.discretion = in.words("discretion", "up_to|criteria|tiers|recognition|selection");
        made.reading = in.text("reading");
        made.quote = in.text("quote");
        in.finish();
        check_measure_quote(in, made);
        if (take_id(in, made, rules_.measures, "measure")) rules_.measures.push_back(std::move(made));
    }

    void check_measure_quote(const TableReader& in, const Measure& made) {
        if (made.quote.empty()) {
            warn(in.line(), "measure.quote", "quote_missing", {"the measure has no quote", "措施没有引文"});
            return;
        }
        check_quote(in, "quote", made.quote);
        const auto* article = rules_.article(made.article);
        const auto where =
            article != nullptr && !article->quote.empty() ? without_blanks(article->quote) : source_.value_or("");
        if (occurrences(where, without_blanks(made.quote)) > 1)
            warn(in.line_of("quote"), "measure.quote", "ambiguous",
                 {"the quote stands more than once in its article", "引文在条文中出现不止一次"});
        for (const auto& [name, yuan] :
             {std::pair{"fixed", made.amount.fixed_yuan}, std::pair{"cap", made.amount.cap_yuan}})
            if (yuan && !amount_in_quote(made.quote, *yuan))
                warn(in.line_of("amount"), fmt::format("measure.amount.{}", name), "amount_not_in_quote",
                     text({"the quote does not say {}", "引文中没有 {}"}, amount_text(*yuan)));
        if (made.amount.rate && !rate_in_quote(made.quote, *made.amount.rate))
            warn(in.line_of("amount"), "measure.amount.rate", "amount_not_in_quote",
                 text({"the quote does not say {}", "引文中没有 {}"}, made.amount.rate_text));
    }

    void read_indicator(const Node& table) {
        TableReader in(table, "indicator.", findings_);
        Indicator made;
        made.id = in.text("id", true);
        made.document = document_.id;
        in.titles("name", made.name_zh, made.name_en);
        made.type = in.word("type", "number|milestone", true);
        made.comparator = in.word("comparator", "at_least|range|about|exceed", true);
        made.low = in.integer("low", true).value_or(0);
        made.high = in.integer("high");
        made.unit = in.text("unit", true);
        made.kind = in.word("kind", "added|stock", true);
        made.baseline = in.integer("baseline");
        const auto start = in.date("start", true);
        const auto deadline = in.date("deadline", true);
        made.responsible = in.text("responsible");
        made.related_articles = full_ids(document_.id, in.words("related_articles"));
        made.note = in.text("note");
        made.quote = in.text("quote");
        in.finish();
        check_quote(in, "quote", made.quote);
        if (made.comparator == "range" && !made.high) in.missing("high");
        if (made.high && *made.high < made.low) in.fault("high", "bad_value", {"high is below low", "high 小于 low"});
        if (start && deadline && *deadline <= *start)
            in.fault("deadline", "dates_out_of_order", {"the deadline is not after the start", "截止日不晚于起始日"});
        made.start = start.value_or(Date{});
        made.deadline = deadline.value_or(Date{});
        if (take_id(in, made, rules_.indicators, "indicator")) rules_.indicators.push_back(std::move(made));
    }

    const Node& file_;
    const RulesFile& origin_;
    const Findings& findings_;
    std::vector<Issue>& warnings_;
    RuleSet& rules_;
    Lines& lines_;
    Document document_;
    std::optional<std::string> source_;
};

}  // namespace

void read_document(const Node& file, const RulesFile& origin, const Findings& findings, std::vector<Issue>& warnings,
                   RuleSet& rules, Lines& lines) {
    DocumentReader(file, origin, findings, warnings, rules, lines).read();
}

}  // namespace leaven::policy
