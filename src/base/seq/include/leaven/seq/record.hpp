// A molecule with its annotation: what every format is read into and written from.
//
// What was read is kept beside its meaning only where writing the meaning would not give the same bytes, and is
// written only where it still says the same. So a record that nobody changed is written back as it was read, and one
// field that is changed is changed alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/seq/location.hpp>
#include <leaven/seq/sequence.hpp>

namespace leaven::seq {

struct Qualifier {
    enum class Form : std::uint8_t { quoted, bare, flag };  // /note="text", /codon_start=1, /pseudo
    std::string name{};
    std::string value{};  // without quotes and line breaks
    Form form = Form::quoted;
    std::string written{};  // lines as read, where they are not the standard ones
};

struct Feature {
    std::string type{};  // "CDS"
    Location location{};
    std::vector<Qualifier> qualifiers{};  // in the order of the file
    std::string written_location{};       // lines as read, where they are not the standard ones
    std::string written_type{};           // the key line up to the location, where it is not the standard one

    /// The first qualifier of this name, or nullptr.
    [[nodiscard]] const Qualifier* find(std::string_view name) const;

    /// What a person calls it: label, gene, locus_tag, product, name, note …; the type where it has none of them.
    [[nodiscard]] std::string label() const;
};

/// A GenBank field that is neither LOCUS, FEATURES nor the sequence: its key and its lines as they were read.
struct HeaderField {
    std::string key{};   // "COMMENT"
    std::string text{};  // all its lines, without the end of the last
};

/// How the file wrote what the record means.
struct Layout {
    std::string end_of_line = "\n";
    std::string before{};             // lines before the record
    std::string locus{};              // the LOCUS line
    std::string features{};           // the FEATURES line, where it is not the standard one
    std::string origin = "ORIGIN";    // the line before the sequence
    std::string body{};               // the lines of sequence, where they are not the standard ones
    std::string end{};                // "//" and what follows, where it is not the standard end
    std::int64_t indent = 21;         // column of the locations
    bool lower_case = true;           // sequence without a mask is written in lower case
    bool has_features = true;         // there is a FEATURES table, be it empty
    std::int64_t fields_before = -1;  // how many header fields precede FEATURES; -1: all
    std::int64_t line_width = 0;      // letters a line of FASTA; 0: 60
    std::string title{};              // the FASTA or FASTQ title line without its first character
    bool ends_with_newline = true;
};

struct Record {
    std::string name{};         // LOCUS, or the first word of a FASTA title
    std::string id{};           // VERSION, else ACCESSION, else the name
    std::string description{};  // DEFINITION, or the rest of the title
    std::string molecule{};     // as the file says: "DNA", "ds-DNA", "mRNA"; "protein"
    Topology topology = Topology::linear;
    std::string division{};  // "BCT"
    std::string date{};      // as the file writes it
    Sequence sequence{};
    std::int64_t length = 0;   // of the molecule; the sequence has it too, unless the file leaves the sequence out
    bool length_known = true;  // false: the file does not say it, and it is as far as the features reach
    std::vector<Feature> features{};
    std::string quality{};  // FASTQ: one character a base
    std::vector<HeaderField> header{};
    Layout layout{};

    [[nodiscard]] bool has_sequence() const { return !sequence.letters.empty() || length == 0; }
    [[nodiscard]] bool circular() const { return topology == Topology::circular; }
    [[nodiscard]] const HeaderField* find_field(std::string_view key) const;

    /// The text of a location in this record.
    [[nodiscard]] std::string text_of(const Location& location) const {
        return to_text(location, circular() ? length : 0);
    }

    /// Replaces the sequence and with it the length.
    void set_sequence(Sequence changed);
};

/// A remark about one line of a file.
struct Warning {
    std::int64_t line = 0;  // 1-based; 0: the whole file
    Text message{};
};

/// SHA-256 of the letters, and of the canonical form.
std::string checksum_of(const Record& record);
std::string canonical_checksum_of(const Record& record);

}  // namespace leaven::seq
