// How a gene uses its codons: CAI, tAI, effective number of codons, GC at third positions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/dna/codon_table.hpp>

namespace leaven::dna {

struct CodonUse {
    std::vector<Codon> codons{};   // whole and certain ones, without the last where it is a stop
    std::vector<Text> warnings{};  // a cut codon, uncertain bases, a stop inside
};

/// The codons of a coding sequence, in order. Stops inside are left out of the codons.
CodonUse codons_of(std::string_view coding, const AminoAcids& amino_acids);

/// Geometric mean of the weights over codons that have synonyms; nothing where there are none.
///
/// Reference  Sharp, Li 1987, doi:10.1093/nar/15.3.1281
std::optional<double> adaptation_index(std::span<const Codon> codons, const PerCodon& weights,
                                       const AminoAcids& amino_acids);

/// Geometric mean of the tRNA weights over codons other than Met.
std::optional<double> trna_index(std::span<const Codon> codons, const PerCodon& weights, const AminoAcids& amino_acids);

/// 20 … 61; nothing where the gene is too short to tell.
///
/// Reference  Wright 1990, doi:10.1016/0378-1119(90)90491-9: F of a missing class of three is the mean of those of two
///            and four
std::optional<double> effective_number(std::span<const Codon> codons, const AminoAcids& amino_acids);

/// Share of G and C at third positions.
std::optional<double> gc3(std::span<const Codon> codons);

}  // namespace leaven::dna
