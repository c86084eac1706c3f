// Words of 32 bases cut out of blocks: the low half holds the lo bits, the high half the hi bits.
#pragma once

#include <cstdint>

#include <leaven/crispr/genome.hpp>

namespace leaven::crispr {

inline constexpr std::uint64_t low_half = 0xffffffffU;

/// 64 bits of one plane from position `at` on.
inline std::uint64_t plane_at(std::uint64_t here, std::uint64_t next, unsigned shift) {
    return (here >> shift) | (next << 1 << (63 - shift));
}

/// Bases `at` … `at` + 31, the first in bit 0.
inline std::uint64_t bases_at(const Block* blocks, std::int64_t at) {
    const Block& here = blocks[at >> 6];
    const Block& next = blocks[(at >> 6) + 1];
    const auto shift = static_cast<unsigned>(at & 63);
    const auto hi = plane_at(here.hi, next.hi, shift);
    const auto lo = plane_at(here.lo, next.lo, shift);
    return (hi << 32) | (lo & low_half);
}

/// Bit i: is base `at` + i not certain?
inline std::uint64_t bad_at(const Block* blocks, std::int64_t at) {
    const Block& here = blocks[at >> 6];
    return plane_at(here.bad, blocks[(at >> 6) + 1].bad, static_cast<unsigned>(at & 63));
}

/// The 32 bases in the opposite order.
inline std::uint64_t reversed(std::uint64_t word) {
    word = ((word >> 1) & 0x5555555555555555U) | ((word & 0x5555555555555555U) << 1);
    word = ((word >> 2) & 0x3333333333333333U) | ((word & 0x3333333333333333U) << 2);
    word = ((word >> 4) & 0x0f0f0f0f0f0f0f0fU) | ((word & 0x0f0f0f0f0f0f0f0fU) << 4);
    word = __builtin_bswap64(word);
    return (word >> 32) | (word << 32);  // the halves have changed places with the bits
}

/// Where two words differ, a bit a base.
inline std::uint32_t differences(std::uint64_t a, std::uint64_t b) {
    const auto both = a ^ b;
    return static_cast<std::uint32_t>(both | (both >> 32));
}

inline std::uint32_t first_bits(std::int64_t count) {
    return count >= 32 ? ~std::uint32_t{0} : (std::uint32_t{1} << count) - 1;
}

/// Code of base i of a word.
inline unsigned code_at(std::uint64_t word, int i) {
    return static_cast<unsigned>(((word >> (32 + i)) & 1) * 2 + ((word >> i) & 1));
}

}  // namespace leaven::crispr
