// Letters of a sequence out of the text that holds them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <leaven/seq/sequence.hpp>

namespace leaven::seq {

enum class LetterKind : std::uint8_t {
    bases,           // IUPAC nucleotides
    numbered_bases,  // and digits beside them, as in GenBank
    residues,        // any letter, "*" for a stop
    numbered_residues,
    any,  // bases or residues
};

struct Letters {
    std::string text;        // both cases as written
    std::int64_t lower = 0;  // how many are lower case
    bool protein = false;    // a letter that is no base was met (kind `any` or `residues`)
    std::string fault;       // the character that does not belong; empty: none
    std::size_t at = 0;      // where in the input it stands
};

/// Blanks and line ends are left out.
Letters read_letters(std::string_view text, LetterKind kind);

/// The bases of a GenBank sequence, in upper case, where its lines are numbered and grouped as the format says and all
/// letters are of one case; no text where they are not.
Letters read_numbered_lines(std::string_view lines, std::string_view end_of_line);

/// What the letters are, where the format does not say: a protein if a letter is no base, or if most are not one of
/// A C G T U N; RNA if there is U and no T.
Alphabet guess_alphabet(std::string_view letters, bool protein);

}  // namespace leaven::seq
