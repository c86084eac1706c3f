#include <unordered_map>

#include <leaven/dna/fragment.hpp>
#include <leaven/seq/sequence.hpp>

#include "cut_ranges.hpp"

namespace leaven::dna {
namespace {

constexpr double least_gc = 0.3;
constexpr double most_gc = 0.7;
constexpr double unsound_weight = 0.5;  // any number below 1: the plan with the fewest unsound overlaps wins

std::vector<bool> sound_places(std::string_view letters, std::size_t overlap) {
    std::vector<bool> sound(letters.size(), false);
    std::vector<std::string> words;  // on whichever strand is first in the alphabet
    std::unordered_map<std::string, int> counts;
    for (std::size_t i = 0; i + overlap <= letters.size(); ++i) {
        const std::string word(letters.substr(i, overlap));
        const auto other = seq::reverse_complement(word);
        const bool palindrome = word == other;  // its end would take another copy of itself
        words.push_back(std::min(word, other));
        counts[words.back()] += palindrome ? 2 : 1;
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto gc = seq::gc_share(words[i]);
        sound[i] = gc >= least_gc && gc <= most_gc && counts[words[i]] == 1 && seq::count_ambiguous(words[i]) == 0;
    }
    return sound;
}

std::int64_t fewest(std::int64_t length, const CutOptions& options, std::int64_t overlap) {
    if (options.count > 0) return options.count;
    if (length <= options.max) return 1;
    const auto step = std::max<std::int64_t>(options.max - overlap, 1);
    return (length - overlap + step - 1) / step;
}

OverlapPlan plan_with(std::string_view letters, const CutOptions& options, std::int64_t overlap) {
    const auto length = static_cast<std::int64_t>(letters.size());
    OverlapPlan plan{.overlap = overlap};
    const CutRanges ranges{length, fewest(length, options, overlap), options.min, options.max, overlap, nullptr};
    if (!ranges.fits()) return plan;
    plan.found = true;
    if (ranges.count == 1) return plan;
    const auto sound = sound_places(letters, static_cast<std::size_t>(overlap));
    const auto rows = best_products(ranges, 0, ranges.count - 1, [&](std::int64_t position) {
        return sound[static_cast<std::size_t>(position)] ? 1.0 : unsound_weight;
    });
    std::int64_t from = 0;
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        auto best = from + ranges.least_step();
        for (auto p = best; p <= from + ranges.most_step(); ++p)
            if (row->at(p) > row->at(best)) best = p;
        if (row->at(best) <= 0) return {.overlap = overlap};
        plan.cuts.push_back(best);
        plan.sound.push_back(sound[static_cast<std::size_t>(best)]);
        from = best;
    }
    return plan;
}

}  // namespace

OverlapPlan choose_overlaps(std::string_view letters, const CutOptions& options, std::int64_t least,
                            std::int64_t most) {
    OverlapPlan best;
    std::ptrdiff_t best_unsound = 0;
    for (auto overlap = least; overlap <= most; ++overlap) {
        if (options.max <= overlap) break;
        auto plan = plan_with(letters, options, overlap);
        if (!plan.found) continue;
        const auto unsound = std::count(plan.sound.begin(), plan.sound.end(), false);
        const bool better = !best.found || plan.cuts.size() < best.cuts.size() ||
                            (plan.cuts.size() == best.cuts.size() && unsound < best_unsound);
        if (better) best = std::move(plan), best_unsound = unsound;
        if (best_unsound == 0) break;
    }
    return best;
}

CutSites overlap_sites(std::string_view letters, std::int64_t overlap) {
    CutSites sites{.shared = overlap};
    for (const bool sound : sound_places(letters, static_cast<std::size_t>(overlap)))
        sites.kind.push_back(sound ? CutSites::free : CutSites::closed);
    return sites;
}

}  // namespace leaven::dna
