// The shipped rules against the digest and the texts; faults in rules files by code and line.
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include <leaven/policy/calendar.hpp>
#include <leaven/policy/check.hpp>
#include <leaven/policy/list.hpp>

#include "data_sets.hpp"
#include "quote.hpp"
#include "separated.hpp"

namespace leaven::policy {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) { return (std::ostringstream() << std::ifstream(path).rdbuf()).str(); }

const fs::path shipped_folder = fs::path(LEAVEN_SOURCE_DIR) / "data/policy/rules";

TEST(ShippedRules, are_without_errors_and_every_measure_has_a_yes_and_a_no) {
    Context context;
    const auto checked = check({shipped_folder.string()}, context);
    ASSERT_TRUE(checked) << checked.error().message.en;
    for (const auto& issue : checked->errors)
        ADD_FAILURE() << issue.file << ":" << issue.line << " " << issue.code << " " << issue.message.en;
    for (const auto& issue : checked->warnings)
        EXPECT_EQ(issue.code, "ambiguous") << issue.file << ":" << issue.line << " " << issue.message.en;
    EXPECT_EQ(checked->documents, 5);
    EXPECT_EQ(checked->articles, 103);
    EXPECT_EQ(checked->measures, 66);
    EXPECT_EQ(checked->tests_failed, 0);
}

TEST(ShippedRules, reproduce_the_digest) {
    LEAVEN_DATA_SET(file, "../policy/measures.tsv");
    Context context;
    const auto all = list({}, context);
    ASSERT_TRUE(all);
    const auto rows = separated_rows(bytes_of(file));
    ASSERT_EQ(rows.size(), all->measures.size());
    std::map<std::string, MeasureRow> found;
    for (const auto& row : all->measures) found[row.id] = row;
    const auto money = [](const std::string& words) { return words.empty() ? std::nullopt : parse_amount(words); };
    const auto text = [](const std::string& words) { return words.empty() ? std::nullopt : std::optional(words); };
    for (const auto& row : rows) {
        const auto& measure = found[row.at("id")];
        EXPECT_EQ(measure.article, row.at("article"));
        EXPECT_EQ(measure.name_zh, row.at("name_zh"));
        EXPECT_EQ(measure.name_en, row.at("name_en"));
        EXPECT_EQ(measure.instrument, row.at("instrument"));
        EXPECT_EQ(measure.subject, row.at("subject"));
        EXPECT_EQ(measure.when, row.at("when"));
        EXPECT_EQ(measure.amount_kind, row.at("amount_kind"));
        EXPECT_EQ(measure.fixed_yuan, money(row.at("fixed")));
        EXPECT_EQ(measure.rate, text(row.at("rate")));
        EXPECT_EQ(measure.base, text(row.at("base")));
        EXPECT_EQ(measure.cap_yuan, money(row.at("cap")));
        EXPECT_EQ(measure.period, row.at("period"));
        EXPECT_EQ(measure.matters, split(row.at("matters"), ';'));
        EXPECT_EQ(measure.needs, split(row.at("requires"), ';'));
        EXPECT_EQ(measure.discretion, split(row.at("discretion"), ';'));
        EXPECT_EQ(measure.reading, row.at("reading"));
        EXPECT_EQ(measure.quote, row.at("quote"));
    }
}

TEST(ShippedRules, hold_every_article_and_each_quote_stands_in_its_source) {
    LEAVEN_DATA_SET(file, "../policy/articles.tsv");
    Context context;
    const auto all = list({}, context);
    ASSERT_TRUE(all);
    std::map<std::string, ArticleRow> found;
    for (const auto& row : all->articles) found[row.id] = row;
    const auto rows = separated_rows(bytes_of(file));
    EXPECT_EQ(rows.size(), 117U);
    EXPECT_EQ(found.size(), rows.size());
    for (const auto& row : rows) {
        const auto& article = found[row.at("id")];
        EXPECT_EQ(article.title_zh, row.at("title_zh"));
        EXPECT_EQ(article.title_en, row.at("title_en"));
        EXPECT_EQ(article.agencies, split(row.at("agencies"), ';'));
        EXPECT_EQ(article.classes, split(row.at("classes"), ';'));
        EXPECT_EQ(article.money, row.at("money"));
        EXPECT_EQ(article.level, row.at("level"));
        EXPECT_EQ(article.number, row.at("number"));
    }
    std::map<std::string, std::string> sources;
    for (const auto& row : separated_rows(bytes_of(file.parent_path() / "documents.tsv")))
        sources[row.at("id")] = without_blanks(bytes_of(file.parent_path() / "sources" / row.at("source")));
    for (const auto& article : all->articles) {
        EXPECT_FALSE(article.quote.empty()) << article.id;
        EXPECT_NE(sources[article.document].find(without_blanks(article.quote)), std::string::npos) << article.id;
    }
    for (const auto& measure : all->measures)
        EXPECT_NE(sources[measure.id.substr(0, measure.id.find('/'))].find(without_blanks(measure.quote)),
                  std::string::npos)
            << measure.id;
}

TEST(ShippedRules, the_catalogues_are_those_of_the_digest) {
    LEAVEN_DATA_SET(file, "../policy/facts.tsv");
    EXPECT_EQ(bytes_of(file), bytes_of(fs::path(LEAVEN_SOURCE_DIR) / "data/policy/facts.tsv"));
    EXPECT_EQ(bytes_of(file.parent_path() / "card.tsv"),
              bytes_of(fs::path(LEAVEN_SOURCE_DIR) / "data/policy/card.tsv"));
}

TEST(Calendar, names_what_ends_what_is_due_and_what_has_no_date) {
    Context context;
    CalendarParams params;
    params.on = "2026-11-21";
    params.within = 60;
    const auto found = calendar(params, context);
    ASSERT_TRUE(found);
    int due = 0;
    int ends = 0;
    for (const auto& event : found->events) {
        due += event.kind == "target_due" ? 1 : 0;
        ends += event.kind == "expires" && event.id == "bj-synbio" && event.days == 40 ? 1 : 0;
    }
    EXPECT_EQ(due, 17);
    EXPECT_EQ(ends, 1);
    ASSERT_EQ(found->undated.size(), 2U);
    EXPECT_EQ(found->undated[0].document, "cp-synbio");
    EXPECT_EQ(found->undated[1].document, "tj-biomfg");
}

/// A copy of the example district in which one text is replaced by another.
class Example : public ::testing::Test {
protected:
    void SetUp() override {
        const auto file = leaven::testing::data_set("policy/rules-example/demo.toml");
        if (file.empty()) GTEST_SKIP() << "no data set policy/rules-example/demo.toml";
        folder_ = fs::temp_directory_path() / ("leaven-rules-" + std::to_string(::getpid()));
        fs::create_directories(folder_);
        for (const char* name : {"demo.toml", "demo.tests.toml", "demo.zh.txt"}) {
            original_[name] = bytes_of(file.parent_path() / name);
            std::ofstream(folder_ / name) << original_[name];
        }
    }
    void TearDown() override {
        if (!folder_.empty()) fs::remove_all(folder_);
    }
    CheckResult changed(const std::string& name, const std::string& from, const std::string& to) {
        auto text = original_[name];
        const auto at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        if (at != std::string::npos) text.replace(at, from.size(), to);
        std::ofstream(folder_ / name) << text;
        Context context;
        auto result = check({(folder_ / "demo.toml").string()}, context);
        EXPECT_TRUE(result);
        std::ofstream(folder_ / name) << original_[name];
        return result ? *std::move(result) : CheckResult();
    }
    /// Line of the first place where the text stands in the original.
    std::int64_t line(const std::string& name, const std::string& text) {
        const auto at = original_[name].find(text);
        return 1 + std::count(original_[name].begin(), original_[name].begin() + static_cast<std::ptrdiff_t>(at), '\n');
    }

    fs::path folder_;
    std::map<std::string, std::string> original_;
};

TEST_F(Example, passes_with_its_five_tests) {
    const auto result = changed("demo.toml", "demo", "demo");
    EXPECT_TRUE(result.errors.empty());
    EXPECT_TRUE(result.warnings.size() <= 1) << result.warnings.front().message.en;
    EXPECT_EQ(result.tests, 5);
    EXPECT_EQ(result.tests_failed, 0);
}

TEST_F(Example, each_fault_has_its_code_and_line) {
    struct Fault {
        const char* from;
        const char* to;
        const char* code;
        const char* at;  // a text of the original on the line where it is reported
    };
    const std::vector<Fault> faults{
        {"level = \"district\"", "level = \"district", "syntax", "level = \"district\""},
        {"overlap =", "overlaps =", "unknown_field", "overlap ="},
        {"region = \"demoland/north\"\n", "", "missing_field", "[document]"},
        {"legal_status = \"issued\"", "legal_status = \"final\"", "bad_value", "legal_status"},
        {"period = \"once\"", "period = \"often\"", "bad_value", "period = \"once\""},
        {"valid_to = 2027-12-31", "valid_to = \"soon\"", "bad_value", "valid_to"},
        {"id = \"2\"\nnumber = \"第二条\"", "id = \"1\"\nnumber = \"第二条\"", "duplicate_id", "id = \"2\"\nnumber"},
        {"quote = \"一次性给予不超过10万元奖励\"", "quote = \"一次性给予不超过20万元奖励\"", "quote_not_in_source",
         "quote = \"一次性给予"},
        {"applicant.hnte ==", "applicant.hnt ==", "unknown_fact", "when = 'applicant.kind"},
        {"has \"common_platform\"'", "has common_platform'", "bad_expression", "when = 'project.kinds"},
        {"fixed = \"10万元\"", "fixed = \"10万\"", "bad_amount", "fixed = \"10万元\""},
        {"rate = \"30%\"", "rate = \"130%\"", "bad_amount", "rate = \"30%\""},
        {"base = \"project.total_investment_yuan\", ", "", "bad_amount", "rate = \"30%\""},
        {"valid_to = 2027-12-31", "valid_to = 2024-12-31", "dates_out_of_order", "valid_to"},
        {"article = \"2\"", "article = \"3\"", "dangling_reference", "article = \"2\""},
    };
    for (const auto& fault : faults) {
        const auto result = changed("demo.toml", fault.from, fault.to);
        bool reported = false;
        std::string all;
        for (const auto& issue : result.errors) {
            reported = reported || (issue.code == fault.code && issue.line == line("demo.toml", fault.at));
            all += issue.code + " line " + std::to_string(issue.line) + " " + issue.message.en + "\n";
        }
        EXPECT_TRUE(reported) << fault.to << ": expected " << fault.code << " in line " << line("demo.toml", fault.at)
                              << "\n"
                              << all;
        EXPECT_FALSE(result.solved());
    }
    const auto failed = changed("demo.tests.toml", "yuan = 100000", "yuan = 100001");
    ASSERT_EQ(failed.errors.size(), 1U);
    EXPECT_EQ(failed.errors[0].code, "test_failed");
    EXPECT_EQ(failed.errors[0].line, line("demo.tests.toml", "[[test]]"));
    EXPECT_EQ(failed.tests_failed, 1);
}

TEST_F(Example, all_errors_are_found_in_one_run_and_the_set_is_refused) {
    auto text = original_["demo.toml"];
    for (const auto& [from, to] :
         {std::pair{"fixed = \"10万元\"", "fixed = \"10\""}, std::pair{"applicant.hnte ==", "applicant.hnt =="}})
        text.replace(text.find(from), std::string(from).size(), to);
    std::ofstream(folder_ / "demo.toml") << text;
    const auto rules = load_rules({(folder_ / "demo.toml").string()});
    ASSERT_FALSE(rules);
    EXPECT_EQ(rules.error().code, ErrorCode::bad_input);
    EXPECT_NE(rules.error().message.en.find("bad_amount"), std::string::npos);
    EXPECT_NE(rules.error().message.en.find("unknown_fact"), std::string::npos);
}

TEST_F(Example, diff_names_each_changed_field_and_what_it_means) {
    const auto after = folder_ / "new";
    fs::create_directories(after);
    auto text = original_["demo.toml"];
    for (const auto& [from, to] : {std::pair{"cap = \"500万元\"", "cap = \"400万元\""},
                                   std::pair{"valid_to = 2027-12-31", "valid_to = 2026-12-31"}})
        text.replace(text.find(from), std::string(from).size(), to);
    std::ofstream(after / "demo.toml") << text;
    std::ofstream(after / "demo.zh.txt") << original_["demo.zh.txt"];
    std::ofstream(folder_ / "applicant.toml")
        << "schema = \"leaven.policy.profile/1\"\non = 2026-03-01\ncontracts = []\n[applicant]\nregion = "
           "\"demoland/north\"\n"
           "[[projects]]\nid = \"P1\"\nkinds = [\"common_platform\"]\ntotal_investment_yuan = \"2000万元\"\n";
    DiffParams params;
    params.before = (folder_ / "demo.toml").string();
    params.after = (after / "demo.toml").string();
    params.profile = (folder_ / "applicant.toml").string();
    Context context;
    const auto found = diff(params, context);
    ASSERT_TRUE(found) << found.error().message.en;
    ASSERT_EQ(found->changed.size(), 1U);
    EXPECT_EQ(found->changed[0].id, "demo/2.1");
    ASSERT_EQ(found->changed[0].fields.size(), 1U);
    EXPECT_EQ(found->changed[0].fields[0].field, "amount.cap");
    ASSERT_EQ(found->documents.size(), 1U);
    EXPECT_EQ(found->documents[0].fields[0].field, "valid_to");
    EXPECT_EQ(found->impact.old_total_yuan, 5'000'000);
    EXPECT_EQ(found->impact.new_total_yuan, 4'000'000);
}

}  // namespace
}  // namespace leaven::policy

namespace leaven::policy {
namespace {

/// The fenced block of a page that begins with the given words.
std::string block(const std::string& page, const std::string& begins) {
    const auto from = page.find(begins);
    return from == std::string::npos ? std::string() : page.substr(from, page.find("\n```", from) - from + 1);
}

TEST(SupportPage, its_example_passes_its_own_tests) {
    const auto page = bytes_of(fs::path(LEAVEN_SOURCE_DIR) / "docs/support.md");
    const auto folder = fs::temp_directory_path() / ("leaven-page-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    std::ofstream(folder / "mylake.zh.txt") << block(page, "镜湖区生物制造支持办法");
    std::ofstream(folder / "mylake.toml") << block(page, "schema = \"leaven.policy.rules/1\"");
    std::ofstream(folder / "mylake.tests.toml") << block(page, "[[test]]");
    Context context;
    const auto result = check({(folder / "mylake.toml").string()}, context);
    fs::remove_all(folder);
    ASSERT_TRUE(result);
    for (const auto& issue : result->errors)
        ADD_FAILURE() << issue.file << ":" << issue.line << " " << issue.message.en;
    for (const auto& issue : result->warnings) ADD_FAILURE() << issue.code << " " << issue.message.en;
    EXPECT_EQ(result->tests, 4);
}

}  // namespace
}  // namespace leaven::policy
