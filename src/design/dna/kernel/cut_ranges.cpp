#include "cut_ranges.hpp"

#include <deque>

namespace leaven::dna {

BestRow best_followers(const CutRanges& ranges, const BestRow& row, std::int64_t first, std::int64_t last) {
    BestRow out{first, {}};
    out.values.reserve(static_cast<std::size_t>(last - first + 1));
    std::deque<std::int64_t> falling;  // positions whose values fall: the first is the greatest in the window
    auto next = std::max(row.first, first + ranges.least_step());
    for (auto p = first; p <= last; ++p) {
        for (; next < row.end() && (next < p + ranges.least_step() || ranges.allows(p, next + ranges.shared)); ++next) {
            while (!falling.empty() && row.at(falling.back()) <= row.at(next)) falling.pop_back();
            falling.push_back(next);
        }
        while (!falling.empty() && falling.front() < p + ranges.least_step()) falling.pop_front();
        out.values.push_back(falling.empty() ? 0 : row.at(falling.front()));
    }
    return out;
}

}  // namespace leaven::dna
