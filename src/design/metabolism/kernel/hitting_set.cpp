#include "hitting_set.hpp"

#include <algorithm>
#include <cmath>

namespace leaven::metabolism {
namespace {

enum class State : char { open, chosen, banned };

class Search {
public:
    Search(const HittingSetProblem& problem, const Context& context, std::int64_t most_nodes)
        : problem_(problem),
          context_(context),
          nodes_left_(most_nodes),
          state_(problem.costs.size(), State::open),
          marked_(problem.costs.size(), 0) {}

    std::optional<HittingSet> run() {
        const double least = bound();
        branch(0);
        const bool cut_short = nodes_left_ <= 0 || context_.stopped();
        if (!best_ && !cut_short) return std::nullopt;
        auto best = best_.value_or(HittingSet{});
        std::sort(best.elements.begin(), best.elements.end());
        best.proved = !cut_short;
        best.bound = cut_short ? least : best.cost;
        return best;
    }

private:
    void branch(double cost) {
        if (--nodes_left_ <= 0 || (nodes_left_ % 1024 == 0 && context_.stopped())) return;
        if (breaks_a_rule()) return;
        const auto* next = hardest();
        if (next == nullptr) {
            if (!best_ || cost < best_->cost - rounding) best_ = HittingSet{chosen_, cost, true, cost};
            return;
        }
        if (best_ && cost + bound() >= best_->cost - rounding) return;
        auto ways = *next;
        std::erase_if(ways, [&](std::int32_t e) { return state_[e] != State::open; });
        std::stable_sort(ways.begin(), ways.end(),
                         [&](std::int32_t a, std::int32_t b) { return problem_.costs[a] < problem_.costs[b]; });
        for (const auto element : ways) {
            state_[element] = State::chosen;
            chosen_.push_back(element);
            branch(cost + problem_.costs[element]);
            chosen_.pop_back();
            state_[element] = State::banned;  // what comes after does without it
            if (nodes_left_ <= 0) break;
        }
        for (const auto element : ways) state_[element] = State::open;
    }

    [[nodiscard]] bool breaks_a_rule() const {
        return std::any_of(problem_.not_whole.begin(), problem_.not_whole.end(), [&](const auto& rule) {
            return std::all_of(rule.begin(), rule.end(), [&](std::int32_t e) { return state_[e] == State::chosen; });
        });
    }

    [[nodiscard]] bool is_hit(const std::vector<std::int32_t>& set) const {
        return std::any_of(set.begin(), set.end(), [&](std::int32_t e) { return state_[e] == State::chosen; });
    }

    /// The set not yet hit that has the fewest ways left; none where all are hit.
    [[nodiscard]] const std::vector<std::int32_t>* hardest() const {
        const std::vector<std::int32_t>* out = nullptr;
        std::ptrdiff_t fewest = 0;
        for (const auto& set : problem_.to_hit) {
            if (is_hit(set)) continue;
            const auto ways =
                std::count_if(set.begin(), set.end(), [&](std::int32_t e) { return state_[e] == State::open; });
            if (out != nullptr && ways >= fewest) continue;
            out = &set;
            fewest = ways;
        }
        return out;
    }

    /// What sets that share no element cost at least; infinite where one cannot be hit any more.
    double bound() {
        double sum = 0;
        ++mark_;
        for (const auto& set : problem_.to_hit) {
            if (is_hit(set)) continue;
            double least = INFINITY;
            bool apart = true;
            for (const auto e : set) {
                if (state_[e] != State::open) continue;
                least = std::min(least, problem_.costs[e]);
                apart = apart && marked_[e] != mark_;
            }
            if (std::isinf(least)) return least;
            if (!apart) continue;
            sum += least;
            for (const auto e : set) marked_[e] = mark_;
        }
        return sum;
    }

    static constexpr double rounding = 1e-9;

    const HittingSetProblem& problem_;
    const Context& context_;
    std::int64_t nodes_left_;
    std::vector<State> state_;
    std::vector<std::int64_t> marked_;
    std::int64_t mark_ = 0;
    std::vector<std::int32_t> chosen_;
    std::optional<HittingSet> best_;
};

}  // namespace

std::optional<HittingSet> cheapest_hitting_set(const HittingSetProblem& problem, const Context& context,
                                               std::int64_t most_nodes) {
    return Search(problem, context, most_nodes).run();
}

}  // namespace leaven::metabolism
