#include "site_stream.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include <leaven/core/parallel.hpp>
#include <leaven/seq/sequence.hpp>

#include "planes.hpp"

namespace leaven::crispr {
namespace {

constexpr std::int64_t piece_places = std::int64_t{1} << 18;
constexpr std::int64_t batch_blocks = 256;

/// Places of a PAM that a view may have in a contig.
seq::Interval range_of(const Contig& contig, const View& view, std::int64_t window) {
    const auto n = contig.length;
    const auto whole = window + view.pam_size();
    if (n < whole) return {};
    if (contig.circular) return view.left ? seq::Interval{64, n + 64} : seq::Interval{0, n};
    return view.left ? seq::Interval{window, n - view.pam_size() + 1} : seq::Interval{0, n - whole + 1};
}

/// All ones where a plane's base may be in the set.
std::uint64_t members(std::uint64_t hi, std::uint64_t lo, std::uint8_t set) {
    std::uint64_t out = 0;
    if (set & 1U) out |= ~hi & ~lo;
    if (set & 2U) out |= ~hi & lo;
    if (set & 4U) out |= hi & ~lo;
    if (set & 8U) out |= hi & lo;
    return out;
}

/// Bit i: does the PAM match at place i of the block, all its bases certain?
std::uint64_t pam_mask(const Block* block, const std::vector<std::uint8_t>& pam) {
    const Block& here = block[0];
    const Block& next = block[1];
    const bool clean = (here.bad | next.bad) == 0;
    auto mask = ~std::uint64_t{0};
    for (unsigned i = 0; i < pam.size(); ++i) {
        if (pam[i] != 15) mask &= members(plane_at(here.hi, next.hi, i), plane_at(here.lo, next.lo, i), pam[i]);
        if (!clean) mask &= ~plane_at(here.bad, next.bad, i);
    }
    return mask;
}

/// Is a base of the 192 about the block not certain?
bool needs_look(const Block* block) { return (block[-1].bad | block[0].bad | block[1].bad) != 0; }

bool window_is_certain(const Block* blocks, const View& view, std::int64_t pam_at, std::int64_t window) {
    const auto from = view.left ? pam_at - window : pam_at + view.pam_size();
    return (bad_at(blocks, from) & first_bits(window)) == 0;
}

std::uint64_t bits_within(std::int64_t block, seq::Interval range) {
    auto mask = ~std::uint64_t{0};
    if (range.start > block * 64) mask &= ~std::uint64_t{0} << (range.start - block * 64);
    if (range.end < block * 64 + 64) mask &= ~(~std::uint64_t{0} << (range.end - block * 64));
    return mask;
}

std::uint64_t site_word(const Block* blocks, const View& view, std::int64_t pam_at) {
    const auto word = view.left ? reversed(bases_at(blocks, pam_at - 32)) : bases_at(blocks, pam_at + view.pam_size());
    return view.reverse ? ~word : word;
}

/// Calls `visit(place)` for every site of one view in blocks `begin` … `end` - 1 of a contig.
template <class Visit>
void scan(const Block* blocks, const View& view, seq::Interval range, std::int64_t window, std::int64_t begin,
          std::int64_t end, Visit&& visit) {
    for (auto block = begin; block < end; ++block) {
        auto mask = pam_mask(blocks + block, view.pam) & bits_within(block, range);
        const bool look = needs_look(blocks + block);
        for (; mask != 0; mask &= mask - 1) {
            const auto place = block * 64 + std::countr_zero(mask);
            if (!look || window_is_certain(blocks, view, place, window)) visit(place);
        }
    }
}

seq::Interval narrowed(seq::Interval range, const Span& span) {
    return {std::max(range.start, span.begin), std::min(range.end, span.end)};
}

}  // namespace

std::vector<View> views_of(const Nuclease& nuclease) {
    View forward{.reverse = false, .left = !nuclease.pam_first};
    View reverse{.reverse = true, .left = nuclease.pam_first};
    for (const char c : nuclease.pam) {
        forward.pam.push_back(seq::bases_of(c));
        reverse.pam.push_back(seq::bases_of(seq::complement(c)));
    }
    std::reverse(reverse.pam.begin(), reverse.pam.end());
    return {forward, reverse};
}

Pieces cut_genome(const Genome& genome) {
    Pieces pieces;
    std::int64_t held = piece_places;  // in the last piece; full before the first
    for (std::size_t contig = 0; contig < genome.contigs().size(); ++contig) {
        const auto places = genome.contigs()[contig].length + 64;  // a PAM may begin at the end, or in the second turn
        for (std::int64_t begin = 0; begin < places; begin += piece_places) {
            const auto end = std::min(places, begin + piece_places);
            if (held + (end - begin) > piece_places) {
                pieces.starts.push_back(pieces.spans.size());
                held = 0;
            }
            pieces.spans.push_back({contig, begin, end});
            held += end - begin;
        }
    }
    pieces.starts.push_back(pieces.spans.size());
    return pieces;
}

void for_each_site(const Genome& genome, const std::vector<View>& views, const Span& span, std::int64_t window,
                   SiteBatch& batch, const std::function<void(const SiteBatch&)>& visit) {
    const auto* blocks = genome.blocks(span.contig);
    batch.contig = span.contig;
    for (auto begin = span.begin >> 6; begin * 64 < span.end; begin += batch_blocks)
        for (const auto& view : views) {
            const auto range = narrowed(range_of(genome.contigs()[span.contig], view, window), span);
            const auto first = std::max(begin, range.start >> 6);
            const auto last = std::min(begin + batch_blocks, (range.end + 63) >> 6);
            batch.view = &view;
            batch.words.clear();
            batch.pam_at.clear();
            if (!range.empty())
                scan(blocks, view, range, window, first, last, [&](std::int64_t place) {
                    batch.words.push_back(site_word(blocks, view, place));
                    batch.pam_at.push_back(place);
                });
            if (!batch.words.empty()) visit(batch);
        }
}

seq::Interval place_of(const Contig& contig, const View& view, std::int64_t pam_at, std::int64_t window) {
    auto start = view.left ? pam_at - window : pam_at;
    if (contig.circular) start %= contig.length;
    return {start, start + window + view.pam_size()};
}

bool is_whole(const Genome& genome, std::size_t contig, const View& view, std::int64_t pam_at, std::int64_t window) {
    const auto range = range_of(genome.contigs()[contig], view, window);
    return pam_at >= range.start && pam_at < range.end &&
           window_is_certain(genome.blocks(contig), view, pam_at, window);
}

std::uint64_t word_at(const Genome& genome, std::size_t contig, const View& view, std::int64_t pam_at) {
    return site_word(genome.blocks(contig), view, pam_at);
}

SitePlace read_site(const Genome& genome, std::size_t contig, const Nuclease& nuclease, const View& view,
                    std::int64_t pam_at, std::int64_t window) {
    const auto& about = genome.contigs()[contig];
    SitePlace place;
    place.at = place_of(about, view, pam_at, window);
    auto letters = genome.letters(contig, place.at);
    if (view.reverse) letters = seq::reverse_complement(letters);
    const auto before = nuclease.pam_first ? view.pam_size() : window;
    place.site = letters.substr(0, static_cast<std::size_t>(before));
    place.pam = letters.substr(static_cast<std::size_t>(before));
    if (nuclease.pam_first) std::swap(place.site, place.pam);
    const auto distance = view.reverse ? nuclease.cut_other : nuclease.cut;
    place.cut = view.left ? pam_at - distance : pam_at + view.pam_size() + distance;
    if (about.circular) place.cut %= about.length;
    return place;
}

Result<std::int64_t> count_sites(const Genome& genome, const std::vector<View>& views, std::int64_t window,
                                 const Context& context) {
    const auto pieces = cut_genome(genome);
    std::vector<std::int64_t> counts(static_cast<std::size_t>(pieces.count()), 0);
    const auto count = [&](Chunk chunk, int) -> Status {
        for (auto i = pieces.starts[static_cast<std::size_t>(chunk.begin)];
             i < pieces.starts[static_cast<std::size_t>(chunk.end)]; ++i) {
            const auto& span = pieces.spans[i];
            for (const auto& view : views) {
                const auto range = narrowed(range_of(genome.contigs()[span.contig], view, window), span);
                if (!range.empty())
                    scan(genome.blocks(span.contig), view, range, window, range.start >> 6, (range.end + 63) >> 6,
                         [&](std::int64_t) { ++counts[static_cast<std::size_t>(chunk.index)]; });
            }
        }
        return {};
    };
    if (auto status = for_each_chunk(context, {}, pieces.count(), 1, count, share_values(counts)); !status)
        return pass(status);
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

}  // namespace leaven::crispr
