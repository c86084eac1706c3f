#include "design_index.hpp"

#include <algorithm>
#include <bit>

#include <leaven/dna/bases.hpp>
#include <leaven/seq/sequence.hpp>

namespace leaven::dna {
namespace {

constexpr std::size_t most_places = 16;  // of a word; words of repeats tell nothing
constexpr std::size_t looked_back = 64;
constexpr std::int64_t genome_size = 200'000;

/// Calls `visit(word, start)` for every run of `size` certain bases.
template <class Visit>
void for_each_word(std::string_view letters, std::size_t size, const Visit& visit) {
    const auto mask = static_cast<std::uint32_t>((std::uint64_t{1} << (2 * size)) - 1);
    std::uint32_t word = 0;
    std::size_t certain = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const int base = base_index(letters[i]);
        certain = base < 0 ? 0 : certain + 1;
        word = (word << 2U | static_cast<std::uint32_t>(base & 3)) & mask;
        if (certain >= size) visit(word, i + 1 - size);
    }
}

}  // namespace

DesignIndex::DesignIndex(const seq::Record& record) : record_(record), size_(record.length > genome_size ? 15 : 13) {
    auto letters = record.sequence.letters;
    if (record.circular()) letters += letters.substr(0, std::min(letters.size(), size_ - 1));
    for_each_word(letters, size_, [&](std::uint32_t word, std::size_t at) {
        if (static_cast<std::int64_t>(at) < record.length) entries_.push_back({word, static_cast<std::uint32_t>(at)});
    });
    std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
        return a.word != b.word ? a.word < b.word : a.position < b.position;
    });
    const auto bits = std::clamp<unsigned>(static_cast<unsigned>(std::bit_width(entries_.size())) + 1, 8, 22);
    shift_ = static_cast<unsigned>(2 * size_) - bits;
    first_.assign((std::size_t{1} << bits) + 1, 0);
    for (const auto& entry : entries_) ++first_[(entry.word >> shift_) + 1];
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
}

std::vector<CommonRun> DesignIndex::runs_of(std::string_view read, const Context& context) const {
    std::vector<CommonRun> runs;
    const auto n = record_.length;
    const auto size = static_cast<std::int64_t>(size_);
    bool stopped = false;
    const auto add = [&](std::int64_t at, std::int64_t place) {
        for (std::size_t back = 0; back < std::min(runs.size(), most_places); ++back) {
            auto& run = runs[runs.size() - 1 - back];
            const auto next = run.design + run.size - size + 1;
            if (run.read + run.size + 1 == at + size && (next == place || next - n == place)) {
                ++run.size;
                return;
            }
        }
        runs.push_back({at, place, size});
    };
    for_each_word(read, size_, [&](std::uint32_t word, std::size_t at) {
        if ((at & 0x3FFU) == 0 && context.stopped()) stopped = true;
        if (stopped) return;
        auto from = first_[word >> shift_];
        const auto to = first_[(word >> shift_) + 1];
        while (from < to && entries_[from].word < word) ++from;
        auto end = from;
        while (end < to && entries_[end].word == word) ++end;
        if (end - from > most_places) return;
        for (; from < end; ++from)
            add(static_cast<std::int64_t>(at), static_cast<std::int64_t>(entries_[from].position));
    });
    return runs;
}

/// Bases of the design from the end of one run to the start of the next: below 0 where they overlap.
std::int64_t DesignIndex::step(const CommonRun& from, const CommonRun& to) const {
    const auto plain = to.design - from.design - from.size;
    if (!record_.circular()) return plain;
    const auto n = record_.length;
    const auto way = (plain % n + n) % n;
    return n - way < std::min(from.size, to.size) ? way - n : way;
}

ReadChain DesignIndex::best_chain(std::vector<CommonRun> runs, const Context& context) const {
    std::stable_sort(runs.begin(), runs.end(), [](const CommonRun& a, const CommonRun& b) { return a.read < b.read; });
    std::vector<std::int64_t> score(runs.size());  // in twentieths of a base
    std::vector<std::ptrdiff_t> before(runs.size(), -1);
    std::size_t best = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if ((i & 0xFFFU) == 0 && context.stopped()) return {};
        score[i] = 20 * runs[i].size;
        for (std::size_t back = 1; back <= std::min(i, looked_back); ++back) {
            const auto& last = runs[i - back];
            const auto on_read = runs[i].read - last.read - last.size;
            const auto on_design = step(last, runs[i]);
            const auto overlap = std::max<std::int64_t>({0, -on_read, -on_design});
            if (overlap + 6 > std::min(runs[i].size, last.size)) continue;
            const auto gap = std::abs(on_read - on_design);
            const auto cost = gap == 0 ? 0 : std::min<std::int64_t>(800, 60 + gap);
            const auto sum = score[i - back] + 20 * (runs[i].size - overlap) - cost;
            if (sum > score[i]) score[i] = sum, before[i] = static_cast<std::ptrdiff_t>(i - back);
        }
        if (score[i] > score[best]) best = i;
    }
    ReadChain chain{.score = score[best] / 20};
    for (auto i = static_cast<std::ptrdiff_t>(best); i >= 0; i = before[static_cast<std::size_t>(i)])
        chain.runs.push_back(runs[static_cast<std::size_t>(i)]);
    std::reverse(chain.runs.begin(), chain.runs.end());
    // From here on positions rise, and no two runs overlap.
    const auto found = chain.runs;
    for (std::size_t i = 1; i < found.size(); ++i) {
        const auto& last = chain.runs[i - 1];
        const auto on_design = step(found[i - 1], found[i]);
        const auto overlap = std::max<std::int64_t>({0, last.read + last.size - found[i].read, -on_design});
        chain.runs[i] = {found[i].read + overlap, last.design + last.size + on_design + overlap,
                         found[i].size - overlap};
    }
    return chain;
}

std::optional<ReadChain> DesignIndex::map(std::string_view read, const Context& context) const {
    std::optional<ReadChain> best;
    for (const auto strand : {seq::Strand::forward, seq::Strand::reverse}) {
        auto letters = strand == seq::Strand::forward ? std::string(read) : seq::reverse_complement(read);
        auto runs = runs_of(letters, context);
        if (runs.empty()) continue;
        auto chain = best_chain(std::move(runs), context);
        if (chain.runs.empty() || (best && best->score >= chain.score)) continue;
        chain.strand = strand;
        chain.letters = std::move(letters);
        best = std::move(chain);
    }
    return best;
}

}  // namespace leaven::dna
