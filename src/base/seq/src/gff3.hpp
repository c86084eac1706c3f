// GFF3, with or without a FASTA section.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::seq {

/// Lines of one ID are one feature, their parts in reading order; columns 2, 6 and 8 are the qualifiers gff_source,
/// gff_score and gff_phase.
///
/// Format  The Sequence Ontology, GFF3 1.26
Result<std::vector<Record>> read_gff3(std::string_view bytes, const std::string& name, std::vector<Warning>& warnings);

/// Header, one line a part of a feature, then ##FASTA where there are sequences.
std::string write_gff3(const std::vector<Record>& records);

/// Names of feature types in GenBank and in the Sequence Ontology.
struct TypeName {
    std::string_view genbank;
    std::string_view ontology;    // as in GFF3
    std::string_view identifier;  // "0000316"
};
const TypeName* type_of_genbank(std::string_view key);
const TypeName* type_of_ontology(std::string_view name);
const TypeName* type_of_identifier(std::string_view identifier);

}  // namespace leaven::seq
