// Linear programs some of whose columns must be whole numbers.
//
//     const auto best = solve_mip(problem, switches, {.stop = &context.stop_flag()});
//     if (best.status == MipStatus::optimal) use(best.x);
//
// A mixed-integer answer is the word of a floating-point solver, weaker than a linear program's: where a bound of a
// thousand meets a switch, an integrality of 1e-6 leaks 1e-3 of flux. So `x` is always that of a linear program solved
// again with the whole numbers held at their values; and whoever turns switches into facts (a reaction is off) checks
// the fact by a program of its own. `infeasible` and `bound` have no proof that could be checked here.
//
// Threads: pure function, one thread. The answer does not depend on the machine's speed unless `time_limit_s` is given.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <leaven/lp/problem.hpp>

namespace leaven::lp {

enum class MipStatus {
    optimal,
    feasible,    // a limit came first: `x` is the best found, `bound` what no solution can beat
    infeasible,  // or no solution is as good as the cutoff
    unbounded,   // the program without the whole numbers is
    stopped,     // the stop flag was raised; `x` may hold the best found
    failed,      // a limit came before any solution, or the solver lost its way
};

struct MipOptions {
    double tolerance = 1e-9;  // primal and dual, absolute, unscaled
    double integrality =
        1e-7;        // how far from a whole number still counts as one; the answer is rounded and solved again
    double gap = 0;  // may end once |objective - bound| <= gap * max(1, |objective|)
    std::optional<double> cutoff = {};        // only solutions better than this are looked for
    std::int64_t node_limit = 0;              // 0: none
    double time_limit_s = 0;                  // 0: none
    const std::atomic<bool>* stop = nullptr;  // looked at every few iterations; not owned
};

struct MipSolution {
    MipStatus status = MipStatus::failed;
    double objective = 0;        // c'x, in the sense of the problem
    std::vector<double> x = {};  // empty where none was found; whole numbers are exact
    double bound = 0;            // no solution is better than this
    double gap = 0;              // |objective - bound| / max(1, |objective|)
    std::int64_t nodes = 0;
};

/// Requires  finite bounds of the integer columns.
/// Cost      exponential in the worst case; give a limit where that matters.
MipSolution solve_mip(const Problem& problem, std::span<const int> integers, const MipOptions& options);

}  // namespace leaven::lp
