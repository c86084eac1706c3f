#include <algorithm>
#include <array>

#include "gff3.hpp"

namespace leaven::seq {
namespace {

// Feature Table Definition 11.3 against the Sequence Ontology (so.obo 2021-11-22); the first row of a key or of an
// identifier is the one that is used.
constexpr std::array<TypeName, 62> types{{
    {"CDS", "CDS", "0000316"},
    {"gene", "gene", "0000704"},
    {"source", "region", "0000001"},
    {"misc_feature", "sequence_feature", "0000110"},
    {"promoter", "promoter", "0000167"},
    {"terminator", "terminator", "0000141"},
    {"RBS", "ribosome_entry_site", "0000139"},
    {"rep_origin", "origin_of_replication", "0000296"},
    {"oriT", "oriT", "0000724"},
    {"primer_bind", "primer_binding_site", "0005850"},
    {"protein_bind", "protein_binding_site", "0000410"},
    {"misc_binding", "binding_site", "0000409"},
    {"mRNA", "mRNA", "0000234"},
    {"tRNA", "tRNA", "0000253"},
    {"rRNA", "rRNA", "0000252"},
    {"ncRNA", "ncRNA", "0000655"},
    {"tmRNA", "tmRNA", "0000584"},
    {"misc_RNA", "transcript", "0000673"},
    {"precursor_RNA", "primary_transcript", "0000185"},
    {"prim_transcript", "primary_transcript", "0000185"},
    {"exon", "exon", "0000147"},
    {"intron", "intron", "0000188"},
    {"5'UTR", "five_prime_UTR", "0000204"},
    {"3'UTR", "three_prime_UTR", "0000205"},
    {"-10_signal", "minus_10_signal", "0000175"},
    {"-35_signal", "minus_35_signal", "0000176"},
    {"CAAT_signal", "CAAT_signal", "0000172"},
    {"TATA_signal", "TATA_box", "0000174"},
    {"GC_signal", "GC_rich_promoter_region", "0000173"},
    {"enhancer", "enhancer", "0000165"},
    {"attenuator", "attenuator", "0000140"},
    {"operon", "operon", "0000178"},
    {"regulatory", "regulatory_region", "0005836"},
    {"misc_signal", "regulatory_region", "0005836"},
    {"polyA_signal", "polyA_signal_sequence", "0000551"},
    {"polyA_site", "polyA_site", "0000553"},
    {"sig_peptide", "signal_peptide", "0000418"},
    {"mat_peptide", "mature_protein_region", "0000419"},
    {"transit_peptide", "transit_peptide", "0000725"},
    {"propeptide", "propeptide", "0001062"},
    {"LTR", "long_terminal_repeat", "0000286"},
    {"repeat_region", "repeat_region", "0000657"},
    {"repeat_unit", "repeat_unit", "0000726"},
    {"satellite", "satellite_DNA", "0000005"},
    {"mobile_element", "mobile_genetic_element", "0001037"},
    {"stem_loop", "stem_loop", "0000313"},
    {"D-loop", "D_loop", "0000297"},
    {"variation", "sequence_variant", "0001060"},
    {"old_sequence", "sequence_variant", "0001060"},
    {"conflict", "sequence_conflict", "0001085"},
    {"unsure", "sequence_uncertainty", "0001086"},
    {"modified_base", "modified_DNA_base", "0000305"},
    {"misc_difference", "sequence_difference", "0000413"},
    {"misc_recomb", "recombination_feature", "0000298"},
    {"misc_structure", "sequence_secondary_structure", "0000002"},
    {"STS", "STS", "0000331"},
    {"gap", "gap", "0000730"},
    {"assembly_gap", "gap", "0000730"},
    {"centromere", "centromere", "0000577"},
    {"telomere", "telomere", "0000624"},
    {"V_region", "V_region", "0001833"},
    {"iDNA", "iDNA", "0000723"},
}};

template <class Match>
const TypeName* find(Match match) {
    const auto* found = std::find_if(types.begin(), types.end(), match);
    return found == types.end() ? nullptr : found;
}

}  // namespace

const TypeName* type_of_genbank(std::string_view key) {
    return find([&](const TypeName& type) { return type.genbank == key; });
}
const TypeName* type_of_ontology(std::string_view name) {
    return find([&](const TypeName& type) { return type.ontology == name; });
}
const TypeName* type_of_identifier(std::string_view identifier) {
    return find([&](const TypeName& type) { return type.identifier == identifier; });
}

}  // namespace leaven::seq
