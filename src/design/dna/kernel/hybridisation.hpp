// Enthalpies and entropies of the pieces of a DNA duplex at 1 M salt, and of loops as sums of them.
//
// Bases: A 0, C 1, G 2, T 3. A stack or mismatch is named by four bases x a / y b: 5'-xa-3' over 3'-yb-5'.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include <leaven/dna/oligo.hpp>

namespace leaven::dna {

struct Heat {
    double dh = 0;  // kcal/mol
    double ds = 0;  // cal/mol/K

    Heat operator+(Heat other) const { return {dh + other.dh, ds + other.ds}; }
    Heat& operator+=(Heat other) { return *this = *this + other; }
    [[nodiscard]] double dg() const { return dh - 310.15e-3 * ds; }
};

/// What one of the four sets adds to the sum of stacks.
struct StackSet {
    std::array<Heat, 16> stack{};  // by 4 x + a
    Heat init{}, end_at{}, end_gc{}, one_gc{}, all_at{}, start_t{}, symmetry{};
};

struct OligoTables {
    std::array<StackSet, 4> sets{};  // by StackTable
    std::array<std::optional<Heat>, 256> mismatch{};
    std::array<std::optional<Heat>, 256> terminal{};  // after the pair x-y
    std::array<std::optional<Heat>, 256> closing{};   // the same within a hairpin loop, bases that could pair
    std::array<Heat, 16> dangle3{};                   // by 4 x + d: d follows x of the pair x-y
    std::array<Heat, 16> dangle5{};                   // by 4 x + d: d precedes x
    std::array<Heat, 31> hairpin{}, bulge{}, internal{};
    std::unordered_map<std::string, Heat> bonus{};

    static constexpr std::size_t index(int x, int a) {
        return static_cast<std::size_t>(x) * 4 + static_cast<std::size_t>(a);
    }
    static constexpr std::size_t index(int x, int a, int y, int b) { return index(x, a) * 16 + index(y, b); }
    /// A mismatch on the end of a stem or within a hairpin loop, of bases that could pair too.
    [[nodiscard]] const std::optional<Heat>& first_mismatch(std::size_t place) const {
        return terminal[place] ? terminal[place] : closing[place];
    }
    /// The stacks that structures use: those of SantaLucia 1998, which are the set of 1997.
    [[nodiscard]] const StackSet& structural() const { return sets[1]; }
    [[nodiscard]] Heat penalty(int x) const { return x == 0 || x == 3 ? sets[0].end_at : Heat{}; }
};

/// Read once from the program's own data.
std::shared_ptr<const OligoTables> oligo_tables();

/// A pair of bases, or more exactly one base of it, with what a loop needs to know beyond it: `in` strides.
struct Side {
    const int* first;  // base next to the pair, on its 3' side
    int step;          // +1 or -1 to the next
    int count;         // unpaired bases
    [[nodiscard]] int at(int k) const { return first[static_cast<std::ptrdiff_t>(k) * step]; }
};

/// Stack, bulge or interior loop from the pair x-y to the pair p-q; `after_x` are the bases between x and p, `before_y`
/// those between y and q, counted away from y. None where the tables have no value or the loop is over 30.
std::optional<Heat> loop_between(const OligoTables& t, int x, int y, Side after_x, Side before_y, int p, int q);

/// A hairpin loop of `count` >= 3 bases closed by x-y; `letters` from x to y.
Heat hairpin_loop(const OligoTables& t, const std::string& letters);

}  // namespace leaven::dna
