#include "join.hpp"

#include <algorithm>
#include <array>
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

/// Calls `visit(site, guide)` for all that a run brings together.
template <class Visit>
[[gnu::always_inline]] inline void for_each_candidate(const Run& run, std::span<const std::uint64_t> sites,
                                                      const Visit& visit) {
    const auto bits = (std::uint32_t{1} << run.size) - 1;
    const auto* filter = run.table.filter();
    const auto* offsets = run.table.offsets();
    const auto* entries = run.table.entries();
    constexpr std::size_t ahead = 8;  // sites: their entries are on the way when they are asked for
    for (std::size_t i = 0; i < sites.size(); ++i) {
        if (i + ahead < sites.size())
            __builtin_prefetch(offsets + key_of(sites[i + ahead], run.offset, run.size, bits));
        if (i + ahead / 2 < sites.size())
            __builtin_prefetch(entries + offsets[key_of(sites[i + ahead / 2], run.offset, run.size, bits)]);
        const auto key = key_of(sites[i], run.offset, run.size, bits);
        if ((filter[key >> 6] >> (key & 63) & 1U) == 0) continue;
        for (auto entry = offsets[key]; entry < offsets[key + 1]; ++entry) visit(i, entries[entry]);
    }
}

/// How far a guide can be laid on a site from the PAM on, with so many bulges and mismatches: what no alignment of a
/// class reaches, none of its variants need be tried for. Furthest reaching points after Landau and Vishkin 1989,
/// doi:10.1016/0196-6774(89)90010-2, on five diagonals; that the outer bases are never bulges is left out here.
class Reach {
public:
    [[gnu::always_inline]] Reach(const SeedIndex& index, int mismatches)
        : length_(static_cast<int>(index.length)),
          dna_(index.classes.back().dna),
          rna_(index.classes.back().rna),
          mismatches_(mismatches) {}

    /// False: no class can lie here. True: ask `covers`.
    [[gnu::always_inline]] bool lay(std::uint64_t guide, std::uint64_t site) {
        auto nowhere = first_bits(length_);  // bases that no diagonal pairs
        for (int shift = -rna_; shift <= dna_; ++shift) {
            // What moves over from the other half lies beyond the guide, or before the first base of its diagonal.
            const auto wrong = differences(guide, shift >= 0 ? site >> shift : site << -shift);
            nowhere &= wrong;
            wrong_[shift + 2] = wrong | ~first_bits(length_);
        }
        if (std::popcount(nowhere) > mismatches_ + rna_) return false;
        for (int dna = 0; dna <= dna_; ++dna)
            for (int rna = 0; rna <= rna_; ++rna)
                for (int wrong = 0; wrong <= mismatches_; ++wrong) {
                    int from = 0;
                    if (wrong > 0) from = std::max(from, at_[dna][rna][wrong - 1] + 1);
                    if (dna > 0) from = std::max(from, at_[dna - 1][rna][wrong]);
                    if (rna > 0) from = std::max(from, at_[dna][rna - 1][wrong] + 1);
                    from = std::min(from, length_);
                    at_[dna][rna][wrong] = from + std::countr_zero(wrong_[dna - rna + 2] >> from);
                }
        return true;
    }

    [[nodiscard, gnu::always_inline]] bool covers(const VariantClass& one) const {
        return at_[one.dna][one.rna][mismatches_] >= length_;
    }

private:
    int length_;
    int dna_;
    int rna_;
    int mismatches_;
    std::array<std::uint32_t, 5> wrong_{};
    std::array<std::array<std::array<int, 7>, 3>, 3> at_{};
};

/// Matches of one run. A pattern belongs to the first run where it has few mismatches in it, else to the second: so
/// none is told twice.
struct Verifier {
    const SeedIndex& index;
    std::span<const std::uint64_t> sites;
    int mismatches;
    bool first;
    std::vector<Match>& found;

    [[gnu::always_inline]] void verify(std::size_t site, std::uint32_t guide, std::size_t variant) const {
        const auto pattern = guide * index.patterns.variants + variant;
        const auto wrong = differences(sites[site], index.patterns.words[pattern]) & index.patterns.cares[pattern];
        const int count = std::popcount(wrong);
        if (count > mismatches) return;
        const bool early = std::popcount(wrong & first_bits(index.plan.first)) <= index.plan.first_mismatches;
        if (early != first) return;
        found.push_back({static_cast<std::uint32_t>(site), guide, static_cast<std::uint32_t>(variant),
                         static_cast<std::uint32_t>(count)});
    }
};

[[gnu::always_inline]] inline void join_run(const Verifier& verifier, const Run& run) {
    const auto& index = verifier.index;
    // The attribute: a function of its own would be one for all processors, without their newer instructions.
    if (index.patterns.variants == 1) {
        const auto verify = [&](std::size_t site, std::uint32_t guide) __attribute__((always_inline)) {
            verifier.verify(site, guide, 0);
        };
        return for_each_candidate(run, verifier.sites, verify);
    }
    Reach reach(index, verifier.mismatches);
    const auto verify = [&](std::size_t site, std::uint32_t guide) __attribute__((always_inline)) {
        if (!reach.lay(index.guides[guide], verifier.sites[site])) return;
        for (const auto& one : index.classes)
            if (reach.covers(one))
                for (auto variant = one.first; variant < one.last; ++variant) verifier.verify(site, guide, variant);
    };
    for_each_candidate(run, verifier.sites, verify);
}

[[gnu::always_inline]] inline void join_all(const SeedIndex& index, std::span<const std::uint64_t> sites,
                                            std::uint32_t mismatches, std::vector<Match>& found) {
    const auto& plan = index.plan;
    Verifier verifier{index, sites, static_cast<int>(mismatches), true, found};
    join_run(verifier, {index.first, 0, plan.first});
    verifier.first = false;
    if (plan.second_mismatches >= 0) join_run(verifier, {index.second, plan.first, plan.second});
}

#if defined(__x86_64__)
[[gnu::target("avx2,bmi,bmi2,popcnt")]] void join_by_avx2(const SeedIndex& index, std::span<const std::uint64_t> sites,
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
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
        __builtin_cpu_supports("popcnt"))
        return join_by_avx2;
#endif
    return join_portably;
}

}  // namespace leaven::crispr
