#include "minimal_sets.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include <leaven/core/parallel.hpp>

#include "minimal_list.hpp"
#include "support_pool.hpp"

namespace leaven::metabolism {
namespace {

/// Units, a bit each.
class UnitBits {
public:
    UnitBits() = default;
    explicit UnitBits(std::size_t units) : words_((units + 63) / 64, 0) {}
    [[nodiscard]] bool has(std::int32_t unit) const {
        return (words_[static_cast<std::size_t>(unit) / 64] >> (unit % 64) & 1U) != 0;
    }
    void add(std::int32_t unit) { words_[static_cast<std::size_t>(unit) / 64] |= std::uint64_t{1} << (unit % 64); }

    static void members(auto& p, auto&& v) { v(p.words_); }

private:
    std::vector<std::uint64_t> words_;
};

/// A set that missed, with the flux that shows it, to be enlarged by units that are not excluded.
struct Node {
    UnitSet set;
    UnitBits excluded;
    ColumnBits support;

    static void members(auto& p, auto&& v) { v(p.set), v(p.excluded), v(p.support); }
};

/// A set to look at.
struct Branch {
    UnitSet set;
    UnitBits excluded;

    static void members(auto& p, auto&& v) { v(p.set), v(p.excluded); }
};

/// What one group of sets came to; plain data, merged in order.
struct Outcome {
    std::vector<MinimalSet> hits;
    std::vector<std::vector<std::int32_t>> hit_columns;  // of each hit that frees nothing; else empty
    std::vector<Node> nodes;
    std::vector<Branch> later;         // larger than the present size
    std::vector<ColumnBits> supports;  // of fluxes that hold elsewhere too
    std::int64_t tested = 0;

    static void members(auto& p, auto&& v) {
        v(p.hits), v(p.hit_columns), v(p.nodes), v(p.later), v(p.supports), v(p.tested);
    }
};

class Search {
public:
    Search(const Switchboard& board, const MakeSetTest& make_test, std::size_t max_size, const Context& context)
        : board_(board),
          make_test_(make_test),
          max_size_(max_size),
          context_(context),
          pool_(board),
          alone_hits_(board.size()),
          units_of_(board.columns()),
          level_(max_size + 2),
          later_(max_size + 2) {
        for (std::size_t unit = 0; unit < board.size(); ++unit)
            for (const auto column : board.alone(static_cast<std::int32_t>(unit)))
                units_of_[static_cast<std::size_t>(column)].push_back(static_cast<std::int32_t>(unit));
    }

    Result<MinimalSets> run() {
        if (auto status = solve_root(); !status) return pass(status);
        const bool empty_set_hits = !found_.sets.empty();
        for (std::size_t size = 1; size <= max_size_ && !empty_set_hits; ++size)
            if (auto status = solve_level(size); !status) return pass(status);
        auto& sets = found_.sets;
        std::sort(sets.begin(), sets.end(), [](const MinimalSet& a, const MinimalSet& b) {
            return std::tuple(a.set.size(), a.set) < std::tuple(b.set.size(), b.set);
        });
        sets.erase(std::unique(sets.begin(), sets.end(),
                               [](const MinimalSet& a, const MinimalSet& b) { return a.set == b.set; }),
                   sets.end());
        return std::move(found_);
    }

private:
    Status solve_root() {
        const auto test = make_test_();
        auto verdict = test->test({}, {});
        if (!verdict) return pass(verdict);
        if (verdict->kind == SetVerdict::Kind::hit) {
            found_.sets.push_back({{}, verdict->value});
            return {};
        }
        const auto support = pool_.support_of(verdict->flux);
        pool_.add(support);
        Outcome outcome;
        later_[1] = branches_of({{}, UnitBits(board_.size()), support}, outcome);
        adopt(outcome, 0);
        return {};
    }

    /// The sets of one size: the branches of the nodes one smaller, in groups, and those that waited for it.
    Status solve_level(std::size_t size) {
        constexpr std::size_t branches_in_group = 32;
        const auto& nodes = level_[size - 1];
        const auto& waiting = later_[size];
        const auto waiting_groups = (waiting.size() + branches_in_group - 1) / branches_in_group;
        const auto groups = nodes.size() + waiting_groups;
        std::size_t round = 4;
        for (std::size_t first = 0; first < groups; first += round, round = std::min<std::size_t>(2 * round, 256)) {
            const auto count = std::min(round, groups - first);
            std::vector<Outcome> outcomes(count);
            const auto work = [&](Chunk chunk, int) -> Status {
                const auto at = static_cast<std::size_t>(chunk.index);
                if (first + at < nodes.size()) return explore(nodes[first + at], outcomes[at]);
                const auto begin = (first + at - nodes.size()) * branches_in_group;
                const auto end = std::min(waiting.size(), begin + branches_in_group);
                return explore(std::vector<Branch>(waiting.begin() + static_cast<std::ptrdiff_t>(begin),
                                                   waiting.begin() + static_cast<std::ptrdiff_t>(end)),
                               outcomes[at]);
            };
            auto status =
                for_each_chunk(context_, {}, static_cast<std::int64_t>(count), 1, work, share_packed(outcomes));
            if (!status) return status;
            for (auto& outcome : outcomes) adopt(outcome, size);
            context_.report(
                {{"sets", "组合"}, static_cast<std::int64_t>(first + count), static_cast<std::int64_t>(groups)});
        }
        take_hits(size);
        level_[size - 1].clear();
        later_[size].clear();
        return {};
    }

    void adopt(Outcome& outcome, std::size_t size) {
        found_.tested += outcome.tested;
        for (std::size_t i = 0; i < outcome.hits.size(); ++i) {
            if (!outcome.hit_columns[i].empty())
                hit_by_columns_.emplace(std::move(outcome.hit_columns[i]), outcome.hits[i].value);
            found_.sets.push_back(std::move(outcome.hits[i]));
        }
        for (auto& support : outcome.supports) pool_.add(std::move(support));
        std::move(outcome.nodes.begin(), outcome.nodes.end(), std::back_inserter(level_[size]));
        for (auto& branch : outcome.later) later_[branch.set.size()].push_back(std::move(branch));
    }

    /// From now on no set that holds one of these is looked at.
    void take_hits(std::size_t size) {
        for (; taken_ < found_.sets.size(); ++taken_) {
            const auto& set = found_.sets[taken_].set;
            if (size == 1) alone_hits_.add(set[0]);
            hits_.add(set);
        }
    }

    Status explore(const Node& node, Outcome& outcome) const {
        return Group(*this, node.set, outcome).run(branches_of(node, outcome));
    }

    Status explore(const std::vector<Branch>& branches, Outcome& outcome) const {
        return Group(*this, {}, outcome).run(branches);
    }

    /// The smallest additions that stop something the node's flux uses: single units one after the other, then what it
    /// takes several units for. Those that are too large for the present size are put off.
    std::vector<Branch> branches_of(const Node& node, Outcome& outcome) const {
        std::vector<std::int32_t> single;
        std::vector<UnitSet> joint;
        const auto is_open = [&](std::int32_t unit) {
            return !node.excluded.has(unit) && !std::binary_search(node.set.begin(), node.set.end(), unit);
        };
        for (const auto column : node.support.columns()) {
            for (const auto unit : units_of_[static_cast<std::size_t>(column)])
                if (is_open(unit)) single.push_back(unit);
            for (const auto& cut : board_.joint_cuts(column)) {
                auto more = without(cut, node.set);
                if (node.set.size() + more.size() > max_size_ || !std::all_of(more.begin(), more.end(), is_open))
                    continue;
                if (more.size() == 1)
                    single.push_back(more[0]);
                else
                    joint.push_back(std::move(more));
            }
        }
        sort_unique(single);
        return in_order(node, single, std::move(joint), outcome);
    }

    std::vector<Branch> in_order(const Node& node, const std::vector<std::int32_t>& single, std::vector<UnitSet> joint,
                                 Outcome& outcome) const {
        std::vector<Branch> branches;
        auto excluded = node.excluded;
        const bool last = node.set.size() + 1 == max_size_;
        for (const auto unit : single) {
            if (!alone_hits_.has(unit)) branches.push_back({union_of(node.set, {unit}), last ? UnitBits() : excluded});
            excluded.add(unit);
        }
        keep_minimal(joint);
        for (const auto& more : joint)
            if (std::none_of(more.begin(), more.end(), [&](std::int32_t unit) { return excluded.has(unit); }))
                outcome.later.push_back({union_of(node.set, more), excluded});
        return branches;
    }

    /// Looks at the branches of one node, or at branches of any origin where `base` is empty.
    class Group {
    public:
        Group(const Search& search, const UnitSet& base, Outcome& outcome)
            : search_(search),
              base_(base),
              outcome_(outcome),
              found_here_(search.board_),
              destroyed_(search.pool_.destroyed(base)) {}

        Status run(const std::vector<Branch>& branches) {
            std::vector<const Branch*> open;
            for (const auto& branch : branches) {
                if (search_.hits_.within(branch.set, without(branch.set, base_))) continue;
                if (!survived(branch, search_.pool_, destroyed_)) open.push_back(&branch);
            }
            constexpr std::size_t worth_approaching = 4;
            if (!base_.empty() && open.size() >= worth_approaching)
                if (auto status = test().approach(base_, search_.board_.effect(base_)); !status) return status;
            for (const auto* branch : open)
                if (auto status = decide(*branch); !status) return status;
            return {};
        }

    private:
        SetTest& test() {
            if (!test_) test_ = search_.make_test_();
            return *test_;
        }

        /// Is there a flux in the pool that the branch leaves intact? Then it stands for the branch.
        bool survived(const Branch& branch, const SupportPool& pool, const SupportPool::Words& destroyed) {
            const auto flux = witness(branch.set, pool, destroyed);
            if (!flux) return false;
            keep(branch, pool.support(*flux));
            return true;
        }

        [[nodiscard]] std::optional<std::size_t> witness(const UnitSet& set, const SupportPool& pool,
                                                         const SupportPool::Words& destroyed) const {
            const auto added = std::find_if(set.begin(), set.end(), [&](std::int32_t unit) {
                return !std::binary_search(base_.begin(), base_.end(), unit);
            });
            if (set.size() != base_.size() + 1) {
                const UnitSet all_but_last(set.begin(), set.end() - 1);
                std::vector<std::int32_t> joint;
                search_.board_.append_joint(set, set.back(), joint);
                return pool.find(pool.destroyed(all_but_last), set.back(), joint);
            }
            std::vector<std::int32_t> joint;
            search_.board_.append_joint(set, *added, joint);
            return pool.find(destroyed, *added, joint);
        }

        void keep(const Branch& branch, const ColumnBits& support) {
            if (branch.set.size() < search_.max_size_) outcome_.nodes.push_back({branch.set, branch.excluded, support});
        }

        Status decide(const Branch& branch) {
            if (found_here_.size() > 0 && survived(branch, found_here_, found_here_.destroyed(base_))) return {};
            const auto effect = search_.board_.effect(branch.set);
            if (const auto same = search_.hit_by_columns_.find(effect.columns);
                same != search_.hit_by_columns_.end() && !effect.frees() && !effect.impossible)
                return keep_hit(branch, effect, same->second);
            auto verdict = test().test(branch.set, effect);
            if (!verdict) return pass(verdict);
            outcome_.tested += effect.impossible ? 0 : 1;
            if (verdict->kind == SetVerdict::Kind::hit) return keep_hit(branch, effect, verdict->value);
            auto support = search_.pool_.support_of(verdict->flux);
            keep(branch, support);
            if (effect.frees()) return {};  // its flux may be none of other sets
            found_here_.add(support);
            outcome_.supports.push_back(std::move(support));
            return {};
        }

        Status keep_hit(const Branch& branch, const SetEffect& effect, std::optional<double> value) {
            outcome_.hits.push_back({branch.set, value});
            const bool by_columns_alone = !effect.frees() && !effect.impossible;
            outcome_.hit_columns.push_back(by_columns_alone ? effect.columns : std::vector<std::int32_t>());
            return {};
        }

        const Search& search_;
        const UnitSet base_;
        Outcome& outcome_;
        SupportPool found_here_;
        SupportPool::Words destroyed_;
        std::unique_ptr<SetTest> test_;
    };

    const Switchboard& board_;
    const MakeSetTest& make_test_;
    std::size_t max_size_;
    const Context& context_;

    SupportPool pool_;
    MinimalList hits_;
    UnitBits alone_hits_;
    std::map<std::vector<std::int32_t>, std::optional<double>> hit_by_columns_;
    std::vector<std::vector<std::int32_t>> units_of_;  // of each column: those that stop it alone
    std::vector<std::vector<Node>> level_;             // of each size
    std::vector<std::vector<Branch>> later_;           // of each size
    std::size_t taken_ = 0;                            // hits that are already left out
    MinimalSets found_;
};

}  // namespace

Result<MinimalSets> find_minimal_sets(const Switchboard& board, const MakeSetTest& make_test, std::size_t max_size,
                                      const Context& context) {
    return Search(board, make_test, max_size, context).run();
}

}  // namespace leaven::metabolism
