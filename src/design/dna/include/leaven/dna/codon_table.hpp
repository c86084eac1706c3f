// Codons as numbers, and tables of how an organism uses them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/dna/bases.hpp>
#include <leaven/seq/genetic_code.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::dna {

/// Three bases as 16 a + 4 b + c, with A 0, C 1, G 2, T 3.
using Codon = std::uint8_t;
constexpr std::size_t codon_count = 64;

/// Nothing where a letter is not one of A C G T U.
std::optional<Codon> codon_of(std::string_view three);
std::string text_of(Codon codon);
Codon reverse_complement(Codon codon);

/// The amino acid of each codon, "*" for a stop.
using AminoAcids = std::array<char, codon_count>;
AminoAcids amino_acids_of(const seq::GeneticCode& code);

/// How many codons each amino acid has.
std::array<int, 256> degeneracy_of(const AminoAcids& amino_acids);

using PerCodon = std::array<double, codon_count>;

struct CodonTable {
    std::string name{};
    AminoAcids amino_acids{};
    PerCodon fraction{};        // among the codons of the amino acid; NaN in a table of weights
    PerCodon weight{};          // relative adaptiveness w: fraction / greatest fraction, 0.01 where that is zero
    bool has_fractions = true;  // false: the file gave weights alone
};

/// Fractions and weights of counts. An amino acid that never occurs has equal fractions and weights of 1.
///
/// Reference  Sharp, Li 1987, doi:10.1093/nar/15.3.1281
CodonTable table_of_counts(const PerCodon& counts, const AminoAcids& amino_acids, std::string name);

/// Reads "amino_acid,codon,relative_frequency", "codon amino-acid count" or "codon weight", parted by tabs or commas.
///
/// Errors  bad_input  another form, a codon missing or twice, a negative number
Result<CodonTable> read_codon_table(std::string_view bytes, const std::string& name, const AminoAcids& amino_acids);

/// A table of the catalogue by its name, or a file.
///
/// Errors  bad_input  no such table, with the nearest names; as read_codon_table
Result<CodonTable> load_codon_table(const std::string& name, std::int64_t genetic_code = 11);

/// The names of the catalogue's tables.
std::vector<std::string> codon_table_names();

/// Weights of the tRNA adaptation index from the number of tRNA genes for each anticodon, given by the codon that it
/// pairs with exactly; stops and Met 0.
///
/// Reference  dos Reis, Savva, Wernisch 2004, doi:10.1093/nar/gkh834; s values as published there, bacterial AUA by
///            lysidine. Codons that no tRNA reads get the geometric mean of the others.
PerCodon tai_weights(const std::array<std::int64_t, codon_count>& trna_genes, const AminoAcids& amino_acids);

/// tRNA genes of an annotated genome by anticodon, from /anticodon or a note such as "tRNA-Ile(GAU)"; nothing where
/// no tRNA says its anticodon.
std::optional<std::array<std::int64_t, codon_count>> trna_genes_of(std::span<const seq::Record> records);

}  // namespace leaven::dna
