#include "join.hpp"

#include <bit>

#include "planes.hpp"

namespace leaven::crispr {
namespace {

/// One run of bases as the tables see it.
struct Run {
    const SeedTable& table;
    std::int64_t offset;
    std::int64_t size;
};

[[gnu::always_inline]] inline std::uint32_t key_of(std::uint64_t word, std::int64_t offset, std::int64_t size,
                                                   std::uint32_t bits) {
    return (static_cast<std::uint32_t>(word >> offset) & bits) |
           (static_cast<std::uint32_t>(word >> (32 + offset)) & bits) << size;
}

/// Matches by one run. Those that differ in at most `skip` of the bases `before` have been found by another.
[[gnu::always_inline]] inline void join_run(const SeedIndex& index, const Run& run,
                                            std::span<const std::uint64_t> sites, int mismatches, std::uint32_t before,
                                            int skip, std::vector<Match>& found) {
    const auto bits = (std::uint32_t{1} << run.size) - 1;
    const auto* filter = run.table.filter();
    const auto* offsets = run.table.offsets();
    const auto* entries = run.table.entries();
    for (std::size_t i = 0; i < sites.size(); ++i) {
        const auto word = sites[i];
        const auto key = key_of(word, run.offset, run.size, bits);
        if ((filter[key >> 6] >> (key & 63) & 1U) == 0) continue;
        for (auto entry = offsets[key]; entry < offsets[key + 1]; ++entry) {
            const auto pattern = entries[entry];
            const auto wrong = differences(word, index.words[pattern]) & index.cares[pattern];
            const int count = std::popcount(wrong);
            if (count > mismatches || (before != 0 && std::popcount(wrong & before) <= skip)) continue;
            found.push_back({static_cast<std::uint32_t>(i), pattern, static_cast<std::uint32_t>(count)});
        }
    }
}

[[gnu::always_inline]] inline void join_all(const SeedIndex& index, std::span<const std::uint64_t> sites,
                                            std::uint32_t mismatches, std::vector<Match>& found) {
    const auto& plan = index.plan;
    const auto most = static_cast<int>(mismatches);
    join_run(index, {index.first, 0, plan.first}, sites, most, 0, 0, found);
    if (plan.second_mismatches < 0) return;
    join_run(index, {index.second, plan.first, plan.second}, sites, most, first_bits(plan.first),
             static_cast<int>(plan.first_mismatches), found);
}

#if defined(__x86_64__)
[[gnu::target("avx2,bmi,bmi2,lzcnt,popcnt")]] void join_by_avx2(const SeedIndex& index,
                                                                std::span<const std::uint64_t> sites,
                                                                std::uint32_t mismatches, std::vector<Match>& found) {
    join_all(index, sites, mismatches, found);
}
#endif

}  // namespace

void join_portably(const SeedIndex& index, std::span<const std::uint64_t> sites, std::uint32_t mismatches,
                   std::vector<Match>& found) {
    join_all(index, sites, mismatches, found);
}

Join best_join() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt"))
        return join_by_avx2;
#endif
    return join_portably;
}

}  // namespace leaven::crispr
