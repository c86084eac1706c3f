// Models in the structures that the COBRA Toolbox, COBRApy and RAVEN keep in MAT-files.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include <leaven/metabolism/read.hpp>

namespace leaven::metabolism {

/// Errors  bad_input, naming the file and the field
Result<Model> read_mat_model(std::string_view bytes, const std::string& name, StopFlag stop);

/// As COBRApy writes it and reads it.
std::string write_mat_model(const Model& model, const std::string& extras);

/// Which field of the structure holds the entries of which collection of identifiers.org.
struct MatCollection {
    std::string_view field;
    std::string_view collection;
};
inline constexpr std::array<MatCollection, 19> metabolite_collections{{{"metHMDBID", "hmdb"},
                                                                       {"metInChIString", "inchi"},
                                                                       {"metKEGGID", "kegg.compound"},
                                                                       {"metKEGGGlycanID", "kegg.glycan"},
                                                                       {"metKEGGDrugID", "kegg.drug"},
                                                                       {"metUniPathway", "unipathway.compound"},
                                                                       {"metPubChemID", "pubchem.compound"},
                                                                       {"metPubChemSubstance", "pubchem.substance"},
                                                                       {"metCHEBIID", "chebi"},
                                                                       {"metMetaNetXID", "metanetx.chemical"},
                                                                       {"metSEEDID", "seed.compound"},
                                                                       {"metBiGGID", "bigg.metabolite"},
                                                                       {"metBioCycID", "biocyc"},
                                                                       {"metEnviPathID", "envipath"},
                                                                       {"metLIPIDMAPSID", "lipidmaps"},
                                                                       {"metReactomeID", "reactome"},
                                                                       {"metSABIORKID", "sabiork.compound"},
                                                                       {"metSLMID", "slm"},
                                                                       {"metCasNumber", "cas"}}};
inline constexpr std::array<MatCollection, 11> reaction_collections{{{"rxnECNumbers", "ec-code"},
                                                                     {"rxnKEGGID", "kegg.reaction"},
                                                                     {"rxnKEGGPathways", "kegg.pathway"},
                                                                     {"rxnMetaNetXID", "metanetx.reaction"},
                                                                     {"rxnSEEDID", "seed.reaction"},
                                                                     {"rxnBiGGID", "bigg.reaction"},
                                                                     {"rxnBioCycID", "biocyc"},
                                                                     {"rxnRheaID", "rhea"},
                                                                     {"rxnReactomeID", "reactome"},
                                                                     {"rxnSABIORKID", "sabiork.reaction"},
                                                                     {"rxnBRENDAID", "brenda"}}};
inline constexpr std::array<MatCollection, 9> gene_collections{{{"geneEntrezID", "ncbigene"},
                                                                {"geneRefSeqID", "refseq"},
                                                                {"geneUniprotID", "uniprot"},
                                                                {"geneEcoGeneID", "ecogene"},
                                                                {"geneKEGGID", "kegg.gene"},
                                                                {"geneHPRDID", "hprd"},
                                                                {"geneASAPID", "asap"},
                                                                {"geneCCDSID", "ccds"},
                                                                {"geneNCBIProteinID", "ncbiprotein"}}};

}  // namespace leaven::metabolism
