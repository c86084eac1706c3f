// Finding patterns: IUPAC words with mismatches, and regular expressions over IUPAC classes.
//
// Both run in time linear in the sequence whatever the pattern, so a pattern from a stranger is safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::seq {

/// What an uncertain letter of the sequence matches: nothing, or what it may be. In a pattern N matches every base.
enum class Ambiguous : std::uint8_t { never, possible };

struct Match {
    Interval at;
    Strand strand = Strand::forward;
    std::int64_t mismatches = 0;
    auto operator<=>(const Match&) const = default;
};

struct FindOptions {
    bool forward = true;
    bool reverse = true;
    std::int64_t mismatches = 0;  // of an IUPAC word
    Ambiguous ambiguous = Ambiguous::never;
};

/// All places of an IUPAC word, overlapping ones too, sorted; on a circle those over the origin as well. A word that
/// is its own reverse complement is found once, on the forward strand.
///
/// Method  shift-and with one row of bits a mismatch (Wu & Manber 1992, doi:10.1145/135239.135244);
///         O(letters × mismatches × word / 64)
/// Errors  bad_input  a letter outside IUPAC, an empty word; cancelled
Result<std::vector<Match>> find_word(const Sequence& sequence, Topology topology, std::string_view word,
                                     const FindOptions& options, const Context& context);

/// For every start the longest match of a regular expression, sorted. Syntax: IUPAC letters, ".", "[ACG]", "[^A]",
/// "( )", "|", "*", "+", "?", "{m,n}". Empty matches are left out.
///
/// Method  position automaton (Glushkov 1961), run from the end so that each state knows its farthest match;
///         O(letters × transitions)
/// Errors  bad_input  not an expression, or one larger than 4,000 letters or 20,000 transitions; cancelled
Result<std::vector<Match>> find_expression(const Sequence& sequence, Topology topology, std::string_view expression,
                                           const FindOptions& options, const Context& context);

}  // namespace leaven::seq
