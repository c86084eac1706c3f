#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include <leaven/metabolism/model.hpp>
#include <leaven/metabolism/read.hpp>

#include "data_sets.hpp"

namespace leaven::metabolism {
namespace {

/// a_e, b_c, c_c and a boundary species; reactions are added by the tests.
Model small_model() {
    Model model;
    model.compartments = {{"c", ""}, {"e", ""}};
    for (const char* id : {"a_e", "b_c", "c_c", "a_b"}) {
        Metabolite metabolite;
        metabolite.id = id;
        metabolite.compartment = id[2] == 'c' ? "c" : "e";
        metabolite.boundary = std::string_view(id) == "a_b";
        model.metabolites.push_back(metabolite);
    }
    return model;
}

Reaction reaction(std::string id, std::vector<Term> terms, double lower, double upper) {
    Reaction out;
    out.id = std::move(id);
    out.terms = std::move(terms);
    out.lower = lower;
    out.upper = upper;
    return out;
}

TEST(Equation, shows_amounts_and_the_ways_it_can_run) {
    const auto model = small_model();
    EXPECT_EQ(equation(model, reaction("r", {{0, -1}, {1, 2}}, 0, 10)), "a_e --> 2 b_c");
    EXPECT_EQ(equation(model, reaction("r", {{0, -0.5}, {1, -1}, {2, 1e-6}}, -10, 10)), "0.5 a_e + b_c <=> 1e-06 c_c");
    EXPECT_EQ(equation(model, reaction("r", {{0, -1}}, -10, 0)), "a_e <--");
    EXPECT_EQ(equation(model, reaction("r", {{0, 1}}, 0, 10)), "--> a_e");
}

TEST(BoundaryKinds, follow_sides_and_compartments_not_names) {
    auto model = small_model();
    model.reactions = {reaction("EX_not", {{0, -1}, {1, 1}}, -1, 1),
                       reaction("x", {{0, -1}}, -10, 1000),
                       reaction("y", {{0, -1}, {3, 1}}, -10, 1000),
                       reaction("d", {{1, -1}}, 0, 1000),
                       reaction("s", {{1, -1}}, -1000, 1000),
                       reaction("growth", {{0, -1}, {1, -1}}, 0, 1000),
                       reaction("none", {}, 0, 1000)};
    using enum BoundaryKind;
    EXPECT_EQ(boundary_kinds(model), (std::vector{none, exchange, exchange, demand, sink, demand, none}));
}

TEST(BoundaryKinds, find_the_medium_by_name_or_by_where_most_reactions_end) {
    auto model = small_model();
    model.reactions = {reaction("x", {{0, -1}}, -10, 1000), reaction("d", {{1, -1}}, 0, 1000),
                       reaction("s", {{2, -1}}, 0, 1000)};
    const auto rename = [&](const char* outside, const char* name) {
        model.compartments[1] = {outside, name};
        for (auto& metabolite : model.metabolites)
            if (metabolite.compartment != "c") metabolite.compartment = outside;
    };
    rename("C_e", "");
    EXPECT_EQ(boundary_kinds(model)[0], BoundaryKind::exchange);
    rename("x", "Extracellular space");
    EXPECT_EQ(boundary_kinds(model)[0], BoundaryKind::exchange);
    rename("x", "");  // two reactions end in c, one in x
    EXPECT_EQ(boundary_kinds(model)[1], BoundaryKind::exchange);
}

TEST(BoundaryKinds, count_as_cobrapy_does) {  // model.exchanges, .demands, .sinks of COBRApy 0.26.2
    struct Counts {
        const char* model;
        long exchanges, demands, sinks;
    };
    for (const auto& expected : {Counts{"e_coli_core.xml.gz", 20, 0, 0}, Counts{"iML1515.xml.gz", 331, 6, 0},
                                 Counts{"iMM904.json.gz", 164, 0, 0}, Counts{"iCH360.xml.gz", 26, 0, 0}}) {
        LEAVEN_DATA_SET(path, std::string("metabolism/models/") + expected.model);
        const auto model = read_model_file(path);
        ASSERT_TRUE(model);
        const auto kinds = boundary_kinds(*model);
        EXPECT_EQ(std::count(kinds.begin(), kinds.end(), BoundaryKind::exchange), expected.exchanges) << expected.model;
        EXPECT_EQ(std::count(kinds.begin(), kinds.end(), BoundaryKind::demand), expected.demands) << expected.model;
        EXPECT_EQ(std::count(kinds.begin(), kinds.end(), BoundaryKind::sink), expected.sinks) << expected.model;
    }
}

TEST(FindReaction, gives_the_nearest_names_where_there_is_none) {
    auto model = small_model();
    model.reactions = {reaction("EX_glc__D_e", {{0, -1}}, 0, 1)};
    const ModelIndex index(model);
    EXPECT_EQ(find_reaction(model, index, "EX_glc__D_e"), 0);
    const auto missing = find_reaction(model, index, "EX_glc_D_e");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);
    EXPECT_NE(missing.error().hint.en.find("EX_glc__D_e"), std::string::npos);
    EXPECT_NE(missing.error().hint.zh.find("EX_glc__D_e"), std::string::npos);
    EXPECT_EQ(find_metabolite(model, index, "a_x").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace leaven::metabolism
