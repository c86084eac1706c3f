#include "vetoes.hpp"

namespace leaven::dna {

std::vector<seq::Interval> fragments_of(const std::vector<std::int64_t>& cuts, std::int64_t shared,
                                        std::int64_t length) {
    std::vector<seq::Interval> fragments;
    std::int64_t start = 0;
    for (const auto cut : cuts) {
        fragments.push_back({start, cut + shared});
        start = cut;
    }
    fragments.push_back({start, length});
    return fragments;
}

void shut_out(CutOptions& open, seq::Interval fragment, const Veto& veto, std::int64_t length) {
    if (!veto.part || veto.part->empty() || veto.part->start < fragment.start || veto.part->end > fragment.end) {
        open.banned.insert(fragment);
        return;
    }
    auto& farthest = open.farthest;
    if (farthest.empty()) farthest.assign(static_cast<std::size_t>(length), length);
    for (auto start = veto.part->start; start >= 0; --start) {
        auto& end = farthest[static_cast<std::size_t>(start)];
        if (end < veto.part->end) break;  // and so for all before
        end = veto.part->end - 1;
    }
}

}  // namespace leaven::dna
