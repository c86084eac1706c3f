// Where to cut a long sequence so that its fragments can be made and put together again with the greatest fidelity.
//
// Cuts and overhangs are chosen together: the overhang of a cut is the bases from the cut on, which both neighbours
// carry. A set is sound when no two of its joints are alike or complementary and none is a palindrome.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/dna/overhangs.hpp>
#include <leaven/seq/interval.hpp>

namespace leaven::dna {

struct CutOptions {
    std::int64_t min = 300;  // length of a fragment with what it shares with the next
    std::int64_t max = 1800;
    std::int64_t count = 0;                // fragments; 0: the fewest
    std::vector<Joint> fixed{};            // joints of the same reaction that are no cuts: those of the vector
    std::vector<std::int64_t> farthest{};  // for each start the last end of a fragment; ascending; empty: any
    std::set<seq::Interval> banned{};      // what may be no fragment, be it ever so short
    std::int64_t most_steps = 2'000'000;   // of search; a step is a node, or 256 positions looked at
};

struct CutPlan {
    std::vector<std::int64_t> cuts{};  // ascending; fragment i is [cut i, cut i+1 + 4)
    double fidelity = 0;
    double bound = 1;
    Proof proof = Proof::infeasible;
    std::int64_t steps_left = 0;
};

/// The cuts of greatest fidelity.
///
/// Method  branch and bound from left to right. The bound of a partial set is its fidelity times the best that cuts to
///         come could do: dynamic programming over position and number of cuts, each overhang weighed beside the set,
///         and with it what it takes from the set, by the chord of ln(t / (t + x)), which is convex in x.
/// Ensures a plan that is `optimal` has no better; `feasible` where `most_steps` were not enough, with a true bound
/// Errors  cancelled
Result<CutPlan> choose_cuts(std::string_view letters, const Ligation& ligation, const CutOptions& options,
                            const Context& context);

/// What is wrong with a fragment: nothing; a part of it that no fragment may hold; or the fragment as it is.
struct Veto {
    bool vetoed = false;
    std::optional<seq::Interval> part{};
};
using Inspector = std::function<Result<Veto>(seq::Interval fragment)>;

/// The cuts of greatest fidelity whose fragments all pass the inspector.
///
/// Method  the best cuts, with what was vetoed shut out, again and again until nothing is vetoed: a plan that is best
///         among more than it may be, and passes, is best. At most 300 rounds, then `feasible` with the vetoes left
/// Errors  as choose_cuts, and those of the inspector
Result<CutPlan> choose_cuts_inspected(std::string_view letters, const Ligation& ligation, const CutOptions& options,
                                      const Inspector& inspect, const Context& context);

/// Where a sequence may be cut, and which cuts exclude each other: those of one kind, unless it is `free`.
struct CutSites {
    static constexpr int closed = -1;
    static constexpr int free = -2;
    std::vector<int> kind{};  // of each position
    std::int64_t shared = 4;  // letters that both neighbours of a cut have
};

/// By the joint of the overhang at each position; none at a palindrome.
CutSites overhang_sites(std::string_view letters);
/// Wherever an overlap of this length is sound; see OverlapPlan.
CutSites overlap_sites(std::string_view letters, std::int64_t overlap);

struct Quote {
    double price = 0;
    Veto veto{};
};
using Quoter = std::function<Result<Quote>(seq::Interval fragment)>;

struct CheapPlan {
    std::vector<std::int64_t> cuts{};
    double cost = 0;
    double bound = 0;  // no plan is cheaper
    Proof proof = Proof::infeasible;
};

/// The cuts whose fragments cost least, `count` 0: any number of them.
///
/// `price_by_length` is at most what a fragment of that length costs; `quote` says what it does cost, or that nobody
/// makes it. Method  dynamic programming from the end gives the bound, branch and bound keeps joints apart; dearer
/// quotes and vetoes are learnt until a plan stands. Errors  cancelled, and those of `quote`
Result<CheapPlan> cheapest_cuts(const CutSites& sites, const std::vector<double>& price_by_length,
                                const CutOptions& options, const Quoter& quote, const Context& context);

/// Fragments of a sequence put together in several rounds: those of one block make it, the blocks make the next level.
struct LevelPlan {
    struct Block {
        std::int64_t level = 1;  // 1: its pieces are the fragments to be made
        seq::Interval at{};
        CutPlan plan{};  // cuts counted from the first base of the sequence
    };
    std::vector<Block> blocks{};  // the whole sequence first
    double fidelity = 0;          // of all reactions together
    double bound = 1;
    Proof proof = Proof::infeasible;
};

/// `inspect` sees the fragments that are made, by their place in the whole sequence; none: all pass.
///
/// Errors  as choose_cuts_inspected
Result<LevelPlan> choose_cuts_in_levels(std::string_view letters, const Ligation& ligation, const CutOptions& options,
                                        std::int64_t levels, const Inspector& inspect, const Context& context);

/// For methods by homology: the overlap of `length` letters from each cut on. Cuts lie where an overlap is sound, that
/// is where its share of G and C is 0.3 to 0.7 and its letters occur nowhere else on either strand of the sequence.
struct OverlapPlan {
    std::vector<std::int64_t> cuts{};
    std::vector<bool> sound{};
    std::int64_t overlap = 0;
    bool found = false;
};

/// The fewest fragments (or `count`), of those plans one with the most sound overlaps, of those with the shortest
/// overlap between `least` and `most`. Exact, by dynamic programming.
OverlapPlan choose_overlaps(std::string_view letters, const CutOptions& options, std::int64_t least, std::int64_t most);

}  // namespace leaven::dna
