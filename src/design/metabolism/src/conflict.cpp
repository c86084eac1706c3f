#include "conflict.hpp"

#include <algorithm>
#include <cmath>

#include "substrate.hpp"

namespace leaven::metabolism {
namespace {

using lp::BoundInConflict;
using Bounds = std::vector<BoundInConflict>;

/// Drops one bound after the other and keeps those without which there would be a flux.
///
/// The network is compressed once, with all bounds in question open, so that each can be set and dropped there.
class BoundFilter {
public:
    BoundFilter(const Network& network, Bounds in_question, const lp::SolverOptions& options)
        : lower_(network.problem.lower),
          upper_(network.problem.upper),
          in_question_(std::move(in_question)),
          small_([&] {
              auto open = network;
              std::fill(open.problem.objective.begin(), open.problem.objective.end(), 0);
              for (const auto& bound : in_question_)
                  side(open.problem.lower, open.problem.upper, bound) = opened(bound);
              return compress(open, options.tolerance);
          }()),
          solver_(small_.problem, options),
          tolerance_(options.tolerance) {}

    /// Empty where the bounds in question do not suffice, or the solver came to no end.
    Bounds run() {
        if (small_.infeasible) return {};
        for (const auto& bound : in_question_)
            if (small_.column[bound.column] < 0 && overstepped_by_zero(bound)) return {bound};
        std::erase_if(in_question_, [&](const auto& bound) { return small_.column[bound.column] < 0; });
        for (std::int32_t j = 0; j < static_cast<std::int32_t>(small_.members.size()); ++j) update(j);
        if (!proved()) return {};
        drop_unused(0);
        // A solver may come to no end while many columns are free: such a bound is looked at again when fewer are left.
        for (bool again = true; again && last_.status != lp::SolveStatus::stopped;) again = sift();
        return proved() ? in_question_ : Bounds();
    }

private:
    /// True where a bound is left of which it is open whether it is needed, and another was dropped.
    bool sift() {
        bool open = false;
        bool dropped = false;
        for (std::size_t at = 0; at < in_question_.size();) {
            set(in_question_[at], false);
            if (proved()) {
                in_question_.erase(in_question_.begin() + static_cast<std::ptrdiff_t>(at));
                drop_unused(at);
                dropped = true;
                continue;
            }
            if (last_.status == lp::SolveStatus::stopped) return false;
            open |= last_.status != lp::SolveStatus::optimal;
            set(in_question_[at++], true);
        }
        return open && dropped;
    }

    static double opened(const BoundInConflict& bound) {
        return bound.side == lp::Side::lower ? -lp::infinity : lp::infinity;
    }
    static double& side(std::vector<double>& lower, std::vector<double>& upper, const BoundInConflict& bound) {
        return (bound.side == lp::Side::lower ? lower : upper)[bound.column];
    }
    [[nodiscard]] bool overstepped_by_zero(const BoundInConflict& bound) const {
        return bound.side == lp::Side::lower ? bound.value > tolerance_ : bound.value < -tolerance_;
    }

    void set(const BoundInConflict& bound, bool present) {
        side(lower_, upper_, bound) = present ? bound.value : opened(bound);
        update(small_.column[bound.column]);
    }
    void update(std::int32_t column) {
        const auto [least, greatest] = column_bounds(small_, column, lower_, upper_);
        solver_.set_bounds(column, least, greatest);
    }
    bool proved() {
        last_ = solver_.solve();
        return last_.status == lp::SolveStatus::infeasible;
    }

    /// Does the last proof lean on this column's bounds? Not where its terms cancel but for rounding.
    [[nodiscard]] bool pulls(int column) const {
        constexpr double rounding = 1e-11;
        const auto& matrix = small_.problem.matrix;
        double sum = 0;
        double size = 0;
        for (int k = matrix.starts[column]; k < matrix.starts[column + 1]; ++k) {
            const double term = matrix.values[k] * last_.ray[matrix.indices[k]];
            sum += term;
            size += std::fabs(term);
        }
        return std::fabs(sum) > rounding * size;
    }

    /// What the last proof does not lean on can go at once, unless rounding misled.
    void drop_unused(std::size_t from) {
        if (last_.ray.empty()) return;
        const auto begin = in_question_.begin() + static_cast<std::ptrdiff_t>(from);
        const auto unused = std::stable_partition(begin, in_question_.end(), [&](const BoundInConflict& bound) {
            return pulls(small_.column[bound.column]);
        });
        for (auto at = unused; at != in_question_.end(); ++at) set(*at, false);
        if (proved()) {
            in_question_.erase(unused, in_question_.end());
            return;
        }
        for (auto at = unused; at != in_question_.end(); ++at) set(*at, true);
    }

    std::vector<double> lower_, upper_;  // of the network, with the bounds that are still there
    Bounds in_question_;
    Compression small_;
    lp::Solver solver_;
    double tolerance_;
    lp::Solution last_;
};

/// Every finite bound but the arrows of two-sided reactions, and but what the medium does not offer, unless asked for.
Bounds bounds_in_question(const Study& study, bool closed_exchanges) {
    const auto& problem = study.network.problem;
    Bounds bounds;
    for (std::int32_t r = 0; r < problem.matrix.columns; ++r) {
        const bool can_run = problem.lower[r] != 0 || problem.upper[r] != 0;
        const bool exchanges = crosses_boundary(study.model, study.model.reactions[r]);
        const bool zero_holds = exchanges ? !closed_exchanges : can_run;
        for (const auto side : {lp::Side::lower, lp::Side::upper}) {
            const double value = (side == lp::Side::lower ? problem.lower : problem.upper)[r];
            if (!std::isinf(value) && !(value == 0 && zero_holds)) bounds.push_back({r, side, value});
        }
    }
    return bounds;
}

/// A lone forced flux says too little: then what the medium lacks is named too. Nonzero bounds come first.
Bounds smallest_conflict(const Study& study, const Network& network, const lp::SolverOptions& options) {
    auto bounds = BoundFilter(network, bounds_in_question(study, false), options).run();
    if (bounds.size() < 2) bounds = BoundFilter(network, bounds_in_question(study, true), options).run();
    std::stable_partition(bounds.begin(), bounds.end(), [](const auto& bound) { return bound.value != 0; });
    return bounds;
}

Result<Verdict> verdict_of(const Study& study, const Network& network, const lp::Solution& proof,
                           const Context& context) {
    const lp::SolverOptions options{.tolerance = study.tolerance, .stop = &context.stop_flag()};
    Verdict verdict;
    verdict.status = "infeasible";
    verdict.certificate = to_certificate(lp::certify(network.problem, proof));
    auto bounds = smallest_conflict(study, network, options);
    if (bounds.empty() && !context.stopped()) bounds = lp::conflicting_bounds(network.problem, proof, options);
    if (context.stopped()) return cancelled();
    for (const auto& bound : bounds) {
        if (static_cast<std::size_t>(bound.column) >= study.model.reactions.size()) continue;  // what was asked for
        verdict.conflict.push_back(
            {study.model.reactions[bound.column].id, bound.side == lp::Side::lower ? "lower" : "upper", bound.value});
    }
    return verdict;
}

lp::Solution farkas(std::vector<double> ray) {
    lp::Solution proof;
    proof.status = lp::SolveStatus::infeasible;
    proof.ray = std::move(ray);
    return proof;
}

/// The network with each demand as one more column, which must stay within its bounds.
Network demanding(const Study& study, const std::vector<Demand>& demands) {
    auto network = study.network;
    auto& problem = network.problem;
    for (const auto& demand : demands) {
        auto row = demand.coefficients;
        row.resize(problem.objective.size(), 0);
        append_row(problem, row);
        problem.row_lower.back() = problem.row_upper.back() = 0;
        problem.matrix.add_column({problem.matrix.rows - 1}, {-1.0});
        problem.lower.push_back(demand.lower);
        problem.upper.push_back(demand.upper);
        problem.objective.push_back(0);
    }
    return network;
}

}  // namespace

Result<Verdict> explain_infeasible(const Study& study, const lp::Solution* compressed, const Context& context) {
    const auto& network = study.network;
    if (compressed != nullptr)
        return verdict_of(study, network, farkas(expand_farkas(network, study.compression, compressed->ray)), context);
    const auto proof =
        lp::Solver(network.problem, {.tolerance = study.tolerance, .stop = &context.stop_flag()}).solve();
    if (context.stopped()) return cancelled();
    if (proof.status != lp::SolveStatus::infeasible)
        return failure(ErrorCode::bug,
                       {"whether there is any flux depends on the tolerance", "是否存在可行通量取决于容差"})
            .advise({"try another tolerance, such as 1e-7", "可换一个容差，例如 1e-7"});
    return verdict_of(study, network, proof, context);
}

Result<Verdict> explain_zero(const Study& study, const Optimum& optimum, const Context& context) {
    constexpr double some = 1e-2;  // whatever is above zero contradicts the same bounds
    return explain_below(study, optimum, some, context);
}

Result<Verdict> explain_below(const Study& study, const Optimum& optimum, double least, const Context& context) {
    auto ray = optimum.shadow_prices;
    ray.push_back(-1);
    return verdict_of(study, demanding(study, {{study.network.problem.objective, least, lp::infinity}}),
                      farkas(std::move(ray)), context);
}

Result<std::optional<Verdict>> explain_demands(const Study& study, const std::vector<Demand>& demands,
                                               const Context& context) {
    auto network = demanding(study, demands);
    std::fill(network.problem.objective.begin(), network.problem.objective.end(), 0);
    const auto proof =
        lp::Solver(network.problem, {.tolerance = study.tolerance, .stop = &context.stop_flag()}).solve();
    if (context.stopped()) return cancelled();
    if (proof.status != lp::SolveStatus::infeasible) return std::optional<Verdict>();
    auto verdict = verdict_of(study, network, proof, context);
    if (!verdict) return pass(verdict);
    return std::optional(*std::move(verdict));
}

}  // namespace leaven::metabolism
