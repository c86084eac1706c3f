// Effects by number, each kept once: a hash table in three blocks of memory, so that a million are let go at once.
//
// Complexity: a lookup is linear in the effect, on average.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "interventions.hpp"

namespace leaven::metabolism {

class EffectIndex {
public:
    /// The number of the effect, counted from zero in the order of their coming, and whether it is new.
    std::pair<std::size_t, bool> add(const Effect& effect);

private:
    struct Entry {
        std::size_t begin = 0;  // of its numbers
        std::size_t end = 0;
        std::size_t hash = 0;
    };

    [[nodiscard]] std::size_t slot_of(std::size_t hash, const UnitSet& numbers) const;
    void grow();

    std::vector<std::int32_t> numbers_;  // of all effects, one after the other
    std::vector<Entry> entries_;
    std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(1024, none);  // the number of an effect, or none
    UnitSet scratch_;

    static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);
};

}  // namespace leaven::metabolism
