#include "letters.hpp"

#include <algorithm>
#include <array>

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

}  // namespace

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
