#include <algorithm>
#include <array>
#include <charconv>

#include <leaven/seq/extract.hpp>

namespace leaven::seq {
namespace {

std::int64_t number_of(const Feature& feature, std::string_view name, std::int64_t otherwise) {
    const auto* qualifier = feature.find(name);
    if (qualifier == nullptr) return otherwise;
    std::int64_t value = 0;
    const auto& text = qualifier->value;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    return code == std::errc() ? value : otherwise;
}

/// "(pos:1..3,aa:Sec)" of /transl_except.
struct Exception {
    std::string position;
    char amino_acid;
};

char one_letter(std::string_view three) {
    constexpr std::array<std::pair<std::string_view, char>, 26> names{
        {{"Ala", 'A'}, {"Arg", 'R'}, {"Asn", 'N'}, {"Asp", 'D'},  {"Cys", 'C'}, {"Gln", 'Q'}, {"Glu", 'E'},
         {"Gly", 'G'}, {"His", 'H'}, {"Ile", 'I'}, {"Leu", 'L'},  {"Lys", 'K'}, {"Met", 'M'}, {"Phe", 'F'},
         {"Pro", 'P'}, {"Ser", 'S'}, {"Thr", 'T'}, {"Trp", 'W'},  {"Tyr", 'Y'}, {"Val", 'V'}, {"Sec", 'U'},
         {"Pyl", 'O'}, {"Asx", 'B'}, {"Glx", 'Z'}, {"TERM", '*'}, {"Xaa", 'X'}}};
    for (const auto& [name, letter] : names)
        if (name == three) return letter;
    return 'X';
}

std::vector<Exception> exceptions_of(const Feature& feature) {
    std::vector<Exception> list;
    for (const auto& qualifier : feature.qualifiers) {
        if (qualifier.name != "transl_except") continue;
        const auto& text = qualifier.value;
        const auto at = text.find("pos:");
        const auto aa = text.rfind("aa:");
        if (at == std::string::npos || aa == std::string::npos || aa < at) continue;
        auto position = text.substr(at + 4, aa - at - 4);
        while (!position.empty() && (position.back() == ',' || position.back() == ' ')) position.pop_back();
        auto name = text.substr(aa + 3);
        if (const auto end = name.find_first_of(") "); end != std::string::npos) name.resize(end);
        list.push_back({std::move(position), one_letter(name)});
    }
    return list;
}

/// Offset in what the feature reads of the base at `position` (0-based, forward strand); -1 where it does not read it.
std::int64_t offset_of(const std::vector<Piece>& pieces, std::int64_t position, std::int64_t length) {
    std::int64_t before = 0;
    for (const auto& piece : pieces) {
        for (const auto at : {position, position + length})
            if (at >= piece.at.start && at < piece.at.end)
                return before + (piece.strand == Strand::forward ? at - piece.at.start : piece.at.end - 1 - at);
        before += piece.at.length();
    }
    return -1;
}

void apply_exceptions(const Record& record, const Feature& feature, std::int64_t skipped, std::string& protein) {
    for (const auto& exception : exceptions_of(feature)) {
        const auto where = parse_location(exception.position, record.length, record.topology);
        if (!where) continue;
        const auto codon = pieces_of(*where, record.length, record.topology);
        const auto pieces = pieces_of(feature.location, record.length, record.topology);
        if (codon.empty() || codon.front().at.empty()) continue;
        std::int64_t first = -1;
        for (const auto position : {codon.front().at.start, codon.front().at.end - 1}) {
            const auto offset = offset_of(pieces, position % std::max<std::int64_t>(record.length, 1), record.length);
            if (offset >= 0 && (first < 0 || offset < first)) first = offset;
        }
        const auto index = first < skipped ? -1 : (first - skipped) / 3;
        if (index >= 0 && index < static_cast<std::int64_t>(protein.size()))
            protein[static_cast<std::size_t>(index)] = exception.amino_acid;
        else if (index == static_cast<std::int64_t>(protein.size()))
            protein += exception.amino_acid;
    }
}

}  // namespace

Extracted extract(const Record& record, const Location& location) {
    Extracted out;
    for (const auto& piece : pieces_of(location, record.length, record.topology)) {
        if (!piece.remote.empty()) {
            out.warnings.push_back(
                text({"a part lies in another record, {}", "有一部分位于另一条记录 {}"}, piece.remote));
            continue;
        }
        if (piece.at.empty()) continue;
        const bool wraps =
            record.circular() && piece.at.start < record.length && piece.at.length() <= record.sequence.length();
        if (piece.at.end > record.sequence.length() && !(wraps && record.sequence.length() == record.length)) {
            out.warnings.push_back(text({"the file holds no sequence for {}..{}", "文件中没有 {}..{} 的序列"},
                                        piece.at.start + 1, piece.at.end));
            continue;
        }
        const auto letters = letters_at(record.sequence.letters, piece.at);
        out.letters +=
            piece.strand == Strand::forward ? letters : reverse_complement(letters, record.sequence.alphabet);
    }
    return out;
}

Result<Translated> translate_feature(const Record& record, const Feature& feature, std::int64_t code) {
    Translated out;
    out.code = code != 0 ? code : number_of(feature, "transl_table", 1);
    const auto table = genetic_code(out.code);
    if (!table) return pass(table);
    const auto read = extract(record, feature.location);
    const auto start = std::clamp<std::int64_t>(number_of(feature, "codon_start", 1), 1, 3);
    std::string_view bases(read.letters);
    bases.remove_prefix(std::min<std::size_t>(bases.size(), static_cast<std::size_t>(start - 1)));
    if (bases.size() % 3 != 0) {
        out.sound = false;
        out.warnings.push_back(
            text({"{} bases are no whole number of codons", "{} 个碱基不是密码子的整数倍"}, bases.size()));
    }
    out.protein = translate(bases, *table);
    if (!out.protein.empty() && start == 1 && !open_at_start(feature.location) &&
        table->starts_with(bases.substr(0, 3)))
        out.protein.front() = 'M';
    apply_exceptions(record, feature, start - 1, out.protein);
    if (out.protein.ends_with('*')) out.protein.pop_back();
    if (const auto stop = out.protein.find('*'); stop != std::string::npos) {
        out.sound = false;
        out.warnings.push_back(
            text({"a stop codon inside, at amino acid {}", "内部第 {} 个氨基酸处有终止密码子"}, stop + 1));
    }
    return out;
}

}  // namespace leaven::seq
