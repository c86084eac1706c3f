// Sets found so far, asked whether one of them lies within another set.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "unit_set.hpp"

namespace leaven::metabolism {

class MinimalList {
public:
    void add(const UnitSet& set) {
        if (set.empty()) has_empty_ = true;
        for (const auto member : set) with_[member].push_back(sets_.size());
        sets_.push_back(set);
    }

    /// Does a known set with one of `members` lie within `set`?
    [[nodiscard]] bool within(const UnitSet& set, const UnitSet& members) const {
        if (has_empty_) return true;
        for (const auto member : members) {
            const auto listed = with_.find(member);
            if (listed == with_.end()) continue;
            for (const auto i : listed->second)
                if (contains(set, sets_[i])) return true;
        }
        return false;
    }

private:
    std::vector<UnitSet> sets_;
    std::map<std::int32_t, std::vector<std::size_t>> with_;  // of each member: the sets that hold it
    bool has_empty_ = false;
};

}  // namespace leaven::metabolism
