// One or two strands as numbers, one after the other; `nick` is where the second begins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>

namespace leaven::dna {

inline constexpr int no_pair = 6;

/// CG 0, GC 1, GU 2, UG 3, AU 4, UA 5.
inline constexpr int pair_kind[5][5] = {
    {6, 6, 6, 4, 6}, {6, 6, 0, 6, 6}, {6, 1, 6, 2, 6}, {5, 6, 3, 6, 6}, {6, 6, 6, 6, 6}};

/// The same pair read from its other base.
inline constexpr int turned[7] = {1, 0, 3, 2, 5, 4, 6};

inline constexpr std::size_t at(int index) { return static_cast<std::size_t>(index); }
inline constexpr std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

struct Strands {
    std::string letters{};             // A C G U N, without "&"
    std::vector<std::uint8_t> base{};  // A 0, C 1, G 2, U 3, uncertain 4
    int nick = 0;                      // first base of the second strand; size() where there is one strand

    [[nodiscard]] int size() const { return static_cast<int>(base.size()); }
    [[nodiscard]] bool two() const { return nick < size(); }
    [[nodiscard]] bool apart(int i, int j) const { return (i < nick) != (j < nick); }

    /// The neighbour of a base on its own strand, 5 where it is the last.
    [[nodiscard]] int before(int i) const { return i == 0 || i == nick ? 5 : base[at(i - 1)]; }
    [[nodiscard]] int after(int i) const { return i + 1 == size() || i + 1 == nick ? 5 : base[at(i + 1)]; }

    /// Can the distance be paired over?
    [[nodiscard]] bool far(int i, int j) const { return j - i > 3 || apart(i, j); }
};

/// Letters in capitals, as RNA (U) or DNA (T) writes them.
std::string as_rna(std::string letters);
std::string as_dna(std::string letters);

/// Errors  bad_input  a letter that is no nucleotide, an empty strand, more than two strands, more than `longest` bases
Result<Strands> read_strands(std::string_view text, std::int64_t longest);

}  // namespace leaven::dna
