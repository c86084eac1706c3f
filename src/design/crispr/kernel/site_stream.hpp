// The places of a PAM, block by block, each with the bases beside it as one word.
//
// A site is looked at from its PAM: bit 0 of its word is the base next to the PAM, as the guide reads it. On the
// forward strand of a genome the protospacer of a 3' PAM lies left of the PAM, on the reverse strand right of it; for
// a 5' PAM it is the other way round. On a circle every PAM is met once: those with the protospacer on their right at
// 0 … n-1, the others at 64 … n+63, so that no window begins before the first base.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/crispr/genome.hpp>
#include <leaven/crispr/nuclease.hpp>
#include <leaven/crispr/search.hpp>

namespace leaven::crispr {

/// One strand of the search.
struct View {
    bool reverse = false;             // the strand
    bool left = false;                // the protospacer lies left of the PAM
    std::vector<std::uint8_t> pam{};  // sets of bases, in the order of the forward strand

    [[nodiscard]] std::int64_t pam_size() const { return static_cast<std::int64_t>(pam.size()); }
};

/// Both strands, forward first.
std::vector<View> views_of(const Nuclease& nuclease);

/// A run of places of a PAM in one contig.
struct Span {
    std::size_t contig = 0;
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

/// The genome cut into pieces of about 2^18 places: runs of short contigs, or parts of a long one.
struct Pieces {
    std::vector<Span> spans{};
    std::vector<std::size_t> starts{};  // of each piece among the spans, and the end of the last

    [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(starts.size()) - 1; }
};
Pieces cut_genome(const Genome& genome);

/// Sites of one view.
struct SiteBatch {
    const View* view = nullptr;
    std::size_t contig = 0;
    std::vector<std::uint64_t> words{};
    std::vector<std::int64_t> pam_at{};  // first forward position of the PAM
};

/// Calls `visit` with the sites of a span that have `window` certain bases beside their PAM.
///
/// Requires  window <= 30
void for_each_site(const Genome& genome, const std::vector<View>& views, const Span& span, std::int64_t window,
                   SiteBatch& batch, const std::function<void(const SiteBatch&)>& visit);

/// The forward interval of protospacer and PAM, with its start in the contig.
seq::Interval place_of(const Contig& contig, const View& view, std::int64_t pam_at, std::int64_t window);

/// Does a window fit at this place, and are all its bases certain?
bool is_whole(const Genome& genome, std::size_t contig, const View& view, std::int64_t pam_at, std::int64_t window);

/// The word of one site, as `for_each_site` gives it.
std::uint64_t word_at(const Genome& genome, std::size_t contig, const View& view, std::int64_t pam_at);

/// A site as people see it, all of it upper case.
SitePlace read_site(const Genome& genome, std::size_t contig, const Nuclease& nuclease, const View& view,
                    std::int64_t pam_at, std::int64_t window);

/// How many sites there are.
Result<std::int64_t> count_sites(const Genome& genome, const std::vector<View>& views, std::int64_t window,
                                 const Context& context);

}  // namespace leaven::crispr
