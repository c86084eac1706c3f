#include <algorithm>
#include <array>
#include <unordered_map>

#include "integrate.hpp"

namespace leaven::pipeline {
namespace {

constexpr std::int64_t word_bases = 32;   // two bits a base
constexpr std::int64_t least_bases = 40;  // that recombine

/// The words of 32 certain bases of a text, one after the other: what `push` makes of its letters.
class Words {
public:
    /// Is the word that ends with this letter whole?
    bool push(char letter) {
        const auto base = std::string_view("ACGT").find(letter);
        size_ = base == std::string_view::npos ? 0 : std::min(size_ + 1, word_bases);
        word_ = word_ << 2U | (base & 3U);
        return size_ == word_bases;
    }
    [[nodiscard]] std::uint64_t word() const { return word_; }

private:
    std::uint64_t word_ = 0;
    std::int64_t size_ = 0;
};

using Index = std::unordered_map<std::uint64_t, std::vector<std::int64_t>>;

Index index_of(const std::string& text) {
    Index index;
    Words words;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (words.push(text[i])) index[words.word()].push_back(static_cast<std::int64_t>(i) + 1 - word_bases);
    return index;
}

/// How far two texts read alike from these places on.
std::int64_t alike_from(const std::string& a, std::int64_t i, const std::string& b, std::int64_t k) {
    const auto start = a.begin() + i;
    return std::mismatch(start, a.end(), b.begin() + k, b.end()).first - start;
}

}  // namespace

std::optional<SharedBases> longest_shared(const dna::GenomeEdit& edit, std::span<const seq::Record> chromosome) {
    const auto text = edit.letters + "-" + seq::reverse_complement(edit.letters);
    const auto index = index_of(text);
    std::optional<SharedBases> best;
    for (std::size_t r = 0; r < chromosome.size(); ++r) {
        const auto& record = chromosome[r];
        auto letters = record.sequence.letters;
        if (record.circular()) letters += letters.substr(0, std::min(letters.size(), edit.letters.size()));
        Words words;
        for (std::int64_t end = 1; end <= static_cast<std::int64_t>(letters.size()); ++end) {
            if (!words.push(letters[static_cast<std::size_t>(end) - 1])) continue;
            const auto known = index.find(words.word());
            const auto start = end - word_bases;
            if (known == index.end() || start >= record.length) continue;
            for (const auto place : known->second) {
                const seq::Interval at{start, start + alike_from(letters, start, text, place)};
                const bool replaced = r == edit.record && within(at, edit.at, record);
                if (!replaced && at.length() >= least_bases && (!best || at.length() > best->at.length()))
                    best = SharedBases{r, at};
            }
        }
    }
    return best;
}

}  // namespace leaven::pipeline
