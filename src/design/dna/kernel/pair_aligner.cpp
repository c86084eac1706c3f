#include "pair_aligner.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace leaven::dna {
namespace {

constexpr std::int32_t match = 2;
constexpr std::int32_t mismatch = -4;
constexpr std::int32_t never = -(1 << 29);

struct GapCost {
    std::int32_t open;
    std::int32_t longer;
};
// A long gap is opened rarely: bases that match by chance do not part it.
constexpr std::array<GapCost, 2> gaps{{{-4, -2}, {-24, -1}}};

std::int32_t cost_of(std::size_t gap) {
    const auto size = static_cast<std::int32_t>(gap);
    return std::max(gaps[0].open + gaps[0].longer * size, gaps[1].open + gaps[1].longer * size);
}

// What has to be won from a difference on, its own cost included, at a free end: less comes about by chance.
constexpr std::int32_t least_won = 20;

// How a cell was reached, and beside it for each kind of gap whether it goes on.
constexpr unsigned diagonal = 0;
constexpr unsigned from_left = 1;   // 1, 2: by the kind of gap
constexpr unsigned from_above = 3;  // 3, 4
constexpr unsigned direction = 7;
constexpr unsigned left_on = 8;    // 8, 16
constexpr unsigned above_on = 32;  // 32, 64

/// Along the edge there is one gap of `size` letters, as its cost says of which kind.
std::uint8_t edge(unsigned step, unsigned on, std::size_t size) {
    const bool long_one = cost_of(size) != gaps[0].open + gaps[0].longer * static_cast<std::int32_t>(size);
    return static_cast<std::uint8_t>((step + (long_one ? 1U : 0U)) | (size > 1 ? on | on << 1U : 0U));
}

/// The score of the first k columns, for every k.
std::vector<std::int32_t> scores_along(const Columns& columns) {
    std::vector<std::int32_t> sums{0};
    std::int32_t before_gap = 0;
    std::size_t gap = 0;
    for (std::size_t k = 0; k < columns.read.size(); ++k) {
        const bool is_gap = columns.read[k] == '-' || columns.design[k] == '-';
        const bool goes_on = gap > 0 && (columns.read[k] == '-') == (columns.read[k - 1] == '-');
        if (!is_gap) {
            gap = 0;
            sums.push_back(sums.back() + (columns.read[k] == columns.design[k] ? match : mismatch));
            continue;
        }
        if (!goes_on) gap = 0, before_gap = sums.back();
        sums.push_back(before_gap + cost_of(++gap));
    }
    return sums;
}

/// Ends an alignment before a difference beyond which too little is won.
void cut_free_end(Columns& columns) {
    const auto sums = scores_along(columns);
    auto end = columns.read.size();
    for (auto k = end; k-- > 0;)
        if (columns.read[k] != columns.design[k] && sums[end] - sums[k] < least_won) end = k;
    columns.read.resize(end);
    columns.design.resize(end);
}

}  // namespace

/// Rows are letters of the design, columns letters of the read. Gives the corner of greatest score.
PairAligner::Corner PairAligner::fill(std::string_view design, std::string_view read) {
    const auto width = read.size() + 1;
    row_.assign(width, 0);
    down_.assign(width, {never, never});
    steps_.resize((design.size() + 1) * width);
    for (std::size_t j = 1; j < width; ++j) row_[j] = cost_of(j), steps_[j] = edge(from_left, left_on, j);
    Corner best;
    std::int32_t best_score = 0;
    for (std::size_t i = 1; i <= design.size(); ++i) {
        auto* steps = steps_.data() + i * width;
        auto corner = row_[0];
        row_[0] = cost_of(i);
        steps[0] = edge(from_above, above_on, i);
        std::array<std::int32_t, 2> right{never, never};
        const char letter = design[i - 1];
        for (std::size_t j = 1; j < width; ++j) {
            auto score = corner + (letter == read[j - 1] ? match : mismatch);
            unsigned way = diagonal;
            unsigned on = 0;
            auto& down = down_[j];
            for (unsigned kind = 0; kind < 2; ++kind) {
                const auto opened_right = row_[j - 1] + gaps[kind].open;
                if (right[kind] > opened_right) on |= left_on << kind;
                right[kind] = std::max(right[kind], opened_right) + gaps[kind].longer;
                const auto opened_down = row_[j] + gaps[kind].open;
                if (down[kind] > opened_down) on |= above_on << kind;
                down[kind] = std::max(down[kind], opened_down) + gaps[kind].longer;
                if (right[kind] > score) score = right[kind], way = from_left + kind;
                if (down[kind] > score) score = down[kind], way = from_above + kind;
            }
            corner = row_[j];
            row_[j] = score;
            steps[j] = static_cast<std::uint8_t>(way | on);
            if (score > best_score) best_score = score, best = {i, j};
        }
    }
    return best;
}

Columns PairAligner::trace(std::string_view design, std::string_view read, Corner corner) const {
    Columns columns;
    auto [i, j] = corner;
    unsigned within = diagonal;  // the gap that goes on
    while (i > 0 || j > 0) {
        const unsigned step = steps_[i * (read.size() + 1) + j];
        const unsigned way = within != diagonal ? within : step & direction;
        if (way == diagonal) {
            columns.design += design[--i];
            columns.read += read[--j];
        } else if (way < from_above) {
            within = (step & left_on << (way - from_left)) != 0 ? way : diagonal;
            columns.design += '-';
            columns.read += read[--j];
        } else {
            within = (step & above_on << (way - from_above)) != 0 ? way : diagonal;
            columns.design += design[--i];
            columns.read += '-';
        }
    }
    std::reverse(columns.design.begin(), columns.design.end());
    std::reverse(columns.read.begin(), columns.read.end());
    return columns;
}

Columns PairAligner::align(std::string_view design, std::string_view read) {
    Columns columns;
    if (design.empty() || read.empty()) {
        columns.add_deleted(design);
        columns.add_inserted(read);
        return columns;
    }
    fill(design, read);
    return trace(design, read, {design.size(), read.size()});
}

Columns PairAligner::extend(std::string_view design, std::string_view read) {
    if (design.empty() || read.empty()) return {};
    const auto corner = fill(design, read);
    auto columns = trace(design, read, corner);
    const bool both_end = corner.design == design.size() && corner.read == read.size();
    if (!both_end) cut_free_end(columns);
    return columns;
}

void shift_gaps_left(Columns& columns) {
    for (auto* side : {&columns.read, &columns.design}) {
        auto& gapped = *side;
        const auto& other = side == &columns.read ? columns.design : columns.read;
        for (std::size_t begin = 0; begin < gapped.size(); ++begin) {
            if (gapped[begin] != '-') continue;
            auto end = begin;
            while (end < gapped.size() && gapped[end] == '-') ++end;
            const auto next = end;
            while (begin > 0 && gapped[begin - 1] == other[begin - 1] && other[begin - 1] == other[end - 1]) {
                std::swap(gapped[begin - 1], gapped[end - 1]);
                --begin, --end;
            }
            begin = next;
        }
    }
}

namespace {

/// One round: the most frequent letter of every column of `draft`, and what most insert between two.
std::string voted(const std::string& draft, const std::vector<std::string>& texts, PairAligner& aligner) {
    std::vector<std::map<char, std::size_t>> letters(draft.size());
    std::vector<std::map<std::string, std::size_t>> between(draft.size() + 1);
    for (const auto& text : texts) {
        auto columns = aligner.align(draft, text);
        shift_gaps_left(columns);
        std::size_t at = 0;
        std::string inserted;
        for (std::size_t k = 0; k <= columns.design.size(); ++k) {
            if (k < columns.design.size() && columns.design[k] == '-') {
                inserted += columns.read[k];
                continue;
            }
            ++between[at][inserted];
            inserted.clear();
            if (k < columns.design.size()) ++letters[at++][columns.read[k]];
        }
    }
    const auto most = [](const auto& counts) {
        return std::max_element(counts.begin(), counts.end(),
                                [](const auto& a, const auto& b) { return a.second < b.second; })
            ->first;
    };
    std::string out;
    for (std::size_t at = 0; at <= draft.size(); ++at) {
        out += most(between[at]);
        if (at == draft.size()) break;
        if (const char letter = most(letters[at]); letter != '-') out += letter;
    }
    return out;
}

}  // namespace

std::string consensus_of(const std::vector<std::string>& texts, PairAligner& aligner) {
    if (texts.empty()) return {};
    auto sorted = texts;
    std::sort(sorted.begin(), sorted.end(), [](const std::string& a, const std::string& b) {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    });
    auto draft = sorted[sorted.size() / 2];
    constexpr std::size_t longest = 4'000;  // letters: two texts take their product in bytes
    if (sorted.front() == sorted.back() || sorted.back().size() > longest) return draft;
    constexpr std::size_t enough = 60;
    if (sorted.size() > enough) {  // those nearest the median length
        const auto from = static_cast<std::ptrdiff_t>((sorted.size() - enough) / 2);
        sorted = {sorted.begin() + from, sorted.begin() + from + static_cast<std::ptrdiff_t>(enough)};
    }
    for (int round = 0; round < 2; ++round) draft = voted(draft, sorted, aligner);
    return draft;
}

}  // namespace leaven::dna
