// libSBML, the reference implementation, as the judge of what our reader makes of the same files.

#include <cstdlib>
#include <map>
#include <memory>
#include <random>

#include <gtest/gtest.h>
#include <sbml/SBMLTypes.h>
#include <sbml/conversion/ConversionProperties.h>
#include <sbml/packages/fbc/common/FbcExtensionTypes.h>

#include <leaven/metabolism/read.hpp>

#include "data_sets.hpp"
#include "sbml_id.hpp"

namespace leaven::metabolism {
namespace {

/// The side of a reaction as libSBML has it, added to `terms` by species identifier.
void add_side(const ListOfSpeciesReferences& side, double sign, std::map<std::string, double>& terms) {
    for (unsigned i = 0; i < side.size(); ++i) {
        const auto* reference = static_cast<const SpeciesReference*>(side.get(i));
        terms[reference->getSpecies()] += sign * reference->getStoichiometry();
    }
    std::erase_if(terms, [](const auto& term) { return term.second == 0; });
}

std::map<std::string, double> terms_of(const ::Reaction& reaction) {
    std::map<std::string, double> terms;
    add_side(*reaction.getListOfReactants(), -1, terms);
    add_side(*reaction.getListOfProducts(), 1, terms);
    return terms;
}

/// Can the reaction run when these gene products are off? By recursion over libSBML's tree.
bool runs(const FbcAssociation* association, const std::map<std::string, bool>& off) {
    if (association->isGeneProductRef())
        return !off.at(static_cast<const GeneProductRef*>(association)->getGeneProduct());
    if (association->isFbcAnd()) {
        const auto* both = static_cast<const FbcAnd*>(association);
        for (unsigned i = 0; i < both->getNumAssociations(); ++i)
            if (!runs(both->getAssociation(i), off)) return false;
        return true;
    }
    const auto* either = static_cast<const FbcOr*>(association);
    for (unsigned i = 0; i < either->getNumAssociations(); ++i)
        if (runs(either->getAssociation(i), off)) return true;
    return false;
}

class Judged : public ::testing::TestWithParam<const char*> {
protected:
    /// Both readings of the file; libSBML takes a second for the largest, so it reads each once.
    void SetUp() override {
        LEAVEN_DATA_SET(path, std::string("metabolism/models/") + GetParam());
        static std::map<std::string, std::unique_ptr<SBMLDocument>> documents;
        auto& document = documents[path.string()];
        if (!document) document.reset(readSBMLFromFile(path.c_str()));
        ours = read_model_file(path).value();
        theirs = document->getModel();
        fbc = static_cast<FbcModelPlugin*>(theirs->getPlugin("fbc"));
    }

    [[nodiscard]] std::string species_id(std::int32_t index) const {
        return to_sbml_id(ours.metabolites[static_cast<std::size_t>(index)].id, metabolite_prefix);
    }
    [[nodiscard]] std::string reaction_id(std::int32_t index) const {
        return to_sbml_id(ours.reactions[static_cast<std::size_t>(index)].id, reaction_prefix);
    }
    [[nodiscard]] std::string gene_id(std::int32_t index) const {
        return to_sbml_id(ours.genes[static_cast<std::size_t>(index)].id, gene_prefix);
    }

    leaven::metabolism::Model ours;
    ::Model* theirs = nullptr;
    FbcModelPlugin* fbc = nullptr;
};

TEST_P(Judged, species_agree_with_libsbml) {
    ASSERT_EQ(ours.metabolites.size(), theirs->getNumSpecies());
    for (unsigned i = 0; i < theirs->getNumSpecies(); ++i) {
        const auto& species = *theirs->getSpecies(i);
        const auto& chemistry = *static_cast<const FbcSpeciesPlugin*>(species.getPlugin("fbc"));
        const auto& metabolite = ours.metabolites[i];
        EXPECT_EQ(species_id(static_cast<std::int32_t>(i)), species.getId());
        EXPECT_EQ(metabolite.name, species.getName());
        EXPECT_EQ(metabolite.compartment, species.getCompartment());
        EXPECT_EQ(metabolite.formula, chemistry.getChemicalFormula());
        EXPECT_EQ(metabolite.charge,
                  chemistry.isSetCharge() ? std::optional<double>(chemistry.getCharge()) : std::nullopt);
    }
}

TEST_P(Judged, equations_and_bounds_agree_with_libsbml) {
    ASSERT_EQ(ours.reactions.size(), theirs->getNumReactions());
    for (unsigned i = 0; i < theirs->getNumReactions(); ++i) {
        const auto& reaction = *theirs->getReaction(i);
        const auto& flux = *static_cast<const FbcReactionPlugin*>(reaction.getPlugin("fbc"));
        const auto& mine = ours.reactions[i];
        EXPECT_EQ(reaction_id(static_cast<std::int32_t>(i)), reaction.getId());
        EXPECT_EQ(mine.lower, theirs->getParameter(flux.getLowerFluxBound())->getValue()) << mine.id;
        EXPECT_EQ(mine.upper, theirs->getParameter(flux.getUpperFluxBound())->getValue()) << mine.id;
        std::map<std::string, double> terms;
        for (const auto& term : mine.terms) terms[species_id(term.metabolite)] = term.coefficient;
        EXPECT_EQ(terms, terms_of(reaction)) << mine.id;
    }
}

TEST_P(Judged, gene_rules_give_the_verdicts_of_libsbml) {
    ASSERT_EQ(ours.genes.size(), fbc->getNumGeneProducts());
    std::mt19937 random(1);
    for (unsigned i = 0; i < theirs->getNumReactions(); ++i) {
        const auto& flux = *static_cast<const FbcReactionPlugin*>(theirs->getReaction(i)->getPlugin("fbc"));
        const auto& rule = ours.reactions[i].rule;
        ASSERT_EQ(rule.tied_to_genes(), flux.isSetGeneProductAssociation());
        for (int draw = 0; rule.tied_to_genes() && draw < 20; ++draw) {
            std::map<std::string, bool> off;
            std::vector<bool> absent(ours.genes.size());
            for (const auto gene : genes_of(rule)) {
                const bool gone = random() % 2 == 0;
                absent[static_cast<std::size_t>(gene)] = gone;
                off[gene_id(gene)] = gone;
            }
            EXPECT_EQ(runs_without(rule, absent), runs(flux.getGeneProductAssociation()->getAssociation(), off))
                << rule.text;
        }
    }
}

TEST_P(Judged, objective_agrees_with_libsbml) {
    auto& objective = *fbc->getActiveObjective();
    EXPECT_EQ(ours.objective.maximize, objective.getType() == "maximize");
    ASSERT_EQ(ours.objective.terms.size(), objective.getNumFluxObjectives());
    for (unsigned i = 0; i < objective.getNumFluxObjectives(); ++i) {
        EXPECT_EQ(reaction_id(ours.objective.terms[i].reaction), objective.getFluxObjective(i)->getReaction());
        EXPECT_EQ(ours.objective.terms[i].coefficient, objective.getFluxObjective(i)->getCoefficient());
    }
}

TEST_P(Judged, annotations_agree_with_libsbml) {
    for (unsigned i = 0; i < theirs->getNumReactions(); ++i) {
        auto& reaction = *theirs->getReaction(i);
        std::vector<Annotation> expected;
        if (reaction.isSetSBOTerm()) expected.push_back({"sbo", reaction.getSBOTermID()});
        for (unsigned k = 0; k < reaction.getNumCVTerms(); ++k) {
            auto& statement = *reaction.getCVTerm(k);
            const auto* qualifier = BiolQualifierType_toString(statement.getBiologicalQualifierType());
            for (unsigned r = 0; r < statement.getNumResources(); ++r)
                expected.push_back({qualifier, statement.getResourceURI(r)});
        }
        EXPECT_EQ(ours.reactions[i].annotation, expected) << reaction.getId();
    }
}

INSTANTIATE_TEST_SUITE_P(Models, Judged, ::testing::Values("e_coli_core.xml.gz", "iML1515.xml.gz", "iCW773R.xml.gz"),
                         [](const auto& instance) {
                             const std::string name = instance.param;
                             return name.substr(0, name.find('.'));
                         });

/// libSBML turns FBC into the notes and kinetic laws of level 2, as the COBRA Toolbox had them.
TEST(Level2, as_libsbml_writes_it_is_the_same_network) {
    for (const char* name : {"e_coli_core.xml.gz", "iCH360.xml.gz"}) {
        LEAVEN_DATA_SET(path, std::string("metabolism/models/") + name);
        const std::unique_ptr<SBMLDocument> document(readSBMLFromFile(path.c_str()));
        for (const char* step : {"convert fbc v2 to fbc v1", "convert fbc to cobra"}) {
            ConversionProperties wanted;
            wanted.addOption(step, true);
            ASSERT_EQ(document->convert(wanted), LIBSBML_OPERATION_SUCCESS) << name << ": " << step;
        }
        const std::unique_ptr<char, decltype(&std::free)> text(writeSBMLToString(document.get()), &std::free);
        const auto old = read_model(text.get(), "old.xml");
        ASSERT_TRUE(old) << old.error().message.en << " at " << old.error().where;
        EXPECT_NE(old->format.find("level 2"), std::string::npos) << old->format;
        const auto model = *read_model_file(path);
        ASSERT_EQ(old->reactions.size(), model.reactions.size());
        for (std::size_t r = 0; r < model.reactions.size(); ++r) {
            EXPECT_EQ(old->reactions[r].id, model.reactions[r].id);
            EXPECT_EQ(old->reactions[r].terms, model.reactions[r].terms) << model.reactions[r].id;
            EXPECT_EQ(old->reactions[r].lower, model.reactions[r].lower) << model.reactions[r].id;
            EXPECT_EQ(old->reactions[r].upper, model.reactions[r].upper) << model.reactions[r].id;
        }
        EXPECT_EQ(old->objective.terms, model.objective.terms);
        for (std::size_t m = 0; m < model.metabolites.size(); ++m)
            EXPECT_EQ(old->metabolites[m].charge, model.metabolites[m].charge) << model.metabolites[m].id;
    }
}

}  // namespace
}  // namespace leaven::metabolism
