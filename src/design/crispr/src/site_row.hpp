// A site that a guide may bind, as rows of results tell it.
#pragma once

#include <string>

#include <leaven/crispr/search.hpp>

namespace leaven::crispr {

struct SiteRow {
    std::string guide{};
    std::string contig{};
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string strand{};
    std::string site{};
    std::string pam{};

    [[nodiscard]] seq::Interval place() const { return {start, end}; }

    static void describe(auto& p, auto&& v) {
        v(p.guide, {.name = "guide", .doc = {"guide", "向导"}});
        v(p.contig, {.name = "contig", .doc = {"contig", "序列"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}});
        v(p.site, {.name = "site", .doc = {"site", "位点序列"}});
        v(p.pam, {.name = "pam", .doc = {"PAM", "PAM"}});
    }
};

inline SiteRow site_row(const Search& search, const Hit& hit) {
    auto place = search.site_of(hit);
    return {.guide = search.guides()[hit.guide],
            .contig = search.genome().contigs()[hit.contig].name,
            .start = place.at.start,
            .end = place.at.end,
            .strand = seq::name_of(strand_of(hit.reverse)),
            .site = std::move(place.site),
            .pam = std::move(place.pam)};
}

}  // namespace leaven::crispr
