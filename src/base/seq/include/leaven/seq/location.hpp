// Where a feature lies: the location grammar of GenBank as a tree, and the pieces it reads.
//
//     complement(join(2387..2446,1..40))    <1..>60    100^101    77    order(10..20,J00194.1:5..9)
//
// Positions are 0-based half-open inside, 1-based inclusive in the text.
// Format  The DDBJ/ENA/GenBank Feature Table Definition 11.3, section 3.4.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/seq/interval.hpp>

namespace leaven::seq {

struct Location {
    enum class Kind : std::uint8_t {
        span,        // "3..9", or "7" for a single base
        between,     // "100^101": the joint before base `span.start` (0-based); on a circle "n^1" is the joint at n
        within,      // "(102.110)": one base somewhere in the span
        join,        // parts read one after the other
        order,       // parts that belong together; nothing said of being joined
        bond,        // "bond(12,63)": residues
        complement,  // its one part, read on the other strand
    };
    Kind kind = Kind::span;
    Interval span{};
    char start_mark = '\0';  // '<' or '>' before the first position
    char end_mark = '\0';    // the same for the last
    bool single = false;     // one base, written as one number
    std::string remote{};    // accession of another record, "J00194.1"; empty for this one
    std::vector<Location> parts{};

    bool operator==(const Location&) const = default;
};

/// A contiguous run that a location reads; of one on the reverse strand the reverse complement is read.
struct Piece {
    Interval at{};
    Strand strand = Strand::forward;
    std::string remote{};
    bool operator==(const Piece&) const = default;
};

/// Reads the text of a location. `length` and `topology` are those of the record: on a circle a span may go from a
/// greater to a lesser position.
///
/// Errors  bad_input  not a location, or it lies beyond the record; `where` is the text itself
Result<Location> parse_location(std::string_view text, std::int64_t length, Topology topology);

/// The same for text out of a file: positions beyond the record are kept as they stand. See `lies_within`.
Result<Location> parse_location_anywhere(std::string_view text, std::int64_t length, Topology topology);

/// Do all its pieces in this record lie within it?
bool lies_within(const Location& location, std::int64_t length, Topology topology);

/// The text, without blanks. `length` of a circle splits spans over the origin into a join; 0: a linear molecule.
std::string to_text(const Location& location, std::int64_t length = 0);

/// The pieces in the order in which they are read. Parts that meet at the origin of a circle of `length` bases are one
/// piece with end > length. `between` gives an empty piece.
std::vector<Piece> pieces_of(const Location& location, std::int64_t length, Topology topology);

/// Strand of the feature: reverse where all pieces are, forward otherwise.
Strand strand_of(const Location& location);

/// From the first to the last position of a location, over the origin where its pieces do.
Interval extent_of(const Location& location, std::int64_t length, Topology topology);

/// Is the 5' (or the 3') end of what it reads said to lie outside?
bool open_at_start(const Location& location);
bool open_at_end(const Location& location);

/// The same bases after base `offset` (0-based) has become the first of a circle of `length` bases: parts that the new
/// origin cuts are split, parts that met at the old one are whole again.
Location rotated(const Location& location, std::int64_t offset, std::int64_t length);

/// The same bases on the other strand of a molecule of `length` bases.
Location reversed(const Location& location, std::int64_t length);

/// `location` on the other strand, in the simplest form.
Location complemented(Location location);

}  // namespace leaven::seq
