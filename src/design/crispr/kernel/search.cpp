#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <tuple>

#include <leaven/core/parallel.hpp>
#include <leaven/crispr/search.hpp>
#include <leaven/seq/sequence.hpp>

#include "planes.hpp"
#include "search_plan.hpp"

namespace leaven::crispr {
namespace {

constexpr Doc searching{"guides searched", "已搜索的向导"};

auto row_key(const Hit& hit) {
    return std::tie(hit.guide, hit.contig, hit.pam_start, hit.reverse, hit.dna_bulges, hit.rna_bulges);
}

/// Puts hits in order and makes one row of the alignments of one class.
void make_rows(std::vector<Hit>& hits, bool bulges) {
    std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
        return std::tuple_cat(row_key(a), std::tie(a.mismatches, a.variant)) <
               std::tuple_cat(row_key(b), std::tie(b.mismatches, b.variant));
    });
    if (!bulges) return;
    std::size_t rows = 0;
    for (std::size_t i = 0; i < hits.size(); ++i) {
        if (rows > 0 && row_key(hits[rows - 1]) == row_key(hits[i])) {
            if (hits[i].mismatches == hits[rows - 1].mismatches) ++hits[rows - 1].ways;
            continue;
        }
        hits[rows++] = hits[i];
    }
    hits.resize(rows);
}

std::string bytes_of(const std::vector<Hit>& hits) {
    return {reinterpret_cast<const char*>(hits.data()), hits.size() * sizeof(Hit)};
}

std::vector<Hit> hits_of(std::string_view bytes) {
    std::vector<Hit> hits(bytes.size() / sizeof(Hit));
    if (!bytes.empty()) std::memcpy(static_cast<void*>(hits.data()), bytes.data(), bytes.size());
    return hits;
}

/// One thread's tables and buffers.
struct Worker {
    SeedIndex index{};
    std::size_t first = 0;  // guide of the index
    SiteBatch sites{};
    std::vector<Match> matches{};
};

/// Hits of the guides of one worker's index, piece by piece.
class Finder {
public:
    Finder(const Genome& genome, const Search::Plan& plan, const SearchOptions& options)
        : genome_(genome), plan_(plan), options_(options) {}

    void search(const Worker& tables, std::int64_t piece, SiteBatch& sites, std::vector<Match>& matches,
                std::vector<Hit>& hits) const {
        const auto& pieces = plan_.pieces;
        const auto at = static_cast<std::size_t>(piece);
        for (auto i = pieces.starts[at]; i < pieces.starts[at + 1]; ++i)
            for_each_site(genome_, plan_.views, pieces.spans[i], plan_.shortest, sites, [&](const SiteBatch& batch) {
                matches.clear();
                plan_.join(tables.index, batch.words, static_cast<std::uint32_t>(options_.mismatches), matches);
                for (const auto& match : matches) take(tables.first + match.guide, batch, match, hits);
            });
    }

private:
    void take(std::size_t guide, const SiteBatch& batch, const Match& match, std::vector<Hit>& hits) const {
        const auto& variant = plan_.variants[match.variant];
        const auto place = batch.pam_at[match.site];
        if (variant.window() > plan_.shortest && !is_whole(genome_, batch.contig, *batch.view, place, variant.window()))
            return;
        const auto& contig = genome_.contigs()[batch.contig];
        Hit hit{.guide = static_cast<std::uint32_t>(guide),
                .contig = static_cast<std::uint32_t>(batch.contig),
                .pam_start = contig.circular ? place % contig.length : place,
                .variant = match.variant,
                .reverse = batch.view->reverse,
                .mismatches = static_cast<std::uint8_t>(match.mismatches),
                .dna_bulges = static_cast<std::uint8_t>(variant.dna),
                .rna_bulges = static_cast<std::uint8_t>(variant.rna)};
        if (options_.nuclease.scored && !hit.bulged()) score(hit, batch, match.site);
        hits.push_back(hit);
    }

    void score(Hit& hit, const SiteBatch& batch, std::size_t site) const {
        const auto guide = plan_.words[hit.guide];
        const auto word = batch.words[site];
        const auto wrong = differences(guide, word) & first_bits(20);
        const auto* blocks = genome_.blocks(batch.contig);
        auto pam = bases_at(blocks, batch.pam_at[site] + (hit.reverse ? 0 : 1));
        if (hit.reverse) pam = ~pam;
        const auto& table = cfd_table();
        const unsigned last = code_at(pam, hit.reverse ? 0 : 1);
        hit.cfd = table.pam[code_at(pam, hit.reverse ? 1 : 0)][last];
        for (auto left = wrong; left != 0; left &= left - 1) {
            const int place = std::countr_zero(left);
            hit.cfd *= table.pairs[static_cast<std::size_t>(place)][code_at(guide, place)][code_at(word, place)];
        }
        hit.mit = mit_of(wrong);
    }

    const Genome& genome_;
    const Search::Plan& plan_;
    const SearchOptions& options_;
};

}  // namespace

/// Runs the groups of a plan: many side by side, or few one after the other with the genome divided.
class SearchRun {
public:
    SearchRun(const Search& search, const SearchOptions& options, const Search::Plan& plan, const Context& context)
        : search_(search),
          options_(options),
          plan_(plan),
          context_(context),
          finder_(search.genome(), plan, options),
          workers_(static_cast<std::size_t>(std::max(1, context.threads))) {}

    Status run(const HitSink& sink) {
        constexpr std::size_t many = 8;
        return plan_.groups.size() >= many ? run_side_by_side(sink) : run_one_by_one(sink);
    }

private:
    void build(Worker& worker, const GuideGroup& group) const {
        const auto guides = std::span(search_.guides()).subspan(group.first, group.last - group.first);
        plan_.build(guides, options_.nuclease.pam_first, worker.index);
        worker.first = group.first;
    }

    void tell(std::size_t guides) const {
        context_.report(
            {searching, static_cast<std::int64_t>(guides), static_cast<std::int64_t>(search_.guides().size())});
    }

    [[nodiscard]] bool bulges() const { return plan_.variants.size() > 1; }

    /// Groups in waves: what a wave finds is told before the next begins.
    Status run_side_by_side(const HitSink& sink) {
        constexpr std::size_t wave = 32;
        for (std::size_t first = 0; first < plan_.groups.size(); first += wave) {
            const auto count = std::min(wave, plan_.groups.size() - first);
            std::vector<std::vector<Hit>> found(count);
            const auto work = [&](Chunk chunk, int thread) {
                const auto at = static_cast<std::size_t>(chunk.begin);
                auto status =
                    search_group(plan_.groups[first + at], workers_[static_cast<std::size_t>(thread)], found[at]);
                tell(std::min(plan_.groups[first + at].last, search_.guides().size()));
                return status;
            };
            const Sharing sharing{[&](Chunk chunk) { return bytes_of(found[static_cast<std::size_t>(chunk.begin)]); },
                                  [&](Chunk chunk, std::string_view bytes) {
                                      found[static_cast<std::size_t>(chunk.begin)] = hits_of(bytes);
                                  }};
            if (auto status = for_each_chunk(context_, {}, static_cast<std::int64_t>(count), 1, work, sharing); !status)
                return status;
            for (std::size_t i = 0; i < count; ++i)
                if (auto status = sink(plan_.groups[first + i].first, plan_.groups[first + i].last, found[i]); !status)
                    return status;
        }
        return {};
    }

    Status search_group(const GuideGroup& group, Worker& worker, std::vector<Hit>& hits) const {
        build(worker, group);
        for (std::int64_t piece = 0; piece < plan_.pieces.count(); ++piece) {
            if (context_.stopped()) return cancelled();
            finder_.search(worker, piece, worker.sites, worker.matches, hits);
        }
        make_rows(hits, bulges());
        return {};
    }

    Status run_one_by_one(const HitSink& sink) {
        for (const auto& group : plan_.groups) {
            std::vector<Hit> hits;
            if (auto status = search_divided(group, hits); !status) return status;
            make_rows(hits, bulges());
            tell(group.last);
            if (auto status = sink(group.first, group.last, hits); !status) return status;
        }
        return {};
    }

    /// One group over the pieces of the genome.
    Status search_divided(const GuideGroup& group, std::vector<Hit>& hits) {
        Worker tables;
        build(tables, group);
        std::vector<std::vector<Hit>> found(static_cast<std::size_t>(plan_.pieces.count()));
        std::atomic<std::size_t> done = 0;
        const auto work = [&](Chunk chunk, int thread) -> Status {
            auto& own = workers_[static_cast<std::size_t>(thread)];
            finder_.search(tables, chunk.begin, own.sites, own.matches, found[static_cast<std::size_t>(chunk.begin)]);
            const auto share = static_cast<double>(++done) / static_cast<double>(found.size());
            tell(group.first + static_cast<std::size_t>(static_cast<double>(group.last - group.first) * share));
            return {};
        };
        const Sharing sharing{[&](Chunk chunk) { return bytes_of(found[static_cast<std::size_t>(chunk.begin)]); },
                              [&](Chunk chunk, std::string_view bytes) {
                                  found[static_cast<std::size_t>(chunk.begin)] = hits_of(bytes);
                              }};
        if (auto status = for_each_chunk(context_, {}, plan_.pieces.count(), 1, work, sharing); !status) return status;
        for (const auto& part : found) hits.insert(hits.end(), part.begin(), part.end());
        return {};
    }

    const Search& search_;
    const SearchOptions& options_;
    const Search::Plan& plan_;
    const Context& context_;
    Finder finder_;
    std::vector<Worker> workers_;
};

Search::Search(const Genome& genome, std::vector<std::string> guides, const SearchOptions& options)
    : genome_(genome),
      guides_(std::move(guides)),
      options_(options),
      plan_(std::make_unique<const Plan>(genome_, guides_, options_)) {}

Search::~Search() = default;

Status Search::run(const Context& context, const HitSink& sink) const {
    return SearchRun(*this, options_, *plan_, context).run(sink);
}

Result<std::int64_t> Search::searched_sites(const Context& context) const {
    return count_sites(genome_, plan_->views, options_.nuclease.spacer, context);
}

SitePlace Search::site_of(const Hit& hit) const {
    const auto& contig = genome_.contigs()[hit.contig];
    const auto& view = plan_->views[hit.reverse ? 1 : 0];
    const auto& variant = plan_->variants[hit.variant];
    SitePlace out =
        read_site(genome_, hit.contig, options_.nuclease, view, met_at(contig, view, hit.pam_start), variant.window());
    const auto& guide = guides_[hit.guide];
    std::string shown;
    int next = 0;  // guide base that is due
    for (std::size_t column = 0; column < variant.columns.size(); ++column) {
        const int base = variant.columns[column];
        const char letter = out.site[column];
        if (base > next) shown.append(static_cast<std::size_t>(base - next), '-');
        if (base >= 0) next = base + 1;
        const bool pairs = base >= 0 && guide[static_cast<std::size_t>(base)] == letter;
        shown += pairs ? letter : static_cast<char>(letter | 0x20);
    }
    out.site = std::move(shown);
    return out;
}

Result<std::vector<Hit>> find_all(const Search& search, const Context& context) {
    std::vector<Hit> all;
    const auto status = search.run(context, [&](std::size_t, std::size_t, std::span<const Hit> hits) -> Status {
        all.insert(all.end(), hits.begin(), hits.end());
        return {};
    });
    if (!status) return pass(status);
    return all;
}

}  // namespace leaven::crispr
