#include <algorithm>

#include <leaven/seq/genbank.hpp>

#include "genbank_text.hpp"
#include "letters.hpp"
#include "lines.hpp"

namespace leaven::seq {
namespace {

using namespace genbank;

class Writer {
public:
    Writer(std::string& out, const Record& record) : out_(out), record_(record), eol_(record.layout.end_of_line) {}

    void write() {
        out_ += record_.layout.before;
        write_locus();
        write_header();
        write_sequence();
        out_ += record_.layout.end.empty() ? "//" + eol_ : record_.layout.end;
    }

private:
    /// Lines parted by "\n", as lines of the file.
    void put(std::string_view lines) {
        for (std::size_t at = 0; at <= lines.size();) {
            const auto end = std::min(lines.find('\n', at), lines.size());
            out_ += lines.substr(at, end - at);
            out_ += eol_;
            at = end + 1;
        }
    }

    void write_locus() {
        const bool protein = record_.sequence.alphabet == Alphabet::protein || record_.molecule == "protein";
        Locus locus{.name = record_.name,
                    .length = record_.length,
                    .molecule = protein ? "" : record_.molecule,
                    .circular = record_.circular(),
                    .division = record_.division,
                    .date = record_.date,
                    .protein = protein};
        if (const auto& written = record_.layout.locus; !written.empty()) {
            auto said = parse_locus(written);
            if (said.protein) said.molecule.clear();
            auto same = locus;
            if (!said.length) same.length.reset();
            if (said == same) return put(written);
        }
        if (locus.molecule.empty() && !protein)
            locus.molecule = record_.sequence.alphabet == Alphabet::rna ? "RNA" : "DNA";
        put(locus_line(locus));
    }

    void write_header() {
        const auto& header = record_.header;
        const auto before = record_.layout.fields_before < 0
                                ? header.size()
                                : std::min(header.size(), static_cast<std::size_t>(record_.layout.fields_before));
        if (record_.layout.locus.empty()) write_new_header();
        for (std::size_t i = 0; i < before; ++i) write_field(header[i]);
        if (record_.layout.has_features || !record_.features.empty()) {
            put(record_.layout.features.empty() ? features_line : std::string_view(record_.layout.features));
            for (const auto& feature : record_.features) write_feature(feature);
        }
        for (auto i = before; i < header.size(); ++i) write_field(header[i]);
    }

    void write_field(const HeaderField& field) {
        if (field.key == "DEFINITION" && field_text(field.text) != record_.description)
            return put(field_lines("DEFINITION", record_.description));
        put(field.text);
    }

    /// For a record that was no GenBank record before.
    void write_new_header() {
        const auto add = [&](std::string_view key, const std::string& value) {
            if (record_.find_field(key) == nullptr) put(field_lines(key, value.empty() ? "." : value));
        };
        add("DEFINITION", record_.description);
        add("ACCESSION", record_.id.substr(0, record_.id.find('.')));
        add("VERSION", record_.id);
        add("KEYWORDS", ".");
    }

    void write_feature(const Feature& feature) {
        const auto indent = record_.layout.indent;
        auto head = feature.written_type;
        if (head.empty() || trimmed(head) != feature.type) {
            head = "     " + feature.type;
            head.resize(std::max(head.size() + 1, static_cast<std::size_t>(indent)), ' ');
        }
        put(head + location_text(feature));
        for (const auto& qualifier : feature.qualifiers) put(qualifier_text(qualifier));
    }

    std::string location_text(const Feature& feature) const {
        if (!feature.written_location.empty()) {
            const auto said = parse_location_anywhere(feature.written_location, record_.length, record_.topology);
            if (said && *said == feature.location) return feature.written_location;
        }
        return location_lines(record_.text_of(feature.location), record_.layout.indent);
    }

    std::string qualifier_text(const Qualifier& qualifier) const {
        if (!qualifier.written.empty()) {
            if (qualifier.name.empty()) return qualifier.written;
            const auto said = parse_qualifier(qualifier.written);
            if (said.name == qualifier.name && said.value == qualifier.value) return qualifier.written;
        }
        return qualifier_lines(qualifier, record_.layout.indent);
    }

    void write_sequence() {
        if (!record_.has_sequence() ||
            (record_.length == 0 && record_.layout.body.empty() && !record_.layout.locus.empty()))
            return;
        put(record_.layout.origin);
        if (const auto& body = record_.layout.body; !body.empty()) {
            const auto protein = record_.sequence.alphabet == Alphabet::protein;
            auto said = read_letters(body, protein ? LetterKind::numbered_residues : LetterKind::numbered_bases);
            for (auto& c : said.text) c = static_cast<char>(c >= 'a' ? c & ~0x20 : c);
            if (said.fault.empty() && said.text == record_.sequence.letters) {
                out_ += body;
                return;
            }
        }
        write_origin(out_, record_.sequence, record_.layout.lower_case, eol_);
    }

    std::string& out_;
    const Record& record_;
    const std::string& eol_;
};

}  // namespace

void write_genbank(std::string& out, const Record& record) { Writer(out, record).write(); }

}  // namespace leaven::seq
