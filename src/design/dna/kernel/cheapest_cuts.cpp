#include <algorithm>
#include <limits>
#include <map>

#include <leaven/dna/fragment.hpp>

#include "vetoes.hpp"

namespace leaven::dna {
namespace {

constexpr double nothing = std::numeric_limits<double>::infinity();
constexpr double price_tolerance = 1e-9;  // of a price

class CheapestSearch {
public:
    CheapestSearch(const CutSites& sites, const std::vector<double>& price_by_length,
                   const std::map<seq::Interval, double>& known, const CutOptions& options, std::int64_t& steps_left)
        : sites_(sites),
          price_by_length_(price_by_length),
          known_(known),
          options_(options),
          length_(static_cast<std::int64_t>(sites.kind.size())),
          steps_left_(steps_left) {
        for (const auto joint : options.fixed) used_.push_back(joint);
    }

    Result<CheapPlan> run(const Context& context) {
        const auto cuts = options_.count > 0 ? options_.count - 1 : -1;
        if (auto status = look_ahead(cuts, context); !status) return pass(status);
        const auto bound = ahead(cuts, 0);
        if (bound < nothing) branch(0, cuts, 0, context);
        if (context.stopped()) return cancelled();
        if (best_ == nothing && open_bound_ == nothing) return CheapPlan{};
        CheapPlan plan{best_cuts_, best_, std::min(best_, open_bound_), Proof::optimal};
        if (open_bound_ < best_ - price_tolerance) plan.proof = Proof::feasible;
        if (best_ == nothing) plan.proof = Proof::limit;
        return plan;
    }

private:
    struct Child {
        std::int64_t position;
        double cost;
        double bound;
    };

    [[nodiscard]] double price(std::int64_t start, std::int64_t end) const {
        const auto size = end - start;
        if (size < options_.min || size > options_.max) return nothing;
        if (!options_.banned.empty() && options_.banned.contains({start, end})) return nothing;
        if (!options_.farthest.empty() && end > options_.farthest[static_cast<std::size_t>(start)]) return nothing;
        if (known_.empty()) return price_by_length_[static_cast<std::size_t>(size)];
        const auto known = known_.find({start, end});
        if (known != known_.end()) return known->second;
        return price_by_length_[static_cast<std::size_t>(size)];
    }

    [[nodiscard]] bool cuttable(std::int64_t position) const {
        return sites_.kind[static_cast<std::size_t>(position)] != CutSites::closed;
    }

    /// The least price of what follows a cut at `position`, with `rest` cuts to come (-1: any number).
    [[nodiscard]] double ahead(std::int64_t rest, std::int64_t position) const {
        return ahead_[static_cast<std::size_t>(std::max<std::int64_t>(rest, 0))][static_cast<std::size_t>(position)];
    }

    /// From the end, at the least prices: dearer quotes and fragments shut out one by one only raise it.
    Status look_ahead(std::int64_t cuts, const Context& context) {
        const auto layers = std::max<std::int64_t>(cuts, 0) + 1;
        const auto size = static_cast<std::size_t>(length_);
        ahead_.assign(static_cast<std::size_t>(layers), std::vector<double>(size, nothing));
        // The same for cuts that may be made: what no cut can begin costs infinitely much.
        std::vector<std::vector<double>> open(ahead_);
        for (std::int64_t layer = 0; layer < layers; ++layer) {
            const auto at = static_cast<std::size_t>(layer);
            const auto& next = open[cuts < 0 ? 0 : std::max<std::size_t>(at, 1) - 1];
            for (auto p = length_ - 1; p >= 0; --p) {
                if ((p & 0xFFF) == 0 && context.stopped()) return cancelled();
                auto best = layer == 0 ? least_price(p, length_) : nothing;
                if (layer > 0 || cuts < 0) best = std::min(best, best_follower(p, next));
                ahead_[at][static_cast<std::size_t>(p)] = best;
                if (cuttable(p)) open[at][static_cast<std::size_t>(p)] = best;
            }
        }
        return {};
    }

    [[nodiscard]] std::int64_t last_end(std::int64_t start) const {
        const auto most = std::min(start + options_.max, length_);
        return options_.farthest.empty() ? most : std::min(most, options_.farthest[static_cast<std::size_t>(start)]);
    }

    [[nodiscard]] double least_price(std::int64_t start, std::int64_t end) const {
        if (end - start < options_.min || end > last_end(start)) return nothing;
        return price_by_length_[static_cast<std::size_t>(end - start)];
    }

    [[nodiscard]] double best_follower(std::int64_t p, const std::vector<double>& next) const {
        double best = nothing;
        const auto last = std::min(last_end(p) - sites_.shared, length_ - sites_.shared - 1);
        for (auto q = p + std::max<std::int64_t>(options_.min - sites_.shared, 1); q <= last; ++q)
            best = std::min(best, price_by_length_[static_cast<std::size_t>(q + sites_.shared - p)] +
                                      next[static_cast<std::size_t>(q)]);
        return best;
    }

    std::vector<Child> children(std::int64_t from, std::int64_t rest, double cost) {
        std::vector<Child> out;
        const auto last = std::min(from + options_.max - sites_.shared, length_ - sites_.shared - 1);
        for (auto q = from + std::max<std::int64_t>(options_.min - sites_.shared, 1); q <= last; ++q) {
            const auto kind = sites_.kind[static_cast<std::size_t>(q)];
            if (kind == CutSites::closed || std::find(used_.begin(), used_.end(), kind) != used_.end()) continue;
            const auto after = cost + price(from, q + sites_.shared);
            const auto bound = after + ahead(rest < 0 ? -1 : rest - 1, q);
            if (bound < best_ - price_tolerance) out.push_back({q, after, bound});
        }
        steps_left_ -= std::max<std::int64_t>(last - from, 0) / 256;
        std::stable_sort(out.begin(), out.end(), [](const Child& a, const Child& b) { return a.bound < b.bound; });
        return out;
    }

    void branch(std::int64_t from, std::int64_t rest, double cost, const Context& context) {
        if (rest <= 0)
            if (const auto whole = cost + price(from, length_); whole < best_ - price_tolerance)
                best_ = whole, best_cuts_ = cuts_;
        if (rest == 0) return;
        for (const auto& child : children(from, rest, cost)) {
            if (child.bound >= best_ - price_tolerance) return;
            if (--steps_left_ < (best_ == nothing ? -2 * options_.most_steps : 0) || context.stopped()) {
                open_bound_ = std::min(open_bound_, child.bound);
                return;
            }
            const auto kind = sites_.kind[static_cast<std::size_t>(child.position)];
            if (kind != CutSites::free) used_.push_back(kind);
            cuts_.push_back(child.position);
            branch(child.position, rest < 0 ? -1 : rest - 1, child.cost, context);
            cuts_.pop_back();
            if (kind != CutSites::free) used_.pop_back();
        }
    }

    const CutSites& sites_;
    const std::vector<double>& price_by_length_;
    const std::map<seq::Interval, double>& known_;
    const CutOptions& options_;
    std::int64_t length_;
    std::int64_t& steps_left_;
    std::vector<std::vector<double>> ahead_{};
    std::vector<int> used_{};
    std::vector<std::int64_t> cuts_{};
    std::vector<std::int64_t> best_cuts_{};
    double best_ = nothing;
    double open_bound_ = nothing;
};

}  // namespace

Result<CheapPlan> cheapest_cuts(const CutSites& sites, const std::vector<double>& price_by_length,
                                const CutOptions& options, const Quoter& quote, const Context& context) {
    constexpr int most_rounds = 300;
    const auto length = static_cast<std::int64_t>(sites.kind.size());
    auto open = options;
    std::map<seq::Interval, double> known;
    auto steps_left = options.most_steps;
    for (int round = 1;; ++round) {
        auto plan = CheapestSearch(sites, price_by_length, known, open, steps_left).run(context);
        if (!plan || plan->proof == Proof::infeasible || plan->proof == Proof::limit) return plan;
        bool stands = true;
        for (const auto& fragment : fragments_of(plan->cuts, sites.shared, length)) {
            const auto quoted = quote(fragment);
            if (!quoted) return pass(quoted);
            const auto assumed = known.contains(fragment)
                                     ? known.at(fragment)
                                     : price_by_length[static_cast<std::size_t>(fragment.length())];
            if (quoted->veto.vetoed)
                shut_out(open, fragment, quoted->veto, length);
            else if (quoted->price > assumed + price_tolerance)
                known[fragment] = quoted->price;
            else
                continue;
            stands = false;
        }
        if (stands) return plan;
        if (round == most_rounds) {
            plan->proof = Proof::feasible;
            return plan;
        }
    }
}

}  // namespace leaven::dna
