// Which positions a cut may have, and the best over windows of them: the dynamic programming under the search for cuts.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace leaven::dna {

/// A sequence of `length` letters in `count` fragments of `min` to `max` letters, of which `shared` with the next.
struct CutRanges {
    std::int64_t length;
    std::int64_t count;
    std::int64_t min;
    std::int64_t max;
    std::int64_t shared;
    const std::vector<std::int64_t>* farthest = nullptr;  // for each start the last end of a fragment; ascending

    /// May a fragment be [start, end), by its length and by `farthest`?
    [[nodiscard]] bool allows(std::int64_t start, std::int64_t end) const {
        return end - start >= min && end - start <= max &&
               (farthest == nullptr || end <= (*farthest)[static_cast<std::size_t>(start)]);
    }

    [[nodiscard]] std::int64_t least_step() const { return min > shared ? min - shared : 1; }
    [[nodiscard]] std::int64_t most_step() const { return max - shared; }

    /// First and last position of a cut after which `rest` cuts follow, by what lies behind it.
    [[nodiscard]] std::int64_t lowest(std::int64_t rest) const { return length - max - rest * most_step(); }
    [[nodiscard]] std::int64_t highest(std::int64_t rest) const {
        return length - (min > shared ? min : shared + 1) - rest * least_step();
    }
    [[nodiscard]] bool fits() const {
        return count == 1 ? allows(0, length) : most_step() > 0 && lowest(count - 1) <= 0 && highest(count - 1) >= 0;
    }
};

/// Values at the positions first, first + 1, …
struct BestRow {
    std::int64_t first = 0;
    std::vector<double> values{};

    [[nodiscard]] std::int64_t end() const { return first + static_cast<std::int64_t>(values.size()); }
    [[nodiscard]] double at(std::int64_t position) const {
        return position < first || position >= end() ? 0 : values[static_cast<std::size_t>(position - first)];
    }
};

/// For cuts that follow one at `from` with `rest` of them to come: rows[r] says what a cut with r more behind it, its
/// own weight included, can reach at best: the product of weights. `weight(position)` is at least 0.
template <class Weight>
std::vector<BestRow> best_products(const CutRanges& ranges, std::int64_t from, std::int64_t rest, const Weight& weight);

/// For p = first … last the greatest value of `row` at a cut that may follow one at p.
BestRow best_followers(const CutRanges& ranges, const BestRow& row, std::int64_t first, std::int64_t last);

template <class Weight>
std::vector<BestRow> best_products(const CutRanges& ranges, std::int64_t from, std::int64_t rest,
                                   const Weight& weight) {
    std::vector<BestRow> rows(static_cast<std::size_t>(rest));
    for (std::int64_t r = 0; r < rest; ++r) {
        const auto steps = rest - r;
        const auto first = std::max(ranges.lowest(r), from + steps * ranges.least_step());
        const auto last = std::min(ranges.highest(r), from + steps * ranges.most_step());
        auto& row = rows[static_cast<std::size_t>(r)];
        row.first = first;
        if (last < first) continue;
        if (r > 0)
            row = best_followers(ranges, rows[static_cast<std::size_t>(r - 1)], first, last);
        else
            for (auto p = first; p <= last; ++p) row.values.push_back(ranges.allows(p, ranges.length) ? 1 : 0);
        for (auto p = first; p <= last; ++p) row.values[static_cast<std::size_t>(p - first)] *= weight(p);
    }
    return rows;
}

}  // namespace leaven::dna
