// Sites and guides brought together: which variants of which guides lie at which sites, with how many mismatches.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "seed_table.hpp"

namespace leaven::crispr {

struct Match {
    std::uint32_t site = 0;
    std::uint32_t guide = 0;
    std::uint32_t variant = 0;
    std::uint32_t mismatches = 0;
};

using Join = void (*)(const SeedIndex& index, std::span<const std::uint64_t> sites, std::uint32_t mismatches,
                      std::vector<Match>& found);

/// Appends every match, by site. In the instructions that all processors of the kind have.
void join_portably(const SeedIndex& index, std::span<const std::uint64_t> sites, std::uint32_t mismatches,
                   std::vector<Match>& found);

/// The same answer by AVX2, BMI2 and POPCNT where this processor has them: otherwise the portable one.
Join best_join();

}  // namespace leaven::crispr
