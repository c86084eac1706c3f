#include <algorithm>
#include <charconv>

#include <fmt/core.h>

#include "fasta.hpp"
#include "gff3.hpp"

namespace leaven::seq {
namespace {

/// Characters that columns and attributes may not hold, as %XX.
std::string escaped(std::string_view text, std::string_view forbidden) {
    std::string out;
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (code < 0x20 || code == 0x7F || c == '%' || forbidden.find(c) != std::string_view::npos)
            out += fmt::format("%{:02X}", code);
        else
            out += c;
    }
    return out;
}

std::string value_of(const Feature& feature, std::string_view name) {
    const auto* found = feature.find(name);
    return found == nullptr ? std::string() : found->value;
}

/// One value for each part out of a comma list; the first for all where there is one; "." where there is none.
std::vector<std::string> spread(const std::string& list, std::size_t parts) {
    std::vector<std::string> values;
    for (std::size_t at = 0; at <= list.size() && !list.empty();) {
        const auto end = std::min(list.find(',', at), list.size());
        values.push_back(list.substr(at, end - at));
        at = end + 1;
    }
    if (values.size() != parts) values.assign(parts, values.size() == 1 ? values.front() : ".");
    return values;
}

bool is_column(std::string_view name) {
    return name == "gff_source" || name == "gff_score" || name == "gff_phase" || name == "gff_strand";
}

class Gff3Writer {
public:
    explicit Gff3Writer(std::string& out) : out_(out) {}

    void features(const Record& record) {
        const auto id = escaped(title_id(record), ">\t \"#;=&,");
        out_ += fmt::format("##sequence-region {} 1 {}\n", id, std::max<std::int64_t>(record.length, 1));
        const auto marks = [](const Feature& feature) { return feature.find("Is_circular") != nullptr; };
        if (record.circular() && std::none_of(record.features.begin(), record.features.end(), marks))
            out_ += fmt::format("{}\t.\tregion\t1\t{}\t.\t+\t.\tID={}:1..{};Is_circular=true\n", id, record.length, id,
                                record.length);
        for (std::size_t i = 0; i < record.features.size(); ++i) feature(record, record.features[i], id, i + 1);
    }

private:
    void feature(const Record& record, const Feature& feature, const std::string& id, std::size_t number) {
        auto pieces = pieces_of(feature.location, record.length, record.topology);
        std::erase_if(pieces, [](const Piece& piece) { return !piece.remote.empty(); });
        if (pieces.empty()) pieces.push_back({{0, 1}, Strand::forward, {}});
        const auto source = value_of(feature, "gff_source");
        const auto scores = spread(value_of(feature, "gff_score"), pieces.size());
        const auto phases = phases_of(feature, pieces);
        const auto said = value_of(feature, "gff_strand");
        const auto strand = said == "." || said == "?" ? said : std::string();
        const auto attributes = attributes_of(record, feature, pieces, number);
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            auto at = pieces[i].at;
            if (at.empty()) at = {std::max<std::int64_t>(at.start - 1, 0), std::max<std::int64_t>(at.start, 1)};
            out_ +=
                fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", id, source.empty() ? "." : escaped(source, "\t"),
                            escaped(feature.type, "\t;=&,"), at.start + 1, at.end, escaped(scores[i], "\t"),
                            strand.empty() ? name_of(pieces[i].strand) : strand, escaped(phases[i], "\t"), attributes);
        }
    }

    static std::vector<std::string> phases_of(const Feature& feature, const std::vector<Piece>& pieces) {
        if (feature.type != "CDS") return spread(value_of(feature, "gff_phase"), pieces.size());
        auto given = spread(value_of(feature, "gff_phase"), pieces.size());
        if (given.front() != ".") return given;
        std::int64_t start = 1;
        const auto text = value_of(feature, "codon_start");
        std::from_chars(text.data(), text.data() + text.size(), start);
        auto phase = start >= 1 && start <= 3 ? start - 1 : 0;
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            given[i] = std::to_string(phase);
            phase = ((phase - pieces[i].at.length()) % 3 + 3) % 3;
        }
        return given;
    }

    std::string attributes_of(const Record& record, const Feature& feature, const std::vector<Piece>& pieces,
                              std::size_t number) const {
        std::vector<std::pair<std::string, std::string>>
            list;  // in the order of the qualifiers, values of one name together
        const auto add = [&](const std::string& name, const std::string& value) {
            for (auto& [known, values] : list)
                if (known == name) {
                    values += "," + value;
                    return;
                }
            list.emplace_back(name, value);
        };
        if (pieces.size() > 1 && feature.find("ID") == nullptr) add("ID", fmt::format("feature{}", number));
        for (const auto& qualifier : feature.qualifiers)
            if (!is_column(qualifier.name)) add(escaped(qualifier.name, ";=&,"), escaped(qualifier.value, ";=&,"));
        if (!is_plain(feature.location, pieces, record))
            add("location", escaped(record.text_of(feature.location), ";=&,"));
        std::string out;
        for (const auto& [name, values] : list) out += fmt::format("{}{}={}", out.empty() ? "" : ";", name, values);
        return out.empty() ? "." : out;
    }

    /// Do the columns say all of the location?
    static bool is_plain(const Location& location, const std::vector<Piece>& pieces, const Record& record) {
        Location plain;
        if (pieces.size() == 1) {
            plain = {.span = pieces.front().at, .single = pieces.front().at.length() == 1};
            if (pieces.front().strand == Strand::reverse) plain = complemented(plain);
        } else {
            plain.kind = Location::Kind::join;
            for (const auto& piece : pieces) {
                if (piece.strand != pieces.front().strand) return false;
                plain.parts.push_back({.span = piece.at, .single = piece.at.length() == 1});
            }
            if (pieces.front().strand == Strand::reverse) {
                std::reverse(plain.parts.begin(), plain.parts.end());
                plain = complemented(std::move(plain));
                if (pieces.front().at.start < pieces.back().at.start) return false;
            }
        }
        return record.text_of(plain) == record.text_of(location);
    }

    std::string& out_;
};

}  // namespace

std::string write_gff3(const std::vector<Record>& records) {
    std::string out = "##gff-version 3\n";
    Gff3Writer writer(out);
    for (const auto& record : records) writer.features(record);
    const auto has = [](const Record& record) { return !record.sequence.letters.empty(); };
    if (std::none_of(records.begin(), records.end(), has)) return out;
    out += "##FASTA\n";
    for (const auto& record : records) {
        if (!has(record)) continue;
        Record plain;  // the topology is said by Is_circular
        plain.name = record.name;
        plain.id = record.id;
        plain.description = record.description;
        plain.sequence = record.sequence;
        write_fasta(out, plain);
    }
    return out;
}

}  // namespace leaven::seq
