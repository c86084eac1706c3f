// The page: one file that asks for nothing, in both languages, whatever the dossier holds.

#include <cstdlib>
#include <functional>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <pugixml.hpp>
#include <rapidcheck/gtest.h>

#include <leaven/core/file.hpp>
#include <leaven/op/json.hpp>
#include <leaven/report/report.hpp>

#include "dossier.hpp"
#include "html.hpp"
#include "plot.hpp"

namespace leaven::report {
namespace {

Json sample() {
    const auto bytes = read_file(std::string(LEAVEN_SOURCE_DIR) + "/src/app/report/test/sample.json");
    if (!bytes) throw std::logic_error(bytes.error().message.en);
    return Json::parse(*bytes);
}

const ReportAssets picture{.map_svg = "<svg class=\"flux-map\" viewBox=\"0 0 10 10\"><path d=\"M0 0L9 9\"/></svg>"};

struct Page {
    std::string bytes;
    pugi::xml_document document;

    explicit Page(const Json& dossier, Lang lang = Lang::en) : bytes(render_report(dossier, picture, lang)) {
        const auto parsed = document.load_string(bytes.c_str(), pugi::parse_full | pugi::parse_ws_pcdata);
        if (!parsed)
            throw std::logic_error(std::string(parsed.description()) + " at " +
                                   bytes.substr(static_cast<std::size_t>(parsed.offset), 80));
    }

    [[nodiscard]] std::size_t count(const std::string& path) const {
        return document.select_nodes(path.c_str()).size();
    }

    /// Everything that stands between tags, blanks squeezed, in one of the languages.
    [[nodiscard]] std::string text(const std::string& lang) const {
        std::string out;
        const std::string other = lang == "en" ? "zh-Hans" : "en";
        const std::function<void(pugi::xml_node)> walk = [&](pugi::xml_node node) {
            const bool translated =
                std::string_view(node.attribute("class").value()).substr(0, 1) == "t" && node.attribute("lang");
            if (translated && other == node.attribute("lang").value()) return;
            const std::string_view name = node.name();
            if (name == "style" || name == "script" || name == "head") return;
            if (node.type() == pugi::node_pcdata) out += node.value();
            for (const auto child : node.children()) walk(child);
        };
        walk(document.document_element());
        return out;
    }

    [[nodiscard]] bool says(const std::string& words, const std::string& lang = "en") const {
        return text(lang).find(words) != std::string::npos;
    }
};

/// Calls `visit` for every value in the dossier, outer before inner.
void for_each_value(Json& value, const std::function<void(Json&)>& visit) {
    visit(value);
    if (value.is_structured())
        for (auto& inner : value) for_each_value(inner, visit);
}

void expect_no_request(const Page& page) {
    EXPECT_EQ(page.bytes.find("http:"), std::string::npos);
    EXPECT_EQ(page.bytes.find("https:"), std::string::npos);
    EXPECT_EQ(page.bytes.find("url("), std::string::npos);
    EXPECT_EQ(page.bytes.find("@import"), std::string::npos);
    EXPECT_EQ(page.count("//*[@src or @srcset or @poster or @action or @data]"), 0U);
    EXPECT_EQ(page.count("//img | //iframe | //object | //embed | //video | //audio | //base | //form"), 0U);
    for (const auto& link : page.document.select_nodes("//*[@href]")) {
        const std::string_view href = link.node().attribute("href").value();
        EXPECT_TRUE(href.starts_with("#") || href == "data:,") << href;
    }
}

TEST(Report, asks_for_nothing_from_any_other_place) {
    expect_no_request(Page(sample()));
    expect_no_request(Page(Json::object()));
}

TEST(Report, is_the_same_for_the_same_dossier) {
    EXPECT_EQ(render_report(sample(), picture), render_report(sample(), picture));
}

TEST(Report, says_the_answer_first_in_both_languages) {
    const Page page(sample());
    EXPECT_TRUE(
        page.says("Knock out lossA (g2) and g<3>: at any rate of growth, the cell then has to make Product <1>."));
    EXPECT_TRUE(page.says("敲除 lossA (g2) 和 g<3>：细胞无论生长快慢，必然合成 Product <1>。", "zh-Hans"));
    for (const auto* number :
         {"7.500 mmol/gDW/h", "0.7500 mol/mol", "37.50 %", "0.6250 1/h", "62.50 %", "2.000 mol/mol", "1,234"}) {
        EXPECT_TRUE(page.says(number)) << number;
        EXPECT_TRUE(page.says(number, "zh-Hans")) << number;
    }
    EXPECT_TRUE(page.says("Proved: no other set of up to 2 genes guarantees more."));
    EXPECT_TRUE(page.says("Verified"));
}

TEST(Report, reads_well_where_there_is_no_design) {
    auto dossier = sample();
    dossier["designs"]["designs"] = Json::array();
    dossier["envelope"]["best"] = nullptr;
    dossier["fluxes"]["best"] = Json::array();
    dossier["targets"]["rows"] = Json::array();
    const Page page(dossier);
    EXPECT_TRUE(page.says("No set of up to 2 knocked-out genes makes the growing cell produce Product <1>."));
    EXPECT_TRUE(page.says("Proved: no set of up to 2 genes guarantees any product."));
    EXPECT_FALSE(page.says("best design"));
    dossier["designs"]["complete"] = false;
    EXPECT_TRUE(Page(dossier).says("Not proved"));
    dossier["designs"]["wild_type"]["growth"] = nullptr;
    dossier["host"]["growth"] = nullptr;
    EXPECT_TRUE(Page(dossier).says("The cell cannot grow under these conditions."));
    EXPECT_TRUE(Page(dossier).says("在这些条件下，细胞不能生长。", "zh-Hans"));
}

TEST(Report, opens_in_the_language_asked_for) {
    for (const auto& [lang, tag, title] : {std::tuple{Lang::en, "en", "Product from sugar in a toy network · Leaven"},
                                           std::tuple{Lang::zh, "zh-Hans", "玩具网络以糖生产目标产物 · Leaven"}}) {
        const Page page(sample(), lang);
        EXPECT_STREQ(page.document.document_element().attribute("lang").value(), tag);
        EXPECT_STREQ(page.document.select_node("//title").node().text().get(), title);
        EXPECT_EQ(page.count("//input[@name='lang']"), 2U);
        EXPECT_EQ(page.count(std::string("//input[@name='lang'][@checked][@value='") + tag + "']"), 1U);
    }
}

TEST(Report, no_text_is_in_one_language_only) {
    const Page page(sample());
    const std::string translated = "//*[starts-with(concat(@class,' '),'t ')]";
    EXPECT_GT(page.count(translated), 200U);
    for (const auto& found : page.document.select_nodes((translated + "[@lang='en']").c_str())) {
        auto next = found.node().next_sibling();
        if (next.type() == pugi::node_pcdata) next = next.next_sibling();
        EXPECT_STREQ(next.attribute("lang").value(), "zh-Hans") << found.node().text().get();
        EXPECT_FALSE(next.first_child().empty());
    }
    EXPECT_EQ(page.count(translated + "[@lang='en']"), page.count(translated + "[@lang='zh-Hans']"));
}

TEST(Report, every_link_leads_somewhere_and_identifiers_are_unique) {
    const auto check = [](const Json& dossier) {
        const Page page(dossier);
        std::set<std::string> ids;
        for (const auto& found : page.document.select_nodes("//*[@id]"))
            EXPECT_TRUE(ids.insert(found.node().attribute("id").value()).second)
                << found.node().attribute("id").value();
        for (const auto* attribute : {"href", "for", "aria-labelledby"})
            for (const auto& found : page.document.select_nodes((std::string("//*[@") + attribute + "]").c_str())) {
                std::string to = found.node().attribute(attribute).value();
                if (to.starts_with("data:")) continue;
                if (to.starts_with("#")) to.erase(0, 1);
                EXPECT_TRUE(ids.contains(to)) << attribute << " " << to;
            }
    };
    check(sample());
    check(Json::object());
    auto same_rank = sample();
    same_rank["designs"]["designs"][1]["rank"] = 1;
    check(same_rank);
}

TEST(Report, tables_have_captions_and_headers_and_the_keyboard_reaches_them) {
    const Page page(sample());
    EXPECT_GE(page.count("//table"), 8U);
    EXPECT_EQ(page.count("//table[not(caption)]"), 0U);
    EXPECT_EQ(page.count("//table//th[not(@scope)]"), 0U);
    EXPECT_EQ(page.count("//table[not(../@tabindex='0' and ../@role='region' and ../@aria-labelledby)]"), 0U);
}

TEST(Report, the_check_mark_of_a_design_leads_to_its_certificate) {
    const Page page(sample());
    EXPECT_EQ(page.count("//tr[@id='design-1']//a[@href='#certificate-1']"), 1U);
    EXPECT_EQ(page.count("//tr[@id='certificate-1']"), 1U);
    EXPECT_EQ(page.count("//tr[@id='design-2']//a"), 0U);  // has no certificate
    EXPECT_TRUE(page.says("not verified"));
}

TEST(Report, shows_where_a_balance_is_off) {
    const Page page(sample());
    EXPECT_TRUE(page.says("6 → 7"));
    EXPECT_TRUE(page.says("−1"));
}

TEST(Report, text_of_others_is_shown_and_never_run) {
    const std::string hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&\x01\xFF";
    auto dossier = sample();
    for_each_value(dossier, [&](Json& value) {
        if (value.is_string()) value = hostile;
    });
    const Page page(dossier);
    EXPECT_EQ(page.count("//script"), 1U);
    EXPECT_EQ(page.count("//img"), 0U);
    EXPECT_EQ(page.count("//*[@onerror]"), 0U);
    EXPECT_TRUE(page.says("<script>alert(1)</script>"));
}

TEST(Report, any_part_may_be_absent_or_of_another_type) {
    const auto whole = sample();
    for (const auto& item : whole.items()) {
        auto dossier = whole;
        dossier.erase(item.key());
        EXPECT_NO_THROW(Page{dossier}) << item.key();
        for (const Json& other :
             {Json(nullptr), Json("text"), Json(7), Json(true), Json::array({1, "a"}), Json::object({{"rows", 1}})}) {
            dossier[item.key()] = other;
            EXPECT_NO_THROW(Page{dossier}) << item.key() << " = " << other;
        }
    }
    EXPECT_NO_THROW(Page{Json(nullptr)});
}

RC_GTEST_PROP(Report, any_value_may_be_absent_or_of_another_type, ()) {
    auto dossier = sample();
    std::size_t values = 0;
    for_each_value(dossier, [&](Json&) { ++values; });
    const auto chosen = *rc::gen::inRange<std::size_t>(0, values);
    const std::vector<Json> others{nullptr,
                                   "",
                                   "NaN",
                                   "Infinity",
                                   -1e308,
                                   0,
                                   -7,
                                   true,
                                   Json::array(),
                                   Json::object(),
                                   Json::array({Json::object()})};
    const auto& other = others[*rc::gen::inRange<std::size_t>(0, others.size())];
    std::size_t seen = 0;
    Json* place = nullptr;
    for_each_value(dossier, [&](Json& value) { place = seen++ == chosen ? &value : place; });
    *place = other;
    const Page page(dossier);
    RC_ASSERT(page.count("//script") == 1U);
}

TEST(Report, stays_small_for_a_genome_scale_model) {
    auto dossier = sample();
    auto& fluxes = dossier["fluxes"];
    for (int i = 0; i < 13000; ++i)
        for (const auto* strain : {"wild_type", "best"})
            fluxes[strain].push_back({{"reaction", "REACTION_" + std::to_string(i)},
                                      {"name", "a reaction of a long name"},
                                      {"flux", i * 0.1}});
    EXPECT_LT(render_report(dossier, {.map_svg = std::string(600'000, ' ')}).size(), 1'000'000U);
}

TEST(Ticks, are_round_and_cover_the_range) {
    EXPECT_EQ(ticks(20, 4), (std::vector<double>{0, 5, 10, 15, 20}));
    EXPECT_EQ(ticks(0, 4), (std::vector<double>{0, 1}));
    EXPECT_EQ(ticks(std::nan(""), 4), (std::vector<double>{0, 1}));
}

RC_GTEST_PROP(Ticks, reach_the_largest_value_in_few_steps, ()) {
    const auto largest = *rc::gen::map(rc::gen::inRange(1, 1000000000), [](int n) { return n * 1e-5; });
    const auto found = ticks(largest, 5);
    RC_ASSERT(found.size() >= 3U && found.size() <= 8U);
    RC_ASSERT(found.back() >= largest * (1 - 1e-9));
    RC_ASSERT(found[found.size() - 2] < largest);
}

TEST(Formula, puts_numbers_below_the_line) {
    EXPECT_EQ(formula("C6H12O6"), "C<sub>6</sub>H<sub>12</sub>O<sub>6</sub>");
    EXPECT_EQ(formula("'1"), "&#39;<sub>1</sub>");
    EXPECT_EQ(formula(""), "");
}

TEST(Grouped, sets_commas_every_three_digits) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1234567), "1,234,567");
    EXPECT_EQ(grouped(-100000), "-100,000");
}

/// Two constructs for one place, of which the second alone is warned of its length.
TEST(Report, integrations_stand_apart_from_deletions_and_say_a_common_warning_once) {
    auto dossier = sample();
    const auto edit = [](const char* construct, const Json& warnings) {
        return Json{{"kind", "integration"},
                    {"gene", "lacZ"},
                    {"name", "lacZ"},
                    {"construct", construct},
                    {"start", 363'230},
                    {"end", 366'305},
                    {"cassette", 3'564},
                    {"arms", {{{"side", "left"}, {"sequence", "ACGT"}}, {{"side", "right"}, {"sequence", "ACG"}}}},
                    {"wild_type", 3'461},
                    {"edited", 3'950},
                    {"verified", true},
                    {"warnings", warnings}};
    };
    const Json common{{"en", "no marker"}, {"zh", "没有标记"}};
    const Json own{{"en", "too long"}, {"zh", "过长"}};
    dossier["build"] = {{"genome", "MG1655"},
                        {"method", "lambda_red"},
                        {"edits",
                         {{{"kind", "deletion"}, {"gene", "b2415"}, {"name", "ptsH"}, {"start", 10}, {"end", 20}},
                          edit("p<1>", Json::array({common})),
                          edit("p2", Json::array({common, own}))}}};
    const Page page(dossier);
    EXPECT_EQ(page.count("//table[@id='edits-table']/tbody/tr"), 1U);
    EXPECT_EQ(page.count("//table[@id='integrations-table']/tbody/tr"), 2U);
    for (const auto* words : {"p<1>", "4 + 3,564 + 3", "3,461 → 3,950", "363,231–366,305", "p2: too long"})
        EXPECT_TRUE(page.says(words)) << words;
    EXPECT_TRUE(page.says("p2：过长", "zh-Hans"));
    const auto told = page.text("en");
    EXPECT_EQ(told.find("no marker"), told.rfind("no marker"));
}

// Pages for test/report/axe.mjs, which opens them in a browser: written where LEAVEN_REPORT_PAGES says.
TEST(Pages, are_written_for_the_browser) {
    const char* folder = std::getenv("LEAVEN_REPORT_PAGES");
    if (folder == nullptr) GTEST_SKIP() << "no data set LEAVEN_REPORT_PAGES: a folder for the pages";
    auto none = sample();
    none["designs"]["designs"] = Json::array();
    none["envelope"]["best"] = nullptr;
    none["inserted"] = {{"reactions", Json::array()}, {"metabolites", Json::array()}, {"balance", Json::array()}};
    ASSERT_TRUE(write_file(std::string(folder) + "/sample.html", render_report(sample(), picture, Lang::en)));
    ASSERT_TRUE(write_file(std::string(folder) + "/none.html", render_report(none, picture, Lang::zh)));
    ASSERT_TRUE(write_file(std::string(folder) + "/empty.html", render_report(Json::object(), {}, Lang::en)));
}

}  // namespace
}  // namespace leaven::report
