#include "seed_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace leaven::crispr {
namespace {

/// Number of words within `mismatches` of one.
double neighbours(std::int64_t size, std::int64_t mismatches) {
    double sum = 0;
    double term = 1;
    for (std::int64_t i = 0; i <= std::min(size, mismatches); ++i) {
        sum += term;
        term = term * 3 * static_cast<double>(size - i) / static_cast<double>(i + 1);
    }
    return sum;
}

/// Calls `visit` with every key within `left` mismatches of `key`, changing bases from `base` on; bases that do not
/// count take every value.
template <class Visit>
void for_each_neighbour(std::uint32_t key, std::uint32_t care, std::int64_t base, std::int64_t size, std::int64_t left,
                        const Visit& visit) {
    if (base == size) return visit(key);
    const bool counts = (care >> base & 1U) != 0;
    const auto lo = std::uint32_t{1} << base;
    const auto hi = lo << size;
    for_each_neighbour(key, care, base + 1, size, left, visit);
    if (counts && left == 0) return;
    for (const auto change : {lo, hi, lo | hi})
        for_each_neighbour(key ^ change, care, base + 1, size, left - (counts ? 1 : 0), visit);
}

/// What changes a key into each of its neighbours where all its bases count.
std::vector<std::uint32_t> changes_within(std::int64_t size, std::int64_t mismatches) {
    std::vector<std::uint32_t> changes;
    for_each_neighbour(0, ~std::uint32_t{0}, 0, size, mismatches, [&](std::uint32_t key) { changes.push_back(key); });
    return changes;
}

}  // namespace

double SeedPlan::entries_a_pattern() const {
    return neighbours(first, first_mismatches) + (second_mismatches < 0 ? 0 : neighbours(second, second_mismatches));
}

SeedPlan plan_seeds(std::int64_t window, std::int64_t mismatches, double patterns, double sites) {
    constexpr double entry = 5;      // nanoseconds to enter one
    constexpr double candidate = 3;  // to look at one
    SeedPlan best;
    double least = std::numeric_limits<double>::infinity();
    for (std::int64_t size = 4; size <= std::min<std::int64_t>(10, window / 2); ++size)
        for (std::int64_t k = 0; k <= mismatches; ++k) {
            const SeedPlan plan{.first = size,
                                .second = size,
                                .first_mismatches = std::min(k, size),
                                .second_mismatches = std::min(mismatches - 1 - k, size)};
            const double words = std::pow(4.0, static_cast<double>(size));
            const double entries = plan.entries_a_pattern() * patterns;
            const double work = words + entries * entry + sites * entries / words * candidate;
            if (work >= least) continue;
            least = work;
            best = plan;
        }
    return best;
}

void SeedTable::build(std::span<const Pattern> patterns, std::int64_t offset, std::int64_t size,
                      std::int64_t mismatches) {
    const auto keys = std::size_t{1} << (2 * size);
    const auto bits = (std::uint32_t{1} << size) - 1;
    filter_.assign((keys + 63) / 64, 0);
    offsets_.assign(keys + 1, 0);
    entries_.clear();
    if (mismatches < 0) return;
    const auto changes = changes_within(size, mismatches);
    const auto for_each_key = [&](const Pattern& pattern, const auto& visit) {
        const auto key = (static_cast<std::uint32_t>(pattern.word >> offset) & bits) |
                         (static_cast<std::uint32_t>(pattern.word >> (32 + offset)) & bits) << size;
        const auto care = pattern.care >> offset & bits;
        if (care == bits)
            for (const auto change : changes) visit(key ^ change);
        else
            for_each_neighbour(key, care, 0, size, mismatches, visit);
    };
    for (const auto& pattern : patterns) for_each_key(pattern, [&](std::uint32_t key) { ++offsets_[key]; });
    std::uint32_t sum = 0;
    for (std::size_t key = 0; key <= keys; ++key) {  // each then says where its entries end
        if (offsets_[key] != 0) filter_[key >> 6] |= std::uint64_t{1} << (key & 63);
        sum += offsets_[key];
        offsets_[key] = sum;
    }
    entries_.resize(sum);
    for (std::size_t i = patterns.size(); i-- > 0;)
        for_each_key(patterns[i],
                     [&](std::uint32_t key) { entries_[--offsets_[key]] = static_cast<std::uint32_t>(i); });
}

void SeedIndex::build(std::span<const Pattern> patterns, const SeedPlan& chosen) {
    plan = chosen;
    words.clear();
    cares.clear();
    for (const auto& pattern : patterns) {
        words.push_back(pattern.word);
        cares.push_back(pattern.care);
    }
    first.build(patterns, 0, plan.first, plan.first_mismatches);
    second.build(patterns, plan.first, plan.second, plan.second_mismatches);
}

}  // namespace leaven::crispr
