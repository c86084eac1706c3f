// Pictures without a map: paths of carbon, layers, drawing.

#include <map>
#include <set>

#include <gtest/gtest.h>
#include <pugixml.hpp>
#include <rapidcheck/gtest.h>

#include "map_carbon.hpp"
#include "map_layers.hpp"
#include "map_paths.hpp"
#include "map_svg.hpp"

namespace leaven::metabolism {
namespace {

/// A model from equations such as {"GLCt", "glc_e --> glc_c"}; every metabolite has the formula given, else none.
struct Sketch {
    Model model;
    std::map<std::string, std::int32_t> index;

    void metabolite(const std::string& id, const std::string& formula) {
        index[id] = static_cast<std::int32_t>(model.metabolites.size());
        Metabolite metabolite;
        metabolite.id = metabolite.name = id;
        metabolite.compartment = id.substr(id.size() - 1);
        metabolite.formula = formula;
        model.metabolites.push_back(metabolite);
    }

    void reaction(const std::string& id, const std::map<std::string, double>& terms) {
        Reaction reaction;
        reaction.id = id;
        for (const auto& [metabolite, coefficient] : terms)
            reaction.terms.push_back({index.at(metabolite), coefficient});
        model.reactions.push_back(reaction);
    }
};

/// Glucose through two sugars to lactate; ATP and ADP offer a short cut that carries no carbon of the substrate.
Sketch fermentation() {
    Sketch s;
    for (const auto& [id, formula] : std::map<std::string, std::string>{{"glc_e", "C6H12O6"},
                                                                        {"glc_c", "C6H12O6"},
                                                                        {"g6p_c", "C6H11O9P"},
                                                                        {"pyr_c", "C3H3O3"},
                                                                        {"lac_c", "C3H5O3"},
                                                                        {"lac_e", "C3H5O3"},
                                                                        {"ac_c", "C2H3O2"},
                                                                        {"ac_e", "C2H3O2"},
                                                                        {"atp_c", "C10H12N5O13P3"},
                                                                        {"adp_c", "C10H12N5O10P2"},
                                                                        {"co2_c", "CO2"},
                                                                        {"h_c", "H"}})
        s.metabolite(id, formula);
    s.reaction("EX_glc", {{"glc_e", -1}});
    s.reaction("GLCt", {{"glc_e", -1}, {"glc_c", 1}});
    s.reaction("HEX", {{"glc_c", -1}, {"atp_c", -1}, {"g6p_c", 1}, {"adp_c", 1}, {"h_c", 1}});
    s.reaction("GLYC", {{"g6p_c", -1}, {"adp_c", -2}, {"pyr_c", 2}, {"atp_c", 2}});
    s.reaction("LDH", {{"pyr_c", -1}, {"lac_c", 1}});
    s.reaction("LACt", {{"lac_e", -1}, {"lac_c", 1}});  // runs backwards
    s.reaction("EX_lac", {{"lac_e", -1}});
    s.reaction("PDC", {{"pyr_c", -1}, {"ac_c", 1}, {"co2_c", 1}});
    s.reaction("ACt", {{"ac_c", -1}, {"ac_e", 1}});
    s.reaction("EX_ac", {{"ac_e", -1}});
    return s;
}

const std::vector<NamedFlux> fluxes{{"EX_glc", -10}, {"GLCt", 10},   {"HEX", 10}, {"GLYC", 10}, {"LDH", 18},
                                    {"LACt", -18},   {"EX_lac", 18}, {"PDC", 2},  {"ACt", 2},   {"EX_ac", 2}};

std::set<std::string> reactions_of(const Model& model, const FlowNetwork& network) {
    std::set<std::string> ids;
    for (const auto& step : network.steps)
        for (const auto r : step.reactions) ids.insert(model.reactions[static_cast<std::size_t>(r)].id);
    return ids;
}

bool parses(const std::string& svg) {
    pugi::xml_document document;
    return static_cast<bool>(document.load_string(svg.c_str(), pugi::parse_full));
}

TEST(CarbonAtoms, are_read_from_formulas) {
    EXPECT_EQ(carbon_atoms("C6H12O6"), 6);
    EXPECT_EQ(carbon_atoms("CO2"), 1);
    EXPECT_EQ(carbon_atoms("C10H12N5O13P3"), 10);
    EXPECT_EQ(carbon_atoms("CaCl2"), 0);
    EXPECT_EQ(carbon_atoms("H2O"), 0);
    EXPECT_EQ(carbon_atoms(""), 0);
    EXPECT_EQ(carbon_atoms("C6H10O5R"), 6);
}

TEST(FlowNetwork, follows_carbon_and_not_its_carriers) {
    const auto sketch = fermentation();
    const auto network = flow_network(sketch.model, fluxes, {.draw = {}, .substrate = "EX_glc", .target = "EX_lac"});
    EXPECT_TRUE(network.reaches_product);
    EXPECT_EQ(reactions_of(sketch.model, network),
              (std::set<std::string>{"GLCt", "HEX", "GLYC", "LDH", "LACt", "PDC", "ACt"}));
    for (const auto& node : network.nodes) {
        EXPECT_NE(node.metabolite, sketch.index.at("atp_c"));
        EXPECT_NE(node.metabolite, sketch.index.at("adp_c"));
    }
}

TEST(FlowNetwork, finds_the_substrate_by_its_carbon) {
    const auto sketch = fermentation();
    const auto network = flow_network(sketch.model, fluxes, {.draw = {}, .substrate = "", .target = "EX_lac"});
    ASSERT_FALSE(network.nodes.empty());
    EXPECT_EQ(network.nodes.front().metabolite, sketch.index.at("glc_e"));
    EXPECT_EQ(network.nodes.front().role, FlowRole::substrate);
}

TEST(FlowNetwork, keeps_to_the_number_of_reactions_asked_for_but_always_shows_the_product) {
    const auto sketch = fermentation();
    const auto network = flow_network(sketch.model, fluxes,
                                      {.draw = {}, .substrate = "EX_glc", .target = "EX_lac", .most_reactions = 3});
    EXPECT_EQ(reactions_of(sketch.model, network), (std::set<std::string>{"GLCt", "HEX", "GLYC", "LDH", "LACt"}));
}

TEST(CarbonGraph, moves_what_a_reaction_turns_over) {
    const auto sketch = fermentation();
    std::vector<double> values(sketch.model.reactions.size());
    const auto moved = [&](std::size_t reaction) {
        values.assign(values.size(), 0.0);
        values[reaction] = 1;
        double carbon = 0;
        const CarbonGraph graph(sketch.model, values);
        for (const auto& edge : graph.edges()) carbon += edge.carbon;
        return carbon;
    };
    EXPECT_EQ(moved(2), 16);  // HEX: 6 of glucose, 10 of ATP
    EXPECT_EQ(moved(7), 3);   // PDC: 2 to acetate, 1 to carbon dioxide
}

TEST(CarbonGraph, carriers_that_come_back_as_fast_as_they_go_fall_out) {
    const auto sketch = fermentation();
    std::vector<double> values(sketch.model.reactions.size());
    values[2] = 2;  // HEX spends two ATP, GLYC makes two
    values[3] = 1;
    const CarbonGraph graph(sketch.model, values);
    EXPECT_FALSE(graph.edges().empty());
    for (const auto& edge : graph.edges()) {
        EXPECT_NE(edge.from, sketch.index.at("atp_c"));
        EXPECT_NE(edge.to, sketch.index.at("atp_c"));
    }
}

TEST(DrawLayout, is_a_picture_always) {
    const auto sketch = fermentation();
    const LayoutOptions options{.draw = {}, .substrate = "EX_glc", .target = "EX_lac"};
    const auto whole = draw_layout(sketch.model, fluxes, options);
    EXPECT_EQ(whole.drawn, 7);
    EXPECT_TRUE(parses(whole.svg));
    EXPECT_EQ(whole.svg, draw_layout(sketch.model, fluxes, options).svg);

    const auto nothing = draw_layout(sketch.model, {}, options);
    EXPECT_EQ(nothing.drawn, 0);
    EXPECT_TRUE(parses(nothing.svg));
    EXPECT_NE(nothing.svg.find("No substrate is taken up"), std::string::npos);
    EXPECT_NE(nothing.svg.find("没有底物被摄取"), std::string::npos);

    auto no_product = fluxes;
    no_product[4].value = no_product[5].value = no_product[6].value = 0;
    EXPECT_NE(draw_layout(sketch.model, no_product, options).svg.find("nothing leaves through EX_lac"),
              std::string::npos);
    EXPECT_TRUE(parses(draw_layout(Model{}, {}, {}).svg));
}

RC_GTEST_PROP(Layers, edges_lead_down_where_there_is_no_cycle_and_boxes_keep_apart, ()) {
    const auto count = *rc::gen::inRange(1, 30);
    std::vector<double> widths;
    for (int n = 0; n < count; ++n) widths.push_back(*rc::gen::inRange(10, 90));
    std::vector<LayerEdge> edges;
    for (int e = 0; e < 2 * count && count > 1; ++e) {
        const auto to = *rc::gen::inRange(1, count);
        edges.push_back({*rc::gen::inRange(0, to), to});
    }
    const LayerSpacing spacing;
    const auto graph = layer(widths, edges, spacing);
    for (const auto& edge : edges)
        RC_ASSERT(graph.nodes[static_cast<std::size_t>(edge.from)].y <
                  graph.nodes[static_cast<std::size_t>(edge.to)].y);
    for (std::size_t a = 0; a < widths.size(); ++a)
        for (std::size_t b = 0; b < widths.size(); ++b)
            if (a != b && graph.nodes[a].y == graph.nodes[b].y && graph.nodes[a].x <= graph.nodes[b].x)
                RC_ASSERT(graph.nodes[a].x + widths[a] + spacing.between_nodes <= graph.nodes[b].x + 1e-6);
}

RC_GTEST_PROP(Layers, any_graph_is_placed_within_its_bounds, ()) {
    const auto count = *rc::gen::inRange(1, 20);
    const std::vector<double> widths(static_cast<std::size_t>(count), 40);
    std::vector<LayerEdge> edges;
    for (int e = 0; e < 2 * count; ++e) edges.push_back({*rc::gen::inRange(0, count), *rc::gen::inRange(0, count)});
    const auto graph = layer(widths, edges, {});
    RC_ASSERT(graph.bends.size() == edges.size());
    for (const auto& node : graph.nodes) {
        RC_ASSERT(node.x >= -1e-9 && node.x + 40 <= graph.width + 1e-9);
        RC_ASSERT(node.y >= 0 && node.y <= graph.height + 1e-9);
    }
}

}  // namespace
}  // namespace leaven::metabolism
