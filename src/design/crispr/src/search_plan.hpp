// How a search is cut into work that fits caches and memory, from the input alone.
#pragma once

#include <vector>

#include <leaven/crispr/search.hpp>

#include "join.hpp"
#include "site_stream.hpp"
#include "variants.hpp"

namespace leaven::crispr {

/// Guides `first` … `last` - 1, whose hits are told together.
struct GuideGroup {
    std::size_t first = 0;
    std::size_t last = 0;
};

struct Search::Plan {
    std::vector<View> views{};
    std::vector<Variant> variants{};
    std::vector<std::uint64_t> words{};  // of the guides, without bulges
    std::int64_t shortest = 0;           // window of any variant
    SeedPlan seeds{};
    std::size_t batch = 1;  // patterns that share a table
    std::vector<GuideGroup> groups{};
    Pieces pieces{};
    Join join = nullptr;

    Plan(const Genome& genome, const std::vector<std::string>& guides, const SearchOptions& options);

    /// The patterns of a group: number `index` is variant index % variants of guide index / variants.
    [[nodiscard]] std::size_t patterns(const GuideGroup& group) const {
        return (group.last - group.first) * variants.size();
    }
    [[nodiscard]] std::vector<Pattern> patterns_of(const std::vector<std::string>& guides, const GuideGroup& group,
                                                   std::size_t from, bool pam_first) const;
};

/// The place at which `for_each_site` meets this PAM.
std::int64_t met_at(const Contig& contig, const View& view, std::int64_t pam_start);

}  // namespace leaven::crispr
