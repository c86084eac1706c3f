// What restriction enzymes make of a molecule: cuts on both strands, and pieces with the ends that the cuts leave.
//
// Positions are 0-based on the forward strand. A cut has two: before which base the top strand and before which base
// the bottom strand is broken; where they differ the bases between them are single-stranded on both sides of the cut.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/seq/enzyme.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::dna {

/// The strand that protrudes: none, the one that ends with its 5' end there, or with its 3' end.
enum class EndKind : std::uint8_t { blunt, five_prime, three_prime };

/// One end of a double-stranded piece.
struct End {
    EndKind kind = EndKind::blunt;
    std::string overhang{};  // its bases as the top strand of the piece reads them, whichever strand protrudes
    bool native = true;      // the end of a linear molecule as it came, without 5' phosphate; false: made by a cut
    bool recuts = false;     // the site that made it lies whole on this side: what is ligated here is cut again

    bool operator==(const End&) const = default;
};

/// "blunt", "5'AATT" or "3'TGCA", the overhang as the protruding strand reads it. `left` says which end of the piece.
std::string to_text(const End& end, bool left);

/// The end as the other strand sees it.
End reversed(const End& end);

enum class Methylation : std::uint8_t { none, dam, dcm, cpg };

struct Cut {
    std::size_t enzyme = 0;   // index
    std::int64_t top = 0;     // on a circle in [0, length)
    std::int64_t bottom = 0;  // on the same scale: on a circle it may be below 0 or at the length and beyond
    seq::Interval site{};     // on that scale, too
    seq::Strand strand = seq::Strand::forward;

    /// Both strands are broken within the molecule; else one strand alone is, near the end of a linear molecule.
    [[nodiscard]] bool whole(const seq::Record& record) const;
};

/// All cuts, sorted by position. A site of a circle may lie over the origin; of a linear molecule a cut of the top
/// strand that falls outside is left out.
///
/// With methylation, an enzyme of which REBASE knows that methylation can block it does not cut where a methylated base
/// (dam: A of GATC; dcm: second C of CCWGG; cpg: C of CG) lies in its site, but for those listed as indifferent.
/// Reference  McClelland, Nelson, Raschke 1994, doi:10.1093/nar/22.17.3640
/// Errors     bad_input  a record without its sequence, or a protein; cancelled
Result<std::vector<Cut>> find_cuts(const seq::Record& record, std::span<const seq::Enzyme> enzymes,
                                   Methylation methylation, const Context& context);

/// The overhang that a cut leaves, as the top strand reads it; empty where it is blunt.
std::string overhang_of(const seq::Record& record, const Cut& cut);
EndKind kind_of(const Cut& cut);

/// A double-stranded piece: `at` takes in the single-stranded bases of both ends, so on a circle that is cut once it is
/// longer than the circle.
struct Piece {
    seq::Interval at{};
    End left{};
    End right{};
    bool uncut = false;  // the molecule as it came
    bool circular = false;

    [[nodiscard]] std::int64_t length() const { return at.length(); }
};

/// The pieces of a complete digest, in order of their start. Two cuts that leave no paired base between them give none:
/// the strands fall apart.
std::vector<Piece> cut_pieces(const seq::Record& record, std::span<const Cut> cuts);

/// The pieces of an incomplete digest: every run from one cut to a later one.
///
/// Errors  bad_input  their bases together would be more than `most_bases`
Result<std::vector<Piece>> partial_pieces(const seq::Record& record, std::span<const Cut> cuts,
                                          std::int64_t most_bases = 200'000'000);

/// The letters of an interval of a molecule; on a circle it may be longer than the circle.
std::string letters_of(const seq::Record& record, seq::Interval at);

}  // namespace leaven::dna
