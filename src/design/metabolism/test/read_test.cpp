#include <fstream>
#include <limits>
#include <map>
#include <sstream>

#include <gtest/gtest.h>
#include <zlib.h>

#include <leaven/core/file.hpp>
#include <leaven/core/sha256.hpp>
#include <leaven/metabolism/read.hpp>

#include "data_sets.hpp"

namespace leaven::metabolism {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

std::string gzipped(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

Result<Model> edge(const std::string& name) {
    return read_model_file(leaven::testing::data_set("metabolism/edge") / name);
}

const Reaction& reaction(const Model& model, const std::string& id) {
    return model.reactions[static_cast<std::size_t>(find_reaction(model, ModelIndex(model), id).value())];
}

bool has_note(const Model& model, const std::string& code) {
    for (const auto& note : model.notes)
        if (note.code == code) return !note.message.en.empty() && !note.message.zh.empty() && !note.where.empty();
    return false;
}

/// A small model in SBML with `inside` in its reaction and `after` at the end of the model.
std::string sbml(const std::string& inside, const std::string& after = "", const std::string& packages = "") {
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" )" +
           packages + R"( xmlns:f="http://www.sbml.org/sbml/level3/version1/fbc/version2" level="3" version="1">
<model id="m" f:strict="true"><listOfCompartments><compartment id="c" constant="true"/></listOfCompartments>
<listOfSpecies><species id="M_a" compartment="c"/><species id="M_b" compartment="c"/></listOfSpecies>
<listOfParameters><parameter id="lo" value="-1.5" constant="true"/><parameter id="hi" value="1e3" constant="true"/></listOfParameters>
<listOfReactions><reaction id="R_r" f:lowerFluxBound="lo" f:upperFluxBound="hi">)" +
           inside + R"(</reaction></listOfReactions>
<f:listOfGeneProducts><f:geneProduct f:id="G_g" f:label="g"/><f:geneProduct f:id="h" f:label="h"/></f:listOfGeneProducts>)" +
           after + "</model></sbml>";
}

const std::string a_to_b =
    R"(<listOfReactants><speciesReference species="M_a" stoichiometry="1"/></listOfReactants>
<listOfProducts><speciesReference species="M_b" stoichiometry="2.5"/></listOfProducts>)";

TEST(EdgeFiles, end_as_the_table_says) {
    LEAVEN_DATA_SET(table, "metabolism/edge/EXPECTED.tsv");
    std::ifstream lines(table);
    std::string line;
    std::getline(lines, line);  // header
    int files = 0;
    for (; std::getline(lines, line); ++files) {
        std::istringstream cells(line);
        std::string name, status;
        std::getline(cells, name, '\t');
        std::getline(cells, status, '\t');
        const auto model = edge(name);
        EXPECT_EQ(model.has_value(), status == "0") << name << (model ? "" : ": " + model.error().message.en);
        if (model) continue;
        EXPECT_EQ(static_cast<int>(model.error().code), std::stoi(status)) << name;
        EXPECT_NE(model.error().where.find(name), std::string::npos) << name;
        EXPECT_FALSE(model.error().message.zh.empty()) << name;
        EXPECT_FALSE(model.error().hint.zh.empty()) << name;
    }
    EXPECT_EQ(files, 31);
}

TEST(EdgeFiles, errors_name_line_and_identifier) {
    LEAVEN_DATA_SET(folder, "metabolism/edge");
    const std::map<std::string, std::vector<std::string>> expected{
        {"unclosed.xml", {"line 29"}},
        {"duplicate_reaction.xml", {"line 22", "R_R2"}},
        {"unknown_species.xml", {"line 20", "R2", "M_GHOST_c"}},
        {"unknown_gene.xml", {"line 20", "R2", "G_ghost"}},
        {"unknown_bound.xml", {"line 20", "R2", "ghost"}},
        {"missing_bounds_strict.xml", {"line 20", "R2", "upper"}},
        {"lower_above_upper.xml", {"line 22", "R2", "5 to 3"}},
        {"nan_stoichiometry.xml", {"line 20", "R2", "M_A_c"}},
        {"missing_stoichiometry.xml", {"line 20", "R2", "M_A_c"}},
        {"nan_bound.json", {"EX_A_e", "upper_bound"}},
        {"truncated.json", {"line 61", "column"}},
        {"unknown_metabolite.json", {"R2", "GHOST_c"}}};
    for (const auto& [name, words] : expected) {
        const auto model = edge(name);
        ASSERT_FALSE(model) << name;
        const auto said = model.error().where + " " + model.error().message.en;
        for (const auto& word : words) EXPECT_NE(said.find(word), std::string::npos) << name << ": " << said;
    }
}

TEST(EdgeFiles, sound_ones_read_as_meant) {
    LEAVEN_DATA_SET(folder, "metabolism/edge");
    const auto missing = edge("missing_bounds.xml").value();
    EXPECT_EQ(reaction(missing, "R2").lower, 0);
    EXPECT_EQ(reaction(missing, "R2").upper, infinite);
    EXPECT_TRUE(has_note(missing, "bounds_missing"));

    const auto fbc1 = edge("fbc1.xml").value();
    EXPECT_EQ(fbc1.format, "SBML level 3 version 1, FBC 1");
    EXPECT_EQ(reaction(fbc1, "R1").upper, 0);
    EXPECT_EQ(reaction(fbc1, "R2").upper, 6);  // the tighter of 6 and 8
    EXPECT_EQ(reaction(fbc1, "GROW").upper, infinite);
    EXPECT_TRUE(fbc1.notes.empty());

    const auto infinity = edge("infinite_bounds.json").value();
    EXPECT_EQ(reaction(infinity, "EX_A_e").upper, infinite);
    EXPECT_EQ(reaction(infinity, "T").upper, infinite);

    const auto boundary = edge("boundary_species.xml").value();
    EXPECT_TRUE(boundary.metabolites[0].boundary);
    EXPECT_EQ(equation(boundary, reaction(boundary, "EX_A_e")), "A_e <=> A_b");

    const auto escaped = edge("escaped_ids.xml").value();
    EXPECT_EQ(escaped.metabolites[2].id, "B[c]");
    EXPECT_EQ(escaped.reactions[2].id, "R1-L.2");
    EXPECT_EQ(escaped.reactions[3].id, "R2_LPAREN_c_RPAREN_");

    const auto chinese = edge("chinese_names.xml").value();
    EXPECT_EQ(chinese.name, "玩具模型");
    EXPECT_EQ(chinese.metabolites[2].name, "琥珀酸 β-D");

    EXPECT_FALSE(edge("minimise.xml")->objective.maximize);
    EXPECT_TRUE(has_note(*edge("no_objective.xml"), "no_objective"));
    EXPECT_TRUE(edge("empty_model.xml")->reactions.empty());
}

TEST(EdgeFiles, gene_rules_are_kept_and_tied_where_they_can_be_read) {
    LEAVEN_DATA_SET(folder, "metabolism/edge");
    const auto spelled = edge("gpr_spellings.json").value();
    const auto& rule = reaction(spelled, "R1").rule;
    EXPECT_EQ(rule.text, "(g1 AND g2)or(g3 & (g1|g2))");
    EXPECT_EQ(minimal_cuts(rule, 2), (std::vector<std::vector<std::int32_t>>{{0, 1}, {0, 2}, {1, 2}}));

    const auto unbalanced = edge("gpr_unbalanced.json").value();
    EXPECT_EQ(reaction(unbalanced, "R1").rule.text, "(g1 and g2");
    EXPECT_FALSE(reaction(unbalanced, "R1").rule.tied_to_genes());
    EXPECT_TRUE(has_note(unbalanced, "gene_rule_unreadable"));

    EXPECT_TRUE(reaction(*edge("gpr_deep.json"), "R1").rule.tied_to_genes());
}

TEST(ReadModel, gives_the_checksum_of_the_bytes_as_found) {
    LEAVEN_DATA_SET(path, "metabolism/models/e_coli_core.xml.gz");
    const auto model = read_model_file(path);
    ASSERT_TRUE(model);
    EXPECT_EQ(model->sha256, sha256(*read_file(path)));
}

TEST(ReadModel, xml_and_json_of_the_same_model_agree) {
    LEAVEN_DATA_SET(xml, "metabolism/models/iML1515.xml.gz");
    LEAVEN_DATA_SET(json, "metabolism/models/iML1515.json.gz");
    const auto a = read_model_file(xml).value();
    const auto b = read_model_file(json).value();
    EXPECT_EQ(a.reactions.size(), 2712U);  // Monk et al. 2017, doi:10.1038/nbt.3956
    EXPECT_EQ(a.metabolites.size(), 1877U);
    EXPECT_EQ(a.genes.size(), 1516U);
    ASSERT_EQ(b.reactions.size(), a.reactions.size());
    const ModelIndex in_b(b);
    for (const auto& reaction_a : a.reactions) {
        const auto& reaction_b = b.reactions[static_cast<std::size_t>(in_b.reactions.at(reaction_a.id))];
        EXPECT_EQ(reaction_a.lower, reaction_b.lower) << reaction_a.id;
        EXPECT_EQ(reaction_a.upper, reaction_b.upper) << reaction_a.id;
        std::map<std::string, double> terms_a, terms_b;
        for (const auto& term : reaction_a.terms)
            terms_a[a.metabolites[static_cast<std::size_t>(term.metabolite)].id] = term.coefficient;
        for (const auto& term : reaction_b.terms)
            terms_b[b.metabolites[static_cast<std::size_t>(term.metabolite)].id] = term.coefficient;
        EXPECT_EQ(terms_a, terms_b) << reaction_a.id;
    }
}

TEST(ReadModel, subsystems_come_from_groups_or_notes) {
    LEAVEN_DATA_SET(grouped, "metabolism/models/e_coli_core.xml.gz");
    EXPECT_EQ(reaction(*read_model_file(grouped), "PFK").subsystem, "Glycolysis/Gluconeogenesis");
    const auto notes =
        R"(<notes><html xmlns="http://www.w3.org/1999/xhtml"><p>SUBSYSTEM: Citric acid: cycle </p></html></notes>)";
    EXPECT_EQ(read_model(sbml(notes + a_to_b), "m.xml")->reactions[0].subsystem, "Citric acid: cycle");
}

TEST(ReadSbml, takes_any_prefix_and_sums_repeated_species) {
    const auto model = read_model(sbml(R"(<listOfReactants><speciesReference species="M_a" stoichiometry=" +1 "/>
        <speciesReference species="M_a" stoichiometry="2"/></listOfReactants><listOfProducts>
        <speciesReference species="M_b" stoichiometry="1"/></listOfProducts>
        <f:geneProductAssociation><f:or><f:and><f:geneProductRef f:geneProduct="G_g"/><f:geneProductRef f:geneProduct="h"/></f:and>
        <f:geneProductRef f:geneProduct="h"/></f:or></f:geneProductAssociation>)"),
                                  "m.xml");
    ASSERT_TRUE(model) << model.error().message.en;
    EXPECT_EQ(equation(*model, model->reactions[0]), "3 a <=> b");
    EXPECT_EQ(model->reactions[0].lower, -1.5);
    EXPECT_EQ(model->reactions[0].rule.text, "g and h or h");
    EXPECT_EQ(model->genes[1].sbml_id, "h");  // has no prefix: remembered, to be written so again
}

TEST(ReadSbml, takes_old_notes_where_there_is_no_fbc) {
    const auto model =
        read_model(R"(<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model>
<listOfCompartments><compartment id="c" constant="true"/></listOfCompartments>
<listOfSpecies><species id="M_a" compartment="c"><notes><p>FORMULA: C2H6O</p><p>CHARGE: -1</p></notes></species></listOfSpecies>
<listOfReactions><reaction id="R_r" reversible="true"><notes><p>GENE ASSOCIATION: (b1 and b2)</p></notes>
<listOfReactants><speciesReference species="M_a" stoichiometry="1"/></listOfReactants>
<kineticLaw><listOfLocalParameters><localParameter id="LOWER_BOUND" value="-7"/><localParameter id="UPPER_BOUND" value="9"/>
<localParameter id="OBJECTIVE_COEFFICIENT" value="1"/></listOfLocalParameters></kineticLaw></reaction></listOfReactions></model></sbml>)",
                   "old.xml");
    ASSERT_TRUE(model) << model.error().message.en;
    EXPECT_EQ(model->metabolites[0].formula, "C2H6O");
    EXPECT_EQ(model->metabolites[0].charge, -1);
    EXPECT_EQ(model->reactions[0].lower, -7);
    EXPECT_EQ(model->reactions[0].upper, 9);
    EXPECT_EQ(model->genes.size(), 2U);
    EXPECT_EQ(model->objective.terms, (std::vector<ObjectiveTerm>{{0, 1}}));
}

TEST(ReadSbml, keeps_two_species_apart_whose_names_would_become_one) {
    auto text = sbml(a_to_b);
    text.replace(text.find(R"(species id="M_b")"), 16, R"(species id="a")");
    text.replace(text.find(R"(species="M_b")"), 13, R"(species="a")");
    const auto model = read_model(text, "m.xml");
    ASSERT_TRUE(model) << model.error().message.en;
    EXPECT_EQ(model->metabolites[0].id, "M_a");
    EXPECT_EQ(model->metabolites[1].id, "a");
}

TEST(ReadSbml, refuses_what_would_make_another_model) {
    const std::string computed =
        R"(<listOfInitialAssignments><initialAssignment symbol="hi"/></listOfInitialAssignments>)";
    const std::string constraint =
        "<f:listOfUserDefinedConstraints><f:userDefinedConstraint/></f:listOfUserDefinedConstraints>";
    const std::string comp =
        R"(xmlns:comp="http://www.sbml.org/sbml/level3/version1/comp/version1" comp:required="true")";
    const std::string empty_group = a_to_b + "<f:geneProductAssociation><f:and/></f:geneProductAssociation>";
    const std::string unknown_objective =
        R"(<f:listOfObjectives f:activeObjective="o"><f:objective f:id="x" f:type="maximize"/></f:listOfObjectives>)";
    for (const auto& text : {sbml(a_to_b, computed), sbml(a_to_b, constraint), sbml(a_to_b, "", comp),
                             sbml(empty_group), sbml(a_to_b, unknown_objective), sbml(a_to_b + "\x01"),
                             sbml(a_to_b + "\xC0\xAF"), sbml(a_to_b + "&#0;"), sbml(a_to_b + "&#xD800;")}) {
        const auto model = read_model(text, "m.xml");
        ASSERT_FALSE(model) << text;
        EXPECT_EQ(model.error().code, ErrorCode::bad_input);
        EXPECT_NE(model.error().where.find("m.xml, line "), std::string::npos) << model.error().where;
    }
    EXPECT_TRUE(read_model(sbml(a_to_b), "m.xml"));
}

TEST(ReadSbml, keeps_constraints_of_fbc_3_as_balances) {  // 2 R_r <= 1 leaves half of what the bound lets through
    const std::string constraint =
        R"(<f:listOfUserDefinedConstraints><f:userDefinedConstraint f:id="half" f:lowerBound="lo" f:upperBound="one">
        <f:listOfUserDefinedConstraintComponents><f:userDefinedConstraintComponent f:coefficient="two"
        f:variable="R_r" f:variableType="linear"/></f:listOfUserDefinedConstraintComponents>
        </f:userDefinedConstraint></f:listOfUserDefinedConstraints>)";
    auto text = sbml(a_to_b, constraint);
    const std::string parameters =
        R"(<parameter id="one" value="1"/><parameter id="two" value="2"/></listOfParameters>)";
    text.replace(text.find("</listOfParameters>"), 19, parameters);
    const auto model = read_model(text, "m.xml");
    ASSERT_TRUE(model) << model.error().message.en << model.error().where;
    EXPECT_TRUE(has_note(*model, "constraint_as_reaction"));
    ASSERT_EQ(model->reactions.size(), 2U);
    EXPECT_EQ(model->metabolites.back().id, "constraint_half");
    EXPECT_EQ(equation(*model, model->reactions[0]), "a <=> 2.5 b + 2 constraint_half");
    EXPECT_EQ(model->reactions[1].terms, (std::vector<Term>{{2, -1}}));
    EXPECT_EQ(model->reactions[1].upper, 1);

    text.replace(text.find("linear"), 6, "quadratic");
    EXPECT_FALSE(read_model(text, "m.xml"));
}

TEST(ReadSbml, keeps_pairs_of_key_and_value_and_fractional_charges_of_fbc_3) {
    auto text = sbml(R"(<annotation><f:listOfKeyValuePairs><f:keyValuePair f:key="gibbs" f:value="-3.1"/>
        </f:listOfKeyValuePairs></annotation>)" +
                     a_to_b);
    text.replace(text.find(R"(<species id="M_a")"), 17, R"(<species id="M_a" f:charge="-0.5")");
    const auto model = read_model(text, "m.xml");
    ASSERT_TRUE(model) << model.error().message.en;
    EXPECT_EQ(model->reactions[0].remarks, (std::vector<Remark>{{"gibbs", "-3.1"}}));
    EXPECT_EQ(model->metabolites[0].charge, -0.5);
}

TEST(ReadSbml, says_that_level_1_is_not_read) {
    const auto model =
        read_model(R"(<sbml xmlns="http://www.sbml.org/sbml/level1" level="1" version="2"><model/></sbml>)", "old.xml");
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().code, ErrorCode::bad_input);
    EXPECT_NE(model.error().message.en.find("level 1"), std::string::npos);
}

TEST(ReadSbml, takes_level_2_with_bounds_in_kinetic_laws) {  // as the COBRA Toolbox wrote it before FBC
    const auto model = read_model(R"(<sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="4"
xmlns:html="http://www.w3.org/1999/xhtml"><model id="old"><listOfCompartments><compartment id="c"/></listOfCompartments>
<listOfSpecies><species id="M_a_c" compartment="c" charge="-2"><notes><html:p>FORMULA: C2H6O</html:p></notes></species>
<species id="M_a_b" compartment="c"/><species id="M_b_c" compartment="c" boundaryCondition="true"/></listOfSpecies>
<listOfReactions><reaction id="R_r" reversible="false"><notes><html:p>GENE_ASSOCIATION: (b1) and (b2)</html:p>
<html:p>SUBSYSTEM: Glycolysis</html:p><html:p>AUTHORS: me</html:p></notes>
<listOfReactants><speciesReference species="M_a_c"/></listOfReactants>
<listOfProducts><speciesReference species="M_a_b" stoichiometry="2"/></listOfProducts>
<kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML"><ci>FLUX_VALUE</ci></math><listOfParameters>
<parameter id="LOWER_BOUND" value="-7"/><parameter id="UPPER_BOUND" value="9"/>
<parameter id="OBJECTIVE_COEFFICIENT" value="1"/><parameter id="FLUX_VALUE" value="0"/></listOfParameters></kineticLaw>
</reaction></listOfReactions></model></sbml>)",
                                  "old.xml");
    ASSERT_TRUE(model) << model.error().message.en;
    EXPECT_EQ(model->format, "SBML level 2 version 4");
    EXPECT_EQ(equation(*model, model->reactions[0]), "a_c <=> 2 a_b");
    EXPECT_EQ(model->metabolites[0].charge, -2);
    EXPECT_EQ(model->metabolites[0].formula, "C2H6O");
    EXPECT_TRUE(model->metabolites[1].boundary);  // by its name
    EXPECT_TRUE(model->metabolites[2].boundary);
    EXPECT_TRUE(has_note(*model, "boundary_by_name"));
    const auto& r = model->reactions[0];
    EXPECT_EQ(r.lower, -7);
    EXPECT_EQ(r.upper, 9);
    EXPECT_EQ(r.subsystem, "Glycolysis");
    EXPECT_EQ(r.rule.text, "(b1) and (b2)");
    EXPECT_EQ(r.remarks, (std::vector<Remark>{{"AUTHORS", "me"}}));
    EXPECT_EQ(model->objective.terms, (std::vector<ObjectiveTerm>{{0, 1}}));
}

TEST(ReadSbml, deep_nesting_costs_no_recursion) {
    const int depth = 200000;
    const auto repeated = [](const std::string& piece, int count) {
        std::string out;
        for (int i = 0; i < count; ++i) out += piece;
        return out;
    };
    const std::string gene = R"(<f:geneProductRef f:geneProduct="G_g"/>)";
    const auto rule = a_to_b + "<f:geneProductAssociation>" + repeated("<f:and>" + gene, depth) + gene +
                      repeated("</f:and>", depth) + "</f:geneProductAssociation>";
    EXPECT_EQ(read_model(sbml(rule), "m.xml")->reactions[0].rule.postfix.size(), 2U * depth + 1);
    const auto notes = "<notes>" + repeated("<p>", depth) + "SUBSYSTEM: x" + repeated("</p>", depth) + "</notes>";
    EXPECT_EQ(read_model(sbml(notes + a_to_b), "m.xml")->reactions[0].subsystem, "x");
}

TEST(ReadJson, takes_metabolites_that_come_after_the_reactions) {
    const auto model =
        read_model(R"({"reactions": [{"id": "r", "metabolites": {"a": -1, "b": 2.5}, "lower_bound": -Infinity,
        "upper_bound": "1000", "gene_reaction_rule": " g9 ", "notes": {"x": [1, {"y": null}]}}],
        "metabolites": [{"id": "a", "charge": NaN, "name": "bare \"NaN\" and Infinity"}, {"id": "b", "compartment": "c"}]})",
                   "m.json");
    ASSERT_TRUE(model) << model.error().message.en;
    EXPECT_EQ(equation(*model, model->reactions[0]), "a <=> 2.5 b");
    EXPECT_EQ(model->reactions[0].lower, -infinite);
    EXPECT_EQ(model->reactions[0].rule.text, "g9");
    EXPECT_EQ(model->metabolites[0].name, "bare \"NaN\" and Infinity");
    EXPECT_FALSE(model->metabolites[0].charge);
    EXPECT_TRUE(has_note(*model, "gene_not_declared"));
    EXPECT_TRUE(has_note(*model, "compartment_missing"));
}

TEST(ReadJson, refuses_what_is_no_model_and_says_where) {
    const std::vector<std::pair<std::string, std::string>> broken{
        {R"({"metabolites": [{"name": "x"}], "reactions": []})", "metabolite 1"},
        {R"({"metabolites": [{"id": "a"}, {"id": "a"}], "reactions": []})", "m.json, a"},
        {R"({"metabolites": [{"id": "a\u0007"}], "reactions": []})", "metabolite 1"},
        {R"({"metabolites": [{"id": "a"}], "reactions": [{"id": "r", "metabolites": {"a": -1, "a": 1}}]})",
         "m.json, r"},
        {R"({"metabolites": [{"id": "a"}], "reactions": [{"id": "r", "metabolites": {"a": "much"}}]})", "m.json, r"},
        {R"({"metabolites": [{"id": "a"}], "reactions": [{"id": "r", "metabolites": [{"a": -1}]}]})", "m.json, r"},
        {R"({"metabolites": [{"id": "a"}], "reactions": [{"id": "r", "metabolites": [["a", -1]]}]})", "m.json, r"},
        {R"({"metabolites": [{"id": "a"}], "reactions": [{"id": "r", "metabolites": "a"}]})", "m.json, r"},
        {R"({"metabolites": [{"id": "a"}], "reactions": [{"id": "r", "lower_bound": true}]})", "m.json, r"},
        {R"({"metabolites": [{"id": "a"}], "reactions": [{"id": "r", "lower_bound": Infinity}]})", "m.json, r"},
        {"{\"metabolites\": [],\n \"reactions\": [}", "line 2, column 16"},
        {R"({"genes": []})", "m.json"},
        {R"({"metabolites": [], "reactions": ["EX_a"]})", "m.json"},
        {"{} {}", "line 1, column 4"}};
    for (const auto& [text, where] : broken) {
        const auto model = read_model(text, "m.json");
        ASSERT_FALSE(model) << text;
        EXPECT_EQ(model.error().code, ErrorCode::bad_input);
        EXPECT_NE(model.error().where.find(where), std::string::npos) << text << " at " << model.error().where;
    }
}

TEST(ReadJson, deep_nesting_costs_no_recursion) {
    const std::string deep(1000000, '[');
    EXPECT_FALSE(read_model(R"({"notes": )" + deep, "m.json"));
    EXPECT_TRUE(read_model(R"({"metabolites": [], "reactions": [], "notes": )" + deep + std::string(1000000, ']') + "}",
                           "m.json"));
}

TEST(ReadModel, stops_where_a_file_holds_more_than_any_model) {
    std::string values = R"({"notes": [)";
    for (int i = 0; i < 20000001; ++i) values += "0,";
    std::string elements = R"(<sbml level="3">)";
    for (int i = 0; i < 20000001; ++i) elements += "<a/>";
    std::string extras = R"({"metabolites": [], "reactions": [], "leaven": "[)";
    for (int i = 0; i < 20000001; ++i) extras += "0,";
    extras += R"(0]"})";
    for (const auto& text : {values, elements, extras}) {
        const auto model = read_model(text, "large");
        ASSERT_FALSE(model);
        EXPECT_EQ(model.error().code, ErrorCode::bad_input);
        EXPECT_NE(model.error().message.en.find("20000000"), std::string::npos) << model.error().message.en;
    }
}

TEST(Unpack, takes_plain_and_packed_bytes_and_members_one_after_another) {
    EXPECT_EQ(unpack("plain", "x"), "plain");
    EXPECT_EQ(unpack(gzipped("packed"), "x"), "packed");
    EXPECT_EQ(unpack(gzipped(""), "x"), "");
    EXPECT_EQ(unpack(gzipped("one ") + gzipped("two"), "x"), "one two");
    EXPECT_EQ(unpack(gzipped("padded") + std::string(512, '\0'), "x"), "padded");
}

TEST(Unpack, refuses_every_cut_and_every_changed_byte_of_the_data) {
    const auto packed = gzipped("a model, by and large: " + std::string(2000, 'x'));
    for (std::size_t size = 2; size < packed.size(); ++size) {
        const auto cut = unpack(std::string_view(packed).substr(0, size), "x");
        ASSERT_FALSE(cut) << size;
        EXPECT_EQ(cut.error().code, ErrorCode::bad_input);
    }
    for (std::size_t at = packed.size() - 8; at < packed.size(); ++at) {  // checksum and length
        auto changed = packed;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        EXPECT_FALSE(unpack(changed, "x")) << at;
    }
    EXPECT_FALSE(unpack(packed + "rest", "x"));
}

TEST(Unpack, stops_at_the_limit) {
    const auto bomb = gzipped(std::string(10000000, '\0'));
    EXPECT_LT(bomb.size(), 20000U);
    EXPECT_TRUE(unpack(bomb, "x", 10000000));
    const auto refused = unpack(bomb, "x", 9999999);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::bad_input);
    EXPECT_FALSE(unpack("12345", "x", 4));
}

TEST(ReadModel, says_that_a_file_does_not_exist) {
    EXPECT_EQ(read_model_file("/no/such/model.xml").error().code, ErrorCode::not_found);
}

TEST(ReadJson, whole_numbers_keep_every_digit_where_text_is_meant) {
    const auto model = read_model(R"({"metabolites": [], "reactions": [{"id": "r", "metabolites": {},
        "annotation": {"pubmed": [1000000, 9007199254740993]}}], "genes": [{"id": 100000}]})",
                                  "m.json");
    ASSERT_TRUE(model) << model.error().message.en;
    EXPECT_EQ(model->genes[0].id, "100000");
    std::string all;
    for (const auto& one : model->reactions[0].annotation) all += one.resource + " ";
    EXPECT_NE(all.find("1000000 "), std::string::npos) << all;
    EXPECT_NE(all.find("9007199254740993"), std::string::npos) << all;
}

TEST(ReadSbml, a_charge_in_the_notes_that_is_no_number_is_unknown) {
    auto text = sbml(a_to_b);
    const std::string plain = R"(<species id="M_a" compartment="c"/>)";
    text.replace(text.find(plain), plain.size(),
                 R"(<species id="M_a" compartment="c"><notes><p>CHARGE: NaN</p></notes></species>)");
    const auto model = read_model(text, "m.xml");
    ASSERT_TRUE(model) << model.error().message.en;
    EXPECT_FALSE(model->metabolites[0].charge);
}

TEST(ReadSbml, refuses_groups_of_one_identifier) {
    const std::string group = R"(<g:group g:id="one" g:kind="collection"/>)";
    const auto with = [&](const std::string& groups) {
        return read_model(sbml(a_to_b, "<g:listOfGroups>" + groups + "</g:listOfGroups>",
                               R"(xmlns:g="http://www.sbml.org/sbml/level3/version1/groups/version1")"),
                          "m.xml");
    };
    EXPECT_TRUE(with(group));
    const auto twice = with(group + group);
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code, ErrorCode::bad_input);
}

}  // namespace
}  // namespace leaven::metabolism
