// How a search is cut into work that fits caches and memory, from the input alone.
#pragma once

#include <vector>

#include <leaven/crispr/search.hpp>

#include "join.hpp"
#include "site_stream.hpp"
#include "variants.hpp"

namespace leaven::crispr {

/// Guides `first` … `last` - 1, that share a table and whose hits are told together.
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
    std::vector<GuideGroup> groups{};
    Pieces pieces{};
    Join join = nullptr;

    Plan(const Genome& genome, const std::vector<std::string>& guides, const SearchOptions& options);

    /// The index of some guides.
    void build(std::span<const std::string> guides, bool pam_first, SeedIndex& index) const;
};

/// The place at which `for_each_site` meets this PAM.
std::int64_t met_at(const Contig& contig, const View& view, std::int64_t pam_start);

}  // namespace leaven::crispr
