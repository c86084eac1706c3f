#include <algorithm>
#include <set>

#include <leaven/core/random.hpp>
#include <leaven/crispr/coding.hpp>
#include <leaven/crispr/guides.hpp>
#include <leaven/crispr/library.hpp>
#include <leaven/seq/sequence.hpp>

#include "interference.hpp"
#include "site_runs.hpp"
#include "specificity.hpp"

namespace leaven::crispr {
namespace {

constexpr std::int64_t searched_mismatches = 3;
constexpr std::int64_t control_mismatches = 4;
constexpr std::int64_t upstream_bases = 60;
constexpr std::size_t no_site = ~std::size_t{0};

/// A site that may serve a gene. The lower the tier, the better.
struct Candidate {
    std::size_t site = 0;
    int tier = 0;
    double fraction = 0;
    std::int64_t offset = 0;
};

class LibraryMaker {
public:
    LibraryMaker(const GenomeFile& file, const LibraryOptions& options, const Context& context)
        : file_(file), options_(options), context_(context) {}

    Result<Library> make(const std::vector<const Gene*>& genes) {
        auto list = list_sites(file_.genome, options_.nuclease, {}, std::int64_t{1} << 40, context_);
        if (!list) return pass(list);
        sites_ = std::move(list->sites);
        for (const auto* gene : genes) {
            if (context_.stopped()) return cancelled();
            candidates_.push_back(candidates_of(*gene));
        }
        if (auto status = search(); !status) return pass(status);
        Library library;
        for (std::size_t i = 0; i < genes.size(); ++i) choose(*genes[i], candidates_[i], library);
        if (auto status = add_controls(library); !status) return pass(status);
        return library;
    }

private:
    std::vector<Candidate> candidates_of(const Gene& gene) {
        std::vector<Candidate> found;
        const auto margin = upstream_bases + options_.nuclease.spacer + 32;
        const auto circle = circle_of(file_.genome, gene.contig);
        std::set<std::size_t> seen;
        const seq::Interval stretch{gene.at.start - margin, gene.at.end + margin};
        for_sites_between(sites_, gene.contig, stretch, circle, [&](std::size_t i) {
            if (!seen.insert(i).second) return;
            const auto place = site_at(file_.genome, options_.nuclease, sites_[i]);
            const auto offset = coding_offset(gene, place.cut, circle, upstream_bases);
            if (!offset) return;
            const double fraction = static_cast<double>(*offset) / static_cast<double>(gene.coding_length());
            const int tier = tier_of(gene, sites_[i], place, *offset, fraction);
            if (tier < 0) return;
            looked_at_.insert(&gene);
            if (sites_[i].repeat || excluded(place.site)) return;
            found.push_back({i, tier, fraction, *offset});
        });
        return found;
    }

    /// -1: of no use.
    [[nodiscard]] int tier_of(const Gene& gene, const SiteRef& site, const SitePlace& place, std::int64_t offset,
                              double fraction) const {
        const bool flagged = !flags_of(place.site).empty();
        if (options_.purpose == Purpose::interference) {
            const bool blocks = strand_of(site.reverse) == blocking_strand(gene.strand, options_.nuclease);
            if (offset >= 0 && !blocks) return -1;
            return flagged ? 1 : 0;
        }
        if (offset < 0) return -1;
        const auto cut = place.cut;
        bool neighbour = false;
        for (const auto* other : file_.genes.over(gene.contig, {cut - 1, cut + 1}))
            neighbour |= !same_gene(*other, gene, circle_of(file_.genome, gene.contig));
        const bool outside = fraction < 0.05 || fraction > 0.65;
        return (flagged ? 1 : 0) + (neighbour ? 2 : 0) + (outside ? 4 : 0);
    }

    [[nodiscard]] bool excluded(const std::string& guide) const {
        const auto pool = options_.prefix + guide + options_.suffix;
        const auto begin = static_cast<std::int64_t>(options_.prefix.size());
        const seq::Interval part{begin, begin + static_cast<std::int64_t>(guide.size())};
        return std::any_of(options_.excluded.begin(), options_.excluded.end(),
                           [&](const std::string& word) { return holds_word(pool, word, part); });
    }

    Status search() {
        std::vector<std::size_t> used;
        for (const auto& candidates : candidates_)
            for (const auto& candidate : candidates) used.push_back(candidate.site);
        std::sort(used.begin(), used.end());
        used.erase(std::unique(used.begin(), used.end()), used.end());
        std::vector<std::string> guides;
        number_.assign(sites_.size(), no_site);
        for (const auto site : used) {
            number_[site] = guides.size();
            guides.push_back(site_at(file_.genome, options_.nuclease, sites_[site]).site);
        }
        specificity_.resize(guides.size());
        const Search finder(file_.genome, std::move(guides),
                            {.nuclease = options_.nuclease, .mismatches = searched_mismatches});
        return finder.run(context_, [&](std::size_t, std::size_t, std::span<const Hit> hits) -> Status {
            for (const auto& hit : hits) specificity_[hit.guide].add(hit, options_.nuclease.scored);
            return {};
        });
    }

    /// Better first: tier, then place or specificity.
    [[nodiscard]] bool better(const Candidate& a, const Candidate& b) const {
        if (a.tier != b.tier) return a.tier < b.tier;
        if (options_.purpose == Purpose::interference && a.offset != b.offset)
            return std::abs(a.offset) < std::abs(b.offset);
        const double one = specificity_[number_[a.site]].weight;
        const double two = specificity_[number_[b.site]].weight;
        return one != two ? one < two : a.site < b.site;
    }

    /// First the best of each part of the gene, then the best of what is left.
    void choose(const Gene& gene, std::vector<Candidate> candidates, Library& library) {
        std::erase_if(candidates, [&](const Candidate& one) { return taken_.contains(one.site); });
        std::sort(candidates.begin(), candidates.end(), [&](const auto& a, const auto& b) { return better(a, b); });
        if (candidates.empty()) {
            library.uncovered.emplace_back(&gene, reason_for(gene));
            return;
        }
        const auto wanted = static_cast<std::size_t>(options_.per_gene);
        std::vector<Candidate> chosen;
        if (options_.purpose == Purpose::knockout) chosen = best_of_parts(candidates);
        for (const auto& one : candidates) {
            if (chosen.size() >= wanted) break;
            const bool there =
                std::any_of(chosen.begin(), chosen.end(), [&](const Candidate& c) { return c.site == one.site; });
            if (!there) chosen.push_back(one);
        }
        std::sort(chosen.begin(), chosen.end(), [&](const auto& a, const auto& b) { return better(a, b); });
        for (const auto& one : chosen) {
            taken_.insert(one.site);
            library.guides.push_back(guide_of(gene, one));
        }
    }

    [[nodiscard]] std::vector<Candidate> best_of_parts(const std::vector<Candidate>& candidates) const {
        std::vector<Candidate> chosen;
        for (std::int64_t part = 0; part < options_.per_gene; ++part) {
            const double width = 0.6 / static_cast<double>(options_.per_gene);
            const double from = 0.05 + width * static_cast<double>(part);
            const auto best = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& one) {
                return one.tier == candidates.front().tier && one.fraction >= from && one.fraction < from + width;
            });
            if (best != candidates.end()) chosen.push_back(*best);
        }
        return chosen;
    }

    [[nodiscard]] LibraryGuide guide_of(const Gene& gene, const Candidate& one) const {
        const auto& found = specificity_[number_[one.site]];
        LibraryGuide guide{.gene = &gene, .site = sites_[one.site], .fraction = one.fraction};
        guide.sequence = site_at(file_.genome, options_.nuclease, guide.site).site;
        guide.by_mismatch.assign(found.by_mismatch.begin(), found.by_mismatch.begin() + searched_mismatches + 1);
        if (options_.nuclease.scored) guide.cfd = guide_score(found.cfd - target_cfd(guide));
        guide.flags = flags_of(guide.sequence);
        return guide;
    }

    /// The guide's own site is in the sum.
    [[nodiscard]] double target_cfd(const LibraryGuide& guide) const {
        const auto pam = site_at(file_.genome, options_.nuclease, guide.site).pam;
        return cfd_of(guide.sequence, guide.sequence, std::string_view(pam).substr(1));
    }

    [[nodiscard]] Text reason_for(const Gene& gene) const {
        if (!looked_at_.contains(&gene)) return {"no PAM in the window", "窗口内没有 PAM"};
        return {"every guide has a second exact site, holds an excluded word or serves another gene",
                "所有向导都另有完全相同的位点、含被排除的序列或已用于其他基因"};
    }

    Status add_controls(Library& library) {
        Random random(context_.seed, 1);
        std::int64_t made = 0;
        for (int round = 0; round < 20 && made < options_.controls; ++round) {
            std::vector<std::string> guides;
            const auto wanted = static_cast<std::size_t>((options_.controls - made) * 3 + 20);
            // What is excluded may leave nothing: the tries are bounded.
            for (std::size_t tries = 0; guides.size() < wanted && tries < 100 * wanted; ++tries) {
                std::string guide;
                for (std::int64_t i = 0; i < options_.nuclease.spacer; ++i) guide += "ACGT"[random.below(4)];
                if (flags_of(guide).empty() && !excluded(guide) && !control_set_.contains(guide))
                    guides.push_back(guide);
            }
            if (guides.empty()) break;
            const Search finder(file_.genome, guides,
                                {.nuclease = options_.nuclease, .mismatches = control_mismatches});
            std::vector<bool> hit(guides.size(), false);
            auto status = finder.run(context_, [&](std::size_t, std::size_t, std::span<const Hit> hits) -> Status {
                for (const auto& one : hits) hit[one.guide] = true;
                return {};
            });
            if (!status) return status;
            for (std::size_t i = 0; i < guides.size() && made < options_.controls; ++i)
                if (!hit[i] && control_set_.insert(guides[i]).second) {
                    library.guides.push_back({.sequence = guides[i], .by_mismatch = {0, 0, 0, 0}, .cfd = 100});
                    ++made;
                }
        }
        library.controls_missing = options_.controls - made;
        return {};
    }

    const GenomeFile& file_;
    const LibraryOptions& options_;
    const Context& context_;
    std::vector<SiteRef> sites_{};
    std::vector<std::vector<Candidate>> candidates_{};  // by gene
    std::vector<std::size_t> number_{};                 // of a site's guide in the search
    std::vector<Specificity> specificity_{};
    std::set<const Gene*> looked_at_{};
    std::set<std::size_t> taken_{};
    std::set<std::string> control_set_{};
};

}  // namespace

Result<Library> make_library(const GenomeFile& file, const std::vector<const Gene*>& genes,
                             const LibraryOptions& options, const Context& context) {
    return LibraryMaker(file, options, context).make(genes);
}

std::optional<std::int64_t> coding_offset(const Gene& gene, std::int64_t cut, std::int64_t circle,
                                          std::int64_t upstream) {
    std::int64_t before = 0;
    for (std::size_t i = 0; i < gene.pieces.size(); ++i) {
        const auto& piece = gene.pieces[i];
        const bool forward = piece.strand == seq::Strand::forward;
        const auto reach = i == 0 ? upstream : 0;
        for (const auto turn : turns_of(circle)) {
            const auto at = cut + turn;
            const auto offset = forward ? at - piece.at.start : piece.at.end - at;
            if (offset >= -reach && offset <= piece.at.length()) return before + offset;
        }
        before += piece.at.length();
    }
    return std::nullopt;
}

bool holds_word(std::string_view letters, std::string_view word, seq::Interval part) {
    const auto size = static_cast<std::int64_t>(word.size());
    for (const auto& read : {std::string(word), seq::reverse_complement(word)})
        for (std::int64_t at = 0; at + size <= static_cast<std::int64_t>(letters.size()); ++at) {
            if (at >= part.end || at + size <= part.start) continue;
            bool same = size > 0;
            for (std::size_t i = 0; i < read.size() && same; ++i)
                same = (seq::bases_of(read[i]) & seq::bases_of(letters[static_cast<std::size_t>(at) + i])) != 0;
            if (same) return true;
        }
    return false;
}

}  // namespace leaven::crispr
