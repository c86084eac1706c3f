#include "cut_sets.hpp"

#include <algorithm>
#include <tuple>

#include <leaven/core/parallel.hpp>

#include "flux_store.hpp"
#include "minimal_list.hpp"
#include "region_probe.hpp"
#include "unit_sets.hpp"

namespace leaven::metabolism {
namespace {

using Support = std::vector<std::int32_t>;

/// A set that does not yet close all regions, and what its supersets must not hold: other branches have that.
struct OpenSet {
    UnitSet set;
    std::vector<bool> barred_units;
    std::vector<UnitSet> barred_sets;

    [[nodiscard]] bool bars(const UnitSet& units, const UnitSet& whole) const {
        return std::any_of(units.begin(), units.end(),
                           [&](std::int32_t unit) { return barred_units[static_cast<std::size_t>(unit)]; }) ||
               std::any_of(barred_sets.begin(), barred_sets.end(),
                           [&](const UnitSet& set_) { return contains(whole, set_); });
    }
    void bar(const UnitSet& units) {
        if (units.size() == 1)
            barred_units[static_cast<std::size_t>(units[0])] = true;
        else
            barred_sets.push_back(units);
    }
};

/// The regions, ready, and the fluxes that are known in each.
struct Knowledge {
    std::vector<ReadyRegion> regions;  // those to close, then those to keep
    std::size_t to_close = 0;
    std::vector<FluxStore> fluxes;
};

/// What came of one open set.
struct Expansion {
    std::vector<UnitSet> closing;
    std::vector<OpenSet> open;
    std::vector<std::pair<std::size_t, Support>> fluxes;  // of a region
    Proof proof;
};

/// The additions to one open set, tried in order. Shares what is known, adds nothing to it.
class Expander {
public:
    Expander(const Study& study, const Interventions& interventions, const World& world, std::size_t most_units,
             const Knowledge& known, const MinimalList& found, OpenSet open)
        : interventions_(interventions),
          world_(world),
          most_units_(most_units),
          known_(known),
          found_(found),
          open_(std::move(open)),
          effect_(interventions.effect(open_.set, world)) {
        for (const auto& region : known.regions) probes_.emplace_back(study, region);
        for (const auto& fluxes : known.fluxes) alive_.push_back(fluxes.without(effect_.columns));
    }

    Result<Expansion> run(const Context& context) {
        const auto support = flux_to_break();
        if (!support) return failure(ErrorCode::bug, {"a set lost its flux", "组合失去已知通量"});
        for (const auto& addition : interventions_.additions(open_.set, effect_, *support, most_units_)) {
            if (context.stopped()) return cancelled();
            const auto whole = union_of(open_.set, addition.units);
            if (open_.bars(addition.units, whole)) continue;
            if (auto status = try_out(addition, whole); !status) return pass(status);
            open_.bar(addition.units);
        }
        for (const auto& probe : probes_) out_.proof.lps += probe.solved();
        return std::move(out_);
    }

private:
    /// Of all known fluxes in a region to close that are left: the one with the fewest ways to break it.
    [[nodiscard]] const Support* flux_to_break() const {
        const Support* best = nullptr;
        std::int64_t rank = 0;
        for (std::size_t region = 0; region < known_.to_close; ++region) {
            const auto flux = known_.fluxes[region].preferred(alive_[region]);
            if (!flux || (best != nullptr && known_.fluxes[region].rank(*flux) >= rank)) continue;
            best = &known_.fluxes[region].support(*flux);
            rank = known_.fluxes[region].rank(*flux);
        }
        return best;
    }

    Status try_out(const Addition& addition, const UnitSet& whole) {
        if (addition.frees || known_to_close(addition, whole)) return {};
        ++out_.proof.nodes;
        if (addition.impossible) {  // no flux at all is left
            if (known_.to_close == known_.regions.size()) out_.closing.push_back(whole);
            return {};
        }
        const bool largest = whole.size() >= most_units_;
        const auto closes = !any_known(0, known_.to_close, addition);
        if (!closes) {
            ++out_.proof.witnessed;
            if (largest) return {};
        }
        const auto off = union_of(effect_.columns, addition.columns);
        if (closes) {
            const auto closed = closes_all(off);
            if (!closed) return pass(closed);
            if (*closed) return keep_closing(addition, whole, off);
        }
        if (largest) return {};
        const auto keeps = keeps_all(addition, off);
        if (!keeps) return pass(keeps);
        if (*keeps) out_.open.push_back({whole, open_.barred_units, open_.barred_sets});
        return {};
    }

    [[nodiscard]] bool known_to_close(const Addition& addition, const UnitSet& whole) const {
        auto everything = whole;
        for (const auto insertion : world_.inserted)
            everything.push_back(static_cast<std::int32_t>(interventions_.units().size()) + insertion);
        return found_.within(everything, addition.units);
    }

    Status keep_closing(const Addition& addition, const UnitSet& whole, const Support& off) {
        const auto keeps = keeps_all(addition, off);
        if (!keeps) return pass(keeps);
        if (*keeps) out_.closing.push_back(whole);
        return {};
    }

    /// Is a point of one of these regions known to be left?
    [[nodiscard]] bool any_known(std::size_t first, std::size_t last, const Addition& addition) const {
        for (auto region = first; region < last; ++region)
            if (known_.fluxes[region].any_without(alive_[region], addition.columns)) return true;
        return std::any_of(out_.fluxes.begin(), out_.fluxes.end(), [&](const auto& flux) {
            return flux.first >= first && flux.first < last && avoids(flux.second, addition.columns);
        });
    }

    static bool avoids(const Support& support, const Support& columns) {
        return std::none_of(columns.begin(), columns.end(), [&](std::int32_t column) {
            return std::binary_search(support.begin(), support.end(), column);
        });
    }

    Result<bool> reaches(std::size_t region, const Support& off) {
        auto support = probes_[region].reach(off);
        if (!support) return pass(support);
        if (!*support) return false;
        out_.fluxes.emplace_back(region, **std::move(support));
        return true;
    }

    Result<bool> closes_all(const Support& off) {
        for (std::size_t region = 0; region < known_.to_close; ++region) {
            const auto reached = reaches(region, off);
            if (!reached || *reached) return reached ? Result<bool>(false) : reached;
        }
        return true;
    }

    Result<bool> keeps_all(const Addition& addition, const Support& off) {
        for (auto region = known_.to_close; region < known_.regions.size(); ++region) {
            if (any_known(region, region + 1, addition)) continue;
            const auto reached = reaches(region, off);
            if (!reached || !*reached) return reached;
        }
        return true;
    }

    const Interventions& interventions_;
    const World& world_;
    std::size_t most_units_;
    const Knowledge& known_;
    const MinimalList& found_;
    OpenSet open_;
    Effect effect_;
    std::vector<RegionProbe> probes_;
    std::vector<FluxStore::Mask> alive_;  // of each region: known fluxes that the open set leaves
    Expansion out_;
};

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

    [[nodiscard]] NumberSet all_of(const World& world, const UnitSet& set) const {
        auto all = set;
        for (const auto insertion : world.inserted)
            all.push_back(static_cast<std::int32_t>(interventions_.units().size()) + insertion);
        return all;
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
        const auto all = all_of(world, world.base);
        if (minimal_.within(all, all)) return {};
        ++outcome_.proof.nodes;
        const auto left = [&](std::size_t region) -> Result<bool> {
            RegionProbe probe(study_, known_.regions[region]);
            auto support = probe.reach(effect.columns);
            outcome_.proof.lps += probe.solved();
            if (!support) return pass(support);
            if (*support) learn(region, **std::move(support));
            return support->has_value();
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
        minimal_.add(all_of(world, set));
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
            const auto all = all_of(world, open.set);
            if (minimal_.within(all, all)) return {};  // found to close by now
            Expander expander(study_, interventions_, world, most_units, known_, minimal_, open);
            auto expansion = expander.run(context_);
            if (!expansion) return pass(expansion);
            expansions[static_cast<std::size_t>(chunk.index)] = *std::move(expansion);
            return {};
        };
        if (auto status = for_each_chunk(context_, {}, static_cast<std::int64_t>(last - first), 1, work); !status)
            return status;
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
        const auto units = static_cast<std::int32_t>(interventions_.units().size());
        const auto all = [&](const CutSet& one) {
            auto members = one.set;
            for (const auto insertion : one.inserted) members.push_back(units + insertion);
            return members;
        };
        auto& found = outcome_.found;
        std::sort(found.begin(), found.end(), [](const CutSet& a, const CutSet& b) {
            return std::tie(a.size, a.inserted, a.set) < std::tie(b.size, b.inserted, b.set);
        });
        MinimalList kept;
        std::vector<CutSet> minimal;
        for (auto& one : found) {
            const auto members = all(one);
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
