// The nearest-neighbour parameters at one temperature, and the energies of single loops.
//
// Units: 0.01 kcal/mol as whole numbers. Bases: A 0, C 1, G 2, U 3, uncertain 4. Pairs: CG GC GU UG AU UA.
// A loop is closed by (i, j) and, inside, by (p, q); the inner pair is seen from the loop, as (q, p).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

#include <leaven/dna/fold.hpp>

#include "strands.hpp"

namespace leaven::dna {

using Energy = std::int32_t;

/// More than any structure costs; sums of three still fit.
inline constexpr Energy forbidden = 100'000'000;

inline constexpr int kinds = 6;
inline constexpr int codes = 5;
inline constexpr int longest_interior = 30;  // unpaired bases of an interior loop
inline constexpr int no_base = 5;            // as a neighbour: there is none

struct EnergyTables {
    double temperature_k = 310.15;
    Energy stack[kinds][kinds];
    Energy hairpin_of[31];
    Energy bulge_of[31];
    Energy internal_of[31];
    Energy mismatch_hairpin[kinds][codes][codes];
    Energy mismatch_internal[kinds][codes][codes];
    Energy mismatch_internal_1n[kinds][codes][codes];
    Energy mismatch_internal_23[kinds][codes][codes];
    Energy mismatch_multi[kinds][codes][codes];
    Energy mismatch_exterior[kinds][codes][codes];
    Energy dangle5[kinds][codes];
    Energy dangle3[kinds][codes];
    Energy int11[kinds][kinds][codes][codes];
    Energy int21[kinds][kinds][codes][codes][codes];
    Energy int22[kinds][kinds][codes][codes][codes][codes];
    Energy multi_unpaired = 0;
    Energy multi_closing = 0;
    Energy multi_branch = 0;
    Energy asymmetry_per_nt = 0;
    Energy asymmetry_max = 0;
    Energy duplex_initiation = 0;
    Energy terminal_au = 0;
    Energy loop_au = 0;  // of triloops and long bulges; the same as terminal_au where the set has no other
    double loop_log_factor = 0;
    std::unordered_map<std::string, Energy> special_hairpin;

    // Made from the above: a pair with its neighbours outside, as dangles say. Index 5 of a neighbour: none.
    Energy exterior_stem[kinds][6][6];
    Energy multi_stem[kinds][6][6];  // with multi_branch
    Energy au_of[kinds];             // terminal_au where it is due
    Energy loop_au_of[kinds];
    bool pairs_gu = true;

    [[nodiscard]] int kind(const Strands& s, int i, int j) const {
        const int kind = pair_kind[s.base[at(i)]][s.base[at(j)]];
        return !pairs_gu && (kind == 2 || kind == 3) ? no_pair : kind;
    }
    [[nodiscard]] Energy asymmetry(int n1, int n2) const {
        return std::min(asymmetry_max, std::abs(n1 - n2) * asymmetry_per_nt);
    }
    /// One of hairpin_of, bulge_of, internal_of, carried on beyond 30.
    [[nodiscard]] Energy of_length(const Energy* table, int n) const {
        return n <= 30 ? table[n] : table[30] + static_cast<Energy>(loop_log_factor * std::log(n / 30.0));
    }

    /// Requires  (i, j) can pair, j - i > 3
    [[nodiscard]] Energy hairpin(const Strands& s, int i, int j) const;

    /// Stack, bulge or interior loop. Requires  both pairs can form, i < p < q < j
    [[nodiscard]] Energy interior(const Strands& s, int i, int j, int p, int q) const;

    /// The pair (i, j) seen from the loop outside it. `i` and `j` in reverse order: from the loop that it closes.
    [[nodiscard]] Energy exterior(const Strands& s, int i, int j) const {
        return exterior_stem[kind(s, i, j)][s.before(i)][s.after(j)];
    }
    [[nodiscard]] Energy multi(const Strands& s, int i, int j) const {
        return multi_stem[kind(s, i, j)][s.before(i)][s.after(j)];
    }
};

/// The set of the molecule at a temperature. Requires  conditions in range
std::shared_ptr<const EnergyTables> tables_at(const FoldConditions& conditions);

}  // namespace leaven::dna
