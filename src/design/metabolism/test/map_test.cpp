// Escher maps read and drawn.

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>
#include <pugixml.hpp>
#include <rapidcheck/gtest.h>

#include <leaven/core/file.hpp>
#include <leaven/metabolism/map.hpp>

#include "data_sets.hpp"
#include "map_svg.hpp"

namespace leaven::metabolism {
namespace {

/// A --R--> B as Escher writes it: two primary metabolites, their markers, a cofactor beside.
constexpr const char* small_map = R"json([
 {"map_name": "small", "schema": "https://escher.github.io/escher/jsonschema/1-0-0#"},
 {"canvas": {"x": 0, "y": 0, "width": 1000, "height": 500},
  "nodes": {
   "1": {"node_type": "metabolite", "x": 100, "y": 250, "bigg_id": "a_c", "name": "A", "node_is_primary": true, "label_x": 100, "label_y": 230},
   "2": {"node_type": "multimarker", "x": 300, "y": 250},
   "3": {"node_type": "midmarker", "x": 500, "y": 250},
   "4": {"node_type": "multimarker", "x": 700, "y": 250},
   "5": {"node_type": "metabolite", "x": 900, "y": 250, "bigg_id": "b_c", "name": "B", "node_is_primary": true, "label_x": 900, "label_y": 230},
   "6": {"node_type": "metabolite", "x": 800, "y": 400, "bigg_id": "h_c", "name": "H", "node_is_primary": false, "label_x": 800, "label_y": 420}},
  "reactions": {"9": {"bigg_id": "R", "name": "A to B", "label_x": 500, "label_y": 200, "reversibility": true,
   "metabolites": [{"bigg_id": "a_c", "coefficient": -1}, {"bigg_id": "b_c", "coefficient": 1}, {"bigg_id": "h_c", "coefficient": 1}],
   "segments": {
    "1": {"from_node_id": "1", "to_node_id": "2", "b1": null, "b2": null},
    "2": {"from_node_id": "2", "to_node_id": "3", "b1": null, "b2": null},
    "3": {"from_node_id": "3", "to_node_id": "4", "b1": null, "b2": null},
    "4": {"from_node_id": "4", "to_node_id": "5", "b1": {"x": 750, "y": 250}, "b2": {"x": 800, "y": 250}},
    "5": {"from_node_id": "4", "to_node_id": "6", "b1": {"x": 750, "y": 250}, "b2": {"x": 800, "y": 300}}}}},
  "text_labels": {"1": {"x": 500, "y": 50, "text": "Steps <of> & life"}}}])json";

EscherMap small() {
    auto map = read_escher_map(small_map, "small.json");
    if (!map) throw std::logic_error(map.error().message.en);
    return *std::move(map);
}

std::string replaced(const std::string& from, const std::string& to) {
    std::string text = small_map;
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("no " + from);
    return text.replace(at, from.size(), to);
}

bool well_formed(const std::string& svg) {
    pugi::xml_document document;
    return static_cast<bool>(document.load_string(svg.c_str(), pugi::parse_full)) &&
           std::string_view(document.document_element().name()) == "svg";
}

/// Tips of the arrowheads of the picture's reactions, left to right; the legend has its own.
std::vector<double> head_tips(const std::string& svg) {
    pugi::xml_document document;
    document.load_string(svg.c_str());
    std::vector<double> tips;
    for (const auto& group : document.document_element().children("g")) {
        if (std::string_view(group.attribute("class").value()) == "legend") continue;
        const std::string heads = group.find_child_by_attribute("path", "class", "head").attribute("d").value();
        for (auto at = heads.find('M'); at != std::string::npos; at = heads.find('M', at + 1))
            tips.push_back(std::stod(heads.substr(at + 1)));
    }
    std::sort(tips.begin(), tips.end());
    return tips;
}

struct Published {
    const char* file;
    std::size_t reactions, nodes;
};

class PublishedMap : public ::testing::TestWithParam<Published> {};

TEST_P(PublishedMap, is_read_whole_and_drawn) {  // counted with Python's json
    const auto& [file, reactions, nodes] = GetParam();
    LEAVEN_DATA_SET(path, std::string("metabolism/maps/") + file);
    const auto bytes = read_file(path);
    ASSERT_TRUE(bytes);
    const auto map = read_escher_map(*bytes, file);
    ASSERT_TRUE(map) << map.error().message.en << " " << map.error().where;
    EXPECT_EQ(map->reactions.size(), reactions);
    EXPECT_EQ(map->nodes.size(), nodes);
    const auto picture = draw_map(*map, {});
    EXPECT_TRUE(well_formed(picture.svg));
    EXPECT_EQ(picture.drawn, 0);
    EXPECT_LT(picture.svg.size(), 600'000U);
}

INSTANTIATE_TEST_SUITE_P(Escher, PublishedMap,
                         ::testing::Values(Published{"RECON1.Glycolysis_TCA_PPP.json.gz", 43, 216},
                                           Published{"e_coli_core.Core_metabolism.json.gz", 95, 462},
                                           Published{"iJO1366.Central_metabolism.json.gz", 205, 1057},
                                           Published{"iJO1366.Fatty_acid_biosynthesis_saturated.json.gz", 54, 356},
                                           Published{"iMM904.Central_carbon_metabolism.json.gz", 72, 382}));

TEST(EscherReader, says_where_a_map_is_broken) {
    const auto where = [](const std::string& bytes) {
        const auto map = read_escher_map(bytes, "m.json");
        EXPECT_FALSE(map);
        if (map) return std::string("read");
        EXPECT_EQ(map.error().code, ErrorCode::bad_input);
        EXPECT_FALSE(map.error().message.zh.empty() || map.error().hint.en.empty() || map.error().hint.zh.empty());
        return map.error().where;
    };
    EXPECT_EQ(where("[1, 2"), "m.json, line 1");
    EXPECT_EQ(where("{}"), "m.json");
    EXPECT_EQ(where("[{}, {}]"), "m.json");
    EXPECT_EQ(where("[{}, {\"nodes\": {}, \"reactions\": []}]"), "m.json");
    EXPECT_EQ(where(replaced("\"to_node_id\": \"5\"", "\"to_node_id\": \"55\"")), "m.json, reaction R");
    EXPECT_EQ(where(replaced("\"to_node_id\": \"5\"", "\"to_node_id\": 5.5")), "m.json, reaction R");
    EXPECT_EQ(where(replaced("\"x\": 900", "\"x\": \"900\"")), "m.json, node 5");
    EXPECT_EQ(where(replaced("\"x\": 900", "\"x\": 1e300")), "m.json, node 5");
    EXPECT_EQ(where(replaced("\"x\": 900", "\"x\": 1e999")), "m.json");
    EXPECT_EQ(where(replaced("\"x\": 900", "\"x\": NaN")), "m.json, line 9");
    EXPECT_EQ(where(replaced("\"b2\": {\"x\": 800, \"y\": 300}", "\"b2\": {\"x\": 800}")), "m.json, reaction R");
    EXPECT_EQ(where(replaced("\"bigg_id\": \"R\"", "\"bigg_id\": []")), "m.json, reaction 9");
    EXPECT_EQ(where(replaced("\"width\": 1000", "\"width\": -1")), "m.json");
    EXPECT_EQ(where(std::string(100000, '[')), "m.json, line 1");
}

TEST(EscherReader, takes_any_change_of_a_byte_without_harm) {
    const std::string whole = small_map;
    std::mt19937 random(7);
    int read = 0;
    for (int i = 0; i < 10000; ++i) {
        auto bytes = whole;
        bytes[random() % bytes.size()] = static_cast<char>(random() % 256);
        if (random() % 8 == 0) bytes.resize(random() % bytes.size());
        const auto map = read_escher_map(bytes, "m.json");
        if (!map) continue;
        ++read;
        const std::vector<NamedFlux> fluxes{{"R", 1.0}};
        ASSERT_TRUE(well_formed(draw_map(*map, fluxes).svg)) << bytes;
    }
    EXPECT_GT(read, 1000);
}

TEST(DrawMap, heads_point_to_what_is_made) {
    const auto map = small();
    const auto forward = head_tips(draw_map(map, std::vector<NamedFlux>{{"R", 2.0}}).svg);
    ASSERT_EQ(forward.size(), 2U);  // at B and at H, right of the middle
    EXPECT_GT(forward.front(), 500);
    const auto backward = head_tips(draw_map(map, std::vector<NamedFlux>{{"R", -2.0}}).svg);
    ASSERT_EQ(backward.size(), 1U);  // at A
    EXPECT_LT(backward.front(), 500);
    EXPECT_TRUE(head_tips(draw_map(map, std::vector<NamedFlux>{{"R", 0.0}}).svg).empty());
}

TEST(DrawMap, counts_what_is_drawn_and_names_what_is_missing) {
    const auto map = small();
    const auto with = draw_map(map, std::vector<NamedFlux>{{"R", 0.0}, {"OTHER", 3.0}});
    EXPECT_EQ(with.drawn, 1);
    EXPECT_TRUE(with.missing.empty());
    const auto without = draw_map(map, std::vector<NamedFlux>{{"OTHER", 3.0}, {"R", std::nan("")}});
    EXPECT_EQ(without.drawn, 0);
    EXPECT_EQ(without.missing, std::vector<std::string>{"R"});
}

TEST(DrawMap, shows_the_text_of_others_and_never_runs_it) {
    auto map = small();
    const std::string hostile = "<script>alert('1')</script>\"&";
    map.reactions[0].id = map.reactions[0].name = map.nodes[0].metabolite = map.nodes[0].name = hostile;
    map.name = map.texts[0].text = hostile;
    const auto svg = draw_map(map, std::vector<NamedFlux>{{hostile, 1.0}}, {.title = {hostile, hostile}}).svg;
    EXPECT_TRUE(well_formed(svg));
    EXPECT_EQ(svg.find("<script"), std::string::npos);
    EXPECT_NE(svg.find("&lt;script&gt;"), std::string::npos);
}

TEST(DrawComparison, says_how_a_flux_changed_and_where_it_goes) {
    const auto map = small();
    const auto lines = [&](double before, double after) {
        const auto svg =
            draw_comparison(map, std::vector<NamedFlux>{{"R", before}}, std::vector<NamedFlux>{{"R", after}}).svg;
        return svg.substr(0, svg.find("<g class=\"legend\">"));
    };
    const auto is = [&](double before, double after, const std::string& kind) {
        return lines(before, after).find("<g class=\"f " + kind + "\"") != std::string::npos;
    };
    EXPECT_TRUE(is(1, 3, "more"));
    EXPECT_TRUE(is(-1, -3, "more"));
    EXPECT_TRUE(is(0, -3, "more"));
    EXPECT_TRUE(is(3, 1, "less"));
    EXPECT_TRUE(is(3, 0, "less"));
    EXPECT_TRUE(is(2, -1, "turned"));
    EXPECT_TRUE(is(2, 2, "idle"));
    EXPECT_NE(lines(1, 3.5).find("1.000 → 3.500 mmol/gDW/h"), std::string::npos);
    // Heads as those of the flux afterwards; of the flux before where it stops.
    const auto after = head_tips(draw_map(map, std::vector<NamedFlux>{{"R", -1.0}}).svg);
    EXPECT_EQ(head_tips(lines(2, -1)).size(), after.size());
    EXPECT_LT(head_tips(lines(2, -1)).front(), 500);
    EXPECT_GT(head_tips(lines(2, 0)).front(), 500);
    EXPECT_EQ(draw_comparison(map, std::vector<NamedFlux>{{"R", 1.0}}, {}).drawn, 0);
}

TEST(DrawMap, crosses_out_what_a_design_switches_off) {
    const auto map = small();
    const std::vector<NamedFlux> fluxes{{"R", 0.0}};
    const auto count = [](const std::string& text, const std::string& part) {
        std::size_t found = 0;
        for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
        return found;
    };
    const auto crosses = [&](const std::vector<std::string>& off) {
        return count(draw_map(map, fluxes, {.switched_off = off}).svg, "<g class=\"off\"");
    };
    EXPECT_EQ(crosses({}), 0U);
    EXPECT_EQ(crosses({"R"}), 2U);  // on the map and in the legend
    EXPECT_EQ(crosses({"UNKNOWN"}), 0U);
}

TEST(DrawMap, inlined_in_a_page_names_no_address_and_stands_alone_otherwise) {
    const auto map = small();
    EXPECT_EQ(draw_map(map, {}, {.inlined = true}).svg.find("http"), std::string::npos);
    const auto alone = draw_map(map, {}).svg;
    for (const auto* part :
         {"xmlns=\"http://www.w3.org/2000/svg\"", "role=\"img\"", "<title id=", "<desc id=", "lang=\"en\""})
        EXPECT_NE(alone.find(part), std::string::npos) << part;
    EXPECT_NE(draw_map(map, {}, {.lang = Lang::zh}).svg.find("lang=\"zh-Hans\" role"), std::string::npos);
}

RC_GTEST_PROP(FluxScale, widths_and_shades_do_not_depend_on_the_unit_of_flux, ()) {
    const auto fluxes = *rc::gen::nonEmpty(rc::gen::container<std::vector<double>>(
        rc::gen::map(rc::gen::inRange(-100000, 100000), [](int n) { return n * 1e-3; })));
    auto doubled = fluxes;
    for (auto& flux : doubled) flux *= 4;
    const FluxScale one(fluxes);
    const FluxScale four(doubled);
    for (std::size_t i = 0; i < fluxes.size(); ++i) {
        RC_ASSERT(one.width(fluxes[i]) == four.width(doubled[i]));
        RC_ASSERT(one.shade(fluxes[i]) == four.shade(doubled[i]));
    }
}

RC_GTEST_PROP(FluxScale, more_flux_is_never_thinner_or_nearer_to_the_ground, (std::vector<int> values)) {
    std::vector<double> fluxes;
    for (const int value : values) fluxes.push_back(value * 1e-3);
    const FluxScale scale(fluxes);
    std::sort(fluxes.begin(), fluxes.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
    for (std::size_t i = 1; i < fluxes.size(); ++i) {
        RC_ASSERT(scale.width(fluxes[i - 1]) <= scale.width(fluxes[i]));
        RC_ASSERT(scale.shade(fluxes[i - 1]) <= scale.shade(fluxes[i]));
    }
}

TEST(FluxScale, one_runaway_cycle_does_not_dim_the_rest) {
    std::vector<double> fluxes(100, 10.0);
    fluxes.push_back(1000);
    const FluxScale scale(fluxes);
    EXPECT_TRUE(scale.cut);
    EXPECT_EQ(scale.reference, 30);
}

}  // namespace
}  // namespace leaven::metabolism
