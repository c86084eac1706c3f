// Rules as data: documents, their articles, the measures that pay, and the targets of the plans.
//
// One TOML file a document (`leaven.policy.rules/1`), its tests beside it (NAME.tests.toml), the text of the source
// beside it. Everything that is wrong in a set of files is found in one run, with file and line; a set with errors is
// never used in part. Money in whole 元.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <leaven/policy/condition.hpp>
#include <leaven/policy/date.hpp>
#include <leaven/policy/money.hpp>

namespace leaven::policy {

struct Document {
    std::string id;
    std::string title_zh;
    std::string title_en;
    std::string region;
    std::string level;
    std::string legal_status;  // issued | trial | draft_for_comment | draft_for_review
    std::string doc_number;
    std::optional<Date> issued;
    std::optional<Date> valid_from;
    std::optional<std::int64_t> valid_years;
    std::optional<Date> valid_to;
    Condition scope;
    std::string overlap;  // better_not_both | unstated
    std::string source;
    std::string contents;
    std::string validity_quote;
    std::string note;

    [[nodiscard]] bool is_draft() const { return legal_status.starts_with("draft"); }
};

struct Article {
    std::string id;  // "bj-synbio/m3"
    std::string document;
    std::string level = "main";  // main | sub
    std::string part;
    std::string chapter;
    std::string number;
    std::string title_zh;
    std::string title_en;
    std::vector<std::string> agencies;
    std::vector<std::string> classes;
    std::string money;
    std::string note;
    std::string quote;
};

struct Amount {
    std::string kind;  // exact | ceiling | unpublished | rate_unpublished | by_reference
    std::optional<std::int64_t> fixed_yuan;
    std::string rate_text;  // "30%"
    std::optional<Rate> rate;
    std::optional<std::size_t> base;  // slot of a money fact
    std::optional<std::int64_t> cap_yuan;

    /// Is there a figure to claim, once the facts are known?
    [[nodiscard]] bool published() const { return kind == "exact" || kind == "ceiling"; }
};

enum class Period { once, per_year, per_contract };

struct Measure {
    std::string id;
    std::string document;
    std::size_t document_at = 0;  // its place among the rule set's documents
    std::string article;
    std::string name_zh;
    std::string name_en;
    std::string instrument;
    Scope subject = Scope::applicant;
    Condition when;
    Amount amount;
    Period period = Period::once;
    std::vector<std::string> matters;
    std::vector<std::string> requires_;
    std::vector<std::string> cap_groups;
    std::vector<std::string> discretion;
    std::string reading;
    std::string quote;
};

struct CapGroup {
    std::string id;
    std::int64_t cap_yuan = 0;
    bool per_year = false;
};

/// A target of a plan.
struct Indicator {
    std::string id;
    std::string document;
    std::string name_zh;
    std::string name_en;
    std::string type;        // number | milestone
    std::string comparator;  // at_least | range | about | exceed
    std::int64_t low = 0;
    std::optional<std::int64_t> high;
    std::string unit;
    std::string kind;  // added | stock
    std::optional<std::int64_t> baseline;
    Date start;
    Date deadline;
    std::string responsible;
    std::vector<std::string> related_articles;
    std::string note;
    std::string quote;
};

struct RuleSet {
    FactTable facts;
    std::vector<Document> documents;  // each list by id, in natural order
    std::vector<Article> articles;
    std::vector<Measure> measures;
    std::vector<CapGroup> cap_groups;
    std::vector<Indicator> indicators;

    [[nodiscard]] const Document* document(std::string_view id) const;
    [[nodiscard]] const Article* article(std::string_view id) const;
    [[nodiscard]] const Measure* measure(std::string_view id) const;
};

/// One thing that is wrong, or doubtful, in a rules file.
struct Issue {
    std::string file;
    std::int64_t line = 0;
    std::string field;
    std::string code;
    Text message;

    static void describe(auto& p, auto&& v) {
        v(p.file, {.name = "file", .doc = {"file", "文件"}});
        v(p.line, {.name = "line", .doc = {"line", "行"}, .unit = "1"});
        v(p.field, {.name = "field", .doc = {"field", "字段"}});
        v(p.code, {.name = "code", .doc = {"code", "代码"}});
        v(p.message, {.name = "message", .doc = {"what is wrong", "问题"}});
    }
};

struct CheckedRules {
    RuleSet rules;
    std::int64_t files = 0;
    std::int64_t tests = 0;
    std::int64_t tests_failed = 0;
    std::vector<Issue> errors;  // by file and line
    std::vector<Issue> warnings;
};

/// Reads files and folders of rules, and runs their tests; the word `shipped` names the set in the program, whose tests
/// run when Leaven is built.
///
/// Errors  not_found  no such file or folder, or no rules file in it
Result<CheckedRules> check_rules(const std::vector<std::string>& paths);

/// The same as one set to work with; none named: the shipped set.
///
/// Errors  not_found;  bad_input  the whole list of what is wrong
Result<RuleSet> load_rules(const std::vector<std::string>& paths);

/// "m2" before "m10": numbers inside names compare as numbers.
bool natural_less(std::string_view a, std::string_view b);

/// Is a place inside a region: "beijing/changping" is inside "beijing". Unknown where the place is named too coarsely.
Truth inside(std::string_view place, std::string_view region);

}  // namespace leaven::policy
