#include "fasta.hpp"

#include <algorithm>

#include "letters.hpp"
#include "lines.hpp"

namespace leaven::seq {
namespace {

constexpr std::string_view circular_mark = "[topology=circular]";
constexpr std::size_t usual_width = 60;

/// Name, description and topology, as a title line gives them.
void read_title(Record& record, std::string_view title) {
    record.layout.title = title;
    record.name = take_word(title);
    record.id = record.name;
    record.description = trimmed(title);
    if (const auto mark = record.description.find(circular_mark); mark != std::string::npos) {
        record.topology = Topology::circular;
        record.description.erase(mark, circular_mark.size());
        record.description = std::string(trimmed(record.description));
    }
}

Failure wrong_letter(const Letters& found, std::string_view body, std::int64_t first, const std::string& name) {
    const auto end = body.begin() + static_cast<std::ptrdiff_t>(found.at);
    return bad_input({"\"{}\" is no letter of a sequence", "“{}”不是序列字母"}, found.fault)
        .at(line_of(name, first + std::count(body.begin(), end, '\n')))
        .advise({"remove it, or write N for an unknown base", "请删除它；未知碱基请写作 N"});
}

void set_letters(Record& record, Letters found) {
    auto letters = std::move(found.text);
    const auto alphabet = guess_alphabet(letters, found.protein);
    record.sequence =
        found.lower == 0 ? Sequence{std::move(letters), {}, alphabet} : from_masked(std::move(letters), alphabet);
    record.length = record.sequence.length();
    record.layout.lower_case = false;
    record.molecule = alphabet == Alphabet::protein ? "protein" : alphabet == Alphabet::rna ? "RNA" : "DNA";
}

}  // namespace

std::string title_id(const Record& record) {
    auto id = record.id.empty() || record.id == "." ? record.name : record.id;
    std::replace_if(id.begin(), id.end(), is_blank, '_');
    return id.empty() ? "unnamed" : id;
}

Result<Record> read_fasta_record(std::string_view bytes, std::int64_t line, const std::string& name) {
    Record record;
    const auto end = std::min(bytes.find('\n'), bytes.size());
    read_title(record, right_trimmed(bytes.substr(1, end - 1)));
    if (end > 0 && end < bytes.size() && bytes[end - 1] == '\r') record.layout.end_of_line = "\r\n";
    const auto body = bytes.substr(std::min(end + 1, bytes.size()));
    record.layout.line_width = static_cast<std::int64_t>(right_trimmed(body.substr(0, body.find('\n'))).size());
    record.layout.ends_with_newline = bytes.empty() || bytes.back() == '\n';
    auto found = read_letters(body, LetterKind::any);
    if (!found.fault.empty()) return wrong_letter(found, body, line + 1, name);
    set_letters(record, std::move(found));
    return record;
}

Result<Record> read_fastq_record(std::string_view bytes, std::int64_t line, const std::string& name) {
    Record record;
    const auto title_end = std::min(bytes.find('\n'), bytes.size());
    read_title(record, right_trimmed(bytes.substr(1, title_end - 1)));
    const auto plus = bytes.find("\n+", title_end > 0 ? title_end - 1 : 0);
    if (plus == std::string_view::npos)
        return bad_input({"the record has no \"+\" line", "记录缺少“+”行"})
            .at(line_of(name, line))
            .advise(
                {"a FASTQ record is four lines: @title, bases, +, quality", "FASTQ 记录为四行：@标题、碱基、+、质量"});
    const auto body = bytes.substr(std::min(title_end + 1, plus), plus - std::min(title_end + 1, plus));
    auto found = read_letters(body, LetterKind::bases);
    if (!found.fault.empty()) return wrong_letter(found, body, line + 1, name);
    set_letters(record, std::move(found));
    record.sequence.alphabet = record.sequence.alphabet == Alphabet::rna ? Alphabet::rna : Alphabet::dna;
    record.molecule = record.sequence.alphabet == Alphabet::rna ? "RNA" : "DNA";
    const auto quality = bytes.substr(std::min(bytes.find('\n', plus + 1), bytes.size()));
    for (const char c : quality)
        if (c > ' ' && c < '\x7f') record.quality += c;
    if (record.quality.size() != record.sequence.letters.size())
        return bad_input({"{} bases and {} values of quality", "碱基 {} 个，质量值 {} 个"},
                         record.sequence.letters.size(), record.quality.size())
            .at(line_of(name, line))
            .advise({"the record is cut short or damaged; copy the file again", "记录不完整或已损坏；请重新获取文件"});
    return record;
}

void write_fasta(std::string& out, const Record& record) {
    const auto& layout = record.layout;
    std::string title;
    Record as_read;
    read_title(as_read, layout.title);
    if (!layout.title.empty() && as_read.id == record.id && as_read.description == record.description &&
        as_read.topology == record.topology) {
        title = layout.title;
    } else {
        title = title_id(record);
        if (!record.description.empty() && record.description != ".") title += " " + record.description;
        if (record.circular()) title += " " + std::string(circular_mark);
    }
    std::replace(title.begin(), title.end(), '\n', ' ');
    const auto& eol = layout.end_of_line;
    out += ">" + title + eol;
    const auto width = layout.line_width > 0 ? static_cast<std::size_t>(layout.line_width) : usual_width;
    const auto masked = record.sequence.mask.empty() ? std::string() : masked_letters(record.sequence);
    const std::string_view letters =
        masked.empty() ? std::string_view(record.sequence.letters) : std::string_view(masked);
    out.reserve(out.size() + letters.size() + letters.size() / width + 2);
    for (std::size_t at = 0; at < letters.size(); at += width) {
        out += letters.substr(at, width);
        out += eol;
    }
}

}  // namespace leaven::seq
