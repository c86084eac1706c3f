// Changes of a chromosome: what to order for each of them, by which method, and how to see that it was made.
//
//     const auto typed = parse_genome_edit("replace:thrA[100..102]:GCT");
//     const auto edit = place_edit(*typed, typed->bases, genome, true);
//     const auto design = design_edit(genome, *edit, {.method = EditMethod::mage, .replication = *replication},
//     context);
//
// Positions are 0-based half-open on the forward strand of the genome as it was given; on a circle an interval over the
// origin has end > length. Every piece of a design (oligo, donor, edited end of an arm) reads as the edited genome
// does.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/seq/edit.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::dna {

enum class EditMethod : std::uint8_t { lambda_red, mage, cas9_hdr, double_crossover, yeast_hr };

/// Requires  the name of one of them
EditMethod edit_method_named(std::string_view name);

/// An edit as typed: delete:thrB, delete:100..200, replace:thrA[100..102]:GCT, insert:5000:FILE (after base 5000). In a
/// gene, bases are counted along its reading direction. Of several records one is named: delete:chrIV:100..200.
struct TypedEdit {
    enum class Kind : std::uint8_t { remove, replace, insert };
    std::string text{};
    Kind kind = Kind::remove;
    std::string contig{};    // empty: the genome has one
    std::string gene{};      // empty: positions on the contig
    std::int64_t first = 0;  // 1-based; 0: the whole gene
    std::int64_t last = 0;
    std::string bases{};  // letters, or a file that holds them
};

/// Errors  bad_input  not such an edit; `where` is its text
Result<TypedEdit> parse_genome_edit(std::string_view text);

/// What speaks against an edit or calls for care: a word for programs, the gene it is about, a text for people.
struct EditNote {
    std::string code{};
    std::string gene{};
    Text message{};
};

/// Bases `at` of a record become `letters`.
struct GenomeEdit {
    std::string text{};
    std::size_t record = 0;
    seq::Interval at{};
    std::string letters{};                      // on the forward strand
    std::string gene{};                         // that was named
    seq::Strand strand = seq::Strand::forward;  // which it reads as, and what came in with it
    std::vector<seq::Feature> features{};       // of `letters`, counted from the first of them
    std::vector<EditNote> notes{};

    [[nodiscard]] std::int64_t change() const { return static_cast<std::int64_t>(letters.size()) - at.length(); }
    /// As seq::apply takes it, on a molecule of `length` bases.
    [[nodiscard]] seq::Edit on_record(std::int64_t length) const;
};

/// Finds the place of an edit. `bases`: the letters that come in, as the gene reads where one is named.
///
/// With `keep_frame` a coding gene that is deleted keeps its first codon, its last seven, and whatever holds the
/// ribosome binding site, the start or the bases of a neighbour: what is left is in frame (Baba et al. 2006,
/// doi:10.1038/msb4100050). Notes name every other gene that the edit cuts, shifts or unbinds from its ribosome.
///
/// Errors  not_found  no such gene or record, with the nearest names
///         bad_input  a place beyond the record or the gene, over a splice joint, in one of several genes of that name;
///                    letters outside IUPAC; an edit that changes nothing
Result<GenomeEdit> place_edit(const TypedEdit& typed, const std::string& bases, std::span<const seq::Record> genome,
                              bool keep_frame);

/// The same for a molecule that comes in with its features; one that is a circle is opened at its origin.
Result<GenomeEdit> place_edit(const TypedEdit& typed, const seq::Record& incoming, std::span<const seq::Record> genome,
                              bool keep_frame);

/// What the oligos of an edit are called by: its gene, or where it begins.
std::string stem_of(const GenomeEdit& edit);

/// What is ordered for one edit must not reach into another, `reach` bases on both sides.
///
/// Errors  bad_input  two that are nearer
Status check_apart(std::span<const GenomeEdit> edits, std::span<const seq::Record> genome, std::int64_t reach);

/// Where replication of a circular chromosome begins and ends.
struct Replication {
    std::int64_t origin = 0;
    std::int64_t terminus = 0;
    std::int64_t length = 0;
};

/// oriC and dif: as given (1-based), else as annotated; dif also by the 28 bases that it has in Escherichia coli. None
/// where the record does not say.
///
/// Errors  bad_input  a position beyond the record; cancelled
Result<std::optional<Replication>> find_replication(const seq::Record& record, std::optional<std::int64_t> origin,
                                                    std::optional<std::int64_t> terminus, const Context& context);

/// 1 from oriC upwards to dif, 2 on the other side.
int replichore_of(const Replication& replication, std::int64_t position);

/// A place that a nuclease can be guided to; its PAM follows the protospacer.
struct Guide {
    std::string letters{};
    std::string pam{};
    std::string pam_pattern{};  // "NGG"
    seq::Interval at{};         // protospacer and PAM
    seq::Strand strand = seq::Strand::forward;
    std::int64_t cut = 0;              // the base after the cut
    std::int64_t off_targets = 0;      // other places with few mismatches
    std::vector<std::string> flags{};  // what speaks against it for itself
};

/// Every guide whose site touches a place of a genome. Whoever knows how to find guides gives one.
using GuideFinder = std::function<Result<std::vector<Guide>>(std::span<const seq::Record> genome, std::size_t record,
                                                             seq::Interval place, const Context& context)>;

struct EditOptions {
    EditMethod method = EditMethod::lambda_red;
    std::int64_t arm = 50;
    std::int64_t oligo_length = 90;
    std::optional<Replication> replication{};
    GuideFinder guides{};  // of cas9_hdr
};

struct EditOligo {
    std::string name{};
    std::string letters{};
    seq::Strand strand = seq::Strand::forward;  // which it reads as
    std::optional<std::int64_t> replichore{};
    double dg_kcal = 0;  // of its most stable fold at 37 degrees
};

struct EditArm {
    bool left = true;
    seq::Interval at{};
    std::string letters{};
};

struct CheckPrimer {
    std::string name{};
    std::string letters{};
    seq::Strand strand = seq::Strand::forward;
    double tm_c = 0;
};

struct EditDesign {
    std::vector<EditOligo> oligos{};
    std::vector<EditArm> arms{};
    std::string donor{};  // both arms and what stands between them; empty: the oligo is all
    std::optional<Guide> guide{};
    std::vector<CheckPrimer> check_primers{};
    std::int64_t wild_type = 0;  // length of the product that shows the genotype
    std::int64_t edited = 0;
    std::vector<EditNote> notes{};
};

/// Oligos, arms and donor of an edit, and primers that tell the genotypes apart.
///
/// mage: one oligo of the lagging strand (Wang et al. 2009, doi:10.1038/nature08187), the change within five bases of
/// its middle, there where it folds least. Other methods: arms on both sides; a donor of up to 200 bases is an oligo,
/// of a longer one the oligos are the primers that make it. Check primers lie outside the arms; where the products
/// would differ by less than 20 bases, two more end on the change, one for each genotype (Ye et al. 2001,
/// doi:10.1093/nar/29.17.e88), so that the lengths differ all the same.
///
/// Errors  bad_input  arms that pass the end of a linear record, a change too long for the oligo, no replichore where
///                    the method needs one, no finder of guides; cancelled
Result<EditDesign> design_edit(std::span<const seq::Record> genome, const GenomeEdit& edit, const EditOptions& options,
                               const Context& context);

/// The genome with all edits made, and the features of what came in. Errors  bad_input  two of them overlap
Result<std::vector<seq::Record>> edited_genome(std::span<const seq::Record> genome, std::span<const GenomeEdit> edits);

}  // namespace leaven::dna
