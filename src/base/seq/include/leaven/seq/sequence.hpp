// Letters of a molecule, upper case, with the runs that a file wrote in lower case (the soft mask) beside them.
//
// Units: positions in bases (or residues), 0-based. Cost: linear in the length where not said otherwise.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/seq/interval.hpp>

namespace leaven::seq {

enum class Alphabet : std::uint8_t { dna, rna, protein };

struct Sequence {
    std::string letters{};         // upper case IUPAC
    std::vector<Interval> mask{};  // runs written in lower case, sorted and apart
    Alphabet alphabet = Alphabet::dna;

    [[nodiscard]] std::int64_t length() const { return static_cast<std::int64_t>(letters.size()); }
};

/// The bases that an IUPAC letter stands for, a bit each: A 1, C 2, G 4, T and U 8; 0 for any other character.
std::uint8_t bases_of(char letter);

/// The letter for a set of bases, T rather than U. Requires  1 <= bases <= 15
char letter_of(std::uint8_t bases);

/// IUPAC nucleotide letter, either case?
inline bool is_nucleotide(char letter) { return bases_of(letter) != 0; }

/// The complement of an IUPAC letter, T for A; other characters stand.
char complement(char letter);

/// The other strand, read from its 5' end. In RNA the complement of A is U.
std::string reverse_complement(std::string_view letters, Alphabet alphabet = Alphabet::dna);
Sequence reverse_complement(const Sequence& sequence);

/// The sequence as it was written: lower case inside the mask.
std::string masked_letters(const Sequence& sequence);

/// Splits letters of both cases into upper case and mask.
Sequence from_masked(std::string letters, Alphabet alphabet);

/// Share of G and C (and S) among the letters that are certain about it; NaN where there are none.
double gc_share(std::string_view letters);

/// Letters that stand for more than one base. Requires  upper case
std::int64_t count_ambiguous(std::string_view letters);

/// The letters of an interval; past the end of a circle it goes on at the start.
///
/// Requires  0 <= start <= end; end <= length, or circular and end - start <= length
std::string letters_at(std::string_view letters, Interval at);

/// Start of the least rotation. Method  Booth 1980, doi:10.1016/0020-0190(80)90149-0, in Duval's form; O(n)
std::int64_t least_rotation(std::string_view letters);

/// The form that all rotations of both strands of a circle share: the least string over them. Of a linear molecule the
/// lesser of it and its reverse complement; of a protein the sequence itself.
std::string canonical_form(const Sequence& sequence, Topology topology);

}  // namespace leaven::seq
