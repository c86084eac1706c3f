#include <algorithm>
#include <array>

#include <leaven/seq/pattern.hpp>

#include "base_sets.hpp"

namespace leaven::seq {
namespace {

using Bits = std::uint64_t;

/// The word as rows of bits: bit i of `masks[c]` says that letter c may stand at place i.
class Automaton {
public:
    Automaton(std::string_view word, std::int64_t mismatches, Ambiguous ambiguous)
        : size_(word.size()),
          words_((word.size() + 63) / 64),
          rows_(static_cast<std::size_t>(mismatches) + 1),
          masks_(256 * words_) {
        for (std::size_t c = 0; c < 256; ++c)
            for (std::size_t i = 0; i < size_; ++i)
                if (fits(bases_of(static_cast<char>(c)), bases_of(word[i]), ambiguous))
                    masks_[c * words_ + i / 64] |= Bits{1} << (i % 64);
        state_.assign(rows_ * words_, 0);
    }

    /// Reads a letter; the fewest mismatches of a match that ends here, or -1.
    std::int64_t read(char letter) {
        if (words_ == 1) return read_short(letter);
        const auto* mask = &masks_[static_cast<unsigned char>(letter) * words_];
        old_.assign(words_, 0);
        for (std::size_t row = 0; row < rows_; ++row) {
            Bits carry = 1;
            Bits old_carry = 1;
            for (std::size_t w = 0; w < words_; ++w) {
                auto& bits = state_[row * words_ + w];
                const auto before = bits;
                const auto shifted = bits << 1U | carry;
                carry = bits >> 63U;
                const auto skipped = row == 0 ? 0 : old_[w] << 1U | old_carry;
                old_carry = old_[w] >> 63U;
                bits = (shifted & mask[w]) | skipped;
                old_[w] = before;
            }
        }
        const auto last = (size_ - 1) % 64;
        for (std::size_t row = 0; row < rows_; ++row)
            if ((state_[row * words_ + words_ - 1] >> last & 1U) != 0) return static_cast<std::int64_t>(row);
        return -1;
    }

private:
    std::int64_t read_short(char letter) {
        const auto mask = masks_[static_cast<unsigned char>(letter)];
        Bits old = 0;
        for (std::size_t row = 0; row < rows_; ++row) {
            const auto before = state_[row];
            state_[row] = ((before << 1U | 1U) & mask) | (row == 0 ? 0 : old << 1U | 1U);
            old = before;
        }
        for (std::size_t row = 0; row < rows_; ++row)
            if ((state_[row] >> (size_ - 1) & 1U) != 0) return static_cast<std::int64_t>(row);
        return -1;
    }

    std::size_t size_;
    std::size_t words_;
    std::size_t rows_;
    std::vector<Bits> masks_;
    std::vector<Bits> state_;
    std::vector<Bits> old_;
};

Status scan(const Sequence& sequence, Topology topology, std::string_view word, Strand strand,
            const FindOptions& options, const Context& context, std::vector<Match>& matches) {
    const auto n = sequence.length();
    const auto m = static_cast<std::int64_t>(word.size());
    if (m > n) return {};
    Automaton automaton(word, std::min(options.mismatches, m - 1), options.ambiguous);
    const auto total = topology == Topology::circular ? n + m - 1 : n;
    for (std::int64_t i = 0; i < total; ++i) {
        if ((i & 0xFFFFF) == 0 && context.stopped()) return cancelled();
        const auto found = automaton.read(sequence.letters[static_cast<std::size_t>(i < n ? i : i - n)]);
        if (found >= 0 && i + 1 >= m) matches.push_back({{i + 1 - m, i + 1}, strand, found});
    }
    return {};
}

}  // namespace

Result<std::vector<Match>> find_word(const Sequence& sequence, Topology topology, std::string_view word,
                                     const FindOptions& options, const Context& context) {
    const auto wrong = std::find_if_not(word.begin(), word.end(), is_nucleotide);
    if (word.empty() || wrong != word.end())
        return bad_input({"\"{}\" is not a word of IUPAC letters", "“{}”不是由 IUPAC 字母组成"}, word)
            .at("pattern")
            .advise({"use A C G T R Y S W K M B D H V N, /an expression/, or the name of an enzyme",
                     "请用 A C G T R Y S W K M B D H V N、/正则表达式/ 或酶名"});
    auto other = reverse_complement(word);
    std::string upper(word);
    for (auto& c : upper) c = letter_of(bases_of(c));
    for (auto& c : other) c = letter_of(bases_of(c));
    const bool palindromic = upper == other;
    std::vector<Match> matches;
    if (options.forward || palindromic)
        if (auto status = scan(sequence, topology, upper, Strand::forward, options, context, matches); !status)
            return pass(status);
    if (options.reverse && !palindromic)
        if (auto status = scan(sequence, topology, other, Strand::reverse, options, context, matches); !status)
            return pass(status);
    std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
        return a.at != b.at ? a.at < b.at : a.strand == Strand::forward && b.strand == Strand::reverse;
    });
    return matches;
}

}  // namespace leaven::seq
