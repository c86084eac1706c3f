// The layout of an index file: 64-bit words in the order of the machine, which the second word tells.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace leaven::crispr {

inline constexpr std::uint64_t image_magic = 0x314d4f4e45475456U;    // "VTGENOM1" in memory order
inline constexpr std::uint64_t image_version = 0x0102030400000001U;  // byte order, then the version
inline constexpr std::size_t header_words = 8;
inline constexpr std::size_t contig_words = 4;  // length, first block, circular, size of the name
inline constexpr std::size_t words_a_block = 3;

/// The words of the header.
enum HeaderWord : std::size_t {
    magic_word,
    version_word,
    size_word,     // words of the whole file
    blocks_word,   // number of blocks, which follow the header
    contigs_word,  // number of contigs, whose table follows the blocks
    names_word,    // bytes of all names, which follow the table
    spare_word,
    check_word,  // sum of all other words
};

/// A sum over words in which a change of any one word always shows: each step is one-to-one in the word and in the sum
/// before it. Four lanes, for the multiplications to overlap.
inline std::uint64_t check_sum(std::span<const std::uint64_t> words) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;
    std::array<std::uint64_t, 4> lanes{1, 2, 3, 4};
    std::size_t i = 0;
    const auto mix = [](std::uint64_t sum, std::uint64_t word) {
        const auto product = (sum ^ word) * odd;
        return product ^ (product >> 29);
    };
    for (; i + 4 <= words.size(); i += 4)
        for (std::size_t lane = 0; lane < 4; ++lane) lanes[lane] = mix(lanes[lane], words[i + lane]);
    for (; i < words.size(); ++i) lanes[0] = mix(lanes[0], words[i]);
    std::uint64_t sum = words.size();
    for (const auto lane : lanes) sum = mix(sum, lane);
    return sum;
}

/// The sum that the header should hold.
inline std::uint64_t image_check(std::span<const std::uint64_t> image) {
    const std::array<std::uint64_t, 2> parts{check_sum(image.first(check_word)),
                                             check_sum(image.subspan(header_words))};
    return check_sum(parts);
}

}  // namespace leaven::crispr
