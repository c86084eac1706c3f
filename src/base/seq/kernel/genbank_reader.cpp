// Reads one GenBank record. The lines of a field stay views of the input until they are known not to be standard.
#include <algorithm>

#include <leaven/seq/genbank.hpp>

#include "genbank_features.hpp"
#include "genbank_text.hpp"
#include "letters.hpp"
#include "lines.hpp"

namespace leaven::seq {
namespace {

using namespace genbank;

/// Line ends of one kind? Otherwise "\r" counts as a character at the end of a line.
bool has_windows_lines(std::string_view bytes) {
    const auto first = bytes.find('\n');
    if (first == 0 || first == std::string_view::npos || bytes[first - 1] != '\r') return false;
    for (auto at = first; at != std::string_view::npos; at = bytes.find('\n', at + 1))
        if (bytes[at - 1] != '\r') return false;
    return true;
}

class Reader {
public:
    Reader(std::string_view bytes, std::int64_t line, const ReadOptions& options, std::vector<Warning>& warnings)
        : bytes_(bytes),
          windows_(has_windows_lines(bytes)),
          lines_(bytes, line, windows_),
          options_(options),
          warnings_(warnings),
          table_(record_, windows_) {}

    Result<Record> read() {
        if (windows_) record_.layout.end_of_line = "\r\n";
        if (auto status = read_locus(); !status) return pass(status);
        if (auto status = read_fields(); !status) return pass(status);
        finish_header();
        return std::move(record_);
    }

private:
    Failure fault(std::int64_t line, Doc message) const { return bad_input(message).at(line_of(options_.name, line)); }

    Status read_locus() {
        while (!lines_.done() && trimmed(lines_.peek()).empty()) lines_.next();
        record_.layout.before = bytes_.substr(0, std::min(lines_.offset(), bytes_.size()));
        const auto number = lines_.number();
        const auto line = lines_.done() ? std::string_view() : lines_.next();
        if (!line.starts_with("LOCUS"))
            return fault(number, {"a record must begin with a LOCUS line", "记录必须以 LOCUS 行开头"})
                .advise({"check that the file is GenBank and whole", "请确认文件为完整的 GenBank 格式"});
        auto locus = parse_locus(line);
        if (!locus.length)
            warnings_.push_back({number, text({"the LOCUS line gives no length", "LOCUS 行没有给出长度"})});
        record_.name = locus.name;
        record_.molecule = locus.protein ? "protein" : locus.molecule;
        record_.topology = locus.circular ? Topology::circular : Topology::linear;
        record_.division = locus.division;
        record_.date = locus.date;
        record_.layout.locus = line;
        declared_ = locus.length;
        locus_line_ = number;
        return {};
    }

    Status read_fields() {
        record_.layout.has_features = false;
        while (!lines_.done()) {
            const auto line = lines_.peek();
            if (line.starts_with("//")) return read_end();
            if (line.starts_with("ORIGIN")) {
                if (auto status = read_sequence(); !status) return status;
            } else if (line.starts_with("FEATURES") && !record_.layout.has_features) {
                read_features();
            } else {
                read_header_field();
            }
        }
        return fault(lines_.number(), {"the record is cut short: no \"//\"", "记录不完整：缺少“//”"})
            .advise({"copy the file again", "请重新获取该文件"});
    }

    void read_header_field() {
        const auto start = lines_.offset();
        auto first = lines_.next();
        while (!lines_.done() && (lines_.peek().empty() || is_blank(lines_.peek().front()))) lines_.next();
        std::string key(take_word(first));
        if (key == "BASE" && first.starts_with("COUNT")) key = "BASE COUNT";
        record_.header.push_back({std::move(key), kept_lines(lines_.text_from(start), windows_)});
    }

    void read_features() {
        record_.layout.has_features = true;
        record_.layout.fields_before = static_cast<std::int64_t>(record_.header.size());
        const auto line = lines_.next();
        const auto column = line.find("Location");
        if (column != std::string_view::npos && column >= 10 && column <= 60)
            record_.layout.indent = static_cast<std::int64_t>(column);
        if (line != features_line) record_.layout.features = line;
        table_.read(lines_);
    }

    Status read_sequence() {
        record_.layout.origin = lines_.next();
        has_origin_ = true;
        const auto first = lines_.number();
        const auto start = std::min(lines_.offset(), bytes_.size());
        const auto before = [&](std::size_t slashes) {
            return slashes == std::string_view::npos || slashes + 1 < start ? bytes_.size() : slashes + 1;
        };
        auto end = before(bytes_.rfind("\n//"));  // standard lines hold no slashes, so that these are the first
        auto body = bytes_.substr(start, end - start);
        const bool protein = record_.molecule == "protein";
        auto found = protein ? Letters() : read_numbered_lines(body, record_.layout.end_of_line);
        const bool standard = !found.text.empty();
        if (!standard) {
            end = before(find_slashes(bytes_, start > 0 ? start - 1 : 0));
            body = bytes_.substr(start, end - start);
            found = read_letters(body, protein ? LetterKind::numbered_residues : LetterKind::numbered_bases);
        }
        if (!found.fault.empty()) {
            const auto line = first + count_lines(body.substr(0, found.at));
            return bad_input({"\"{}\" is no IUPAC letter", "“{}”不是 IUPAC 字母"}, found.fault)
                .at(line_of(options_.name, line))
                .advise({"only A C G T U R Y S W K M B D H V N stand for bases",
                         "碱基只能用 A C G T U R Y S W K M B D H V N"});
        }
        const auto count = standard ? (static_cast<std::int64_t>(found.text.size()) + 59) / 60 : count_lines(body);
        lines_.skip(end - start, count);
        keep_sequence(std::move(found), body, standard);
        return {};
    }

    /// `standard`: the lines are those that would be written, and the letters upper case.
    void keep_sequence(Letters found, std::string_view body, bool standard) {
        const auto length = static_cast<std::int64_t>(found.text.size());
        auto& layout = record_.layout;
        layout.lower_case = found.lower == length;
        auto alphabet = Alphabet::dna;
        if (record_.molecule == "protein")
            alphabet = Alphabet::protein;
        else if (record_.molecule.find("RNA") != std::string::npos &&
                 found.text.find_first_of("Uu") != std::string::npos)
            alphabet = Alphabet::rna;
        if (standard || found.lower == 0)
            record_.sequence = {std::move(found.text), {}, alphabet};
        else
            record_.sequence = from_masked(std::move(found.text), alphabet);
        if (layout.lower_case) record_.sequence.mask.clear();
        if (!standard && !is_standard_origin(body, record_.sequence, layout.lower_case, layout.end_of_line))
            layout.body = body;
    }

    Status read_end() {
        const auto end = std::string(bytes_.substr(lines_.offset()));
        if (end != "//" + record_.layout.end_of_line) record_.layout.end = end;
        if (!settle_length()) return length_fault();
        return table_.place(options_.name, warnings_);
    }

    /// The length of the molecule: that of the sequence, or of the LOCUS line where there is none.
    bool settle_length() {
        const auto found = record_.sequence.length();
        record_.length = declared_.value_or(found);
        if (found == record_.length || (found == 0 && !has_origin_)) return true;
        if (!options_.partial) return false;
        warnings_.push_back(
            {locus_line_, text({"LOCUS says {} bases, the record holds {}", "LOCUS 行为 {} 个碱基，记录中有 {} 个"},
                               record_.length, found)});
        record_.length = std::max(found, record_.length);
        return true;
    }
    Status length_fault() const {
        return bad_input({"LOCUS says {} bases, the sequence has {}", "LOCUS 行为 {} 个碱基，序列却有 {} 个"},
                         *declared_, record_.sequence.length())
            .at(line_of(options_.name, locus_line_))
            .advise({"copy the file again; --partial true takes what is there",
                     "请重新获取文件；--partial true 可读取现有部分"});
    }

    void finish_header() {
        const auto first_word = [&](std::string_view key) {
            const auto* field = record_.find_field(key);
            if (field == nullptr) return std::string();
            const auto all = field_text(field->text);
            std::string_view view(all);
            return std::string(take_word(view));
        };
        record_.id = first_word("VERSION");
        if (record_.id.empty() || record_.id == ".") record_.id = first_word("ACCESSION");
        if (record_.id.empty() || record_.id == ".") record_.id = record_.name;
        if (const auto* field = record_.find_field("DEFINITION")) record_.description = field_text(field->text);
        if (!record_.layout.has_features ||
            record_.layout.fields_before == static_cast<std::int64_t>(record_.header.size()))
            record_.layout.fields_before = -1;
    }

    std::string_view bytes_;
    bool windows_;
    Lines lines_;
    const ReadOptions& options_;
    std::vector<Warning>& warnings_;
    Record record_;
    FeatureTable table_;
    std::optional<std::int64_t> declared_;
    std::int64_t locus_line_ = 0;
    bool has_origin_ = false;
};

}  // namespace

Result<Record> read_genbank_record(std::string_view bytes, std::int64_t line, const ReadOptions& options,
                                   std::vector<Warning>& warnings) {
    return Reader(bytes, line, options, warnings).read();
}

}  // namespace leaven::seq
