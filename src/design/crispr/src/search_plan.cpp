#include "search_plan.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include <leaven/seq/sequence.hpp>

namespace leaven::crispr {
namespace {

constexpr double entries_a_batch = 1 << 21;  // 8 MB of entries: about what the caches of a core hold
constexpr double hits_a_group = 1 << 20;

/// Sites to expect on both strands of a random genome.
double sites_of(const Genome& genome, const Nuclease& nuclease) {
    double sites = 2.0 * static_cast<double>(genome.bases());
    for (const char c : nuclease.pam) sites *= std::popcount(seq::bases_of(c)) / 4.0;
    return sites;
}

/// Hits to expect of one guide in a random genome.
double hits_a_guide(const Genome& genome, const SearchOptions& options, std::size_t variants) {
    double sum = 0;
    double term = std::pow(0.25, static_cast<double>(options.nuclease.spacer - options.rna_bulges));
    for (std::int64_t i = 0; i <= options.mismatches; ++i) {
        sum += term;
        term *= 3.0 * static_cast<double>(options.nuclease.spacer - i) / static_cast<double>(i + 1);
    }
    return sites_of(genome, options.nuclease) * sum * static_cast<double>(variants);
}

}  // namespace

Search::Plan::Plan(const Genome& genome, const std::vector<std::string>& guides, const SearchOptions& options)
    : views(views_of(options.nuclease)),
      variants(variants_of(options.nuclease.spacer, options.dna_bulges, options.rna_bulges)),
      shortest(options.nuclease.spacer - options.rna_bulges),
      pieces(cut_genome(genome)),
      join(options.portable ? join_portably : best_join()) {
    const auto expected = std::min(20'000.0, static_cast<double>(guides.size() * variants.size()));
    const double sites = sites_of(genome, options.nuclease);
    seeds = plan_seeds(shortest, options.mismatches, expected, sites);
    const double entries = seeds.entries_a_pattern() * std::pow(2.0, static_cast<double>(options.dna_bulges));
    batch = static_cast<std::size_t>(std::clamp(entries_a_batch / entries, 256.0, 32768.0));
    const auto by_batch = std::max<std::size_t>(1, batch / variants.size());
    const auto by_hits = static_cast<std::size_t>(
        std::clamp(hits_a_group / std::max(1e-3, hits_a_guide(genome, options, variants.size())), 1.0, 1e6));
    const auto size = std::min(by_batch, by_hits);
    for (std::size_t first = 0; first < guides.size(); first += size)
        groups.push_back({first, std::min(guides.size(), first + size)});
    for (const auto& guide : guides)
        words.push_back(pattern_of(guide, variants.front(), options.nuclease.pam_first).word);
}

std::vector<Pattern> Search::Plan::patterns_of(const std::vector<std::string>& guides, const GuideGroup& group,
                                               std::size_t from, bool pam_first) const {
    std::vector<Pattern> out;
    const auto last = std::min(from + batch, patterns(group));
    out.reserve(last - from);
    for (auto i = from; i < last; ++i) {
        const auto guide = group.first + i / variants.size();
        const auto variant = i % variants.size();
        auto pattern = pattern_of(guides[guide], variants[variant], pam_first);
        pattern.guide = static_cast<std::uint32_t>(guide);
        pattern.variant = static_cast<std::uint32_t>(variant);
        out.push_back(pattern);
    }
    return out;
}

std::int64_t met_at(const Contig& contig, const View& view, std::int64_t pam_start) {
    if (!contig.circular || !view.left || pam_start >= 64) return pam_start;
    return pam_start + (64 - pam_start + contig.length - 1) / contig.length * contig.length;
}

}  // namespace leaven::crispr
