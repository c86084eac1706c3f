// Rules on words: repeats, hairpins, and words of another sequence.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "violations.hpp"

namespace leaven::dna {
namespace {

struct Word {
    std::string letters{};
    seq::Interval at{};
};

/// Every certain word of k letters of a place, in order; over the join of a circle too.
std::vector<Word> words_of(const Judged& molecule, const Place& place, std::int64_t k) {
    std::vector<Word> out;
    for (const auto& stretch : stretches_of(molecule, place, false)) {
        const auto n = static_cast<std::int64_t>(stretch.letters.size());
        if (k > n) continue;
        const auto joined = stretch.circular
                                ? stretch.letters + stretch.letters.substr(0, static_cast<std::size_t>(k - 1))
                                : stretch.letters;
        const auto starts = stretch.circular ? n : n - k + 1;
        for (std::int64_t i = 0; i < starts; ++i) {
            auto letters = joined.substr(static_cast<std::size_t>(i), static_cast<std::size_t>(k));
            if (seq::count_ambiguous(letters) > 0) continue;
            out.push_back({std::move(letters), {stretch.offset + i, stretch.offset + i + k}});
        }
    }
    return out;
}

using Index = std::unordered_map<std::string, std::vector<std::size_t>>;

Index index_of(const std::vector<Word>& words) {
    Index index;
    for (std::size_t i = 0; i < words.size(); ++i) index[words[i].letters].push_back(i);
    return index;
}

Text again(const Word& word, const Word& other, bool reversed) {
    return text(reversed ? Doc{"{} occurs reversed at {} too", "{} 的反向互补在 {} 处再次出现"}
                         : Doc{"{} occurs at {} too", "{} 在 {} 处再次出现"},
                word.letters, other.at.start);
}

/// Words of `words` that occur before, or whose reverse complement does; neighbours in one run are one violation.
std::vector<Violation> repeated(const std::vector<Word>& words, bool both) {
    std::vector<Violation> out;
    const auto index = index_of(words);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& same = index.at(words[i].letters);
        std::optional<Violation> found;
        if (same.front() < i) found = {words[i].at, seq::Strand::forward, again(words[i], words[same.front()], false)};
        if (!found && both) {
            const auto other = index.find(seq::reverse_complement(words[i].letters));
            if (other != index.end() && other->second.front() < i)
                found = {words[i].at, seq::Strand::reverse, again(words[i], words[other->second.front()], true)};
        }
        if (!found) continue;
        if (!out.empty() && out.back().strand == found->strand && out.back().at.end + 1 == found->at.end)
            out.back().at.end = found->at.end;
        else
            out.push_back(*std::move(found));
    }
    return out;
}

}  // namespace

Violations violations(const Judged& molecule, const Place& place, const Repeat& rule) {
    return repeated(words_of(molecule, place, rule.k), rule.both);
}

Violations violations(const Judged& molecule, const Place& place, const RepeatShare& rule) {
    const auto words = words_of(molecule, place, rule.k);
    const auto index = index_of(words);
    std::vector<bool> covered(static_cast<std::size_t>(molecule.problem.length));
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto other = index.find(seq::reverse_complement(words[i].letters));
        const bool reversed = other != index.end() && (other->second.size() > 1 || other->second.front() != i);
        if (index.at(words[i].letters).size() < 2 && !reversed) continue;
        for (auto p = words[i].at.start; p < words[i].at.end; ++p)
            covered[static_cast<std::size_t>(p % molecule.problem.length)] = true;
    }
    std::int64_t bases = 0;
    for (const auto& piece : place.pieces) bases += piece.at.length();
    const auto share =
        static_cast<double>(std::count(covered.begin(), covered.end(), true)) / static_cast<double>(bases);
    if (share <= rule.max + 1e-12) return std::vector<Violation>{};
    return std::vector<Violation>{
        {place.pieces.front().at, seq::Strand::forward,
         text({"repeated words of {} cover {:.3f}, allowed {:.3f}", "长度 {} 的重复串覆盖 {:.3f}，允许 {:.3f}"}, rule.k,
              share, rule.max)}};
}

Violations violations(const Judged& molecule, const Place&, const TerminalRepeat& rule) {
    std::vector<Violation> out;
    const auto n = molecule.problem.length;
    if (molecule.problem.circular()) return out;
    Place all;
    all.pieces.push_back({{0, n}, seq::Strand::forward, {}});
    const auto words = words_of(molecule, all, rule.k);
    Index first;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i].at.end <= rule.window) first[words[i].letters].push_back(i);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i].at.start < n - rule.window) continue;
        for (const bool reversed : {false, true}) {
            const auto found = first.find(reversed ? seq::reverse_complement(words[i].letters) : words[i].letters);
            if (found == first.end() || found->second.front() == i) continue;
            out.push_back({words[i].at, reversed ? seq::Strand::reverse : seq::Strand::forward,
                           again(words[i], words[found->second.front()], reversed)});
            break;
        }
    }
    return out;
}

Violations violations(const Judged& molecule, const Place& place, const Hairpin& rule) {
    std::vector<Violation> out;
    const auto n = molecule.problem.length;
    const bool circle = molecule.problem.circular() && place.whole;
    for (const auto& piece : place.pieces) {
        Place part{.pieces = {piece}, .whole = place.whole};
        const auto words = words_of(molecule, part, rule.stem);
        const auto index = index_of(words);
        for (const auto& word : words) {
            const auto found = index.find(seq::reverse_complement(word.letters));
            if (found == index.end()) continue;
            for (const auto i : found->second) {
                auto gap = words[i].at.start - word.at.start;
                if (circle) gap = (gap % n + n) % n;
                if (gap < 0 || gap + rule.stem > rule.span) continue;
                out.push_back({{word.at.start, word.at.start + gap + rule.stem},
                               seq::Strand::forward,
                               text({"{} pairs with the bases from {}", "{} 与自 {} 起的碱基配对"}, word.letters,
                                    words[i].at.start)});
                break;
            }
        }
    }
    return out;
}

Violations violations(const Judged& molecule, const Place& place, const NoMatch& rule) {
    std::vector<Violation> out;
    for (const auto& word : words_of(molecule, place, rule.k))
        if (rule.words->contains(word.letters))
            out.push_back(
                {word.at, seq::Strand::forward, text({"{} occurs in {}", "{} 出现在 {} 中"}, word.letters, rule.file)});
    return out;
}

}  // namespace leaven::dna
