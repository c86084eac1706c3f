#include "seed_table.hpp"

#include <algorithm>
#include <bit>
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

/// What a pattern says of a run: its bases, and which of them count.
struct RunWord {
    std::uint32_t key = 0;
    std::uint32_t care = 0;
    auto operator<=>(const RunWord&) const = default;
};

/// What the variants of a guide say of a run, each once.
std::vector<RunWord> run_words(const PatternSet& patterns, std::size_t guide, std::int64_t offset, std::int64_t size) {
    const auto bits = (std::uint32_t{1} << size) - 1;
    std::vector<RunWord> words;
    for (auto i = guide * patterns.variants; i < (guide + 1) * patterns.variants; ++i) {
        const auto word = patterns.words[i] >> offset;
        const auto care = patterns.cares[i] >> offset & bits;
        const auto key = (static_cast<std::uint32_t>(word) & care) | (static_cast<std::uint32_t>(word >> 32) & care)
                                                                         << size;
        words.push_back({key, care});
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

struct Expected {
    double visits = 0;   // words that are made
    double entries = 0;  // of them different
};

Expected expected_of(const std::vector<RunWord>& words, std::int64_t size, std::int64_t mismatches) {
    if (mismatches < 0) return {};
    double visits = 0;
    for (const auto& word : words) {
        const auto counting = static_cast<std::int64_t>(std::popcount(word.care));
        visits += neighbours(counting, mismatches) * std::pow(4.0, static_cast<double>(size - counting));
    }
    const double all = std::pow(4.0, static_cast<double>(size));
    return {visits, words.size() == 1 ? visits : all * (1 - std::exp(-visits / all))};
}

}  // namespace

SeedPlan plan_seeds(const PatternSet& sample, std::int64_t window, std::int64_t mismatches, double guides,
                    double sites) {
    constexpr double visit = 2;                              // nanoseconds to make a word
    constexpr double entry = 3;                              // to enter one
    const double candidate = sample.variants == 1 ? 3 : 12;  // to look at one
    SeedPlan best;
    double least = std::numeric_limits<double>::infinity();
    for (std::int64_t size = 4; size <= std::min<std::int64_t>(10, window / 2); ++size) {
        const auto first = run_words(sample, 0, 0, size);
        const auto second = run_words(sample, 0, size, size);
        for (std::int64_t k = 0; k <= mismatches; ++k) {
            SeedPlan plan{.first = size,
                          .second = size,
                          .first_mismatches = std::min(k, size),
                          .second_mismatches = std::min(mismatches - 1 - k, size)};
            const auto one = expected_of(first, size, plan.first_mismatches);
            const auto two = expected_of(second, size, plan.second_mismatches);
            plan.entries = one.entries + two.entries;
            const double words = std::pow(4.0, static_cast<double>(size));
            const double work = words + guides * ((one.visits + two.visits) * visit + plan.entries * entry) +
                                sites * guides * plan.entries / words * candidate;
            if (work >= least) continue;
            least = work;
            best = plan;
        }
    }
    return best;
}

void SeedTable::build(const PatternSet& patterns, std::int64_t offset, std::int64_t size, std::int64_t mismatches) {
    const auto words = std::size_t{1} << (2 * size);
    filter_.assign((words + 63) / 64, 0);
    offsets_.assign(words + 1, 0);
    entries_.clear();
    if (mismatches < 0) return;
    const auto bits = (std::uint32_t{1} << size) - 1;
    const auto changes = changes_within(size, mismatches);
    std::vector<std::uint32_t> keys;  // guide by guide, each once
    std::vector<std::size_t> ends;
    for (std::size_t guide = 0; guide < patterns.guides(); ++guide) {
        const auto begin = keys.size();
        const auto enter = [&](std::uint32_t key) {  // the filter serves to see what is there already
            auto& seen = filter_[key >> 6];
            const auto bit = std::uint64_t{1} << (key & 63);
            if ((seen & bit) == 0) keys.push_back(key);
            seen |= bit;
        };
        for (const auto& [key, care] : run_words(patterns, guide, offset, size))
            if (care == bits)
                for (const auto change : changes) enter(key ^ change);
            else
                for_each_neighbour(key, care, 0, size, mismatches, enter);
        for (auto i = begin; i < keys.size(); ++i) {
            filter_[keys[i] >> 6] = 0;
            ++offsets_[keys[i]];
        }
        ends.push_back(keys.size());
    }
    std::uint32_t sum = 0;
    for (std::size_t key = 0; key <= words; ++key) {  // each then says where its entries end
        if (offsets_[key] != 0) filter_[key >> 6] |= std::uint64_t{1} << (key & 63);
        sum += offsets_[key];
        offsets_[key] = sum;
    }
    entries_.resize(sum);
    for (std::size_t guide = patterns.guides(); guide-- > 0;)
        for (auto i = guide == 0 ? 0 : ends[guide - 1]; i < ends[guide]; ++i)
            entries_[--offsets_[keys[i]]] = static_cast<std::uint16_t>(guide);
}

void SeedIndex::build() {
    guides.clear();
    for (std::size_t i = 0; i < patterns.words.size(); i += patterns.variants) guides.push_back(patterns.words[i]);
    first.build(patterns, 0, plan.first, plan.first_mismatches);
    second.build(patterns, plan.first, plan.second, plan.second_mismatches);
}

}  // namespace leaven::crispr
