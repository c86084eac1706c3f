// A problem made ready for the search: bases and codons allowed, patterns, windows, words, and the objective in terms
// of the codon or base at each position.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <leaven/dna/problem.hpp>

#include "automaton.hpp"

namespace leaven::dna {

inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// Two worths this close are one.
inline double near(double value) { return 1e-10 * std::max(1.0, std::abs(value)); }

/// A pattern and the positions at which it may begin; positions before 0 and from `length` on lie in the flanks.
struct Watch {
    seq::Expression expression{};
    int required = -1;
    seq::Interval starts{};   // on a circle modulo its length
    seq::Interval within{};   // where a match must lie; empty: anywhere after its start
    bool everywhere = false;  // on a circle: without ends
};

/// Windows of one size, or one set of pieces taken together, with the number of G and C allowed.
struct GcLimits {
    std::vector<seq::Interval> pieces{};
    std::int64_t window = 0;  // 0: all pieces together
    std::int64_t least = 0;
    std::int64_t most = 0;
    bool around = false;  // the whole circle
};

/// Words that must not occur together.
struct WordRule {
    enum class Kind : std::uint8_t { repeat, hairpin, terminal };
    Kind kind = Kind::repeat;
    std::int64_t k = 20;
    std::int64_t span = 0;  // hairpin: bases from the start; terminal: bases of either end
    bool both = true;
    std::vector<seq::Interval> pieces{};
    bool around = false;
};

/// A constraint that is judged on the whole answer alone.
struct WholeRule {
    Place place{};
    Rule rule{};
};

/// Where a codon ends (its highest position) and how it is read.
struct CodonSite {
    std::int64_t end;  // position of its last base on the forward strand
    bool reverse;
};

/// A geometric mean of codon weights: weight · exp(sum / codons).
struct MeanTerm {
    double weight = 1;
    double codons = 1;
    std::vector<CodonSite> sites{};
    PerCodon log_weight{};
};

/// -weight · Σ |n − n_aa f|
struct MatchTerm {
    double weight = 1;
    std::vector<CodonSite> sites{};
    PerCodon target{};  // n_aa f
    AminoAcids amino_acids{};
};

/// -weight · |share − target|
struct GcTerm {
    double weight = 1;
    std::vector<std::int64_t> positions{};
    double target = 0;  // bases
    double per_base = 0;
};

/// A sum over bases, each with the one before it, that must not be less than `least`.
struct SumLimit {
    std::vector<std::int64_t> positions{};        // one after the other
    std::vector<std::array<double, 16>> worth{};  // of each, by its own base and the one before
    double least = 0;
};

struct Model {
    const Problem* problem = nullptr;
    std::int64_t length = 0;
    bool circular = false;
    bool impossible = false;               // a rule that no choice of bases can meet
    std::vector<std::uint64_t> allowed{};  // by position: trinucleotides (see Codon) that may end there
    std::vector<Watch> watches{};
    std::vector<std::int64_t> required{};  // places that each requirement needs
    std::vector<GcLimits> gc{};
    std::vector<WordRule> words{};
    std::vector<std::pair<Place, NoMatch>> foreign{};
    std::vector<WholeRule> whole{};
    std::vector<SumLimit> sums{};
    std::vector<std::pair<Place, Folding>> foldings{};

    std::vector<double> linear{};  // length × 64: worth of the trinucleotide ending here
    std::vector<MeanTerm> means{};
    std::vector<MatchTerm> matches{};
    std::vector<GcTerm> gc_goals{};
};

/// The codon that a site has where trinucleotide `t` ends at its last base.
inline Codon codon_at(const CodonSite& site, Codon t) { return site.reverse ? reverse_complement(t) : t; }

/// Restricts the base at a position to a set (A 1, C 2, G 4, T 8).
void restrict_base(std::vector<std::uint64_t>& allowed, std::int64_t position, std::uint8_t bases);

/// The problem under those of its constraints that are `active`; without objectives where `scored` is false.
///
/// Errors  bad_input  an expression without limit on a circle, an objective on codons whose amino acid is open
Result<Model> compile(const Problem& problem, const std::vector<bool>& active, bool scored);

/// Worth of an answer, by the objective's own formula.
double worth_of(const Model& model, std::string_view letters);

}  // namespace leaven::dna
