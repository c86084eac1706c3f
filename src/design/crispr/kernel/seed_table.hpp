// Which guides may lie at a site, asked by a few of its bases: the guides are indexed, not the genome.
//
// Of the bases next to the PAM two runs are taken, at most 10 each. Where a pattern has at most m mismatches, it has at
// most k in the first run or at most m - 1 - k in the second (pigeonhole). So every guide is entered under all the
// words that such a run may read under any of its variants, each once, and a site asks with the two words it has. A
// genome is passed over once for thousands of guides, and the tables stay in the cache.
//
// Cost: entries a guide 467 for 20 bases and 4 mismatches, 62 for 3; with bulges some thousands, as most variants of a
// guide read alike in a run. Candidates a site: about entries / 4^10.
#pragma once

#include <cstdint>
#include <vector>

#include "variants.hpp"

namespace leaven::crispr {

/// Two runs of bases next to the PAM, and how many mismatches each is entered with; -1: not entered.
struct SeedPlan {
    std::int64_t first = 10;  // bases of the runs
    std::int64_t second = 10;
    std::int64_t first_mismatches = 0;
    std::int64_t second_mismatches = -1;
    double entries = 0;  // to expect of a guide, in both tables
};

/// The plan with the least work to expect. `sample`: one guide, or more, of which the first stands for all; `window`:
/// of the shortest pattern; `sites`: about how many will ask.
SeedPlan plan_seeds(const PatternSet& sample, std::int64_t window, std::int64_t mismatches, double guides,
                    double sites);

/// One run: for every word the guides entered under it.
class SeedTable {
public:
    /// The run is `size` bases from `offset` on. Requires  size <= 10, guides <= most_guides
    void build(const PatternSet& patterns, std::int64_t offset, std::int64_t size, std::int64_t mismatches);

    static constexpr std::size_t most_guides = 1 << 15;

    [[nodiscard]] const std::uint64_t* filter() const { return filter_.data(); }
    [[nodiscard]] const std::uint32_t* offsets() const { return offsets_.data(); }
    [[nodiscard]] const std::uint16_t* entries() const { return entries_.data(); }

private:
    std::vector<std::uint64_t> filter_;   // a bit a word: is anything entered?
    std::vector<std::uint32_t> offsets_;  // of a word's entries
    std::vector<std::uint16_t> entries_;  // guides
};

/// Guides that are looked for together.
struct SeedIndex {
    SeedPlan plan{};
    std::int64_t length = 0;  // of the guides
    std::vector<VariantClass> classes{};
    PatternSet patterns{};
    std::vector<std::uint64_t> guides{};  // words of those without bulges
    SeedTable first{};
    SeedTable second{};

    void build();  // the tables, once all the others are set
};

}  // namespace leaven::crispr
