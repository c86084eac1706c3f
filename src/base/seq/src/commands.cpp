#include "commands.hpp"

#include <leaven/data/catalogue.hpp>

namespace leaven::seq {

OpenOptions InputOptions::open() const {
    return {.format = format_named(format), .skip_bad = skip_bad, .partial = partial};
}

Result<RecordReader> open_input(const std::string& input, const InputOptions& options) {
    const auto path = data::resolve(input);
    if (!path) return pass(path);
    return RecordReader::open(*path, options.open());
}

Result<Document> load_input(const std::string& input, const InputOptions& options) {
    auto reader = open_input(input, options);
    if (!reader) return pass(reader);
    return read_all(*reader, input);
}

std::vector<WarningRow> rows_of(const std::vector<Warning>& warnings) {
    std::vector<WarningRow> rows;
    for (const auto& warning : warnings) rows.push_back({warning.line, warning.message});
    return rows;
}

RecordRow row_of(const Record& record) {
    RecordRow row{.id = record.id,
                  .name = record.name,
                  .description = record.description,
                  .length = record.length,
                  .topology = record.circular() ? "circular" : "linear",
                  .molecule = record.molecule,
                  .features = static_cast<std::int64_t>(record.features.size())};
    if (!record.has_sequence()) return row;
    if (record.sequence.alphabet != Alphabet::protein) {
        const auto gc = gc_share(record.sequence.letters);
        if (gc == gc) row.gc = gc;
        row.ambiguous = count_ambiguous(record.sequence.letters);
    }
    row.checksum = checksum_of(record);
    row.canonical = canonical_checksum_of(record);
    return row;
}

}  // namespace leaven::seq
