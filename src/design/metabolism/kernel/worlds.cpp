// What can be inserted and freed, in all combinations: see interventions.hpp.
#include <algorithm>
#include <set>
#include <tuple>

#include "interventions.hpp"
#include "unit_set.hpp"

namespace leaven::metabolism {
namespace {

constexpr std::size_t most_worlds = 100000;

/// All sets of insertions with at most `limit` reactions, or a few too many.
void extend(const std::vector<Insertable>& insertions, std::size_t limit, std::size_t from, World& world,
            std::vector<World>& out) {
    out.push_back(world);
    for (auto i = from; i < insertions.size() && out.size() <= most_worlds; ++i) {
        const auto size = insertions[i].reactions.size();
        if (world.insertions + size > limit) continue;
        world.inserted.push_back(static_cast<std::int32_t>(i));
        world.insertions += size;
        extend(insertions, limit, i + 1, world, out);
        world.inserted.pop_back();
        world.insertions -= size;
    }
}

/// Smallest sets of units that hold a cut of each reaction in some list of these, and the empty set; or a few too many.
std::set<UnitSet> bases_of(const std::vector<std::vector<UnitSet>>& cuts, std::size_t first, std::size_t limit) {
    std::set<UnitSet> bases{{}};
    std::vector<UnitSet> open{{}};
    while (!open.empty() && bases.size() <= most_worlds) {
        const auto base = std::move(open.back());
        open.pop_back();
        for (auto place = first; place < cuts.size(); ++place)
            for (const auto& cut : cuts[place]) {
                auto larger = union_of(base, cut);
                if (larger.size() <= limit && bases.insert(larger).second) open.push_back(std::move(larger));
            }
    }
    return bases;
}

Failure too_many(const char* parameter) {
    return bad_input({"there are more than {} ways to insert reactions or to free what must run",
                      "插入反应或解除强制通量的方式超过 {} 种"},
                     most_worlds)
        .at(parameter)
        .advise({"allow fewer interventions, or name fewer reactions", "请减少干预数，或少列几个反应"});
}

}  // namespace

Result<std::vector<World>> Interventions::worlds(std::size_t limit) const {
    std::vector<World> inserting;
    World world;
    extend(insertions_, limit, 0, world, inserting);
    if (inserting.size() > most_worlds) return too_many("insertable");
    const auto bases = bases_of(cuts_, static_cast<std::size_t>(column_count()), limit);
    if (bases.size() * inserting.size() > most_worlds) return too_many("candidates");
    std::vector<World> worlds;
    for (auto& one : inserting) {
        for (std::size_t i = 0; i < insertions_.size(); ++i)
            if (!std::binary_search(one.inserted.begin(), one.inserted.end(), static_cast<std::int32_t>(i)))
                one.closed.push_back(insertions_[i].column);
        std::sort(one.closed.begin(), one.closed.end());
        for (const auto& base : bases) {
            if (one.insertions + base.size() > limit) continue;
            auto made = one;
            made.base = base;
            made.freed = effect(base, one).freed;
            worlds.push_back(std::move(made));
        }
    }
    std::sort(worlds.begin(), worlds.end(), [](const World& a, const World& b) {
        return std::tuple(a.insertions, a.freed.size(), a.base.size(), a.inserted, a.base) <
               std::tuple(b.insertions, b.freed.size(), b.base.size(), b.inserted, b.base);
    });
    if (bases.size() == 1) return worlds;
    // A base that holds a smaller one for the same reactions adds nothing.
    std::vector<World> kept;
    for (auto& one : worlds)
        if (std::none_of(kept.begin(), kept.end(), [&](const World& other) {
                return other.inserted == one.inserted && other.freed == one.freed && contains(one.base, other.base);
            }))
            kept.push_back(std::move(one));
    return kept;
}

}  // namespace leaven::metabolism
