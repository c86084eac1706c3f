#include "set_growths.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include <leaven/core/parallel.hpp>

#include "knockout_solver.hpp"
#include "support_pool.hpp"

namespace leaven::metabolism {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double no_bound = lp::infinity;

/// Sets that are `base` and one unit more: first <= unit < last.
struct Block {
    UnitSet base;
    std::int32_t first;
    std::int32_t last;
};

struct Witness {
    ColumnBits support;
    double worth = 0;

    static void members(auto& p, auto&& v) { v(p.support), v(p.worth); }
};

/// What a block came to; plain data, merged in order.
struct Outcome {
    std::vector<double> values;  // of each unit of the block
    std::vector<Witness> found;
    std::vector<std::pair<std::int32_t, lp::Basis>> bases;  // of single units
    std::int64_t solved = 0;

    static void members(auto& p, auto&& v) { v(p.values), v(p.found), v(p.bases), v(p.solved); }
};

}  // namespace

class GrowthSearch {
public:
    GrowthSearch(const Study& study, const lp::Solver& solver, const Optimum& wild_type, const Switchboard& board,
                 std::size_t order, const Context& context)
        : study_(study),
          solver_(solver),
          wild_type_(wild_type.value),
          sign_(study.network.problem.sense == lp::Sense::maximize ? 1 : -1),
          board_(board),
          order_(order),
          context_(context),
          pool_(board),
          bases_(order > 1 ? board.size() : 0) {
        pool_.add(pool_.support_of(wild_type.compressed.x), sign_ * wild_type_);
        growths_.values_.resize(order + 1);
        growths_.values_[0] = {wild_type_};
    }

    Result<SetGrowths> run() {
        for (std::size_t size = 1; size <= order_; ++size)
            if (auto status = solve_size(size); !status) return pass(status);
        return std::move(growths_);
    }

private:
    Status solve_size(std::size_t size) {
        const auto units = board_.size();
        auto& values = growths_.values_[size];
        values.assign(static_cast<std::size_t>(count_sets(units, size) - count_sets(units, size - 1)), nothing);
        const auto blocks = blocks_of(size);
        std::size_t round = 8;
        for (std::size_t first = 0; first < blocks.size();
             first += round, round = std::min<std::size_t>(2 * round, 256)) {
            const auto count = std::min(round, blocks.size() - first);
            std::vector<Outcome> outcomes(count);
            const auto work = [&](Chunk chunk, int) -> Status {
                const auto at = static_cast<std::size_t>(chunk.index);
                return Worker(*this, blocks[first + at], outcomes[at]).run();
            };
            auto status =
                for_each_chunk(context_, {}, static_cast<std::int64_t>(count), 1, work, share_packed(outcomes));
            if (!status) return status;
            for (std::size_t at = 0; at < count; ++at) adopt(blocks[first + at], outcomes[at], values);
            context_.report({{"deletions", "删除分析"},
                             static_cast<std::int64_t>(first + count),
                             static_cast<std::int64_t>(blocks.size())});
        }
        return {};
    }

    /// Bases one unit smaller, each with all units after its last one, at most 32 single units at a time.
    [[nodiscard]] std::vector<Block> blocks_of(std::size_t size) const {
        constexpr std::int32_t singles_in_block = 32;
        const auto units = static_cast<std::int32_t>(board_.size());
        std::vector<Block> blocks;
        if (size == 1)
            for (std::int32_t first = 0; first < units; first += singles_in_block)
                blocks.push_back({{}, first, std::min(units, first + singles_in_block)});
        for (std::int32_t i = 0; size == 2 && i + 1 < units; ++i) blocks.push_back({{i}, i + 1, units});
        for (std::int32_t i = 0; size == 3 && i < units; ++i)
            for (std::int32_t j = i + 1; j + 1 < units; ++j) blocks.push_back({{i, j}, j + 1, units});
        return blocks;
    }

    void adopt(const Block& block, Outcome& outcome, std::vector<double>& values) {
        auto set = block.base;
        set.push_back(0);
        for (auto unit = block.first; unit < block.last; ++unit) {
            set.back() = unit;
            values[SetGrowths::rank(set)] = outcome.values[static_cast<std::size_t>(unit - block.first)];
        }
        for (auto& witness : outcome.found) pool_.add(std::move(witness.support), witness.worth);
        for (auto& [unit, basis] : outcome.bases)
            bases_[static_cast<std::size_t>(unit)] = std::make_unique<lp::Basis>(std::move(basis));
        growths_.solved_ += outcome.solved;
    }

    /// What cannot be told from `worth`.
    [[nodiscard]] double slack(double worth) const { return study_.tolerance * std::max(1.0, std::fabs(worth)); }

    class Worker {
    public:
        Worker(const GrowthSearch& search, const Block& block, Outcome& outcome)
            : search_(search),
              block_(block),
              outcome_(outcome),
              base_effect_(search.board_.effect(block.base)),
              found_here_(search.board_),
              found_freed_(search.board_),
              destroyed_(search.pool_.destroyed(block.base)) {}

        Status run() {
            outcome_.values.assign(static_cast<std::size_t>(block_.last - block_.first), nothing);
            std::vector<std::int32_t> open;
            for (auto unit = block_.first; unit < block_.last; ++unit)
                if (!settled(unit)) open.push_back(unit);
            if (auto status = approach(open.size()); !status) return status;
            for (const auto unit : open)
                if (!settled_here(unit))
                    if (auto status = solve(unit); !status) return status;
            return {};
        }

    private:
        double& value(std::int32_t unit) { return outcome_.values[static_cast<std::size_t>(unit - block_.first)]; }

        UnitSet with(std::int32_t unit) const {
            auto set = block_.base;
            set.push_back(unit);
            return set;
        }

        /// The worth that a set cannot exceed: the least of its subsets'. -infinity where one of them has no flux.
        [[nodiscard]] double bound(const UnitSet& set) const {
            double least = no_bound;
            for (std::size_t left_out = 0; left_out < set.size(); ++left_out) {
                auto subset = set;
                subset.erase(subset.begin() + static_cast<std::ptrdiff_t>(left_out));
                least = std::min(least, worth_of(subset));
            }
            return least;
        }

        [[nodiscard]] double worth_of(const UnitSet& set) const {
            const auto known = search_.growths_.value(set);
            return known ? search_.sign_ * *known : -lp::infinity;
        }

        /// The bound of a set that frees a forced flux: its base frees the same, or there is none.
        [[nodiscard]] double freed_bound(const SetEffect& effect) const {
            return effect.freed == base_effect_.freed ? worth_of(block_.base) : no_bound;
        }

        void settle(std::int32_t unit, double worth) {
            value(unit) = std::isinf(worth) ? nothing : search_.sign_ * worth + 0.0;
        }

        [[nodiscard]] bool may_free(std::int32_t unit) const {
            return base_effect_.frees() || search_.touches_forced(unit) || search_.touches_forced(block_.base);
        }

        bool settled(std::int32_t unit) {
            const auto set = with(unit);
            if (may_free(unit)) {
                const auto effect = search_.board_.effect(set);
                if (effect.impossible) return true;
                if (effect.frees()) {
                    const double limit = freed_bound(effect);
                    if (std::isinf(limit) && limit < 0) return true;
                    return false;
                }
            }
            const double limit = bound(set);
            if (std::isinf(limit)) return true;
            joint_.clear();
            search_.board_.append_joint(set, unit, joint_);
            if (!search_.pool_.find(destroyed_, unit, joint_, limit - search_.slack(limit))) return false;
            settle(unit, limit);
            return true;
        }

        /// By a flux that this block has found since.
        bool settled_here(std::int32_t unit) {
            const auto set = with(unit);
            double limit = no_bound;
            const SupportPool* pool = &found_here_;
            if (may_free(unit)) {
                const auto effect = search_.board_.effect(set);
                if (effect.frees()) {
                    limit = freed_bound(effect);
                    pool = &found_freed_;
                }
            }
            if (pool->size() == 0) return false;
            if (pool == &found_here_) limit = bound(set);
            if (std::isinf(limit)) return false;
            joint_.clear();
            search_.board_.append_joint(set, unit, joint_);
            if (!pool->find(pool->destroyed(block_.base), unit, joint_, limit - search_.slack(limit))) return false;
            settle(unit, limit);
            return true;
        }

        /// Makes the solver, at the optimum of the base where many sets are to come, else at that of one of its units.
        Status approach(std::size_t sets) {
            if (sets == 0) return {};
            solver_ = std::make_unique<KnockoutSolver>(search_.study_, search_.solver_);
            if (!block_.base.empty())
                if (const auto& basis = search_.bases_[static_cast<std::size_t>(block_.base[0])])
                    solver_->start_from(*basis);
            constexpr std::size_t worth_it = 4;
            if (block_.base.size() < 2 || sets < worth_it) return {};
            const auto optimum = solver_->optimum(base_effect_.columns);
            if (!optimum) return pass(optimum);
            solver_->keep_basis();
            return {};
        }

        Status solve(std::int32_t unit) {
            const auto effect = search_.board_.effect(with(unit));
            auto optimum = solver_->optimum(effect.columns);
            if (!optimum) return pass(optimum);
            ++outcome_.solved;
            if (!*optimum) return {};
            settle(unit, rounded((*optimum)->value, effect, unit));
            auto support = search_.pool_.support_of((*optimum)->flux);
            const double worth = search_.sign_ * (*optimum)->value;
            if (!effect.frees()) {
                found_here_.add(support, worth);
                outcome_.found.push_back({std::move(support), worth});
            } else if (effect.freed == base_effect_.freed) {
                found_freed_.add(std::move(support), worth);
            }
            if (block_.base.empty() && search_.order_ > 1) outcome_.bases.emplace_back(unit, solver_->basis());
            return {};
        }

        /// The worth of a solved set: what differs by less than the tolerance from its bound, from the wild type or
        /// from zero is that.
        double rounded(double value, const SetEffect& effect, std::int32_t unit) const {
            const double worth = search_.sign_ * value;
            const double limit = effect.frees() ? freed_bound(effect) : bound(with(unit));
            const double wild_type = search_.sign_ * search_.wild_type_;
            if (worth >= limit - search_.slack(worth)) return limit;
            if (std::fabs(worth - wild_type) <= search_.slack(wild_type)) return wild_type;
            return std::fabs(worth) <= search_.study_.tolerance ? 0 : worth;
        }

        const GrowthSearch& search_;
        const Block& block_;
        Outcome& outcome_;
        SetEffect base_effect_;
        SupportPool found_here_;   // keep all bounds of the study
        SupportPool found_freed_;  // keep those that the base leaves
        SupportPool::Words destroyed_;
        std::vector<std::int32_t> joint_;
        std::unique_ptr<KnockoutSolver> solver_;
    };

    [[nodiscard]] bool touches_forced(std::int32_t unit) const { return board_.touches_forced(unit); }
    [[nodiscard]] bool touches_forced(const UnitSet& set) const {
        return std::any_of(set.begin(), set.end(), [&](std::int32_t unit) { return board_.touches_forced(unit); });
    }

    const Study& study_;
    const lp::Solver& solver_;
    double wild_type_;
    double sign_;
    const Switchboard& board_;
    std::size_t order_;
    const Context& context_;
    SupportPool pool_;
    std::vector<std::unique_ptr<lp::Basis>> bases_;  // of each unit; none: the wild type's will do
    SetGrowths growths_;
};

Result<SetGrowths> SetGrowths::of(const Study& study, const lp::Solver& solver, const Optimum& wild_type,
                                  const Switchboard& board, std::size_t order, const Context& context) {
    return GrowthSearch(study, solver, wild_type, board, order, context).run();
}

std::optional<double> SetGrowths::value(const UnitSet& set) const {
    const double value = values_[set.size()][rank(set)];
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

/// Place among the sets of its size, by the greatest unit first.
std::size_t SetGrowths::rank(const UnitSet& set) {
    const auto unit = [&](std::size_t i) { return static_cast<std::size_t>(set[i]); };
    std::size_t rank = set.empty() ? 0 : unit(0);
    if (set.size() > 1) rank += unit(1) * (unit(1) - 1) / 2;
    if (set.size() > 2) rank += unit(2) * (unit(2) - 1) * (unit(2) - 2) / 6;
    return rank;
}

double count_sets(std::size_t items, std::size_t order) {
    double total = 0;
    double of_size = 1;
    for (std::size_t size = 1; size <= order; ++size) {
        of_size *= static_cast<double>(items) - static_cast<double>(size) + 1;
        of_size /= static_cast<double>(size);  // after the product, which it divides: the counts stay whole
        total += of_size;
    }
    return total;
}

}  // namespace leaven::metabolism
