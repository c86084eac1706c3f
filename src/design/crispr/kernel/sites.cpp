#include <algorithm>
#include <cmath>

#include <leaven/core/parallel.hpp>
#include <leaven/crispr/sites.hpp>
#include <leaven/seq/sequence.hpp>

#include "planes.hpp"
#include "site_stream.hpp"

namespace leaven::crispr {
namespace {

constexpr Doc looking{"places looked at", "已查看的位置"};
constexpr std::int64_t wave = 64;  // pieces that are held at a time

struct Found {
    std::vector<SiteRef> sites{};
    std::vector<std::uint64_t> words{};
};

/// One pass over the genome: sites, and those protospacers that belong to a share of all words.
class SitePass {
public:
    SitePass(const Genome& genome, const Nuclease& nuclease, const Context& context)
        : genome_(genome),
          nuclease_(nuclease),
          context_(context),
          views_(views_of(nuclease)),
          pieces_(cut_genome(genome)),
          batches_(static_cast<std::size_t>(std::max(1, context.threads))) {
        const std::uint64_t bits = first_bits(nuclease.spacer);
        mask_ = bits | bits << 32;
    }

    /// Calls `take(sites, words)` for what runs of pieces hold, in order.
    template <class Take>
    Status run(const Take& take) {
        for (std::int64_t first = 0; first < pieces_.count(); first += wave) {
            const auto count = std::min(wave, pieces_.count() - first);
            std::vector<Found> found(static_cast<std::size_t>(count));
            const auto work = [&](Chunk chunk, int thread) -> Status {
                collect(static_cast<std::size_t>(first + chunk.begin), batches_[static_cast<std::size_t>(thread)],
                        found[static_cast<std::size_t>(chunk.begin)]);
                return {};
            };
            if (auto status = for_each_chunk(context_, {}, count, 1, work); !status) return status;
            context_.report({looking, first + count, pieces_.count()});
            for (auto& part : found) take(part);
        }
        return {};
    }

private:
    void collect(std::size_t piece, SiteBatch& sites, Found& found) const {
        for (auto i = pieces_.starts[piece]; i < pieces_.starts[piece + 1]; ++i)
            for_each_site(genome_, views_, pieces_.spans[i], nuclease_.spacer, sites, [&](const SiteBatch& batch) {
                const auto& contig = genome_.contigs()[batch.contig];
                for (std::size_t k = 0; k < batch.words.size(); ++k) {
                    const auto at = place_of(contig, *batch.view, batch.pam_at[k], nuclease_.spacer);
                    found.sites.push_back({static_cast<std::uint32_t>(batch.contig), batch.view->reverse, false,
                                           at.start, batch.pam_at[k]});
                    found.words.push_back(batch.words[k] & mask_);
                }
            });
    }

    const Genome& genome_;
    const Nuclease& nuclease_;
    const Context& context_;
    std::vector<View> views_;
    Pieces pieces_;
    std::vector<SiteBatch> batches_;
    std::uint64_t mask_ = 0;
};

bool before(const SiteRef& a, const SiteRef& b) {
    return std::tie(a.contig, a.start, a.reverse) < std::tie(b.contig, b.start, b.reverse);
}

/// The first `limit` of all that were added.
class FirstSites {
public:
    explicit FirstSites(std::int64_t limit) : limit_(static_cast<std::size_t>(limit)) {}

    void add(const SiteRef& site) {
        if (limit_ == 0) return;
        sites_.push_back(site);
        if (sites_.size() >= 2 * limit_ + (std::size_t{1} << 20)) cut();
    }
    std::vector<SiteRef> take() {
        cut();
        std::sort(sites_.begin(), sites_.end(), before);
        return std::move(sites_);
    }

private:
    void cut() {
        if (sites_.size() <= limit_) return;
        std::nth_element(sites_.begin(), sites_.begin() + static_cast<std::ptrdiff_t>(limit_), sites_.end(), before);
        sites_.resize(limit_);
    }
    std::size_t limit_;
    std::vector<SiteRef> sites_{};
};

bool lies_in(const SiteRef& site, std::int64_t size, std::span<const Region> within, std::int64_t length) {
    if (within.empty()) return true;
    for (const auto& region : within)
        for (const auto turn : {std::int64_t{0}, length})
            if (region.contig == site.contig && site.start + turn >= region.at.start &&
                site.start + turn + size <= region.at.end)
                return true;
    return false;
}

std::size_t share_of(std::uint64_t word, std::size_t shares) {
    return shares == 1 ? 0 : (word * 0x9E3779B97F4A7C15U >> 32) % shares;
}

std::uint64_t masked_word(const Genome& genome, const std::vector<View>& views, const Nuclease& nuclease,
                          const SiteRef& site) {
    const std::uint64_t bits = first_bits(nuclease.spacer);
    return word_at(genome, site.contig, views[site.reverse ? 1 : 0], site.pam_at) & (bits | bits << 32);
}

std::int64_t count_distinct(std::vector<std::uint64_t>& words) {
    std::sort(words.begin(), words.end());
    std::int64_t count = 0;
    for (std::size_t i = 0; i < words.size(); ++i) count += i == 0 || words[i] != words[i - 1] ? 1 : 0;
    return count;
}

}  // namespace

Result<SiteList> list_sites(const Genome& genome, const Nuclease& nuclease, std::span<const Region> within,
                            std::int64_t limit, const Context& context) {
    const auto views = views_of(nuclease);
    const auto all = count_sites(genome, views, nuclease.spacer, context);
    if (!all) return pass(all);
    const auto held = std::max<std::int64_t>(std::int64_t{1} << 22, genome.bases() / 4);
    const auto shares = static_cast<std::size_t>(*all / held + 1);
    const auto size = nuclease.spacer + static_cast<std::int64_t>(nuclease.pam.size());
    SiteList list;
    SitePass sweep(genome, nuclease, context);
    for (std::size_t share = 0; share < shares; ++share) {
        FirstSites first(limit);
        std::vector<std::uint64_t> words;
        std::vector<std::uint64_t> chosen;
        const auto status = sweep.run([&](const Found& found) {
            for (std::size_t i = 0; i < found.sites.size(); ++i) {
                const auto& site = found.sites[i];
                const bool mine = share_of(found.words[i], shares) == share;
                if (mine) words.push_back(found.words[i]);
                if (!lies_in(site, size, within, genome.contigs()[site.contig].length)) continue;
                if (share == 0) {
                    ++list.total;
                    first.add(site);
                }
                if (mine && !within.empty()) chosen.push_back(found.words[i]);
            }
        });
        if (!status) return pass(status);
        if (share == 0) list.sites = first.take();
        const auto distinct = count_distinct(words);
        list.unique += within.empty() ? distinct : count_distinct(chosen);
        for (auto& site : list.sites) {
            const auto word = masked_word(genome, views, nuclease, site);
            if (share_of(word, shares) != share) continue;
            const auto [low, high] = std::equal_range(words.begin(), words.end(), word);
            site.repeat = high - low > 1;
        }
    }
    return list;
}

SitePlace site_at(const Genome& genome, const Nuclease& nuclease, const SiteRef& site) {
    return read_site(genome, site.contig, nuclease, views_of(nuclease)[site.reverse ? 1 : 0], site.pam_at,
                     nuclease.spacer);
}

std::string context_of(const Genome& genome, const Nuclease& nuclease, const SiteRef& site) {
    if (!nuclease.scored) return {};
    const auto& contig = genome.contigs()[site.contig];
    auto start = site.start - (site.reverse ? 3 : 4);
    if (!contig.circular && (start < 0 || start + 30 > contig.length)) return {};
    if (start < 0) start += contig.length;
    if (start < 0 || contig.length < 30) return {};
    auto letters = genome.letters(site.contig, {start, start + 30});
    return site.reverse ? seq::reverse_complement(letters) : letters;
}

}  // namespace leaven::crispr
