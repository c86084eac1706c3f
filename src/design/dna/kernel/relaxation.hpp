// The best path of a lattice that also keeps the GC windows, with a bound that is proven.
//
// Windows are first priced (Lagrange multipliers by subgradient, Held & Karp 1971, doi:10.1007/BF01584070); then the
// paths whose bound is near the best possible are walked exactly, each with the counts that its open windows need.
#pragma once

#include "clock.hpp"
#include "gc_windows.hpp"

namespace leaven::dna {

struct Relaxed {
    bool empty = false;  // no path keeps the windows: proven
    bool exact = false;  // `best` is the optimum, or nothing is worth more than the floor: proven
    double bound = std::numeric_limits<double>::infinity();
    std::optional<Path> best{};  // keeps the windows
};

/// Answers worth no more than `floor` are of no use. With `any` the first path that is found will do.
Relaxed solve(const Lattice& lattice, Prices prices, GcWindows& windows, double floor, bool any, const Clock& clock);

/// Every path worth at least `floor` by bound and value, with the windows counted exactly.
struct Walk {
    bool complete = false;  // nothing was left out
    std::optional<Path> best{};
};
Walk walk(const Lattice& lattice, const Prices& worth, const Prices& priced, double constant, const GcWindows& windows,
          double floor, std::size_t widest, const Clock& clock);

}  // namespace leaven::dna
