#include "search_plan.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include <leaven/seq/sequence.hpp>

namespace leaven::crispr {
namespace {

constexpr double entries_a_batch = 1 << 21;  // 4 MB of entries: about what the caches of a core hold
constexpr double hits_a_group = 1 << 20;
constexpr double patterns_a_group = 1 << 22;  // 50 MB of their words

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
    if (guides.empty()) return;
    seeds = plan_seeds(patterns_of(std::span(guides).first(1), variants, options.nuclease.pam_first), shortest,
                       options.mismatches, std::min(20'000.0, static_cast<double>(guides.size())),
                       sites_of(genome, options.nuclease));
    const auto most =
        std::min(static_cast<double>(SeedTable::most_guides), patterns_a_group / static_cast<double>(variants.size()));
    const auto by_batch = static_cast<std::size_t>(std::clamp(entries_a_batch / seeds.entries, 8.0, most));
    const auto by_hits = static_cast<std::size_t>(
        std::clamp(hits_a_group / std::max(1e-3, hits_a_guide(genome, options, variants.size())), 1.0, 1e6));
    const auto size = std::min(by_batch, by_hits);
    for (std::size_t first = 0; first < guides.size(); first += size)
        groups.push_back({first, std::min(guides.size(), first + size)});
    for (const auto& guide : guides)
        words.push_back(pattern_of(guide, variants.front(), options.nuclease.pam_first).word);
}

void Search::Plan::build(std::span<const std::string> guides, bool pam_first, SeedIndex& index) const {
    index.plan = seeds;
    index.length = variants.front().window();
    index.classes = classes_of(variants);
    index.patterns = patterns_of(guides, variants, pam_first);
    index.build();
}

std::int64_t met_at(const Contig& contig, const View& view, std::int64_t pam_start) {
    if (!contig.circular || !view.left || pam_start >= 64) return pam_start;
    return pam_start + (64 - pam_start + contig.length - 1) / contig.length * contig.length;
}

}  // namespace leaven::crispr
