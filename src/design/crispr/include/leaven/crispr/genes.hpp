// Genes by place: what a guide hits, and what a person means by a name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/crispr/genome.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::crispr {

struct Gene {
    std::string name{};       // gene, else locus tag, else label
    std::string locus_tag{};  // empty where it has none
    std::string type{};       // "CDS", "rRNA", …; "gene" where nothing more is said
    std::string product{};
    std::size_t contig = 0;
    seq::Interval at{};  // from first to last base; over the origin end > length
    seq::Strand strand = seq::Strand::forward;
    std::vector<seq::Piece> pieces{};  // in reading order
    std::int64_t genetic_code = 1;
    std::int64_t codon_start = 1;
    bool pseudo = false;
    bool essential = false;                             // as the annotation says
    std::optional<std::int64_t> transcription_start{};  // before this forward base, or (reverse) after it; from an mRNA

    [[nodiscard]] std::int64_t coding_length() const;
};

/// Are they one gene: the same, or two readings of it (isoforms, a frameshift) that share bases and a locus tag, or a
/// name where neither has a tag? `circle`: bases of the contig where it is a circle, else 0
bool same_gene(const Gene& a, const Gene& b, std::int64_t circle);

/// What is added to a position to meet it on a circle of so many bases one round before and one after; of a linear
/// contig (0) it is met once.
inline std::vector<std::int64_t> turns_of(std::int64_t circle) {
    if (circle == 0) return {0};
    return {0, circle, -circle};
}

class GeneMap {
public:
    /// Takes the genes of a record; those of the same locus tag are one. Other features are left out.
    void add(std::size_t contig, const seq::Record& record);

    /// To be called once all are added.
    void finish(const Genome& genome);

    [[nodiscard]] const std::vector<Gene>& genes() const { return genes_; }

    /// The gene that shares most bases with a place, the first of several; nullptr where there is none.
    [[nodiscard]] const Gene* at(std::size_t contig, seq::Interval place) const;

    /// All genes that share a base with a place, in order. Of a circle, the place may begin a turn before it and end a
    /// turn after it.
    [[nodiscard]] std::vector<const Gene*> over(std::size_t contig, seq::Interval place) const;

    /// All genes of this name or locus tag. Errors  not_found, with the nearest names
    [[nodiscard]] Result<std::vector<const Gene*>> named(std::string_view name) const;

private:
    std::vector<Gene> genes_{};
    struct Extent {
        std::int64_t length = 0;
        bool circular = false;
    };
    std::vector<Extent> contigs_{};
    std::vector<std::vector<std::vector<std::uint32_t>>> shelves_{};  // contig, 4,096 bases: genes there
};

/// A genome file, with the genes it holds.
struct GenomeFile {
    Genome genome{};
    GeneMap genes{};
};

/// A sequence file, an index, or a name of the catalogue.
///
/// In FASTA and 2bit no contig is a circle unless `topologies` says so.
/// Errors  as seq::RecordReader and Genome::open; bad_input  a protein, a contig twice, one without its sequence;
///         not_found  a contig named as a circle is not there; cancelled
Result<GenomeFile> read_genome(const std::string& input, const Topologies& topologies, const Context& context);

/// The genes of another file, GenBank or GFF3, of the same genome.
///
/// Errors  bad_input  a contig has another length or other bases;  not_found  the genome lacks a contig
Result<GeneMap> read_genes(const std::string& input, const Genome& genome);

/// "contig:100..900" as people write it, 1-based and inclusive; a contig alone is all of it, of a circle once more
/// round, so that what passes the origin lies in it. Blanks in names are kept.
struct Region {
    std::size_t contig = 0;
    seq::Interval at{};
};
Result<Region> read_region(const std::string& text, const Genome& genome, const std::string& where);

}  // namespace leaven::crispr
