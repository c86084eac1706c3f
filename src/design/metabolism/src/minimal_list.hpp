// Sets found so far, asked whether one of them lies within another set.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "unit_set.hpp"

namespace leaven::metabolism {

class MinimalList {
public:
    void add(const UnitSet& set) {
        if (set.empty()) has_empty_ = true;
        if (!set.empty()) with_.resize(std::max(with_.size(), static_cast<std::size_t>(set.back()) + 1));
        for (const auto member : set) with_[static_cast<std::size_t>(member)].push_back(sets_.size());
        sets_.push_back(set);
    }

    /// Does a known set with one of `members` lie within `set`?
    [[nodiscard]] bool within(const UnitSet& set, const UnitSet& members) const {
        if (has_empty_) return true;
        for (const auto member : members) {
            if (static_cast<std::size_t>(member) >= with_.size()) break;  // as are all members after it
            for (const auto i : with_[static_cast<std::size_t>(member)])
                if (contains(set, sets_[i])) return true;
        }
        return false;
    }

private:
    std::vector<UnitSet> sets_;
    std::vector<std::vector<std::size_t>> with_;  // of each member: the sets that hold it
    bool has_empty_ = false;
};

}  // namespace leaven::metabolism
