#include <algorithm>
#include <bit>
#include <cmath>
#include <memory>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sbml/SBMLTypes.h>

#include <leaven/metabolism/read.hpp>

#include "data_sets.hpp"
#include "random_model.hpp"
#include "sbml_id.hpp"

namespace leaven::metabolism {
namespace {

/// What libSBML finds wrong, but for units and taste; empty where all is well.
std::string libsbml_says(const std::string& text) {
    const std::unique_ptr<SBMLDocument> document(readSBMLFromString(text.c_str()));
    document->setConsistencyChecks(LIBSBML_CAT_UNITS_CONSISTENCY, false);
    document->setConsistencyChecks(LIBSBML_CAT_MODELING_PRACTICE, false);
    document->checkConsistency();
    for (unsigned i = 0; i < document->getNumErrors(); ++i)
        if (const auto* error = document->getError(i); error->getSeverity() >= LIBSBML_SEV_ERROR)
            return "line " + std::to_string(error->getLine()) + ": " + error->getMessage();
    return {};
}

std::string lost_in_writing(const leaven::metabolism::Model& model) {
    const auto again = read_model(write_sbml(model), "again.xml");
    return again ? testing::difference(model, *again) : again.error().message.en + " at " + again.error().where;
}

RC_GTEST_PROP(WriteSbml, reads_back_equal_for_any_model, ()) {
    const auto model = testing::any_model();
    RC_ASSERT(lost_in_writing(model) == "");
}

RC_GTEST_PROP(WriteSbml, satisfies_libsbml_for_any_model, ()) {
    const auto text = write_sbml(testing::any_model());
    const auto said = libsbml_says(text);
    if (!said.empty()) RC_LOG() << said << "\n" << text;
    RC_ASSERT(said == "");
}

RC_GTEST_PROP(SbmlId, is_valid_and_reads_back_for_any_name, ()) {
    const auto id = testing::any_id();
    for (const auto prefix : {metabolite_prefix, reaction_prefix, gene_prefix, no_prefix}) {
        RC_ASSERT(is_sbml_id(to_sbml_id(id, prefix)));
        RC_ASSERT(from_sbml_id(to_sbml_id(id, prefix), prefix) == id);
    }
    const auto other = other_sbml_id(id, *rc::gen::inRange(1, 4));
    RC_ASSERT(is_sbml_id(other) && other != to_sbml_id(id, no_prefix));
    RC_ASSERT(from_sbml_id(other, no_prefix) == id);
}

TEST(SbmlId, reads_what_cobrapy_reads) {  // _f_specie of cobra.io.sbml 0.26.2
    EXPECT_EQ(from_sbml_id("M_glc__45__D_c", metabolite_prefix), "glc-D_c");
    EXPECT_EQ(from_sbml_id("M_glc__D_c", metabolite_prefix), "glc__D_c");
    EXPECT_EQ(from_sbml_id("M_a___45__b", metabolite_prefix), "a_-b");
    EXPECT_EQ(from_sbml_id("M_a__45__45__b", metabolite_prefix), "a-45__b");
    EXPECT_EQ(from_sbml_id("M_x_DASH_y_LPAREN_e_RPAREN_", metabolite_prefix), "x_DASH_y_LPAREN_e_RPAREN_");
    EXPECT_EQ(from_sbml_id("M_", metabolite_prefix), "M_");
    EXPECT_EQ(to_sbml_id("YER060W-A", gene_prefix), "G_YER060W__45__A");
    EXPECT_EQ(to_sbml_id("1234.1", gene_prefix), "G_1234__46__1");
}

class EveryModel : public ::testing::TestWithParam<const char*> {};

TEST_P(EveryModel, reads_back_equal_and_keeps_the_bytes_of_its_identifiers) {
    LEAVEN_DATA_SET(path, std::string("metabolism/") + GetParam());
    const auto model = read_model_file(path);
    ASSERT_TRUE(model) << model.error().message.en;
    EXPECT_EQ(lost_in_writing(*model), "");
    EXPECT_EQ(write_sbml(*read_model(write_sbml(*model), "again.xml")), write_sbml(*model));
}

INSTANTIATE_TEST_SUITE_P(
    Data, EveryModel,
    ::testing::Values("models/EC_iCH360.xml.gz", "models/Human-GEM.json.gz", "models/doubleopt.xml",
                      "models/e_coli_core.json.gz", "models/e_coli_core.xml.gz", "models/gpr.xml",
                      "models/iCH360.xml.gz", "models/iCW773R.xml.gz", "models/iJN1463.json.gz",
                      "models/iML1515.json.gz", "models/iML1515.xml.gz", "models/iMLcore.xml.gz",
                      "models/iMM904.json.gz", "models/iYO844.json.gz", "models/small_example.xml",
                      "models/universe_gramneg.xml.gz", "models/weak_coupling.xml", "edge/boundary_species.xml",
                      "edge/chinese_names.xml", "edge/empty_model.xml", "edge/escaped_ids.xml", "edge/fbc1.xml",
                      "edge/gpr_deep.json", "edge/gpr_spellings.json", "edge/gpr_unbalanced.json",
                      "edge/infinite_bounds.json", "edge/minimise.xml", "edge/missing_bounds.xml",
                      "edge/no_objective.xml", "edge/toy.json", "edge/toy.xml", "edge/unbounded.xml"),
    [](const auto& instance) {
        std::string name = instance.param;
        for (auto& c : name)
            if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
        return name;
    });

/// All identifiers of elements in an SBML file, as libSBML sees them.
std::vector<std::string> sbml_ids(SBMLDocument& document) {
    std::vector<std::string> ids;
    const std::unique_ptr<List> elements(document.getAllElements());
    for (unsigned i = 0; i < elements->getSize(); ++i) {
        const auto* element = static_cast<const SBase*>(elements->get(i));
        const auto& kind = element->getElementName();
        if (kind == "species" || kind == "reaction" || kind == "geneProduct" || kind == "compartment")
            ids.push_back(kind + " " + element->getIdAttribute());
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

TEST(WriteSbml, gives_back_the_identifiers_of_the_file_byte_for_byte) {
    for (const char* name : {"edge/escaped_ids.xml", "models/iCW773R.xml.gz", "models/weak_coupling.xml"}) {
        LEAVEN_DATA_SET(path, std::string("metabolism/") + name);
        const std::unique_ptr<SBMLDocument> before(readSBMLFromFile(path.c_str()));
        const std::unique_ptr<SBMLDocument> after(readSBMLFromString(write_sbml(*read_model_file(path)).c_str()));
        EXPECT_EQ(sbml_ids(*before), sbml_ids(*after)) << name;
    }
}

TEST(WriteSbml, satisfies_libsbml_for_real_models) {
    for (const char* name :
         {"models/e_coli_core.xml.gz", "models/iMM904.json.gz", "models/iCH360.xml.gz", "edge/gpr_unbalanced.json"}) {
        LEAVEN_DATA_SET(path, std::string("metabolism/") + name);
        EXPECT_EQ(libsbml_says(write_sbml(*read_model_file(path))), "") << name;
    }
}

RC_GTEST_PROP(WriteSbml, keeps_every_bit_of_every_number, ()) {
    const auto number = *rc::gen::suchThat(
        rc::gen::map(rc::gen::arbitrary<std::uint64_t>(), [](auto bits) { return std::bit_cast<double>(bits); }),
        [](double x) { return std::isfinite(x) && x != 0; });
    leaven::metabolism::Model model;
    model.compartments = {{"c", ""}};
    model.metabolites.resize(1);
    model.metabolites[0].id = "a", model.metabolites[0].compartment = "c";
    model.reactions.resize(1);
    auto& reaction = model.reactions[0];
    reaction.id = "r", reaction.terms = {{0, number}};
    reaction.lower = std::fmin(number, -0.0), reaction.upper = std::fmax(number, -0.0);
    const auto again = read_model(write_sbml(model), "again.xml").value().reactions[0];
    RC_ASSERT(std::bit_cast<std::uint64_t>(again.terms[0].coefficient) == std::bit_cast<std::uint64_t>(number));
    RC_ASSERT(std::bit_cast<std::uint64_t>(again.lower) == std::bit_cast<std::uint64_t>(reaction.lower));
    RC_ASSERT(std::bit_cast<std::uint64_t>(again.upper) == std::bit_cast<std::uint64_t>(reaction.upper));
}

TEST(WriteSbml, a_ladder_of_rules_grows_the_text_only_in_proportion) {
    leaven::metabolism::Model model;
    model.compartments = {{"c", ""}};
    model.metabolites.resize(1);
    model.metabolites[0].id = "a", model.metabolites[0].compartment = "c";
    model.genes = {{"g", "", {}, {}}, {"h", "", {}, {}}};
    model.reactions.resize(1);
    auto& reaction = model.reactions[0];
    reaction.id = "r", reaction.terms = {{0, -1}};
    const int depth = 20000;
    for (int i = 0; i <= depth; ++i) reaction.rule.postfix.push_back(i % 2);
    for (int i = 0; i < depth; ++i) reaction.rule.postfix.push_back(i % 2 == 0 ? GeneRule::both : GeneRule::either);
    reaction.rule.text = to_text(reaction.rule, {"g", "h"});
    EXPECT_LT(write_sbml(model).size(), 200U * depth);
    EXPECT_EQ(lost_in_writing(model), "");
}

}  // namespace
}  // namespace leaven::metabolism
