// Which measures fit an applicant on a day, how much they pay, and what must still be known.
//
// A verdict is the conjunction of standing, region, the document's scope and the measure's condition, in strong Kleene
// logic. Amounts: floor(rate × base), then the cap; whole 元. A draft is never a yes.
#pragma once

#include <leaven/core/context.hpp>
#include <leaven/policy/profile.hpp>

namespace leaven::policy {

enum class Standing { in_force, unknown, not_started, expired, draft };
std::string_view word_of(Standing standing);

/// When a document holds, as far as it is known.
struct Validity {
    std::optional<Date> from;
    std::optional<Date> to;
    bool needs_issue = false;  // the start is not established until the day of issue is known
};
Validity validity_of(const Document& document, const Profile* profile);
Standing standing_of(const Document& document, const Profile* profile, Date on);

struct AmountFound {
    std::string kind;
    std::optional<std::int64_t> yuan;
    std::optional<std::string> rate;
    std::optional<std::string> base;
    std::optional<std::int64_t> base_yuan;
    std::optional<std::int64_t> cap_yuan;
    bool cap_binds = false;
    std::string period;
    std::vector<std::string> missing;

    static void describe(auto& p, auto&& v) {
        v(p.kind, {.name = "kind",
                   .doc = {"kind of amount", "金额类型"},
                   .choices = "exact|ceiling|unpublished|rate_unpublished|by_reference|needs_facts|none"});
        v(p.yuan, {.name = "yuan", .doc = {"amount", "金额"}, .unit = "元"});
        v(p.rate, {.name = "rate", .doc = {"rate", "比例"}});
        v(p.base, {.name = "base", .doc = {"base", "基数"}});
        v(p.base_yuan, {.name = "base_yuan", .doc = {"base amount", "基数金额"}, .unit = "元"});
        v(p.cap_yuan, {.name = "cap_yuan", .doc = {"cap", "上限"}, .unit = "元"});
        v(p.cap_binds, {.name = "cap_binds", .doc = {"cap binds", "受上限约束"}});
        v(p.period, {.name = "period", .doc = {"period", "周期"}, .choices = "once|per_year|per_contract"});
        v(p.missing, {.name = "missing", .doc = {"missing facts", "缺少的事实"}});
    }
};

struct Citation {
    std::string document;
    std::string article;
    std::string number;
    std::string quote;
    std::vector<std::string> agencies;

    static void describe(auto& p, auto&& v) {
        v(p.document, {.name = "document", .doc = {"document", "文件"}});
        v(p.article, {.name = "article", .doc = {"article", "条文"}});
        v(p.number, {.name = "number", .doc = {"number", "条号"}});
        v(p.quote, {.name = "quote", .doc = {"quote", "引文"}});
        v(p.agencies, {.name = "agencies", .doc = {"agencies", "责任单位"}});
    }
};

struct MatchRow {
    std::string measure;
    std::string subject;
    std::string verdict;
    std::string standing;
    std::vector<std::string> missing;
    std::vector<std::string> failed;
    std::optional<std::string> if_issued;
    AmountFound amount;
    std::vector<std::string> discretion;
    Citation citation;
    std::optional<std::int64_t> days_left;
    std::string reading;
    Text why;

    static void describe(auto& p, auto&& v) {
        v(p.measure, {.name = "measure", .doc = {"measure", "措施"}});
        v(p.subject, {.name = "subject", .doc = {"subject", "主体"}});
        v(p.verdict, {.name = "verdict", .doc = {"verdict", "判断"}, .choices = "yes|no|needs_facts"});
        v(p.standing,
          {.name = "standing", .doc = {"standing", "效力"}, .choices = "in_force|unknown|not_started|expired|draft"});
        v(p.missing, {.name = "missing", .doc = {"missing facts", "缺少的事实"}});
        v(p.failed, {.name = "failed", .doc = {"what fails", "不符之处"}});
        v(p.if_issued, {.name = "if_issued", .doc = {"verdict if issued unchanged", "若原样发布的判断"}});
        v(p.amount, {.name = "amount", .doc = {"amount", "金额"}});
        v(p.discretion, {.name = "discretion", .doc = {"discretion", "裁量"}});
        v(p.citation, {.name = "citation", .doc = {"citation", "依据"}});
        v(p.days_left, {.name = "days_left", .doc = {"days left", "剩余天数"}, .unit = "d"});
        v(p.reading, {.name = "reading", .doc = {"reading taken", "所采用的理解"}});
        v(p.why, {.name = "why", .doc = {"why", "理由"}});
    }
};

/// Parameters that every question about an applicant shares.
struct Question {
    std::string profile;
    std::string on;
    std::vector<std::string> rules;

    static void describe(auto& p, auto&& v) {
        v(p.profile, {.name = "profile",
                      .doc = {"profile of the applicant (.toml, .json)", "申请者资料（.toml、.json）"},
                      .format = "path",
                      .required = true,
                      .input = true});
        describe_rest(p, v);
    }
    static void describe_rest(auto& p, auto&& v) {
        v(p.on,
          {.name = "on",
           .doc = {"day to judge on, or `today`; the profile's where empty", "判断日期或 today；留空则取资料中的日期"},
           .format = "date"});
        describe_rules(p, v);
    }
    static void describe_rules(auto& p, auto&& v) {
        v(p.rules, {.name = "rules",
                    .doc = {"rules files or folders, `shipped` among them; the shipped set where empty",
                            "规则文件或文件夹，可含 shipped；留空则用自带规则"},
                    .format = "path"});
    }
};

struct MatchParams : Question {
    static void describe(auto& p, auto&& v) { Question::describe(p, v); }
};

struct MatchResult {
    std::string on;
    std::vector<MatchRow> rows;
    std::vector<Text> lines;  // for people

    static constexpr bool brief = true;
    [[nodiscard]] std::vector<Text> headline() const { return lines; }
    static void describe(auto& p, auto&& v) {
        v(p.on, {.name = "on", .doc = {"day", "日期"}, .format = "date"});
        v(p.rows, {.name = "rows", .doc = {"verdicts", "判断结果"}});
    }
};

Result<MatchResult> match(const MatchParams& params, Context& context);

/// One measure for one subject.
struct Fit {
    const Measure* measure = nullptr;
    const Document* document = nullptr;
    const Subject* subject = nullptr;  // none for the applicant, and where there is no such subject
    std::string label;                 // "applicant", "project:P1", "project:?"
    Truth verdict = Truth::no;
    Truth if_in_force = Truth::no;  // without the standing
    Standing standing = Standing::draft;
};

/// Every measure and subject, by measure and subject in natural order. The profile must outlive the result.
/// The verdicts alone, of many profiles: screen.hpp.
std::vector<Fit> fits(const RuleSet& rules, const Profile& profile, Date on);

/// The amount that fits, whether or not it may be claimed.
AmountFound amount_of(const RuleSet& rules, const Profile& profile, const Fit& fit);

/// The full row of one fit: facts, amount, citation, reasons.
MatchRow row_of(const RuleSet& rules, const Profile& profile, Date on, const Fit& fit);

}  // namespace leaven::policy
