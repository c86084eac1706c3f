// Every place of a genome where a guide may bind, with mismatches and bulges.
//
// The answer is exact: what a comparison of every guide with every site would give. A genome of n bases is passed over
// once for some thousands of guides.
//
// Cost on one core of 2024: 1,000 guides with at most 4 mismatches on 4.6 Mb 20 ms; see docs/crispr.md.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/crispr/genome.hpp>
#include <leaven/crispr/nuclease.hpp>
#include <leaven/crispr/scores.hpp>

namespace leaven::crispr {

struct SearchOptions {
    Nuclease nuclease{};  // its spacer is the length of the guides
    std::int64_t mismatches = 4;
    std::int64_t dna_bulges = 0;  // bases of the genome without a partner in the guide
    std::int64_t rna_bulges = 0;  // bases of the guide without a partner in the genome
    bool portable = false;        // without the processor's newer instructions: the same answer
};

/// One row for a guide, a PAM and a class of bulges: the alignment with the fewest mismatches, its bulges as far left
/// in guide direction as such an alignment has them.
struct Hit {
    std::uint32_t guide = 0;
    std::uint32_t contig = 0;
    std::int64_t pam_start = 0;  // first forward base of the PAM
    std::uint32_t variant = 0;   // which alignment; 0 without bulges
    std::uint32_t ways = 1;      // alignments of this class with as few mismatches
    bool reverse = false;
    std::uint8_t mismatches = 0;
    std::uint8_t dna_bulges = 0;
    std::uint8_t rna_bulges = 0;
    double cfd = 0;  // only where the nuclease is scored and there is no bulge
    double mit = 0;

    [[nodiscard]] bool bulged() const { return dna_bulges + rna_bulges > 0; }
};

inline seq::Strand strand_of(bool reverse) { return reverse ? seq::Strand::reverse : seq::Strand::forward; }

/// A hit as people see it.
struct SitePlace {
    seq::Interval at{};  // protospacer and PAM
    std::string
        site{};  // as the guide reads it; lower case where it does not match, "-" for a guide base without partner
    std::string pam{};
    std::int64_t cut = 0;  // the base after the cut, on the forward strand
};

/// Gets the hits of guides `first` … `last` - 1, by guide, contig, place, strand and class; called in order.
using HitSink = std::function<Status(std::size_t first, std::size_t last, std::span<const Hit> hits)>;

class Search {
public:
    /// Requires  guides of A C G T in upper case, all as long as the nuclease's spacer; mismatches <= 6 and less than
    ///           that length; bulges <= 2 each
    Search(const Genome& genome, std::vector<std::string> guides, const SearchOptions& options);
    ~Search();
    Search(const Search&) = delete;
    Search& operator=(const Search&) = delete;

    /// Errors  cancelled; what `sink` returns
    Status run(const Context& context, const HitSink& sink) const;

    [[nodiscard]] SitePlace site_of(const Hit& hit) const;

    /// Sites that are looked at: PAMs with a whole protospacer of certain bases beside them.
    [[nodiscard]] Result<std::int64_t> searched_sites(const Context& context) const;

    [[nodiscard]] const std::vector<std::string>& guides() const { return guides_; }
    [[nodiscard]] const Genome& genome() const { return genome_; }

    struct Plan;  // how the work is cut

private:
    const Genome& genome_;
    std::vector<std::string> guides_;
    SearchOptions options_;
    std::unique_ptr<const Plan> plan_;
};

/// All hits of all guides, where they fit in memory.
Result<std::vector<Hit>> find_all(const Search& search, const Context& context);

}  // namespace leaven::crispr
