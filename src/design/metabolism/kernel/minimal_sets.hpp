// All smallest sets of units that do something which no flux survives, such as to stop growth.
//
// The search is support branching with witnesses. A set K that misses has a flux v that shows it. Whatever holds K and
// hits must stop a column that v uses, so only the smallest additions to K that do so are looked at, one after the
// other; what was an earlier branch is left out of the later ones, so no set is met twice. Before a set is tested,
// every known flux is asked whether it survives the set: then it is the witness, and no linear program is solved. So
// all minimal sets within the limit are found, and every other set holds one of them, or has a witness.
//
//     struct Lethal : SetTest { … };                              // one for each thread: it owns a solver
//     auto found = find_minimal_sets(board, [&] { return std::make_unique<Lethal>(…); }, 3, context);
//
// Reference  the branching is that of hitting-set trees (Reiter 1987, doi:10.1016/0004-3702(87)90062-2); the use of
//            supports as in Fast-SL, Pratapa et al. 2015, doi:10.1093/bioinformatics/btv352.
// Threads    work is cut into groups that depend on the input alone; what they find is exchanged between rounds, among
//            ranks too.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>

#include "switchboard.hpp"

namespace leaven::metabolism {

/// How a set came out.
struct SetVerdict {
    enum class Kind {
        hit,   // it does what is looked for
        miss,  // it does not, and `flux` shows it
    };
    Kind kind = Kind::hit;
    std::optional<double> value = {};  // of a hit: what the caller wants to be told again
    std::vector<double> flux = {};  // of a miss: over the columns; shows the same of every set that stops none it uses
};

/// Decides single sets. Each thread's work has an object of its own; the same questions in the same order after
/// `approach` must have the same answers.
class SetTest {
public:
    SetTest() = default;
    SetTest(const SetTest&) = delete;
    SetTest& operator=(const SetTest&) = delete;
    virtual ~SetTest() = default;

    /// Stops exactly `effect.columns`; where that is `impossible`, there is no flux at all.
    virtual Result<SetVerdict> test(const UnitSet& set, const SetEffect& effect) = 0;

    /// The next tests are of sets that hold this one, which missed: a good place for a warm start.
    virtual Status approach(const UnitSet& set, const SetEffect& effect) = 0;
};

using MakeSetTest = std::function<std::unique_ptr<SetTest>()>;

struct MinimalSet {
    UnitSet set;
    std::optional<double> value;

    static void members(auto& p, auto&& v) { v(p.set), v(p.value); }
};

struct MinimalSets {
    std::vector<MinimalSet> sets;  // by size, then by units
    std::int64_t tested = 0;       // sets that took a linear program of their own, the empty set left out
};

/// Those of at most `max_size` units. Tests the empty set first; where it hits, it is the only minimal set.
///
/// Errors  those of the tests;  cancelled
Result<MinimalSets> find_minimal_sets(const Switchboard& board, const MakeSetTest& make_test, std::size_t max_size,
                                      const Context& context);

}  // namespace leaven::metabolism
