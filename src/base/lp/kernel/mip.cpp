#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include <CbcEventHandler.hpp>
#include <CbcHeuristic.hpp>
#include <CbcModel.hpp>
#include <CglFlowCover.hpp>
#include <CglGomory.hpp>
#include <CglKnapsackCover.hpp>
#include <CglMixedIntegerRounding2.hpp>
#include <CglProbing.hpp>
#include <ClpEventHandler.hpp>
#include <OsiClpSolverInterface.hpp>

#include <leaven/lp/mip.hpp>
#include <leaven/lp/solver.hpp>

namespace leaven::lp {
namespace {

bool raised(const std::atomic<bool>* stop) { return stop != nullptr && stop->load(std::memory_order_relaxed); }

/// Ends the simplex within a few iterations once the flag is raised.
class SimplexStop final : public ClpEventHandler {
public:
    explicit SimplexStop(const std::atomic<bool>* stop) : stop_(stop) {}
    int event(Event) override { return raised(stop_) ? 0 : -1; }
    [[nodiscard]] ClpEventHandler* clone() const override { return new SimplexStop(*this); }

private:
    const std::atomic<bool>* stop_;
};

/// Ends the search at the next node once the flag is raised.
class SearchStop final : public CbcEventHandler {
public:
    explicit SearchStop(const std::atomic<bool>* flag) : flag_(flag) {}
    CbcAction event(CbcEvent) override { return raised(flag_) ? stop : noAction; }
    [[nodiscard]] CbcEventHandler* clone() const override { return new SearchStop(*this); }

private:
    const std::atomic<bool>* flag_;
};

double coin_bound(double bound) { return std::isinf(bound) ? std::copysign(COIN_DBL_MAX, bound) : bound; }

std::vector<double> coin_bounds(std::vector<double> bounds) {
    std::transform(bounds.begin(), bounds.end(), bounds.begin(), coin_bound);
    return bounds;
}

/// The program for a solver that minimises.
void load(OsiClpSolverInterface& clp, const Problem& problem, std::span<const int> integers,
          const MipOptions& options) {
    auto costs = problem.objective;
    if (problem.sense == Sense::maximize)
        for (auto& cost : costs) cost = -cost;
    const auto& matrix = problem.matrix;
    clp.messageHandler()->setLogLevel(0);
    clp.loadProblem(matrix.columns, matrix.rows, matrix.starts.data(), matrix.indices.data(), matrix.values.data(),
                    coin_bounds(problem.lower).data(), coin_bounds(problem.upper).data(), costs.data(),
                    coin_bounds(problem.row_lower).data(), coin_bounds(problem.row_upper).data());
    for (const int j : integers) clp.setInteger(j);
    clp.setHintParam(OsiDoReducePrint, true, OsiHintTry);
    clp.setHintParam(OsiDoScale, false, OsiHintDo);  // hides small coefficients
    auto* model = clp.getModelPtr();
    model->scaling(0);
    model->setLogLevel(0);
    const SimplexStop handler(options.stop);
    model->passInEventHandler(&handler);
    clp.setDblParam(OsiPrimalTolerance, options.tolerance);
    clp.setDblParam(OsiDualTolerance, options.tolerance);
}

void add_cuts(CbcModel& model) {
    constexpr int where_useful = -1;  // at the root, and below it where it helped there
    CglProbing probing;
    probing.setMaxPass(1);
    probing.setMaxLook(50);
    probing.setRowCuts(3);
    CglGomory gomory;
    CglKnapsackCover knapsack;
    CglMixedIntegerRounding2 rounding;
    CglFlowCover flow;
    model.addCutGenerator(&probing, where_useful, "probing");
    model.addCutGenerator(&gomory, where_useful, "gomory");
    model.addCutGenerator(&knapsack, where_useful, "knapsack");
    model.addCutGenerator(&rounding, where_useful, "rounding");
    model.addCutGenerator(&flow, where_useful, "flow");
}

void set_limits(CbcModel& model, const Problem& problem, const MipOptions& options) {
    constexpr double no_gap = 1e-12;
    constexpr int candidates_tried = 10;  // strong branching
    model.setLogLevel(0);
    model.messageHandler()->setLogLevel(0);
    model.setIntegerTolerance(options.integrality);
    model.setAllowableGap(no_gap);
    model.setAllowableFractionGap(options.gap);
    model.setNumberStrong(candidates_tried);
    if (options.cutoff) model.setCutoff(problem.sense == Sense::maximize ? -*options.cutoff : *options.cutoff);
    if (options.node_limit > 0)
        model.setMaximumNodes(static_cast<int>(std::min<std::int64_t>(options.node_limit, COIN_INT_MAX)));
    if (options.time_limit_s > 0) model.setMaximumSeconds(options.time_limit_s);
    const SearchStop handler(options.stop);
    model.passInEventHandler(&handler);
}

/// The program with its whole numbers held at what was found, solved again and believed only then.
std::vector<double> settle(const Problem& problem, std::span<const int> integers, const double* found,
                           const MipOptions& options) {
    auto held = problem;
    for (const int j : integers) {
        const double value = std::clamp(std::round(found[j]), problem.lower[j], problem.upper[j]);
        held.lower[j] = held.upper[j] = value;
    }
    Solver solver(std::move(held), {.tolerance = options.tolerance});
    auto solution = solver.solve();
    if (solution.status != SolveStatus::optimal) return {};
    for (const int j : integers) solution.x[j] = solver.problem().lower[j];
    return std::move(solution.x);
}

double value_of(const Problem& problem, const std::vector<double>& x) {
    double sum = 0;
    for (std::size_t j = 0; j < x.size(); ++j) sum += problem.objective[j] * x[j];
    return sum;
}

bool better(Sense sense, double one, double other) { return sense == Sense::maximize ? one > other : one < other; }

MipStatus status_of(const CbcModel& model, const MipSolution& solution, const MipOptions& options) {
    const bool found = !solution.x.empty();
    if (raised(options.stop)) return MipStatus::stopped;
    if (model.isContinuousUnbounded()) return MipStatus::unbounded;
    if (model.isProvenOptimal() && found) return MipStatus::optimal;
    if (model.isProvenInfeasible() && model.bestSolution() == nullptr) return MipStatus::infeasible;
    return found ? MipStatus::feasible : MipStatus::failed;
}

/// With whole numbers as bounds of what must be whole.
Problem tightened(Problem problem, std::span<const int> integers, double integrality) {
    for (const int j : integers) {
        problem.lower[j] = std::ceil(problem.lower[j] - integrality);
        problem.upper[j] = std::floor(problem.upper[j] + integrality);
    }
    return problem;
}

bool all_whole(const std::vector<double>& x, std::span<const int> integers) {
    return std::all_of(integers.begin(), integers.end(), [&](int j) { return x[j] == std::round(x[j]); });
}

/// What the program without whole numbers already says; nothing where the search has to.
std::optional<MipSolution> settled_by_relaxation(const Problem& problem, std::span<const int> integers,
                                                 const MipOptions& options) {
    Solver solver(problem, {.tolerance = options.tolerance, .stop = options.stop});
    auto solution = solver.solve();
    switch (solution.status) {
        case SolveStatus::infeasible:
            return MipSolution{.status = MipStatus::infeasible};
        case SolveStatus::unbounded:
            return MipSolution{.status = MipStatus::unbounded};
        case SolveStatus::stopped:
            return MipSolution{.status = MipStatus::stopped};
        case SolveStatus::optimal:
            break;
        case SolveStatus::failed:
            return std::nullopt;
    }
    if (options.cutoff && !better(problem.sense, solution.objective, *options.cutoff))
        return MipSolution{.status = MipStatus::infeasible, .bound = solution.objective};
    if (!all_whole(solution.x, integers)) return std::nullopt;
    return MipSolution{.status = MipStatus::optimal,
                       .objective = solution.objective,
                       .x = std::move(solution.x),
                       .bound = solution.objective};
}

/// Branch and cut.
MipSolution search(const Problem& problem, std::span<const int> integers, const MipOptions& options) {
    OsiClpSolverInterface clp;
    load(clp, problem, integers, options);
    CbcModel model(clp);
    set_limits(model, problem, options);
    add_cuts(model);
    CbcRounding rounding(model);
    model.addHeuristic(&rounding);
    model.initialSolve();
    if (!model.isInitialSolveAbandoned() && !raised(options.stop)) model.branchAndBound();
    MipSolution solution;
    if (const double* found = model.bestSolution()) solution.x = settle(problem, integers, found, options);
    solution.nodes = model.getNodeCount();
    solution.status = status_of(model, solution, options);
    const double sign = problem.sense == Sense::maximize ? -1 : 1;
    solution.bound = sign * model.getBestPossibleObjValue();
    if (solution.x.empty()) return solution;
    solution.objective = value_of(problem, solution.x);
    const bool beaten = better(problem.sense, solution.objective, solution.bound);
    if (beaten || (solution.status == MipStatus::optimal && options.gap == 0)) solution.bound = solution.objective;
    solution.gap = std::fabs(solution.objective - solution.bound) / std::max(1.0, std::fabs(solution.objective));
    return solution;
}

}  // namespace

MipSolution solve_mip(const Problem& problem, std::span<const int> integers, const MipOptions& options) {
    const auto tight = tightened(problem, integers, options.integrality);
    if (auto solution = settled_by_relaxation(tight, integers, options)) return *std::move(solution);
    return search(tight, integers, options);
}

}  // namespace leaven::lp
