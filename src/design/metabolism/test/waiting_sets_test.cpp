// What a search holds by the million, against the maps of the standard library.

#include "waiting_sets.hpp"

#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "effect_index.hpp"

namespace leaven::metabolism {
namespace {

std::int32_t number(std::int32_t end) { return *rc::gen::inRange<std::int32_t>(0, end); }

UnitSet numbers(std::size_t most) {
    UnitSet set;
    for (auto k = number(static_cast<std::int32_t>(most) + 1); k > 0; --k) set.push_back(number(5));
    sort_unique(set);
    return set;
}

RC_GTEST_PROP(WaitingSets, come_once_each_in_order_with_the_first_node, ()) {
    const auto size = static_cast<std::size_t>(1 + number(4));
    WaitingSets waiting;
    std::map<UnitSet, std::uint32_t> expected;
    for (std::uint32_t node = 0; node < 60; ++node) {
        const auto set = numbers(6);
        if (set.size() != size) continue;
        waiting.add(set, node);
        expected.emplace(set, node);
    }
    std::vector<std::pair<UnitSet, std::uint32_t>> told;
    const auto limit = static_cast<std::size_t>(number(40));
    waiting.drain([&](const UnitSet& set, std::uint32_t node) {
        told.emplace_back(set, node);
        return told.size() <= limit;
    });
    const std::vector<std::pair<UnitSet, std::uint32_t>> all(expected.begin(), expected.end());
    RC_ASSERT(told.size() == std::min(all.size(), limit + 1));
    RC_ASSERT(std::equal(told.begin(), told.end(), all.begin()));
    waiting.drain([&](const UnitSet&, std::uint32_t) { return told.clear(), true; });  // it was let go: none comes
    RC_ASSERT(told.size() == std::min(all.size(), limit + 1));
}

RC_GTEST_PROP(EffectIndex, has_a_number_for_each_effect_and_one_for_equal_ones, ()) {
    EffectIndex index;
    std::map<Effect, std::size_t> expected;
    const auto count = *rc::gen::element(50, 900);
    for (int k = 0; k < count; ++k) {
        const Effect effect{numbers(4), numbers(2), number(2) == 1, numbers(3)};
        const auto next = expected.size();
        const auto [known, fresh] = expected.emplace(effect, next);
        const auto [place, added] = index.add(effect);
        RC_ASSERT(added == fresh);
        RC_ASSERT(place == known->second);
    }
}

}  // namespace
}  // namespace leaven::metabolism
