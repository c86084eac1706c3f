// Which reactions carry no flux in any medium?

#include <algorithm>
#include <cmath>
#include <functional>

#include "checks.hpp"
#include "probes.hpp"

namespace leaven::metabolism {
namespace {

/// Which columns of a network can move at all, where every column may stand still: found many at a time.
class Movers {
public:
    Movers(const Study& study, const Context& context)
        : study_(study), context_(context), solver_(solver_for(study, context)), moves_(size(), 0) {
        for (std::size_t j = 0; j < size(); ++j) {
            const auto& problem = study.compression.problem;
            const double least = problem.lower[j] < 0 ? -open_bound : 0;
            const double most = problem.upper[j] > 0 ? open_bound : 0;
            solver_.set_bounds(static_cast<int>(j), least, most);
            sides_.push_back({least<0, most> 0});
        }
    }

    Result<std::vector<char>> find() {
        for (const double direction : {1.0, -1.0})
            for (bool found = true; found;) {
                auto more = push([&](std::size_t j) { return direction * (can(j, direction) ? 1 : 0); });
                if (!more) return pass(more);
                found = *more;
            }
        // Of those with one direction a sum that cannot leave zero proves that none can.
        for (bool found = true; found;) {
            auto more = push([&](std::size_t j) { return both(j) ? 0.0 : can(j, 1) ? 1.0 : -1.0; });
            if (!more) return pass(more);
            found = *more;
        }
        for (std::size_t j = 0; j < size(); ++j)
            for (const double direction : {1.0, -1.0}) {
                if (moves_[j] != 0 || !both(j)) continue;
                auto more = push([&](std::size_t k) { return k == j ? direction : 0.0; });
                if (!more) return pass(more);
            }
        return std::move(moves_);
    }

private:
    struct Sides {
        bool down, up;
    };

    [[nodiscard]] std::size_t size() const { return study_.compression.members.size(); }
    [[nodiscard]] bool can(std::size_t j, double direction) const {
        return direction > 0 ? sides_[j].up : sides_[j].down;
    }
    [[nodiscard]] bool both(std::size_t j) const { return sides_[j].up && sides_[j].down; }

    /// Pushes all columns not known to move, weighted; true where one more moved.
    Result<bool> push(const std::function<double(std::size_t)>& weight) {
        std::vector<double> objective(solver_.problem().objective.size(), 0);
        bool any = false;
        for (std::size_t j = 0; j < size(); ++j) {
            if (moves_[j] != 0) continue;
            objective[j] = weight(j);
            any = any || objective[j] != 0;
        }
        if (!any) return false;
        solver_.set_objective(objective, lp::Sense::maximize);
        const auto solution = solve_checked(study_, solver_);
        if (!solution) return pass(solution);
        bool found = false;
        constexpr double zero = 1e-7;
        for (std::size_t j = 0; j < size(); ++j) {
            if (moves_[j] != 0 || std::fabs(solution->x[j]) <= zero) continue;
            moves_[j] = 1;
            found = true;
        }
        const auto moving = std::count(moves_.begin(), moves_.end(), 1);
        context_.report({{"reactions that can run", "可运行的反应"}, moving, static_cast<std::int64_t>(size())});
        return found;
    }

    const Study& study_;
    const Context& context_;
    lp::Solver solver_;
    std::vector<char> moves_;
    std::vector<Sides> sides_;
};

}  // namespace

Result<Check> check_blocked(const Checked& checked, const Context& context) {
    const Doc title{"reactions that can carry no flux in any medium", "在任何培养基中都不能有通量的反应"};
    auto open = checked.model;
    const auto total = static_cast<std::int64_t>(open.reactions.size());
    if (open.reactions.empty()) return make_check("blocked", title, "warning", 0, std::vector<Text>());
    for (std::size_t r = 0; r < open.reactions.size(); ++r) {
        auto& reaction = open.reactions[r];
        const bool exchange = checked.kinds[r] == BoundaryKind::exchange;
        reaction.lower = exchange ? -open_bound : std::min(reaction.lower, 0.0);
        reaction.upper = exchange ? open_bound : std::max(reaction.upper, 0.0);
    }
    const auto study = prepare_probes(std::move(open));
    if (!study) return pass(study);
    const auto moves = Movers(*study, context).find();
    if (!moves) return pass(moves);
    std::vector<std::string> items;
    for (std::size_t r = 0; r < study->model.reactions.size(); ++r) {
        const auto column = study->compression.column[r];
        if (column < 0 || (*moves)[column] == 0) items.push_back(study->model.reactions[r].id);
    }
    return make_check("blocked", title, "warning", total, items);
}

}  // namespace leaven::metabolism
