// Sites in order, and those of a stretch of a contig among them.
#pragma once

#include <algorithm>
#include <span>
#include <utility>

#include <leaven/crispr/genes.hpp>
#include <leaven/crispr/sites.hpp>

namespace leaven::crispr {

/// Calls `visit(index)` for the sites that start in a stretch of a contig, which may pass the origin of a circle.
///
/// Requires  sites by contig and start, as `list_sites` gives them. On a short circle a site may be met twice.
template <class Visit>
void for_sites_between(std::span<const SiteRef> sites, std::size_t contig, seq::Interval stretch, std::int64_t circle,
                       const Visit& visit) {
    for (const auto turn : turns_of(circle)) {
        auto at = std::lower_bound(
            sites.begin(), sites.end(), std::pair(contig, stretch.start + turn),
            [](const SiteRef& site, const auto& key) { return std::pair(std::size_t{site.contig}, site.start) < key; });
        for (; at != sites.end() && at->contig == contig && at->start < stretch.end + turn; ++at)
            visit(static_cast<std::size_t>(at - sites.begin()));
    }
}

}  // namespace leaven::crispr
