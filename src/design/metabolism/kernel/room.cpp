// Fewest changed reactions, by conflicts.
//
// A set of windows that no flux can keep together is a conflict: its linear program has a Farkas vector, and at least
// one of its windows must be left. So the fewest changes are at least the cheapest choice of windows that hits every
// conflict known; where a flux keeps all other windows, that many changes are enough. Each choice that is not enough
// gives new conflicts. No switch meets a bound of a thousand here: a window is a bound of its column, kept or not.
//
// Reference  Davies, Bacchus 2011, doi:10.1007/978-3-642-23786-7_19 (the same scheme for logic).
#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include <leaven/lp/mip.hpp>

#include "adjustment_kinds.hpp"
#include "sort_unique.hpp"

namespace leaven::metabolism {
namespace {

/// An interval of a column's range, and how many reactions have it as their window.
struct ColumnWindow {
    std::int32_t column;
    double least;
    double greatest;
    double rounding;  // this far outside, in the unit of the column, none of these reactions counts as changed
    std::int64_t reactions;
};

using Windows = std::vector<std::int32_t>;  // by number, increasing

/// Which windows can be kept together.
class Keeper {
public:
    Keeper(const Study& study, const std::vector<ColumnWindow>& windows, const std::vector<std::int32_t>& off,
           const Context& context)
        : study_(study), windows_(windows), solver_(solver_for(study, context)), kept_(windows.size(), 0) {
        of_column_.resize(study.compression.members.size());
        for (std::size_t i = 0; i < windows.size(); ++i)
            of_column_[windows[i].column].push_back(static_cast<std::int32_t>(i));
        lower_ = study.compression.problem.lower;
        upper_ = study.compression.problem.upper;
        for (const auto j : off) lower_[j] = upper_[j] = 0;
        solver_.set_objective(std::vector<double>(solver_.problem().objective.size(), 0), lp::Sense::minimize);
        for (const auto j : off) solver_.set_bounds(j, 0, 0);
    }

    void keep(std::int32_t window, bool yes) {
        if (kept_[window] == static_cast<char>(yes)) return;
        kept_[window] = static_cast<char>(yes);
        set_bounds(windows_[window].column);
    }
    void keep_all() {
        for (std::size_t i = 0; i < windows_.size(); ++i) keep(static_cast<std::int32_t>(i), true);
    }

    /// A flux of the columns that keeps what is to be kept, or nothing.
    Result<std::optional<std::vector<double>>> flux() {
        conflict_.clear();
        if (find_crossing()) return std::optional<std::vector<double>>();
        auto solution = solve_checked(study_, solver_);
        if (!solution) return pass(solution);
        if (solution->status == lp::SolveStatus::infeasible) {
            conflict_ = support(*solution);
            return std::optional<std::vector<double>>();
        }
        return std::optional(std::move(solution->x));
    }

    /// After `flux` found nothing: windows of which none can be spared. Keeps all others no longer, and then these.
    Result<Windows> smallest_conflict() {
        auto candidates = conflict_;
        Windows were_kept;
        for (std::size_t i = 0; i < windows_.size(); ++i)
            if (kept_[i]) were_kept.push_back(static_cast<std::int32_t>(i));
        for (const auto i : were_kept) keep(i, std::binary_search(candidates.begin(), candidates.end(), i));
        for (std::size_t at = 0; at < candidates.size();) {
            keep(candidates[at], false);
            const auto without = flux();
            if (!without) return pass(without);
            if (*without) {
                keep(candidates[at], true);
                ++at;
                continue;
            }
            candidates = with_prefix(candidates, at);
            for (const auto i : were_kept) keep(i, std::binary_search(candidates.begin(), candidates.end(), i));
        }
        for (const auto i : were_kept) keep(i, true);
        return candidates;
    }

private:
    /// Those already known to be needed, and of the others what the last conflict uses.
    [[nodiscard]] Windows with_prefix(const Windows& candidates, std::size_t needed) const {
        Windows out;
        for (std::size_t i = 0; i < candidates.size(); ++i)
            if (i < needed || std::binary_search(conflict_.begin(), conflict_.end(), candidates[i]))
                out.push_back(candidates[i]);
        return out;
    }

    void set_bounds(std::int32_t column) {
        auto [lower, upper, rounding] = kept_range(column);
        if (lower > upper)  // by rounding; more is found by `find_crossing`
            lower = upper = std::clamp(0.5 * (lower + upper), lower_[column], upper_[column]);
        solver_.set_bounds(column, lower, upper);
    }

    struct Range {
        double lower, upper;
        double rounding;  // of all windows kept
    };
    [[nodiscard]] Range kept_range(std::int32_t column) const {
        Range range{lower_[column], upper_[column], lp::infinity};
        for (const auto i : of_column_[column]) {
            if (!kept_[i]) continue;
            range.lower = std::max(range.lower, windows_[i].least);
            range.upper = std::min(range.upper, windows_[i].greatest);
            range.rounding = std::min(range.rounding, windows_[i].rounding);
        }
        return range;
    }

    /// Windows of one column that do not meet one another, or its bounds, are a conflict without any row.
    bool find_crossing() {
        for (std::size_t j = 0; j < of_column_.size(); ++j) {
            const auto [lower, upper, rounding] = kept_range(static_cast<std::int32_t>(j));
            if (lower <= upper + rounding) continue;
            add_sources(static_cast<std::int32_t>(j), lower, true);
            add_sources(static_cast<std::int32_t>(j), upper, false);
            sort_unique(conflict_);
            return true;
        }
        return false;
    }

    /// The window that this side of a column's range comes from, if it is not the column's own bound.
    void add_sources(std::int32_t column, double bound, bool lower_side) {
        if (bound == (lower_side ? lower_ : upper_)[column]) return;
        std::optional<std::int32_t> nearest;
        double distance = lp::infinity;  // of what rounding leaves: ends that cross by it were put between them
        for (const auto i : of_column_[column]) {
            const double away = std::fabs(bound - (lower_side ? windows_[i].least : windows_[i].greatest));
            if (!kept_[i] || away > windows_[i].rounding || away >= distance) continue;
            nearest = i;
            distance = away;
        }
        if (nearest) conflict_.push_back(*nearest);
    }

    /// The windows whose bounds a Farkas vector uses.
    [[nodiscard]] Windows support(const lp::Solution& solution) {
        const auto& problem = solver_.problem();
        const auto& matrix = problem.matrix;
        conflict_.clear();
        for (int j = 0; j < matrix.columns; ++j) {
            double pull = 0;
            double size = 0;
            for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k) {
                pull += matrix.values[k] * solution.ray[matrix.indices[k]];
                size += std::fabs(matrix.values[k] * solution.ray[matrix.indices[k]]);
            }
            if (std::fabs(pull) <= 1e-12 * size || size == 0) continue;
            // Its sign says which bound is used, but not by itself; either is sound, for the filter decides.
            add_sources(j, problem.lower[j], true);
            add_sources(j, problem.upper[j], false);
        }
        sort_unique(conflict_);
        return conflict_;
    }

    const Study& study_;
    const std::vector<ColumnWindow>& windows_;
    lp::Solver solver_;
    std::vector<char> kept_;
    std::vector<Windows> of_column_;
    std::vector<double> lower_, upper_;  // of the columns, windows aside
    Windows conflict_;
};

/// Conflicts, and the cheapest windows that hit them all.
class Conflicts {
public:
    Conflicts(const std::vector<ColumnWindow>& windows, const Context& context)
        : windows_(windows), context_(context) {}

    void add(Windows conflict) { conflicts_.push_back(std::move(conflict)); }

    [[nodiscard]] std::int64_t cost(const Windows& chosen) const {
        std::int64_t sum = 0;
        for (const auto i : chosen) sum += windows_[i].reactions;
        return sum;
    }

    /// Always the window that hits most for its cost; quick, and seldom far off.
    [[nodiscard]] Windows greedy() const {
        std::vector<char> hit(conflicts_.size(), 0);
        Windows chosen;
        for (;;) {
            std::vector<double> gain(windows_.size(), 0);
            for (std::size_t c = 0; c < conflicts_.size(); ++c)
                if (!hit[c])
                    for (const auto i : conflicts_[c]) gain[i] += 1.0 / static_cast<double>(windows_[i].reactions);
            const auto best = std::max_element(gain.begin(), gain.end());
            if (best == gain.end() || *best == 0) break;
            const auto window = static_cast<std::int32_t>(best - gain.begin());
            chosen.push_back(window);
            for (std::size_t c = 0; c < conflicts_.size(); ++c)
                if (std::binary_search(conflicts_[c].begin(), conflicts_[c].end(), window)) hit[c] = 1;
        }
        std::sort(chosen.begin(), chosen.end());
        return chosen;
    }

    /// `known` is a cost that no choice can be below: the search ends where it is met.
    Result<Windows> cheapest(std::int64_t known) const {
        lp::Problem problem;
        problem.sense = lp::Sense::minimize;
        problem.matrix.rows = static_cast<int>(conflicts_.size()) + 1;
        problem.row_lower.assign(conflicts_.size(), 1);
        problem.row_lower.push_back(static_cast<double>(known));
        problem.row_upper.assign(conflicts_.size() + 1, lp::infinity);
        std::vector<std::vector<int>> rows(windows_.size());
        for (std::size_t c = 0; c < conflicts_.size(); ++c)
            for (const auto i : conflicts_[c]) rows[i].push_back(static_cast<int>(c));
        Windows of_column;
        for (std::size_t i = 0; i < windows_.size(); ++i) {
            if (rows[i].empty()) continue;
            std::vector<double> entries(rows[i].size(), 1);
            rows[i].push_back(static_cast<int>(conflicts_.size()));
            entries.push_back(static_cast<double>(windows_[i].reactions));
            problem.matrix.add_column(rows[i], entries);
            problem.lower.push_back(0);
            problem.upper.push_back(1);
            problem.objective.push_back(static_cast<double>(windows_[i].reactions));
            of_column.push_back(static_cast<std::int32_t>(i));
        }
        std::vector<int> integers(of_column.size());
        std::iota(integers.begin(), integers.end(), 0);
        const auto solution = lp::solve_mip(problem, integers, {.stop = &context_.stop_flag()});
        if (solution.status == lp::MipStatus::stopped) return cancelled();
        if (solution.status != lp::MipStatus::optimal)
            return failure(ErrorCode::bug, {"the fewest changes could not be found", "未能求出最少的改变"});
        Windows chosen;
        for (std::size_t k = 0; k < of_column.size(); ++k)
            if (solution.x[k] > 0.5) chosen.push_back(of_column[k]);
        return chosen;
    }

    [[nodiscard]] std::size_t size() const { return conflicts_.size(); }

private:
    const std::vector<ColumnWindow>& windows_;
    const Context& context_;
    std::vector<Windows> conflicts_;
};

class Room final : public Adjustment {
public:
    Room(const Study& study, std::vector<double> reference, Window window, const Context& context)
        : study_(study), reference_(std::move(reference)), window_(window), context_(context) {
        for (std::size_t j = 0; j < study.compression.members.size(); ++j) add_windows(static_cast<std::int32_t>(j));
    }

    Result<Adjusted> without(const std::vector<std::int32_t>& columns) override {
        Keeper keeper(study_, windows_, columns, context_);
        const auto free = keeper.flux();
        if (!free) return pass(free);
        if (!*free) return Adjusted{};
        Conflicts conflicts(windows_, context_);
        std::optional<std::vector<double>> best;
        std::int64_t fewest = 0;
        std::int64_t least = 0;
        for (;;) {
            // Quick choices first: they find conflicts, and fluxes, as well as the dear ones.
            for (std::size_t before = conflicts.size() + 1; before != conflicts.size();) {
                before = conflicts.size();
                auto found = collect(keeper, conflicts, conflicts.greedy(), Leave::whole);
                if (!found) return pass(found);
                note(*std::move(found), best, fewest);
            }
            const auto choice = conflicts.cheapest(least);
            if (!choice) return pass(choice);
            least = conflicts.cost(*choice);
            if (best && least >= fewest) return read(*best);
            for (const auto leave : {Leave::whole, Leave::one, Leave::one, Leave::one, Leave::one, Leave::one}) {
                auto found = collect(keeper, conflicts, *choice, leave);
                if (!found) return pass(found);
                note(*std::move(found), best, fewest);
            }
            if (least >= fewest) return read(*best);
        }
    }

private:
    /// What to give up of a conflict before the next is looked for: all of it, or one window by chance.
    enum class Leave { whole, one };

    void add_windows(std::int32_t j) {
        std::vector<ColumnWindow> windows;
        for (const auto r : study_.compression.members[j]) {
            const double factor = study_.compression.factor[r];
            const double middle = reference_[r] / factor;
            const double half = std::fabs(window_.half_width(reference_[r]) / factor);
            // Half of it for what differs here, half for where windows that touch leave a flux between them.
            const double rounding =
                0.5 * Window::rounding * std::max(1.0, std::fabs(reference_[r])) / std::fabs(factor);
            const auto same = std::find_if(windows.begin(), windows.end(), [&](const ColumnWindow& w) {
                const double least = std::min(rounding, w.rounding);
                return std::fabs(w.least - (middle - half)) <= least &&
                       std::fabs(w.greatest - (middle + half)) <= least;
            });
            if (same == windows.end()) {
                windows.push_back({j, middle - half, middle + half, rounding, 1});
                continue;
            }
            ++same->reactions;
            same->rounding = std::min(same->rounding, rounding);
        }
        windows_.insert(windows_.end(), windows.begin(), windows.end());
    }

    /// Leaves these windows, and of the others what conflicts, whole conflicts at a time, until a flux keeps the rest.
    Result<std::vector<double>> collect(Keeper& keeper, Conflicts& conflicts, const Windows& left, Leave leave) {
        keeper.keep_all();
        for (const auto i : left) keeper.keep(i, false);
        for (;;) {
            if (context_.stopped()) return cancelled();
            auto flux = keeper.flux();
            if (!flux) return pass(flux);
            if (*flux) return **std::move(flux);
            auto conflict = keeper.smallest_conflict();
            if (!conflict) return pass(conflict);
            if (conflict->empty())
                return failure(ErrorCode::bug, {"the fewest changes could not be found", "未能求出最少的改变"});
            if (leave == Leave::whole)
                for (const auto i : *conflict) keeper.keep(i, false);
            else
                keeper.keep(conflict->at(random_() % conflict->size()), false);
            conflicts.add(*std::move(conflict));
        }
    }

    void note(std::vector<double> w, std::optional<std::vector<double>>& best, std::int64_t& fewest) const {
        const auto flux = expand(study_.compression, w);
        std::int64_t changes = 0;
        for (std::size_t r = 0; r < flux.size(); ++r)
            if (study_.compression.column[r] >= 0 && window_.left_by(flux[r], reference_[r])) ++changes;
        if (best && changes >= fewest) return;
        best = std::move(w);
        fewest = changes;
        context_.report({{"changed reactions", "改变的反应"}, 0, fewest});
    }

    [[nodiscard]] Result<Adjusted> read(const std::vector<double>& w) const {
        Adjusted out;
        out.flux = expand(study_.compression, w);
        out.distance = static_cast<double>(count_changed(out.flux, reference_, window_));
        out.certificate.kind = "optimal";
        out.certificate.primal_residual = residual(study_.network, out.flux);
        return out;
    }

    const Study& study_;
    std::vector<double> reference_;
    Window window_;
    const Context& context_;
    std::vector<ColumnWindow> windows_;
    std::mt19937 random_;  // from its own fixed seed: the answer's size does not depend on it, only the way there
};

}  // namespace

std::unique_ptr<Adjustment> make_room(const Study& study, std::vector<double> reference, Window window,
                                      const Context& context) {
    return std::make_unique<Room>(study, std::move(reference), window, context);
}

}  // namespace leaven::metabolism
