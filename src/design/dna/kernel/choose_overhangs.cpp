#include <algorithm>

#include <leaven/dna/overhangs.hpp>

namespace leaven::dna {
namespace {

constexpr double tolerance = 1e-12;  // sets that differ by less are alike

class Search {
public:
    Search(const Ligation& ligation, std::int64_t count, std::span<const Joint> required,
           std::span<const Joint> forbidden, std::int64_t most_nodes)
        : ligation_(ligation),
          size_(static_cast<std::size_t>(count)),
          set_(required.begin(), required.end()),
          required_(required.size()),
          nodes_left_(most_nodes) {
        for (std::size_t j = 0; j < joint_count; ++j) {
            const auto joint = static_cast<Joint>(j);
            const auto in = [joint](auto list) { return std::find(list.begin(), list.end(), joint) != list.end(); };
            if (!is_palindrome(joint) && !in(required) && !in(forbidden) && ligation.right(joint) > 0)
                candidates_.push_back(joint);
        }
    }

    Result<ChosenSet> run(const Context& context) {
        if (required_ > size_ || required_ + candidates_.size() < size_) return ChosenSet{.fidelity = 0, .bound = 0};
        start();
        branch(candidates_, context);
        if (context.stopped()) return cancelled();
        std::sort(best_.begin() + static_cast<std::ptrdiff_t>(required_), best_.end());
        ChosenSet chosen{best_, best_fidelity_, std::max(best_fidelity_, open_bound_), Proof::optimal};
        if (open_bound_ > best_fidelity_ + tolerance) chosen.proof = Proof::feasible;
        return chosen;
    }

private:
    struct Ranked {
        Joint joint;
        double share;  // its own fidelity beside the set, at best
    };

    std::vector<Ranked> ranked(const std::vector<Joint>& candidates) const {
        std::vector<Ranked> out;
        for (const auto joint : candidates) {
            double total = ligation_.any(joint, joint);
            for (const auto other : set_) total += ligation_.any(joint, other);
            out.push_back({joint, total > 0 ? ligation_.right(joint) / total : 0});
        }
        std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.share > b.share; });
        return out;
    }

    /// A greedy set, then exchanges of one joint as long as one helps.
    void start() {
        auto set = set_;
        const auto with = [&](std::size_t place, Joint joint) {
            const auto old = std::exchange(set[place], joint);
            const auto value = ligation_.fidelity(set);
            set[place] = old;
            return value;
        };
        const auto improve = [&](std::size_t place) {
            double best = ligation_.fidelity(set);
            std::optional<Joint> better;
            for (const auto joint : candidates_) {
                if (std::find(set.begin(), set.end(), joint) != set.end()) continue;
                if (const auto value = with(place, joint); value > best + tolerance) best = value, better = joint;
            }
            if (better) set[place] = *better;
            return better.has_value();
        };
        while (set.size() < size_) {
            const auto free = std::find_if(candidates_.begin(), candidates_.end(), [&](Joint joint) {
                return std::find(set.begin(), set.end(), joint) == set.end();
            });
            set.push_back(*free);
            improve(set.size() - 1);
        }
        for (bool changed = true; changed;) {
            changed = false;
            for (auto place = required_; place < set.size(); ++place) changed |= improve(place);
        }
        best_ = set;
        best_fidelity_ = ligation_.fidelity(set);
    }

    void branch(const std::vector<Joint>& candidates, const Context& context) {
        const auto so_far = ligation_.fidelity(set_);
        if (set_.size() == size_) {
            if (so_far > best_fidelity_ + tolerance) best_fidelity_ = so_far, best_ = set_;
            return;
        }
        const auto order = ranked(candidates);
        const auto need = size_ - set_.size();
        std::vector<Joint> rest;
        for (const auto& one : order) rest.push_back(one.joint);
        for (std::size_t i = 0; i + need <= order.size(); ++i) {
            double bound = so_far;
            for (std::size_t k = i; k < i + need; ++k) bound *= order[k].share;
            if (bound <= best_fidelity_ + tolerance) return;  // and so for all that follow
            if (--nodes_left_ < 0 || context.stopped()) {
                open_bound_ = std::max(open_bound_, bound);
                return;
            }
            set_.push_back(order[i].joint);
            branch({rest.begin() + static_cast<std::ptrdiff_t>(i) + 1, rest.end()}, context);
            set_.pop_back();
        }
    }

    const Ligation& ligation_;
    std::size_t size_;
    std::vector<Joint> set_;
    std::size_t required_;
    std::int64_t nodes_left_;
    std::vector<Joint> candidates_{};
    std::vector<Joint> best_{};
    double best_fidelity_ = 0;
    double open_bound_ = 0;
};

}  // namespace

Result<ChosenSet> choose_overhangs(const Ligation& ligation, std::int64_t count, std::span<const Joint> required,
                                   std::span<const Joint> forbidden, const Context& context, std::int64_t most_nodes) {
    return Search(ligation, count, required, forbidden, most_nodes).run(context);
}

}  // namespace leaven::dna
