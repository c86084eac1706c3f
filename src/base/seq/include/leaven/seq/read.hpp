// Records out of files: one at a time, or all of them with what else a file holds.
//
// Formats: FASTA, FASTQ, GenBank (plain or gzip, read record by record), GFF3 with or without FASTA, 2bit, SBOL3 as
// N-Triples, Turtle, RDF/XML or JSON-LD, SBOL2 as RDF/XML or Turtle. The format is told from the content.
// Memory: streamed formats hold one record at a time; the others the whole file.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/seq/genbank.hpp>
#include <leaven/seq/graph.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::seq {

enum class Format : std::uint8_t { fasta, fastq, genbank, gff3, two_bit, sbol3, sbol2 };

/// "fasta", "fastq", "genbank", "gff3", "2bit", "sbol3", "sbol2"
std::string_view name_of(Format format);
std::optional<Format> format_named(std::string_view name);

struct OpenOptions {
    std::optional<Format> format{};  // none: told from the content
    bool skip_bad = false;           // leave out damaged records of files that hold many, and count them
    bool partial = false;            // take a record whose sequence is shorter than its LOCUS line says
};

class ByteSource;

/// Reads the records of one file in order.
class RecordReader {
public:
    /// Errors  not_found  no such file;  bad_input  not readable, damaged compression, no format known
    static Result<RecordReader> open(const std::filesystem::path& path, const OpenOptions& options = {});

    /// The same from memory; `name` stands for the file in errors.
    static Result<RecordReader> from_bytes(std::string bytes, const std::string& name, const OpenOptions& options = {});

    /// The next record; nothing after the last.
    ///
    /// Errors  bad_input  the record is damaged; `where` is file, record and line
    Result<std::optional<Record>> next();

    [[nodiscard]] Format format() const;
    [[nodiscard]] const std::vector<Warning>& warnings() const;
    [[nodiscard]] std::int64_t skipped() const;

    /// The triples of an SBOL file; empty for other formats.
    [[nodiscard]] const Graph& graph() const;

    RecordReader(RecordReader&&) noexcept;
    RecordReader& operator=(RecordReader&&) noexcept;
    ~RecordReader();

private:
    struct State;
    explicit RecordReader(std::unique_ptr<State> state);
    static Result<std::unique_ptr<State>> begin(ByteSource source, const OpenOptions& options);
    std::unique_ptr<State> state_;
};

/// A whole file.
struct Document {
    Format format = Format::fasta;
    std::vector<Record> records{};
    std::vector<Warning> warnings{};
    std::int64_t skipped = 0;
    Graph graph{};  // of SBOL
};

/// The records that `reader` has not given yet; `name` stands for the file in errors.
Result<Document> read_all(RecordReader& reader, const std::string& name);

/// The bytes of a file, unpacked where it is gzip-compressed: tables of the catalogue are.
///
/// Errors  not_found  no such file;  bad_input  not readable, damaged compression
Result<std::string> read_unpacked(const std::filesystem::path& path);

/// Errors  as RecordReader; bad_input where the file holds no record
Result<Document> read_document(const std::filesystem::path& path, const OpenOptions& options = {});
Result<Document> read_document(std::string bytes, const std::string& name, const OpenOptions& options = {});

}  // namespace leaven::seq
