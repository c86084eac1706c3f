#include "loopless.hpp"

#include <algorithm>
#include <cmath>

namespace leaven::metabolism {
namespace {

constexpr std::int32_t root = -1;
constexpr std::int32_t objective_itself = -1;

}  // namespace

LooplessSearch::LooplessSearch(const Study& study, const lp::Solver& solver, Loops loops, const Context& context)
    : study_(study),
      context_(context),
      solver_(solver),
      loops_(std::move(loops)),
      lower_(solver.problem().lower),
      upper_(solver.problem().upper) {}

Result<LooplessBest> LooplessSearch::best_objective() {
    solver_.set_objective(study_.compression.problem.objective, study_.compression.problem.sense);
    return search(objective_itself);
}

Result<LooplessBest> LooplessSearch::best_of(std::int32_t column, lp::Sense sense) {
    std::vector<double> objective(lower_.size(), 0);
    objective[column] = 1;
    solver_.set_objective(objective, sense);
    return search(column);
}

Result<LooplessBest> LooplessSearch::search(std::int32_t target) {
    const bool maximize = solver_.problem().sense == lp::Sense::maximize;
    best_ = {};
    nodes_.clear();
    open_ = {{maximize ? lp::infinity : -lp::infinity, root}};
    // The most promising node on top; among equals the one made last, which is near a settled one.
    const auto less_promising = [&](const Open& one, const Open& other) {
        if (one.bound != other.bound) return is_better(other.bound, one.bound);
        return one.node < other.node;
    };
    while (!open_.empty() && best_.bounded) {
        if (context_.stopped()) return cancelled();
        std::pop_heap(open_.begin(), open_.end(), less_promising);
        const auto next = open_.back();
        open_.pop_back();
        if (best_.feasible && !is_better(next.bound, best_.value)) break;
        const auto before = open_.size();
        if (auto status = expand_node(next, target); !status) return pass(status);
        for (auto i = before + 1; i <= open_.size(); ++i)
            std::push_heap(open_.begin(), open_.begin() + static_cast<std::ptrdiff_t>(i), less_promising);
    }
    move_to(root);
    return std::move(best_);
}

/// By more than rounding.
bool LooplessSearch::is_better(double one, double other) const {
    if (std::isinf(one) || std::isinf(other))
        return solver_.problem().sense == lp::Sense::maximize ? one > other : one < other;
    const double slack = study_.tolerance * std::max(1.0, std::fabs(other));
    return solver_.problem().sense == lp::Sense::maximize ? one > other + slack : one < other - slack;
}

double LooplessSearch::value_of(const std::vector<double>& flux, std::int32_t target) const {
    return target == objective_itself ? dot(study_.compression.problem.objective, flux) : flux[target];
}

void LooplessSearch::move_to(std::int32_t node) {
    for (const auto j : moved_) solver_.set_bounds(j, lower_[j], upper_[j]);
    moved_.clear();
    std::vector<std::int32_t> path;
    for (auto at = node; at != root; at = nodes_[at].parent) path.push_back(at);
    for (auto at = path.rbegin(); at != path.rend(); ++at) {
        const auto& change = nodes_[*at];
        const auto& problem = solver_.problem();
        solver_.set_bounds(change.column, std::max(problem.lower[change.column], change.lower),
                           std::min(problem.upper[change.column], change.upper));
        moved_.push_back(change.column);
    }
}

Status LooplessSearch::expand_node(const Open& open, std::int32_t target) {
    move_to(open.node);
    const auto solution = solve_checked(study_, solver_);
    if (!solution) return pass(solution);
    ++best_.lps;
    if (solution->status == lp::SolveStatus::infeasible) return {};
    auto flux = solution->x;
    double bound = value_of(flux, target);
    if (solution->status == lp::SolveStatus::unbounded) {
        // Far out on the ray: the directions in which things run there are those of every point further on.
        constexpr double far = 1e6;
        double size = 0;
        for (const double d : solution->ray) size = std::max(size, std::fabs(d));
        for (std::size_t j = 0; j < flux.size(); ++j) flux[j] += far / size * solution->ray[j];
        bound = solver_.problem().sense == lp::Sense::maximize ? lp::infinity : -lp::infinity;
    }
    if (best_.feasible && !is_better(bound, best_.value)) return {};
    return look_at(std::move(flux), bound, open.node, target);
}

/// Settles the node whose best flux this is, or splits it.
Status LooplessSearch::look_at(std::vector<double> flux, double bound, std::int32_t parent, std::int32_t target) {
    const auto cleaned = loops_.without_loops(flux, lower_, upper_, target);
    if (!cleaned) return pass(cleaned);
    const auto loop = loops_.loop_in(*cleaned, target);
    if (!loop) return pass(loop);
    if (!*loop) {
        best_.feasible = true;
        best_.bounded = !std::isinf(bound);
        best_.value = value_of(*cleaned, target);
        best_.flux = *cleaned;
        return {};
    }
    if (target != objective_itself && !std::isinf(bound)) {
        const auto stripped = loops_.without_loops(std::move(flux), lower_, upper_, -1);
        if (!stripped) return pass(stripped);
        if (auto status = offer(*stripped, target); !status) return status;
    }
    branch(**loop, bound, parent, target);
    return {};
}

/// A flux that may obey the law and be the best so far.
Status LooplessSearch::offer(const std::vector<double>& flux, std::int32_t target) {
    const double value = value_of(flux, target);
    if (best_.feasible && !is_better(value, best_.value)) return {};
    const auto loop = loops_.loop_in(flux, -1);
    if (!loop) return pass(loop);
    if (*loop) return {};
    best_.feasible = true;
    best_.value = value;
    best_.flux = flux;
    return {};
}

/// One node for each column of the loop: it does not run that way, and those before it do or stand still.
void LooplessSearch::branch(const Loop& loop, double bound, std::int32_t parent, std::int32_t target) {
    auto order = loop;
    std::stable_partition(order.begin(), order.end(), [&](const LoopStep& d) { return d.column == target; });
    auto base = parent;
    for (const auto& [column, sign] : order) {
        const auto& problem = solver_.problem();
        const bool forced = sign > 0 ? problem.lower[column] > 0 : problem.upper[column] < 0;
        if (!forced) {
            nodes_.push_back({base, column, sign > 0 ? -lp::infinity : 0, sign > 0 ? 0 : lp::infinity});
            double here = bound;
            // The target itself held: its value cannot be beyond zero.
            if (column == target && is_better(here, 0)) here = 0;
            open_.push_back({here, static_cast<std::int32_t>(nodes_.size()) - 1});
        }
        nodes_.push_back({base, column, sign > 0 ? 0 : -lp::infinity, sign > 0 ? lp::infinity : 0});
        base = static_cast<std::int32_t>(nodes_.size()) - 1;
    }
}

}  // namespace leaven::metabolism
