// What the rules hold: documents, articles, measures; and everything about one of them.
#pragma once

#include <leaven/core/context.hpp>
#include <leaven/policy/match.hpp>

namespace leaven::policy {

struct DocumentRow {
    std::string id, title_zh, title_en, region, level, legal_status;
    std::optional<std::string> issued, valid_from, valid_to, standing;
    std::int64_t articles = 0;
    std::int64_t measures = 0;
    std::string overlap, note;

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"document", "文件"}});
        v(p.title_zh, {.name = "title_zh", .doc = {"title in Chinese", "标题"}});
        v(p.title_en, {.name = "title_en", .doc = {"title in English", "英文标题"}});
        v(p.region, {.name = "region", .doc = {"region", "地区"}});
        v(p.level, {.name = "level", .doc = {"level", "层级"}});
        v(p.legal_status, {.name = "legal_status", .doc = {"legal status", "法律状态"}});
        v(p.issued, {.name = "issued", .doc = {"issued", "发布日期"}, .format = "date"});
        v(p.valid_from, {.name = "valid_from", .doc = {"valid from", "起始日"}, .format = "date"});
        v(p.valid_to, {.name = "valid_to", .doc = {"valid to", "终止日"}, .format = "date"});
        v(p.standing, {.name = "standing", .doc = {"standing", "效力"}});
        v(p.articles, {.name = "articles", .doc = {"articles", "条文数"}, .unit = "1"});
        v(p.measures, {.name = "measures", .doc = {"measures", "措施数"}, .unit = "1"});
        v(p.overlap, {.name = "overlap", .doc = {"rule for crossing", "交叉规则"}});
        v(p.note, {.name = "note", .doc = {"note", "说明"}});
    }
};

struct ArticleRow {
    std::string id, document, level, part, number, title_zh, title_en;
    std::vector<std::string> agencies, classes;
    std::string money, quote, note;

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"article", "条文"}});
        v(p.document, {.name = "document", .doc = {"document", "文件"}});
        v(p.level, {.name = "level", .doc = {"level", "层级"}, .choices = "main|sub"});
        v(p.part, {.name = "part", .doc = {"part", "部分"}});
        v(p.number, {.name = "number", .doc = {"number", "条号"}});
        v(p.title_zh, {.name = "title_zh", .doc = {"title in Chinese", "标题"}});
        v(p.title_en, {.name = "title_en", .doc = {"title in English", "英文标题"}});
        v(p.agencies, {.name = "agencies", .doc = {"agencies", "责任单位"}});
        v(p.classes, {.name = "classes", .doc = {"classes", "类别"}});
        v(p.money, {.name = "money", .doc = {"money", "资金"}});
        v(p.quote, {.name = "quote", .doc = {"quote", "引文"}});
        v(p.note, {.name = "note", .doc = {"note", "说明"}});
    }
};

struct MeasureRow {
    std::string id, article, name_zh, name_en, instrument, subject, when, amount_kind;
    std::optional<std::int64_t> fixed_yuan;
    std::optional<std::string> rate, base;
    std::optional<std::int64_t> cap_yuan;
    std::string period;
    std::vector<std::string> matters;
    std::vector<std::string> needs;
    std::vector<std::string> discretion;
    std::string reading, quote;
    std::optional<std::string> standing;

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"measure", "措施"}});
        v(p.article, {.name = "article", .doc = {"article", "条文"}});
        v(p.name_zh, {.name = "name_zh", .doc = {"name in Chinese", "名称"}});
        v(p.name_en, {.name = "name_en", .doc = {"name in English", "英文名称"}});
        v(p.instrument, {.name = "instrument", .doc = {"instrument", "支持方式"}});
        v(p.subject, {.name = "subject", .doc = {"subject", "主体"}});
        v(p.when, {.name = "when", .doc = {"condition", "条件"}});
        v(p.amount_kind, {.name = "amount_kind", .doc = {"kind of amount", "金额类型"}});
        v(p.fixed_yuan, {.name = "fixed_yuan", .doc = {"fixed amount", "定额"}, .unit = "元"});
        v(p.rate, {.name = "rate", .doc = {"rate", "比例"}});
        v(p.base, {.name = "base", .doc = {"base", "基数"}});
        v(p.cap_yuan, {.name = "cap_yuan", .doc = {"cap", "上限"}, .unit = "元"});
        v(p.period, {.name = "period", .doc = {"period", "周期"}});
        v(p.matters, {.name = "matters", .doc = {"matters", "事项"}});
        v(p.needs, {.name = "requires", .doc = {"needs the award", "须先获得"}});
        v(p.discretion, {.name = "discretion", .doc = {"discretion", "裁量"}});
        v(p.reading, {.name = "reading", .doc = {"reading taken", "所采用的理解"}});
        v(p.quote, {.name = "quote", .doc = {"quote", "引文"}});
        v(p.standing, {.name = "standing", .doc = {"standing", "效力"}});
    }
};

struct ListParams {
    std::string document, region, instrument, on;
    std::vector<std::string> rules;

    static void describe(auto& p, auto&& v) {
        v(p.document, {.name = "document", .doc = {"only this document", "仅此文件"}});
        v(p.region, {.name = "region",
                     .doc = {"only what holds in this region, such as beijing/changping",
                             "仅适用于该地区的内容，如 beijing/changping"}});
        v(p.instrument,
          {.name = "instrument", .doc = {"only measures of this kind, such as subsidy", "仅此类支持方式，如 subsidy"}});
        v(p.on,
          {.name = "on", .doc = {"day to judge standing on, or `today`", "判断效力的日期或 today"}, .format = "date"});
        Question::describe_rules(p, v);
    }
};

struct ListResult {
    std::vector<DocumentRow> documents;
    std::vector<ArticleRow> articles;
    std::vector<MeasureRow> measures;
    std::vector<Text> lines;

    static constexpr bool brief = true;
    [[nodiscard]] std::vector<Text> headline() const { return lines; }
    static void describe(auto& p, auto&& v) {
        v(p.documents, {.name = "documents", .doc = {"documents", "文件"}});
        v(p.articles, {.name = "articles", .doc = {"articles", "条文"}});
        v(p.measures, {.name = "measures", .doc = {"measures", "措施"}});
    }
};

Result<ListResult> list(const ListParams& params, Context& context);

struct ShowParams {
    std::string id;
    std::vector<std::string> rules;

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id",
                 .doc = {"document, article or measure", "文件、条文或措施的标识"},
                 .required = true,
                 .input = true});
        Question::describe_rules(p, v);
    }
};

struct ShowResult {
    std::string id;
    std::optional<DocumentRow> document;
    std::optional<ArticleRow> article;
    std::optional<MeasureRow> measure;
    std::vector<std::string> agencies;
    std::string quote;
    Text formula;    // of a measure, in words
    Text condition;  // of a measure, in words
    Text validity;
    std::vector<Text> lines;

    static constexpr bool brief = true;
    [[nodiscard]] std::vector<Text> headline() const { return lines; }
    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"id", "标识"}});
        v(p.document, {.name = "document", .doc = {"document", "文件"}});
        v(p.article, {.name = "article", .doc = {"article", "条文"}});
        v(p.measure, {.name = "measure", .doc = {"measure", "措施"}});
        v(p.agencies, {.name = "agencies", .doc = {"agencies", "责任单位"}});
        v(p.quote, {.name = "quote", .doc = {"quote", "引文"}});
        v(p.formula, {.name = "formula", .doc = {"amount in words", "金额说明"}});
        v(p.condition, {.name = "condition", .doc = {"condition in words", "条件说明"}});
        v(p.validity, {.name = "validity", .doc = {"validity", "有效期"}});
    }
};

/// Errors  not_found  nothing of this id
Result<ShowResult> show(const ShowParams& params, Context& context);

}  // namespace leaven::policy
