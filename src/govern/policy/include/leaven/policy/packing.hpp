// The best combination of claims, exactly: weighted set packing with prerequisites and caps on what is received.
//
// Karp 1972 (set packing is NP-complete); Vemuganti 1998, Applications of Set Covering, Set Packing and Set
// Partitioning Models. Branch and bound on each connected part, bounded by a weighted cover of cliques of conflicting
// claims (Nemhauser, Wolsey 1988, II.1) and, while many claims are open, by the prices of a linear program; the bounds
// are added up in integers, so they are exact.
//
// Laws       the total is never below that of any selection that keeps the rules; a selection is looked at only while
//            its bound is above the best one, so when the search ends bound and total are one number.
// Threads    one; the answer depends on nothing but the problem.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>

namespace leaven::policy {

struct PackingItem {
    std::int64_t value = 0;                         // >= 0
    bool exact = false;                             // its value counts as exact
    bool unvalued = false;                          // taken for its own sake; value 0
    std::vector<std::size_t> groups{};              // caps that what is received falls under
    std::vector<std::vector<std::size_t>> needs{};  // of each list, one item at least is taken too
};

struct PackingProblem {
    std::vector<PackingItem> items;                             // their order decides between equal selections
    std::vector<std::pair<std::size_t, std::size_t>> crossing;  // pairs of which one at most is taken
    std::vector<std::int64_t> caps;                             // of each group; groups are nested or apart
};

/// What is maximised, the first part before the second, that before the third.
struct PackingScore {
    std::int64_t total = 0;
    std::int64_t exact = 0;
    std::int64_t unvalued = 0;

    auto operator<=>(const PackingScore&) const = default;
    PackingScore& operator+=(const PackingScore& other) {
        total += other.total;
        exact += other.exact;
        unvalued += other.unvalued;
        return *this;
    }
    PackingScore& operator-=(const PackingScore& other) {
        total -= other.total;
        exact -= other.exact;
        unvalued -= other.unvalued;
        return *this;
    }
};

struct PackingPart {
    std::vector<std::size_t> items;
    std::int64_t nodes = 0;
    PackingScore score;
    PackingScore bound;
};

struct PackingAnswer {
    std::vector<std::size_t> chosen;     // ascending; of equal selections the smallest as a sorted list
    std::vector<std::int64_t> received;  // of each chosen item, under the caps
    PackingScore score;
    PackingScore bound;
    std::vector<PackingPart> parts;
    std::int64_t ties = 0;  // items left out that some equal selection takes
};

/// `break_ties` false: some best selection, and no count of ties.
///
/// Errors  bad_input   groups that cross, values whose sum is beyond 64 bits
///         infeasible  the search was given up: no proof, no answer;  cancelled
Result<PackingAnswer> pack(const PackingProblem& problem, const Context& context, bool break_ties = true);

/// The best total of the selections that take `item`; none where its prerequisites cannot be had. `best` is the answer
/// of `pack` for this problem.
///
/// Errors  infeasible, cancelled as `pack`
Result<std::optional<std::int64_t>> pack_with(const PackingProblem& problem, const PackingAnswer& best,
                                              std::size_t item, const Context& context);

}  // namespace leaven::policy
