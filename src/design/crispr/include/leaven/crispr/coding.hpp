// The coding sequence of a gene on its genome: letters, protein, and where each letter lies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/crispr/genes.hpp>
#include <leaven/seq/genetic_code.hpp>

namespace leaven::crispr {

/// Forward letters of a place, over the origin of a circle too, however far. Requires  at.start >= 0
std::string letters_over(const Genome& genome, std::size_t contig, seq::Interval at);

/// Bases of the contig where it is a circle, else 0.
std::int64_t circle_of(const Genome& genome, std::size_t contig);

class Coding {
public:
    /// From the first whole codon on. Errors  not_found  no such genetic code
    static Result<Coding> of(const Genome& genome, const Gene& gene);

    [[nodiscard]] const std::string& letters() const { return letters_; }
    [[nodiscard]] const std::string& protein() const { return protein_; }

    /// The protein that other letters would give. The first codon reads M where the code lets it start, and "?" where
    /// it is not the gene's own: where translation would start then is not known.
    [[nodiscard]] std::string translate(std::string_view letters) const;

    /// Which coding letter lies at a forward position of the contig; none outside the gene.
    [[nodiscard]] std::optional<std::int64_t> index_of(std::int64_t position) const;

    /// The forward interval of coding letters, its start in the contig; none where they lie over a joint of the gene.
    [[nodiscard]] std::optional<seq::Interval> place_of(seq::Interval coding) const;

    [[nodiscard]] seq::Strand strand() const { return strand_; }
    [[nodiscard]] const seq::GeneticCode& code() const { return code_; }

private:
    std::vector<seq::Piece> pieces_{};
    std::int64_t skipped_ = 0;  // letters before the first whole codon
    std::int64_t length_ = 0;   // of the contig
    seq::Strand strand_ = seq::Strand::forward;
    seq::GeneticCode code_{};
    std::string letters_{};
    std::string protein_{};
};

/// How a protein differs from another, residue by residue: "T100I", "Q12*", "M1?" where the start is lost; "=" where it
/// does not. Where the protein is longer or shorter the first residue alone: "T100del", "T100ins", and where the frame
/// is shifted "T100fs". `first` is the number of the first residue given.
std::string change_of(std::string_view before, std::string_view after, std::int64_t first = 1);

/// A change asked of a coding sequence, as people write it:
///
///     stop   T100I   thrA:T100I   thrA:c.12A>G   c.12_14del   c.12_13insACG   c.12_14delinsGG
struct CodingEdit {
    enum class Kind : std::uint8_t { none, stop, residue, bases };
    Kind kind = Kind::none;
    std::string text{};
    std::string gene{};  // empty: whichever the target is
    seq::Interval at{};  // of coding letters (bases) or residues (residue), 0-based
    std::string from{};  // as the text says; empty where it does not
    std::string to{};
};

/// Errors  bad_input  not an edit; `where` is "edit"
Result<CodingEdit> read_edit(const std::string& text);

/// An edit of residues or bases as a replacement of coding letters, with the fewest bases changed.
///
/// Errors  bad_input  the gene has something else there than the edit says, or is too short
Result<CodingEdit> as_bases(const CodingEdit& edit, const Coding& coding);

}  // namespace leaven::crispr
