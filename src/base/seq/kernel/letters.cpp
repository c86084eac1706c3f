#include "letters.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace leaven::seq {
namespace {

enum Class : std::uint8_t { wrong = 0, base = 1, residue = 2, digit = 4, blank = 8 };

constexpr std::array<std::uint8_t, 256> make_classes() {
    std::array<std::uint8_t, 256> classes{};
    for (std::size_t c = 'A'; c <= 'Z'; ++c) classes[c] = classes[c | 0x20] = residue;
    for (const char c : std::string_view("ACGTURYSWKMBDHVN"))
        classes[static_cast<unsigned char>(c)] = classes[static_cast<unsigned char>(c) | 0x20U] = base;
    classes['*'] = residue;
    for (std::size_t c = '0'; c <= '9'; ++c) classes[c] = digit;
    for (const char c : std::string_view(" \t\r\n\f\v")) classes[static_cast<unsigned char>(c)] = blank;
    return classes;
}
constexpr auto classes = make_classes();

constexpr std::array<std::uint8_t, 256> make_faults() {
    std::array<std::uint8_t, 256> faults{};
    for (std::size_t c = 0; c < faults.size(); ++c) faults[c] = classes[c] == base ? 0 : 1;
    return faults;
}
constexpr auto faults = make_faults();  // 1: no base

/// Numbered lines of sixty letters in groups of ten, the last one shorter.
class NumberedLines {
    using Lanes = std::uint8_t __attribute__((vector_size(16)));

public:
    NumberedLines(std::string_view lines, std::string_view end_of_line) : rest_(lines), end_of_line_(end_of_line) {}

    bool read(Letters& out) {
        out.text.resize(rest_.size() / 75 * 60 + 60 + sizeof(Lanes));
        const std::size_t full = width + 66 + end_of_line_.size();
        if (rest_.size() > width + 1) mask_ = (rest_[width + 1] & 0x20) != 0 ? 0xDF : 0xFF;
        while (rest_.size() >= full + sizeof(Lanes))  // room to read a group with what follows it
            if (!full_line(out.text.data())) return false;
        while (rest_.size() >= full)
            if (!line(60, out.text.data())) return false;
        if (!rest_.empty()) {
            const auto tail = width + end_of_line_.size();
            if (rest_.size() <= tail + 1) return false;
            const auto groups = rest_.size() - tail;  // each letter, and a blank before each ten of them
            if (!line(groups - (groups + 10) / 11, out.text.data())) return false;
        }
        const bool lower = (both_ & 0x20U) != 0 && !any(~both_lanes_ & 0x20);
        const bool upper = (either_ & 0x20U) == 0 && !any(either_lanes_ & 0x20);
        if (fault_ != 0 || (!lower && !upper)) return false;
        out.text.resize(count_);
        out.lower = lower ? static_cast<std::int64_t>(count_) : 0;
        return true;
    }

private:
    static constexpr std::size_t width = 9;

    static bool any(Lanes lanes) {
        std::array<std::uint64_t, 2> words{};
        std::memcpy(words.data(), &lanes, sizeof lanes);
        return (words[0] | words[1]) != 0;
    }

    /// A line of sixty; groups are taken sixteen bytes at a time, and what is over is written over by the next.
    bool full_line(char* to) {
        if (std::memcmp(rest_.data(), number_.data(), width) != 0) return false;
        constexpr Lanes ten{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
        Lanes rare{};
        for (std::size_t group = 0; group < 6; ++group) {
            const auto* from = rest_.data() + width + 11 * group;
            if (*from != ' ') return false;
            Lanes lanes;
            std::memcpy(&lanes, from + 1, sizeof lanes);
            const Lanes upper = lanes & 0xDF;
            rare |= ~static_cast<Lanes>((upper == 'A') | (upper == 'C') | (upper == 'G') | (upper == 'T'));
            both_lanes_ &= lanes | ~ten;
            either_lanes_ |= lanes & ten;
            lanes &= mask_;
            std::memcpy(to + count_ + 10 * group, &lanes, sizeof lanes);
        }
        if (any(rare & ten))
            for (std::size_t at = 0; at < 66; ++at)
                if (at % 11 != 0) fault_ |= faults[static_cast<unsigned char>(rest_[width + at])];
        count_ += 60;
        rest_.remove_prefix(width + 66);
        return end_line();
    }

    bool line(std::size_t letters, char* to) {
        if (letters > 60 || std::memcmp(rest_.data(), number_.data(), width) != 0) return false;
        const auto* from = rest_.data() + width;
        for (auto left = letters; left > 0;) {
            if (*from++ != ' ') return false;
            const auto group = std::min<std::size_t>(10, left);
            for (std::size_t at = 0; at < group; ++at) take(from[at], to[count_ + at]);
            from += group;
            count_ += group;
            left -= group;
        }
        rest_.remove_prefix(static_cast<std::size_t>(from - rest_.data()));
        return end_line();
    }

    bool end_line() {
        if (rest_.size() < end_of_line_.size()) return false;
        for (std::size_t at = 0; at < end_of_line_.size(); ++at)
            if (rest_[at] != end_of_line_[at]) return false;
        rest_.remove_prefix(end_of_line_.size());
        return count_up();
    }

    /// To the number of the next line; false where it has too many digits.
    bool count_up() {
        int carry = 6;
        for (auto at = width - 2; carry > 0; --at) {
            const int digit = (number_[at] == ' ' ? 0 : number_[at] - '0') + carry;
            number_[at] = static_cast<char>('0' + digit % 10);
            carry = digit / 10;
            if (at == 0) return carry == 0;
        }
        return true;
    }

    void take(char letter, char& to) {
        const auto c = static_cast<unsigned char>(letter);
        fault_ |= faults[c];
        both_ &= c;
        either_ |= c;
        to = static_cast<char>(c & mask_);
    }

    std::string_view rest_;
    std::string_view end_of_line_;
    std::array<char, width> number_{' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', '1'};  // of the first letter of the line
    std::size_t count_ = 0;
    unsigned fault_ = 0;
    unsigned both_ = 0xFF;
    unsigned either_ = 0;
    Lanes both_lanes_ = ~Lanes{};  // of full lines
    Lanes either_lanes_{};
    std::uint8_t mask_ = 0xFF;
};

}  // namespace

Letters read_numbered_lines(std::string_view lines, std::string_view end_of_line) {
    Letters out;
    if (!NumberedLines(lines, end_of_line).read(out)) out = {};
    return out;
}

Letters read_letters(std::string_view text, LetterKind kind) {
    Letters out;
    out.text.resize(text.size());
    const bool numbered = kind == LetterKind::numbered_bases || kind == LetterKind::numbered_residues;
    const bool bases_only = kind == LetterKind::bases || kind == LetterKind::numbered_bases;
    const unsigned skipped = numbered ? blank | digit : unsigned{blank};
    const unsigned taken = bases_only ? unsigned{base} : base | residue;
    std::size_t count = 0;
    std::int64_t lower = 0;
    unsigned seen = 0;
    char* const to = out.text.data();
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const unsigned what = classes[c];
        if ((what & taken) != 0) {
            to[count++] = static_cast<char>(c);
            lower += (c >> 5U) & (c >> 6U) & 1U;
            seen |= what;
        } else if ((what & skipped) == 0) {
            out.fault = text.substr(i, 1);
            if (c < 0x20 || c >= 0x7F)
                out.fault = "\\x" + std::string{"0123456789abcdef"[c >> 4U], "0123456789abcdef"[c & 15U]};
            out.at = i;
            break;
        }
    }
    out.text.resize(count);
    out.text.shrink_to_fit();
    out.lower = lower;
    out.protein = (seen & residue) != 0;
    return out;
}

Alphabet guess_alphabet(std::string_view letters, bool protein) {
    if (protein) return Alphabet::protein;
    std::array<std::int64_t, 256> counts{};
    for (const char c : letters) ++counts[static_cast<unsigned char>(c) & ~0x20U];
    const auto plain = counts['A'] + counts['C'] + counts['G'] + counts['T'] + counts['U'] + counts['N'];
    if (2 * plain < static_cast<std::int64_t>(letters.size())) return Alphabet::protein;
    return counts['U'] > 0 && counts['T'] == 0 ? Alphabet::rna : Alphabet::dna;
}

}  // namespace leaven::seq
