#include "loopless_ranges.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <leaven/core/parallel.hpp>

#include "loopless.hpp"

namespace leaven::metabolism {
namespace {

struct EndPoint {
    std::size_t place;  // in the list of wanted columns
    std::int32_t column;
    lp::Sense sense;
};

struct Found {
    std::optional<double> value;  // none: unbounded
    std::int64_t lps = 0;
};

/// The end points that loops can reach: beyond zero, in a direction in which some loop runs.
std::vector<EndPoint> in_doubt(const Study& study, const std::vector<std::int32_t>& wanted, const Ranges& plain,
                               const Loops& loops, bool all) {
    std::vector<EndPoint> out;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto& range = plain.columns[i];
        const bool below = !range.least || *range.least < -study.tolerance;
        const bool above = !range.greatest || *range.greatest > study.tolerance;
        if (all || (below && loops.runs(wanted[i], -1))) out.push_back({i, wanted[i], lp::Sense::minimize});
        if (all || (above && loops.runs(wanted[i], 1))) out.push_back({i, wanted[i], lp::Sense::maximize});
    }
    return out;
}

using Finder = std::function<Result<Found>(const EndPoint&)>;

/// Asks for each end point on its own and writes it over the plain one.
Result<Ranges> replace(const std::vector<EndPoint>& ends, Ranges plain, const Finder& find, const Study& study,
                       const Context& context) {
    std::vector<Found> found(ends.size());
    const auto work = [&](Chunk chunk, int) -> Status {
        auto one = find(ends[static_cast<std::size_t>(chunk.begin)]);
        if (!one) return pass(one);
        found[static_cast<std::size_t>(chunk.begin)] = *one;
        return {};
    };
    const auto status = for_each_chunk(context, {"loopless ranges", "无循环通量范围"},
                                       static_cast<std::int64_t>(ends.size()), 1, work, share_values(found));
    if (!status) return pass(status);
    for (std::size_t i = 0; i < ends.size(); ++i) {
        auto& range = plain.columns[ends[i].place];
        auto value = found[i].value;
        if (value && std::fabs(*value) <= study.tolerance) value = 0;
        (ends[i].sense == lp::Sense::minimize ? range.least : range.greatest) = value;
        plain.lps += found[i].lps;
    }
    return plain;
}

/// One end point by CycleFreeFlux.
class CycleFree {
public:
    CycleFree(const Study& study, const lp::Solver& solver, Loops loops)
        : study_(study), solver_(solver), loops_(std::move(loops)) {}

    Result<Found> end_of(const EndPoint& end) {
        std::vector<double> objective(solver_.problem().objective.size(), 0);
        objective[end.column] = 1;
        solver_.set_objective(objective, end.sense);
        const auto best = solve_checked(study_, solver_);
        if (!best) return pass(best);
        if (best->status != lp::SolveStatus::optimal) return Found{std::nullopt, 1};
        const double value = best->x[end.column];
        const auto& problem = solver_.problem();
        const auto cleaned = loops_.without_loops(best->x, problem.lower, problem.upper, -1);
        if (!cleaned) return pass(cleaned);
        if (std::fabs((*cleaned)[end.column] - value) <= cutoff_ * std::max(1.0, std::fabs(value)))
            return Found{value, 1};
        const auto almost = loops_.without_loops(best->x, problem.lower, problem.upper, end.column);
        if (!almost) return pass(almost);
        for (std::size_t j = 0; j < almost->size(); ++j)
            if (std::fabs((*cleaned)[j]) <= cutoff_ && std::fabs((*almost)[j]) > cutoff_)
                solver_.set_bounds(static_cast<int>(j), 0, 0);
        const auto again = solve_checked(study_, solver_);
        if (!again) return pass(again);
        if (again->status != lp::SolveStatus::optimal) return Found{std::nullopt, 2};
        return Found{again->x[end.column], 2};
    }

private:
    static constexpr double cutoff_ = 1e-7;

    const Study& study_;
    lp::Solver solver_;
    Loops loops_;
};

}  // namespace

bool may_force_loops(const Study& study, const Loops& loops) {
    const auto& problem = study.compression.problem;
    return std::any_of(loops.columns().begin(), loops.columns().end(), [&](std::int32_t j) {
        return problem.lower[j] > 0 || problem.upper[j] < 0 || problem.objective[j] != 0;
    });
}

Result<Ranges> loopless_ranges(const Study& study, const lp::Solver& solver, const std::vector<std::int32_t>& wanted,
                               Ranges plain, const Loops& loops, bool forced, const Context& context) {
    const auto ends = in_doubt(study, wanted, plain, loops, forced);
    const auto find = [&](const EndPoint& end) -> Result<Found> {
        const auto best = LooplessSearch(study, solver, loops, context).best_of(end.column, end.sense);
        if (!best) return pass(best);
        if (!best->feasible)
            return infeasible(
                {"every flux within the bounds has an internal loop", "界限内的每个通量分布都含内部循环"});
        return Found{best->bounded ? std::optional(best->value) : std::nullopt, best->lps};
    };
    return replace(ends, std::move(plain), find, study, context);
}

Result<Ranges> cyclefree_ranges(const Study& study, const lp::Solver& solver, const std::vector<std::int32_t>& wanted,
                                Ranges plain, const Loops& loops, const Context& context) {
    const auto ends = in_doubt(study, wanted, plain, loops, false);
    const auto find = [&](const EndPoint& end) { return CycleFree(study, solver, loops).end_of(end); };
    return replace(ends, std::move(plain), find, study, context);
}

}  // namespace leaven::metabolism
