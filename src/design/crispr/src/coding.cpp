#include <algorithm>
#include <charconv>

#include <fmt/core.h>

#include <leaven/crispr/coding.hpp>
#include <leaven/seq/sequence.hpp>

namespace leaven::crispr {
namespace {

constexpr std::string_view residues = "ACDEFGHIKLMNPQRSTVWY*";

Failure no_edit(const std::string& text) {
    return bad_input({"\"{}\" is not an edit", "“{}”不是编辑"}, text)
        .at("edit")
        .advise({"write stop, thrA:T100I, thrA:c.12A>G, c.12_14del, c.12_13insACG or c.12_14delinsGG",
                 "请写成 stop、thrA:T100I、thrA:c.12A>G、c.12_14del、c.12_13insACG 或 c.12_14delinsGG"});
}

/// A whole number from `at` on, which moves behind it; 0 where there is none.
std::int64_t number_at(std::string_view text, std::size_t& at) {
    std::int64_t number = 0;
    const auto [end, code] = std::from_chars(text.data() + at, text.data() + text.size(), number);
    if (code != std::errc() || number < 1 || number > 1'000'000'000) return 0;
    at = static_cast<std::size_t>(end - text.data());
    return number;
}

bool is_bases(std::string_view text) { return text.find_first_not_of("ACGT") == std::string_view::npos; }

/// "12A>G", "12_14del", "12_13insACG", "12_14delinsGG"
bool read_bases(std::string_view text, CodingEdit& edit) {
    std::size_t at = 0;
    const auto first = number_at(text, at);
    auto last = first;
    if (at < text.size() && text[at] == '_') last = number_at(text, ++at);
    if (first == 0 || last < first) return false;
    const auto rest = text.substr(at);
    edit.kind = CodingEdit::Kind::bases;
    edit.at = {first - 1, last};
    if (rest.size() == 3 && rest[1] == '>') {
        edit.from = rest.substr(0, 1);
        edit.to = rest.substr(2);
        return first == last && is_bases(edit.from + edit.to) && edit.from != edit.to;
    }
    if (rest == "del") return true;
    if (rest.starts_with("delins")) {
        edit.to = rest.substr(6);
        return !edit.to.empty() && is_bases(edit.to);
    }
    if (!rest.starts_with("ins") || last != first + 1) return false;
    edit.at = {first, first};
    edit.to = rest.substr(3);
    return !edit.to.empty() && is_bases(edit.to);
}

bool read_residue(std::string_view text, CodingEdit& edit) {
    std::size_t at = 1;
    if (text.size() < 3 || residues.find(text.front()) == std::string_view::npos) return false;
    const auto number = number_at(text, at);
    edit.kind = CodingEdit::Kind::residue;
    edit.at = {number - 1, number};
    edit.from = text.substr(0, 1);
    edit.to = text.substr(at);
    return number > 0 && edit.to.size() == 1 && residues.find(edit.to.front()) != std::string_view::npos &&
           edit.to != edit.from;
}

Failure too_short(const CodingEdit& edit, std::size_t letters) {
    return bad_input({"the edit {} lies beyond the coding sequence of {} bases", "编辑 {} 超出长 {} 的编码序列"},
                     edit.text, letters)
        .at("edit")
        .advise({"count from the first base of the start codon", "请从起始密码子的第一个碱基起计"});
}

Failure otherwise_there(const CodingEdit& edit, const std::string& found) {
    return bad_input({"the edit {} expects {}, the gene has {} there", "编辑 {} 期望 {}，而基因此处为 {}"}, edit.text,
                     edit.from, found)
        .at("edit")
        .advise({"check the number, or the version of the genome: codons are counted from the start codon",
                 "请检查编号或基因组版本：密码子从起始密码子起计"});
}

/// The codons of a residue, the one with the fewest changes first; in order of the letters where they are as many.
std::string nearest_codon(const std::string& codon, char residue, const seq::GeneticCode& code) {
    std::string best;
    int fewest = 4;
    for (const char a : std::string_view("ACGT"))
        for (const char b : std::string_view("ACGT"))
            for (const char c : std::string_view("ACGT")) {
                const std::string other{a, b, c};
                if (code.translate(other) != residue) continue;
                int changes = 0;
                for (std::size_t i = 0; i < 3; ++i) changes += other[i] != codon[i] ? 1 : 0;
                if (changes < fewest) best = other;
                fewest = std::min(fewest, changes);
            }
    return best;
}

}  // namespace

std::int64_t circle_of(const Genome& genome, std::size_t contig) {
    const auto& about = genome.contigs()[contig];
    return about.circular ? about.length : 0;
}

std::string letters_over(const Genome& genome, std::size_t contig, seq::Interval at) {
    const auto length = genome.contigs()[contig].length;
    std::string letters;
    while (at.start < at.end) {
        const auto start = at.start % length;
        const auto size = std::min(at.length(), length - start);
        letters += genome.letters(contig, {start, start + size});
        at.start += size;
    }
    return letters;
}

Result<Coding> Coding::of(const Genome& genome, const Gene& gene) {
    auto code = seq::genetic_code(gene.genetic_code);
    if (!code) return pass(code);
    Coding coding;
    coding.pieces_ = gene.pieces;
    coding.skipped_ = std::clamp<std::int64_t>(gene.codon_start - 1, 0, 2);
    coding.length_ = genome.contigs()[gene.contig].length;
    coding.strand_ = gene.strand;
    coding.code_ = *std::move(code);
    for (const auto& piece : gene.pieces) {
        const auto letters = letters_over(genome, gene.contig, piece.at);
        coding.letters_ += piece.strand == seq::Strand::reverse ? seq::reverse_complement(letters) : letters;
    }
    coding.letters_.erase(0, static_cast<std::size_t>(coding.skipped_));
    coding.protein_ = coding.translate(coding.letters_);
    return coding;
}

std::string Coding::translate(std::string_view letters) const {
    auto protein = seq::translate(letters, code_);
    if (skipped_ > 0 || protein.empty()) return protein;
    if (letters.substr(0, 3) != std::string_view(letters_).substr(0, 3))
        protein.front() = '?';
    else if (code_.starts_with(letters.substr(0, 3)))
        protein.front() = 'M';
    return protein;
}

std::optional<std::int64_t> Coding::index_of(std::int64_t position) const {
    std::int64_t before = -skipped_;
    for (const auto& piece : pieces_) {
        for (const auto turn : {std::int64_t{0}, length_, -length_}) {
            const auto at = position + turn;
            if (at < piece.at.start || at >= piece.at.end) continue;
            const auto index =
                before + (piece.strand == seq::Strand::forward ? at - piece.at.start : piece.at.end - 1 - at);
            if (index >= 0) return index;
        }
        before += piece.at.length();
    }
    return std::nullopt;
}

std::optional<seq::Interval> Coding::place_of(seq::Interval coding) const {
    std::int64_t before = -skipped_;
    for (const auto& piece : pieces_) {
        const auto first = coding.start - before;
        const auto last = coding.end - before;
        before += piece.at.length();
        if (first < 0 || last > piece.at.length()) continue;
        seq::Interval at = piece.strand == seq::Strand::forward
                               ? seq::Interval{piece.at.start + first, piece.at.start + last}
                               : seq::Interval{piece.at.end - last, piece.at.end - first};
        if (at.start >= length_) at = {at.start - length_, at.end - length_};
        return at;
    }
    return std::nullopt;
}

std::string change_of(std::string_view before, std::string_view after, std::int64_t first) {
    const auto number = static_cast<std::size_t>(first);  // of the first residue
    std::string changes;
    const auto shared = std::min(before.size(), after.size());
    for (std::size_t i = 0; i < shared; ++i) {
        if (before[i] == after[i]) continue;
        if (before.size() > after.size() && before.substr(i + before.size() - after.size()) == after.substr(i))
            return fmt::format("{}{}del", before[i], i + number);
        if (before.size() < after.size() && before.substr(i) == after.substr(i + after.size() - before.size()))
            return fmt::format("{}{}ins", before[i], i + number);
        if (before.size() != after.size()) return fmt::format("{}{}fs", before[i], i + number);
        const auto to = i + number == 1 ? '?' : after[i];
        changes += fmt::format("{}{}{}{}", changes.empty() ? "" : ", ", before[i], i + number, to);
        if (to == '*') break;
    }
    if (!changes.empty()) return changes;
    return before.size() == after.size() ? "="
                                         : fmt::format("{}{}", shared + number, before.size() > shared ? "del" : "ins");
}

Result<CodingEdit> read_edit(const std::string& text) {
    CodingEdit edit{.text = text};
    if (text.empty()) return edit;
    std::string_view rest = text;
    if (const auto colon = rest.rfind(':'); colon != std::string_view::npos) {
        edit.gene = rest.substr(0, colon);
        rest.remove_prefix(colon + 1);
    }
    if (rest == "stop") {
        edit.kind = CodingEdit::Kind::stop;
        return edit;
    }
    if (rest.starts_with("p.")) rest.remove_prefix(2);
    const bool known = rest.starts_with("c.") ? read_bases(rest.substr(2), edit) : read_residue(rest, edit);
    if (!known) return no_edit(text);
    return edit;
}

Result<CodingEdit> as_bases(const CodingEdit& edit, const Coding& coding) {
    const auto& letters = coding.letters();
    const auto count = static_cast<std::int64_t>(letters.size());
    auto bases = edit;
    if (edit.kind == CodingEdit::Kind::residue) bases.at = {3 * edit.at.start, 3 * edit.at.end};
    if (bases.at.end > count) return too_short(edit, letters.size());
    const auto first = static_cast<std::size_t>(bases.at.start);
    const auto there = letters.substr(first, static_cast<std::size_t>(bases.at.length()));
    if (edit.kind == CodingEdit::Kind::bases) {
        if (!edit.from.empty() && there != edit.from) return otherwise_there(edit, there);
        bases.from = there;
        return bases;
    }
    const auto residue = coding.protein()[first / 3];
    if (residue != edit.from.front()) return otherwise_there(edit, std::string(1, residue));
    const auto codon = nearest_codon(there, edit.to.front(), coding.code());
    if (codon.empty()) return no_edit(edit.text);
    bases.kind = CodingEdit::Kind::bases;
    std::size_t begin = 0;
    std::size_t end = 3;
    while (begin < end && there[begin] == codon[begin]) ++begin;
    while (end > begin && there[end - 1] == codon[end - 1]) --end;
    bases.at = {bases.at.start + static_cast<std::int64_t>(begin), bases.at.start + static_cast<std::int64_t>(end)};
    bases.from = there.substr(begin, end - begin);
    bases.to = codon.substr(begin, end - begin);
    return bases;
}

}  // namespace leaven::crispr
