#include <algorithm>
#include <array>
#include <limits>

#include <leaven/seq/sequence.hpp>

namespace leaven::seq {
namespace {

constexpr std::string_view letter_of_set = ".ACMGRSVTWYHKDBN";  // by bits A 1, C 2, G 4, T 8

constexpr char lower(char c) { return static_cast<char>(c | 0x20); }

constexpr std::array<std::uint8_t, 256> make_sets() {
    std::array<std::uint8_t, 256> sets{};
    for (std::size_t bits = 1; bits < 16; ++bits) {
        const char letter = letter_of_set[bits];
        sets[static_cast<unsigned char>(letter)] = static_cast<std::uint8_t>(bits);
        sets[static_cast<unsigned char>(lower(letter))] = static_cast<std::uint8_t>(bits);
    }
    sets['U'] = sets['u'] = 8;
    return sets;
}
constexpr auto sets = make_sets();

constexpr std::uint8_t complement_set(std::uint8_t bits) {
    return static_cast<std::uint8_t>((bits & 1U) << 3 | (bits & 2U) << 1 | (bits & 4U) >> 1 | (bits & 8U) >> 3);
}

constexpr std::array<char, 256> make_complements() {
    std::array<char, 256> table{};
    for (std::size_t c = 0; c < 256; ++c) {
        table[c] = static_cast<char>(c);
        if (sets[c] == 0) continue;
        const char letter = letter_of_set[complement_set(sets[c])];
        table[c] = c >= 'a' ? lower(letter) : letter;
    }
    return table;
}
constexpr auto complements = make_complements();

}  // namespace

std::uint8_t bases_of(char letter) { return sets[static_cast<unsigned char>(letter)]; }

char letter_of(std::uint8_t bases) { return letter_of_set[bases & 15U]; }

char complement(char letter) { return complements[static_cast<unsigned char>(letter)]; }

std::string reverse_complement(std::string_view letters, Alphabet alphabet) {
    std::string out(letters.size(), '\0');
    for (std::size_t i = 0, j = letters.size(); j-- > 0; ++i) out[i] = complement(letters[j]);
    if (alphabet == Alphabet::rna) std::replace(out.begin(), out.end(), 'T', 'U');
    return out;
}

Sequence reverse_complement(const Sequence& sequence) {
    Sequence out{reverse_complement(sequence.letters, sequence.alphabet), {}, sequence.alphabet};
    const auto n = sequence.length();
    for (auto run = sequence.mask.rbegin(); run != sequence.mask.rend(); ++run)
        out.mask.push_back({n - run->end, n - run->start});
    return out;
}

std::string masked_letters(const Sequence& sequence) {
    auto out = sequence.letters;
    for (const auto& run : sequence.mask)
        for (auto i = run.start; i < run.end; ++i) {
            auto& c = out[static_cast<std::size_t>(i)];
            if (c >= 'A' && c <= 'Z') c = lower(c);
        }
    return out;
}

Sequence from_masked(std::string letters, Alphabet alphabet) {
    Sequence sequence{std::move(letters), {}, alphabet};
    auto& text = sequence.letters;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] < 'a' || text[i] > 'z') continue;
        const auto start = i;
        for (; i < text.size() && text[i] >= 'a' && text[i] <= 'z'; ++i) text[i] = static_cast<char>(text[i] & ~0x20);
        sequence.mask.push_back({static_cast<std::int64_t>(start), static_cast<std::int64_t>(i)});
    }
    return sequence;
}

double gc_share(std::string_view letters) {
    std::array<std::int64_t, 256> counts{};
    for (const char c : letters) ++counts[static_cast<unsigned char>(c)];
    const auto strong = counts['G'] + counts['C'] + counts['S'];
    const auto known = strong + counts['A'] + counts['T'] + counts['U'] + counts['W'];
    return known == 0 ? std::numeric_limits<double>::quiet_NaN()
                      : static_cast<double>(strong) / static_cast<double>(known);
}

std::int64_t count_ambiguous(std::string_view letters) {
    std::array<std::int64_t, 256> counts{};
    for (const char c : letters) ++counts[static_cast<unsigned char>(c)];
    return static_cast<std::int64_t>(letters.size()) - counts['A'] - counts['C'] - counts['G'] - counts['T'] -
           counts['U'];
}

std::string letters_at(std::string_view letters, Interval at) {
    const auto n = static_cast<std::int64_t>(letters.size());
    if (at.empty() || n == 0) return {};
    if (at.start >= n) at = {at.start - n, at.end - n};
    const auto first = std::min(at.end, n);
    std::string out(letters.substr(static_cast<std::size_t>(at.start), static_cast<std::size_t>(first - at.start)));
    if (at.end > n) out += letters.substr(0, static_cast<std::size_t>(at.end - n));
    return out;
}

std::int64_t least_rotation(std::string_view letters) {
    const auto n = letters.size();
    std::size_t i = 0;
    std::size_t j = 1;
    std::size_t k = 0;
    const auto at = [&](std::size_t index) { return letters[index < n ? index : index - n]; };
    while (i < n && j < n && k < n) {
        const char a = at(i + k);
        const char b = at(j + k);
        if (a == b) {
            ++k;
            continue;
        }
        (a > b ? i : j) += k + 1;
        if (i == j) ++j;
        k = 0;
    }
    return static_cast<std::int64_t>(std::min(i, j));
}

std::string canonical_form(const Sequence& sequence, Topology topology) {
    if (sequence.alphabet == Alphabet::protein || sequence.letters.empty()) return sequence.letters;
    auto forward = sequence.letters;
    auto reverse = reverse_complement(forward, sequence.alphabet);
    if (topology == Topology::circular)
        for (auto* letters : {&forward, &reverse})
            std::rotate(letters->begin(), letters->begin() + least_rotation(*letters), letters->end());
    return std::min(forward, reverse);
}

}  // namespace leaven::seq
