#include "effect_index.hpp"

#include <algorithm>
#include <bit>

namespace leaven::metabolism {
namespace {

/// The effect as one list; two effects have one list only where they are equal.
void write(const Effect& effect, UnitSet& out) {
    out.clear();
    for (const auto* part : {&effect.columns, &effect.freed, &effect.open}) {
        out.push_back(static_cast<std::int32_t>(part->size()));
        out.insert(out.end(), part->begin(), part->end());
    }
    out.push_back(effect.impossible ? 1 : 0);
}

}  // namespace

std::pair<std::size_t, bool> EffectIndex::add(const Effect& effect) {
    write(effect, scratch_);
    const auto hash = UnitSetHash()(scratch_);
    auto slot = slot_of(hash, scratch_);
    if (slots_[slot] != none) return {slots_[slot], false};
    if (entries_.size() * 2 >= slots_.size()) {
        grow();
        slot = slot_of(hash, scratch_);
    }
    const auto number = entries_.size();
    slots_[slot] = static_cast<std::uint32_t>(number);
    entries_.push_back({numbers_.size(), numbers_.size() + scratch_.size(), hash});
    numbers_.insert(numbers_.end(), scratch_.begin(), scratch_.end());
    return {number, true};
}

/// Where the effect stands, or the free slot where it would.
std::size_t EffectIndex::slot_of(std::size_t hash, const UnitSet& numbers) const {
    const auto mask = slots_.size() - 1;
    auto slot = (hash ^ (hash >> 32U)) & mask;
    for (; slots_[slot] != none; slot = (slot + 1) & mask) {
        const auto& entry = entries_[slots_[slot]];
        if (entry.hash != hash) continue;
        const auto* begin = numbers_.data() + entry.begin;
        if (std::equal(begin, numbers_.data() + entry.end, numbers.begin(), numbers.end())) break;
    }
    return slot;
}

void EffectIndex::grow() {
    std::vector<std::uint32_t> old(slots_.size() * 2, none);
    old.swap(slots_);
    const auto mask = slots_.size() - 1;
    for (const auto number : old) {
        if (number == none) continue;
        const auto hash = entries_[number].hash;
        auto slot = (hash ^ (hash >> 32U)) & mask;
        while (slots_[slot] != none) slot = (slot + 1) & mask;
        slots_[slot] = number;
    }
}

}  // namespace leaven::metabolism
