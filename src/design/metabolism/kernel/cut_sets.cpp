#include "cut_sets.hpp"

#include <algorithm>
#include <tuple>

#include <leaven/core/parallel.hpp>

#include "cut_expansion.hpp"

namespace leaven::metabolism {
namespace {

class CutSetSearch {
public:
    CutSetSearch(const Study& study, const Interventions& interventions, const SearchLimits& limits,
                 const Context& context)
        : study_(study),
          interventions_(interventions),
          limits_(limits),
          context_(context),
          deadline_(context, limits.time_s) {}

    Result<CutSetOutcome> run(const CutSetQuestion& question) {
        const auto worlds = interventions_.worlds(limits_.max_interventions);
        if (!worlds) return pass(worlds);
        if (auto status = make_all_ready(question); !status) return stopped_at_once(status);
        auto settled = limits_.max_interventions;  // up to this size nothing is missing
        outcome_.complete = true;
        for (const auto& world : *worlds) {
            const auto smallest = world.insertions + world.base.size();
            if (!outcome_.complete) {
                settled = std::min(settled, smallest == 0 ? 0 : smallest - 1);
                continue;
            }
            forget_fluxes_of_others(world);
            const auto status = search(world);
            if (status) continue;
            if (status.error().code != ErrorCode::cancelled) return pass(status);
            outcome_.complete = false;
            settled = std::min(settled, world.insertions + finished_);
        }
        drop_what_holds_another();
        outcome_.proof.bound = static_cast<double>(settled);
        outcome_.proof.gap = static_cast<double>(limits_.max_interventions - settled);
        return std::move(outcome_);
    }

private:
    Status make_all_ready(const CutSetQuestion& question) {
        known_.to_close = question.suppress.size();
        for (const auto* list : {&question.suppress, &question.protect})
            for (const auto& region : *list) {
                auto ready = make_ready(study_, region, context_);
                if (!ready) return pass(ready);
                ++outcome_.proof.lps;
                known_.regions.push_back(*std::move(ready));
            }
        return {};
    }

    Result<CutSetOutcome> stopped_at_once(const Status& status) {
        if (status.error().code != ErrorCode::cancelled) return pass(status);
        outcome_.proof.gap = static_cast<double>(limits_.max_interventions);
        return std::move(outcome_);
    }

    /// A flux that ignores what must run is no flux where that must run.
    void forget_fluxes_of_others(const World& world) {
        if (!known_.fluxes.empty() && world.freed == freed_) return;
        known_.fluxes.assign(known_.regions.size(), FluxStore(study_.compression.members.size()));
        freed_ = world.freed;
    }

    /// `finished_`: sets of at most so many knock-outs are done.
    Status search(const World& world) {
        finished_ = 0;
        waiting_.assign(limits_.max_interventions + 1, {});
        if (deadline_.passed()) return cancelled();
        if (auto status = look_at_base(world); !status) return status;
        const auto most_units = limits_.max_interventions - world.insertions;
        for (auto size = world.base.size(); size < most_units; ++size) {
            finished_ = size;
            const auto level = std::move(waiting_[size]);
            if (auto status = expand_level(world, most_units, level); !status) return status;
        }
        return {};
    }

    /// The set that all others of the world hold.
    Status look_at_base(const World& world) {
        const auto effect = interventions_.effect(world.base, world);
        const auto all = interventions_.with_insertions(world.base, world.inserted);
        if (minimal_.within(all, all)) return {};
        ++outcome_.proof.nodes;
        const auto left = [&](std::size_t region) -> Result<bool> {
            RegionProbe probe(study_, known_.regions[region]);
            auto support = probe.reach(effect.columns);
            outcome_.proof.lps += probe.solved();
            if (!support) return pass(support);
            const bool reached = support->has_value();
            if (reached) learn(region, **std::move(support));
            return reached;
        };
        bool closes = true;
        for (std::size_t region = 0; region < known_.to_close && !effect.impossible; ++region) {
            const auto reached = left(region);
            if (!reached) return pass(reached);
            closes &= !*reached;
        }
        for (auto region = known_.to_close; region < known_.regions.size(); ++region) {
            if (effect.impossible) return {};
            const auto reached = left(region);
            if (!reached) return pass(reached);
            if (!*reached) return {};
        }
        if (closes)
            add(world, world.base);
        else
            waiting_[world.base.size()].push_back({world.base, std::vector<bool>(interventions_.units().size()), {}});
        return {};
    }

    void add(const World& world, const UnitSet& set) {
        minimal_.add(interventions_.with_insertions(set, world.inserted));
        outcome_.found.push_back({world.inserted, set, set.size() + world.insertions});
    }

    void learn(std::size_t region, Support support) {
        std::vector<bool> units(interventions_.units().size(), false);
        std::int64_t ways = 0;
        for (const auto column : support) {
            ways += static_cast<std::int64_t>(interventions_.larger_cuts(column));
            for (const auto unit : interventions_.single_cuts(column)) {
                ways += units[static_cast<std::size_t>(unit)] ? 0 : 1;
                units[static_cast<std::size_t>(unit)] = true;
            }
        }
        known_.fluxes[region].add(std::move(support), ways);
    }

    Status expand_level(const World& world, std::size_t most_units, const std::vector<OpenSet>& level) {
        constexpr std::size_t largest_round = 512;
        std::size_t round = 4;
        for (std::size_t first = 0; first < level.size(); first += round, round = std::min(2 * round, largest_round)) {
            if (deadline_.passed()) return cancelled();
            const auto last = std::min(level.size(), first + round);
            if (auto status = expand_round(world, most_units, level, first, last); !status) return status;
            context_.report(
                {{"cut sets", "割集"}, static_cast<std::int64_t>(last), static_cast<std::int64_t>(level.size())});
        }
        return {};
    }

    Status expand_round(const World& world, std::size_t most_units, const std::vector<OpenSet>& level,
                        std::size_t first, std::size_t last) {
        std::vector<Expansion> expansions(last - first);
        const auto work = [&](Chunk chunk, int) -> Status {
            const auto& open = level[first + static_cast<std::size_t>(chunk.index)];
            const auto all = interventions_.with_insertions(open.set, world.inserted);
            if (minimal_.within(all, all)) return {};  // found to close by now
            auto expansion = expand({study_, interventions_, world, most_units, known_, minimal_}, open, context_);
            if (!expansion) return pass(expansion);
            expansions[static_cast<std::size_t>(chunk.index)] = *std::move(expansion);
            return {};
        };
        auto status =
            for_each_chunk(context_, {}, static_cast<std::int64_t>(last - first), 1, work, share_packed(expansions));
        if (!status) return status;
        for (auto& expansion : expansions) {
            for (const auto& set : expansion.closing) add(world, set);
            for (auto& open : expansion.open) waiting_[open.set.size()].push_back(std::move(open));
            for (auto& [region, support] : expansion.fluxes) learn(region, std::move(support));
            outcome_.proof.nodes += expansion.proof.nodes;
            outcome_.proof.lps += expansion.proof.lps;
            outcome_.proof.witnessed += expansion.proof.witnessed;
        }
        return {};
    }

    /// By size, then in order of what they hold.
    void drop_what_holds_another() {
        auto& found = outcome_.found;
        std::sort(found.begin(), found.end(), [](const CutSet& a, const CutSet& b) {
            return std::tie(a.size, a.inserted, a.set) < std::tie(b.size, b.inserted, b.set);
        });
        MinimalList kept;
        std::vector<CutSet> minimal;
        for (auto& one : found) {
            const auto members = interventions_.with_insertions(one.set, one.inserted);
            if (kept.within(members, members)) continue;
            kept.add(members);
            minimal.push_back(std::move(one));
        }
        found = std::move(minimal);
    }

    const Study& study_;
    const Interventions& interventions_;
    SearchLimits limits_;
    const Context& context_;
    Deadline deadline_;
    Knowledge known_;
    std::vector<std::int32_t> freed_;
    MinimalList minimal_;
    std::vector<std::vector<OpenSet>> waiting_;  // by size
    std::size_t finished_ = 0;
    CutSetOutcome outcome_;
};

}  // namespace

Result<CutSetOutcome> find_cut_sets(const Study& study, const Interventions& interventions,
                                    const CutSetQuestion& question, const SearchLimits& limits,
                                    const Context& context) {
    return CutSetSearch(study, interventions, limits, context).run(question);
}

}  // namespace leaven::metabolism
