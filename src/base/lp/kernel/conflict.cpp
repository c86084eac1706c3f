#include <algorithm>
#include <cmath>

#include <leaven/lp/certificate.hpp>

#include "product.hpp"

namespace leaven::lp {
namespace {

using Conflict = std::vector<BoundInConflict>;

double bound(const Problem& problem, int column, Side side) {
    return side == Side::lower ? problem.lower[column] : problem.upper[column];
}

/// The finite bounds that push y'(A x) up from below (or down from above, for -y).
Conflict bounds_behind(const Problem& problem, const std::vector<double>& y, double sign) {
    Conflict used;
    for (int j = 0; j < problem.matrix.columns; ++j) {
        const auto entry = product(problem.matrix, j, y);
        if (entry.cancels()) continue;
        const auto side = sign * entry.value > 0 ? Side::lower : Side::upper;
        if (std::isinf(bound(problem, j, side))) continue;
        used.push_back({j, side, bound(problem, j, side)});
    }
    return used;
}

Conflict all_finite_bounds(const Problem& problem) {
    Conflict all;
    for (int j = 0; j < problem.matrix.columns; ++j)
        for (const auto side : {Side::lower, Side::upper})
            if (!std::isinf(bound(problem, j, side))) all.push_back({j, side, bound(problem, j, side)});
    return all;
}

Conflict crossing_bounds(const Problem& problem) {
    for (int j = 0; j < problem.matrix.columns; ++j)
        if (problem.lower[j] > problem.upper[j])
            return {{j, Side::lower, problem.lower[j]}, {j, Side::upper, problem.upper[j]}};
    return {};
}

/// The rows with these bounds alone, and nothing to optimise.
Problem only(Problem problem, const Conflict& kept) {
    problem.objective.assign(problem.matrix.columns, 0);
    problem.lower.assign(problem.matrix.columns, -infinity);
    problem.upper.assign(problem.matrix.columns, infinity);
    for (const auto& entry : kept)
        (entry.side == Side::lower ? problem.lower : problem.upper)[entry.column] = entry.value;
    return problem;
}

void set_side(Solver& solver, const BoundInConflict& entry, bool present) {
    const auto& now = solver.problem();
    const int j = entry.column;
    if (entry.side == Side::lower)
        solver.set_bounds(j, present ? entry.value : -infinity, now.upper[j]);
    else
        solver.set_bounds(j, now.lower[j], present ? entry.value : infinity);
}

/// Bounds that suffice for the proof: those behind y, for the sign of y that proves something.
Conflict first_candidates(const Problem& problem, const std::vector<double>& y) {
    for (const double sign : {1.0, -1.0}) {
        auto used = bounds_behind(problem, y, sign);
        if (farkas_violation(only(problem, used), y) > 0) return used;
    }
    return all_finite_bounds(problem);
}

/// Drops the candidates after `done` that the new proof makes no use of.
void drop_unused(Solver& solver, const std::vector<double>& y, Conflict& candidates, std::size_t done) {
    if (farkas_violation(solver.problem(), y) <= 0) return;
    const auto needed = first_candidates(solver.problem(), y);
    const auto unused = [&](const BoundInConflict& entry) {
        if (std::find(needed.begin(), needed.end(), entry) != needed.end()) return false;
        set_side(solver, entry, false);
        return true;
    };
    candidates.erase(std::remove_if(candidates.begin() + static_cast<std::ptrdiff_t>(done), candidates.end(), unused),
                     candidates.end());
}

}  // namespace

Conflict conflicting_bounds(const Problem& problem, const Solution& infeasible, const SolverOptions& options) {
    if (infeasible.status != SolveStatus::infeasible) return {};
    if (infeasible.ray.empty()) return crossing_bounds(problem);

    auto candidates = first_candidates(problem, infeasible.ray);
    Solver solver(only(problem, candidates), options);
    Conflict necessary;
    for (std::size_t at = 0; at < candidates.size(); ++at) {
        const auto entry = candidates[at];
        set_side(solver, entry, false);
        const auto without = solver.solve();
        if (without.status == SolveStatus::infeasible) {
            drop_unused(solver, without.ray, candidates, at + 1);
        } else if (without.status == SolveStatus::optimal) {
            set_side(solver, entry, true);
            necessary.push_back(entry);
        } else {
            return {};
        }
    }
    return necessary;
}

}  // namespace leaven::lp
