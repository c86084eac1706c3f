#include "primer_sites.hpp"

#include <algorithm>
#include <array>

#include <leaven/dna/bases.hpp>
#include <leaven/seq/sequence.hpp>

namespace leaven::dna {
namespace {

constexpr std::size_t longest_key = 10;
constexpr char uncertain = 4;

std::string as_bases(std::string_view letters) {
    static const auto codes = [] {
        std::array<char, 256> table{};
        for (std::size_t c = 0; c < table.size(); ++c) {
            const int base = base_index(static_cast<char>(c));
            table[c] = base < 0 ? uncertain : static_cast<char>(base);
        }
        return table;
    }();
    std::string bases(letters.size(), '\0');
    for (std::size_t i = 0; i < letters.size(); ++i) bases[i] = codes[static_cast<unsigned char>(letters[i])];
    return bases;
}

std::uint32_t key_of(std::string_view bases) {
    std::uint32_t key = 0;
    for (const char base : bases) key = key << 2U | static_cast<std::uint32_t>(base);
    return key;
}

}  // namespace

SiteFinder::SiteFinder(std::span<const std::string> words, std::int64_t mismatches)
    : size_(words.empty() ? 0 : words.front().size()), mismatches_(mismatches) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        words_.push_back({as_bases(words[i]), i, seq::Strand::forward});
        words_.push_back({as_bases(seq::reverse_complement(words[i])), i, seq::Strand::reverse});
    }
    const auto parts = static_cast<std::size_t>(mismatches) + 1;
    for (std::size_t i = 0; i < parts && size_ > 0; ++i) {
        const auto start = size_ * i / parts;
        const auto end = size_ * (i + 1) / parts;
        parts_.push_back(part_of(start, std::min(end - start, longest_key)));
    }
}

SiteFinder::Part SiteFinder::part_of(std::size_t start, std::size_t size) const {
    Part part{start, size};
    part.first.assign((std::size_t{1} << (2 * size)) + 1, 0);
    const auto key = [&](const Word& word) { return key_of(std::string_view(word.bases).substr(start, size)); };
    for (const auto& word : words_) ++part.first[key(word) + 1];
    for (std::size_t k = 1; k < part.first.size(); ++k) part.first[k] += part.first[k - 1];
    part.words.resize(words_.size());
    auto next = part.first;
    for (std::size_t i = 0; i < words_.size(); ++i) part.words[next[key(words_[i])]++] = static_cast<std::uint32_t>(i);
    return part;
}

/// Few enough mismatches, none at the 3' end, and no part before `part` exact: each site is found once.
bool SiteFinder::fits(const Word& word, const char* text, std::size_t part) const {
    const auto* bases = word.bases.data();
    const auto end = word.strand == seq::Strand::forward ? size_ - locked : 0;
    for (std::size_t k = 0; k < locked; ++k)
        if (bases[end + k] != text[end + k]) return false;
    for (std::size_t i = 0; i < part; ++i) {
        const auto& earlier = parts_[i];
        if (std::equal(bases + earlier.start, bases + earlier.start + earlier.size, text + earlier.start)) return false;
    }
    std::int64_t wrong = 0;
    for (std::size_t k = 0; k < size_; ++k) wrong += bases[k] != text[k] ? 1 : 0;
    return wrong <= mismatches_;
}

Status SiteFinder::find(const seq::Record& record, const Context& context,
                        const std::function<void(const PrimerSite&)>& found) const {
    auto text = as_bases(record.sequence.letters);
    if (text.size() < size_ || size_ == 0) return {};
    if (record.circular()) text += text.substr(0, size_ - 1);
    for (std::size_t p = 0; p < parts_.size(); ++p) {
        const auto& part = parts_[p];
        const auto mask = static_cast<std::uint32_t>(part.first.size() - 2);
        std::uint32_t key = 0;
        std::size_t certain = 0;
        // A key ends at i; the word around it begins `part.start` before the key and lies within the text.
        for (std::size_t i = part.start; i + size_ - part.start - part.size < text.size(); ++i) {
            if ((i & 0xFFFFFU) == 0 && context.stopped()) return cancelled();
            const auto base = text[i];
            certain = base == uncertain ? 0 : certain + 1;
            key = (key << 2U | static_cast<std::uint32_t>(base & 3)) & mask;
            if (certain < part.size) continue;
            const auto begin = i + 1 - part.size - part.start;
            for (auto w = part.first[key]; w < part.first[key + 1]; ++w) {
                const auto& word = words_[part.words[w]];
                if (!fits(word, text.data() + begin, p)) continue;
                const auto start = static_cast<std::int64_t>(begin);
                found({word.primer, {start, start + static_cast<std::int64_t>(size_)}, word.strand});
            }
        }
    }
    return {};
}

}  // namespace leaven::dna
