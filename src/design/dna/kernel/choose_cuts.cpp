#include <algorithm>
#include <cmath>

#include <leaven/dna/fragment.hpp>
#include <leaven/seq/sequence.hpp>

#include "cut_ranges.hpp"
#include "vetoes.hpp"

namespace leaven::dna {
namespace {

constexpr std::int64_t overhang_length = 4;
constexpr double fidelity_tolerance = 1e-12;

/// The joint of the overhang at each position; `joint_count` where there is none or a palindrome.
std::vector<Joint> joints_along(std::string_view letters) {
    std::vector<Joint> joints(letters.size(), joint_count);
    for (std::size_t i = 0; i + overhang_length <= letters.size(); ++i)
        if (const auto joint = joint_of(letters.substr(i, overhang_length)); joint && !is_palindrome(*joint))
            joints[i] = *joint;
    return joints;
}

/// For each joint, the sums of its greatest losses to 1, 2, 3 … others.
std::vector<std::vector<double>> sums_of_losses(const Ligation& ligation) {
    std::vector<std::vector<double>> sums(joint_count);
    for (std::size_t a = 0; a < joint_count; ++a) {
        std::vector<double> losses;
        for (std::size_t b = 0; b < joint_count; ++b)
            if (b != a && !is_palindrome(static_cast<Joint>(b)))
                losses.push_back(ligation.any(static_cast<Joint>(a), static_cast<Joint>(b)));
        std::sort(losses.rbegin(), losses.rend());
        double sum = 0;
        for (const auto loss : losses) sums[a].push_back(sum += loss);
    }
    return sums;
}

class CutSearch {
public:
    CutSearch(std::string_view letters, const Ligation& ligation, const CutOptions& options, std::int64_t count,
              std::int64_t& steps_left)
        : ligation_(ligation),
          ranges_{static_cast<std::int64_t>(letters.size()),
                  count,
                  options.min,
                  options.max,
                  overhang_length,
                  options.farthest.empty() ? nullptr : &options.farthest},
          banned_(options.banned),
          joints_(joints_along(letters)),
          losses_(sums_of_losses(ligation)),
          set_(options.fixed),
          most_steps_(options.most_steps),
          steps_left_(steps_left) {}

    Result<CutPlan> run(const Context& context) {
        if (!ranges_.fits()) return CutPlan{.bound = 0};
        if (ranges_.count == 1) {
            if (banned_.contains({0, ranges_.length})) return CutPlan{.bound = 0};
            const auto fidelity = ligation_.fidelity(set_);
            return CutPlan{{}, fidelity, fidelity, Proof::optimal};
        }
        branch(0, ranges_.count - 1, context);
        if (context.stopped()) return cancelled();
        CutPlan plan{best_, std::max(best_fidelity_, 0.0), std::max({best_fidelity_, open_bound_, 0.0}),
                     Proof::optimal};
        if (open_bound_ > best_fidelity_ + fidelity_tolerance) plan.proof = Proof::feasible;
        if (best_fidelity_ < 0) plan.proof = open_bound_ < 0 ? Proof::infeasible : Proof::limit;
        return plan;
    }

private:
    struct Child {
        std::int64_t position;
        double bound;
    };

    /// What a joint leaves of the fidelity beside the set, at best, when it comes with `rest` others.
    std::array<double, joint_count + 1> weights(std::int64_t rest) const {
        std::array<double, joint_count + 1> out{};
        std::vector<double> slopes;
        for (const auto s : set_) {
            double total = 0;
            for (const auto b : set_) total += ligation_.any(s, b);
            const auto& sums = losses_[s];
            const auto most = sums[std::min(sums.size(), static_cast<std::size_t>(rest)) - 1];
            slopes.push_back(total > 0 && most > 0 ? std::log1p(most / total) / most : 0);
        }
        for (std::size_t q = 0; q < joint_count; ++q) {
            const auto joint = static_cast<Joint>(q);
            if (is_palindrome(joint) || std::find(set_.begin(), set_.end(), joint) != set_.end()) continue;
            double total = ligation_.any(joint, joint);
            double taken = 0;
            for (std::size_t i = 0; i < set_.size(); ++i) {
                total += ligation_.any(joint, set_[i]);
                taken += ligation_.any(set_[i], joint) * slopes[i];
            }
            if (total > 0) out[q] = ligation_.right(joint) / total * std::exp(-taken);
        }
        return out;
    }

    std::vector<Child> children(std::int64_t from, std::int64_t rest, double so_far) {
        const auto weight = weights(rest);
        const auto rows = best_products(ranges_, from, rest, [&](std::int64_t position) {
            return weight[joints_[static_cast<std::size_t>(position)]];
        });
        for (const auto& row : rows) steps_left_ -= static_cast<std::int64_t>(row.values.size() / 256);
        const auto& row = rows.back();
        std::vector<Child> out;
        for (auto p = row.first; p < row.end(); ++p) {
            const auto bound = so_far * row.at(p);
            if (bound > 0 && bound > best_fidelity_ + fidelity_tolerance && is_open(from, p, rest))
                out.push_back({p, bound});
        }
        std::stable_sort(out.begin(), out.end(), [](const Child& a, const Child& b) { return a.bound > b.bound; });
        return out;
    }

    /// Until there is a plan at all, three times as many are allowed.
    bool out_of_steps() {
        --steps_left_;
        return steps_left_ < (best_fidelity_ < 0 ? -2 * most_steps_ : 0);
    }

    /// May the fragment between two cuts be made, and the last one where the second cut is the last?
    [[nodiscard]] bool is_open(std::int64_t from, std::int64_t to, std::int64_t rest) const {
        const auto end = to + overhang_length;
        return ranges_.allows(from, end) && !banned_.contains({from, end}) &&
               (rest > 1 || !banned_.contains({to, ranges_.length}));
    }

    void branch(std::int64_t from, std::int64_t rest, const Context& context) {
        const auto so_far = ligation_.fidelity(set_);
        if (rest == 0) {
            if (so_far > best_fidelity_ + fidelity_tolerance) best_fidelity_ = so_far, best_ = cuts_;
            return;
        }
        for (const auto& [position, bound] : children(from, rest, so_far)) {
            if (bound <= best_fidelity_ + fidelity_tolerance) return;
            if (out_of_steps() || context.stopped()) {
                open_bound_ = std::max(open_bound_, bound);
                return;
            }
            set_.push_back(joints_[static_cast<std::size_t>(position)]);
            cuts_.push_back(position);
            branch(position, rest - 1, context);
            cuts_.pop_back();
            set_.pop_back();
        }
    }

    const Ligation& ligation_;
    CutRanges ranges_;
    const std::set<seq::Interval>& banned_;
    std::vector<Joint> joints_;
    std::vector<std::vector<double>> losses_;
    std::vector<Joint> set_;
    std::int64_t most_steps_;
    std::int64_t& steps_left_;
    std::vector<std::int64_t> cuts_{};
    std::vector<std::int64_t> best_{};
    double best_fidelity_ = -1;
    double open_bound_ = -1;
};

/// Fewest fragments by length alone.
std::int64_t fewest(std::int64_t length, const CutOptions& options) {
    if (length <= options.max) return 1;
    const auto step = std::max<std::int64_t>(options.max - overhang_length, 1);
    return (length - overhang_length + step - 1) / step;
}

}  // namespace

Result<CutPlan> choose_cuts(std::string_view letters, const Ligation& ligation, const CutOptions& options,
                            const Context& context) {
    const auto length = static_cast<std::int64_t>(letters.size());
    auto steps_left = options.most_steps;
    if (options.count > 0) {
        auto plan = CutSearch(letters, ligation, options, options.count, steps_left).run(context);
        if (plan) plan->steps_left = steps_left;
        return plan;
    }
    constexpr std::int64_t most = joint_count;
    for (auto count = fewest(length, options); count <= most; ++count) {
        const CutRanges ranges{length, count, options.min, options.max, overhang_length, nullptr};
        if (count > 1 && count * ranges.least_step() > length) break;
        auto plan = CutSearch(letters, ligation, options, count, steps_left).run(context);
        if (plan) plan->steps_left = steps_left;
        if (!plan || plan->proof != Proof::infeasible) return plan;
    }
    return CutPlan{.bound = 0};
}

Result<CutPlan> choose_cuts_inspected(std::string_view letters, const Ligation& ligation, const CutOptions& options,
                                      const Inspector& inspect, const Context& context) {
    constexpr int most_rounds = 300;
    const auto length = static_cast<std::int64_t>(letters.size());
    auto open = options;
    for (int round = 1;; ++round) {
        auto plan = choose_cuts(letters, ligation, open, context);
        if (!plan || !inspect || plan->proof == Proof::infeasible || plan->proof == Proof::limit) return plan;
        bool passes = true;
        for (const auto& fragment : fragments_of(plan->cuts, overhang_length, length)) {
            const auto veto = inspect(fragment);
            if (!veto) return pass(veto);
            if (!veto->vetoed) continue;
            passes = false;
            shut_out(open, fragment, *veto, length);
        }
        if (passes) return plan;
        open.most_steps = std::max<std::int64_t>(plan->steps_left, 1);
        if (round == most_rounds) {
            plan->proof = Proof::feasible;
            return plan;
        }
    }
}

CutSites overhang_sites(std::string_view letters) {
    CutSites sites{.shared = overhang_length};
    for (const auto joint : joints_along(letters))
        sites.kind.push_back(joint == joint_count ? CutSites::closed : joint);
    return sites;
}

}  // namespace leaven::dna
