#include <algorithm>
#include <array>

#include <leaven/seq/read.hpp>
#include <leaven/seq/sbol.hpp>

#include "byte_source.hpp"
#include "fasta.hpp"
#include "gff3.hpp"
#include "lines.hpp"
#include "two_bit.hpp"

namespace leaven::seq {
namespace {

constexpr std::array<std::pair<Format, std::string_view>, 7> names{{{Format::fasta, "fasta"},
                                                                    {Format::fastq, "fastq"},
                                                                    {Format::genbank, "genbank"},
                                                                    {Format::gff3, "gff3"},
                                                                    {Format::two_bit, "2bit"},
                                                                    {Format::sbol3, "sbol3"},
                                                                    {Format::sbol2, "sbol2"}}};

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// Nine columns parted by tabs, with numbers in the fourth and fifth?
bool looks_like_gff(std::string_view line) {
    return std::count(line.begin(), line.end(), '\t') >= 7 && line.front() != '@';
}

std::optional<Format> format_of(std::string_view window) {
    if (is_two_bit(window)) return Format::two_bit;
    if (window.starts_with("\xEF\xBB\xBF")) window.remove_prefix(3);
    auto text = window;
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
    const auto line = text.substr(0, text.find('\n'));
    if (line.starts_with("LOCUS")) return Format::genbank;
    if (line.starts_with("##gff-version") || line.starts_with("##sequence-region")) return Format::gff3;
    if (line.starts_with('>') || line.starts_with(';')) return Format::fasta;
    const bool second = holds(text, "sbols.org/v2#");
    const auto sbol = second ? Format::sbol2 : Format::sbol3;
    if (line.starts_with("@prefix") || line.starts_with("@base") || line.starts_with("PREFIX")) return sbol;
    if (line.starts_with('@')) return Format::fastq;
    if (line.starts_with('<') || line.starts_with('{') || line.starts_with('[') || line.starts_with("_:")) {
        if (second || holds(text, "sbols.org/v3#") || holds(text, "<rdf:RDF") || line.starts_with("<http") ||
            line.starts_with("_:"))
            return sbol;
        return std::nullopt;
    }
    if (looks_like_gff(line)) return Format::gff3;
    if (line.starts_with('#')) {
        for (Lines lines(text, 1, true); !lines.done();) {
            const auto next = trimmed(lines.next());
            if (next.empty() || next.starts_with('#')) continue;
            if (next.starts_with('<') || next.starts_with("_:") || next.starts_with("@prefix")) return sbol;
            if (looks_like_gff(next)) return Format::gff3;
            break;
        }
    }
    return std::nullopt;
}

/// XML rather than triples, whose "<" is followed by an address: that has no blanks, and may begin with anything else.
bool begins_xml(std::string_view text) {
    if (text.starts_with("<!--")) return true;
    for (const std::string_view tag : {"<?xml", "<!DOCTYPE", "<rdf:RDF"})
        if (text.starts_with(tag) && text.size() > tag.size() && is_blank(text[tag.size()])) return true;
    return false;
}

Result<Graph> read_graph(std::string_view bytes, const std::string& name) {
    auto text = bytes;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    auto start = trimmed(text);
    if (begins_xml(start)) return read_rdf_xml(text, name);
    if (start.starts_with('{') || start.starts_with('[')) return read_json_ld(text, name);
    for (Lines lines(text, 1, true); !lines.done();) {
        const auto line = trimmed(lines.next());
        if (line.empty() || line.starts_with('#')) continue;
        const bool triples = (line.starts_with('<') || line.starts_with("_:")) && line.ends_with('.');
        return triples ? read_ntriples(text, name) : read_turtle(text, name);
    }
    return read_ntriples(text, name);
}

}  // namespace

std::string_view name_of(Format format) {
    for (const auto& [known, name] : names)
        if (known == format) return name;
    return "fasta";
}

std::optional<Format> format_named(std::string_view name) {
    for (const auto& [format, known] : names)
        if (known == name) return format;
    return std::nullopt;
}

struct RecordReader::State {
    ByteSource source;
    OpenOptions options;
    Format format = Format::fasta;
    std::vector<Warning> warnings{};
    std::int64_t skipped = 0;
    std::int64_t line = 1;
    std::int64_t number = 0;
    Graph graph{};
    std::vector<Record> held{};  // of formats that are read whole
    std::size_t next_held = 0;
    std::string name{};  // of the file, and of the record where it is not the first

    Result<std::size_t> end_of_record();
    Result<std::size_t> find(std::string_view what, std::size_t from);
    Result<std::size_t> end_of_fastq();
    Result<std::size_t> end_of_genbank();
    Status read_whole();
    Result<Record> parse(std::string_view bytes, std::int64_t first);
};

/// Offset of `what` in the window, which grows until it is there; its size where it never is.
Result<std::size_t> RecordReader::State::find(std::string_view what, std::size_t from) {
    for (;;) {
        const auto found = what == "\n//" ? find_slashes(source.window(), from) : source.window().find(what, from);
        if (found != std::string_view::npos) return found;
        const auto size = source.window().size();
        from = std::max(from, size >= what.size() ? size - what.size() + 1 : 0);
        const auto grown = source.grow();
        if (!grown) return pass(grown);
        if (!*grown && source.ended()) return source.window().size();
    }
}

Result<std::size_t> RecordReader::State::end_of_genbank() {
    std::size_t from = 0;
    for (;;) {
        auto found = find("\n//", from);
        if (!found || *found >= source.window().size()) return found;
        auto end = find("\n", *found + 1);
        if (!end) return end;
        const auto after = source.window().substr(*found + 3, *end - *found - 3);
        from = *found + 3;
        if (!trimmed(after).empty()) continue;
        // Blank lines after the record belong to it.
        auto at = std::min(*end + 1, source.window().size());
        for (;;) {
            if (at >= source.window().size()) {
                const auto grown = source.grow();
                if (!grown) return pass(grown);
                if (at >= source.window().size()) return at;
            }
            if (!is_blank(source.window()[at])) break;
            ++at;
        }
        while (at > *end + 1 && source.window()[at - 1] != '\n') --at;
        return at;
    }
}

Result<std::size_t> RecordReader::State::end_of_fastq() {
    auto line_end = find("\n", 0);
    if (!line_end) return line_end;
    auto plus = find("\n+", *line_end);
    if (!plus) return plus;
    if (*plus >= source.window().size()) return source.window().size();
    const auto count = [](std::string_view text) {
        return std::count_if(text.begin(), text.end(), [](char c) { return c > ' '; });
    };
    const auto bases = count(source.window().substr(*line_end, *plus - *line_end));
    auto at = find("\n", *plus + 1);
    std::int64_t quality = 0;
    while (at && *at < source.window().size() && quality < std::max<std::int64_t>(bases, 1)) {
        auto next = find("\n", *at + 1);
        if (!next) return next;
        quality += count(source.window().substr(*at, *next - *at));
        at = next;
    }
    if (!at) return at;
    auto end = std::min(*at + 1, source.window().size());
    while (end < source.window().size() && (source.window()[end] == '\n' || source.window()[end] == '\r')) ++end;
    return end;
}

Result<std::size_t> RecordReader::State::end_of_record() {
    if (format == Format::genbank) return end_of_genbank();
    if (format == Format::fastq) return end_of_fastq();
    auto found = find("\n>", 0);
    if (found && *found < source.window().size()) ++*found;
    return found;
}

Result<Record> RecordReader::State::parse(std::string_view bytes, std::int64_t first) {
    name = number > 1 ? fmt::format("{}, record {}", source.name(), number) : source.name();
    if (format == Format::fasta) return read_fasta_record(bytes, first, name);
    if (format == Format::fastq) return read_fastq_record(bytes, first, name);
    return read_genbank_record(bytes, first, {.name = name, .partial = options.partial}, warnings);
}

Status RecordReader::State::read_whole() {
    if (auto status = source.grow_to_end(); !status) return status;
    const auto bytes = source.window();
    Result<std::vector<Record>> records;
    if (format == Format::two_bit) {
        records = read_two_bit(bytes, source.name());
    } else if (format == Format::gff3) {
        records = read_gff3(bytes, source.name(), warnings);
    } else {
        auto read = read_graph(bytes, source.name());
        if (!read) return pass(read);
        if (is_sbol2(*read)) {
            format = Format::sbol2;
            graph = upgraded_sbol2(*read);
        } else {
            graph = *std::move(read);
        }
        graph.normalise();
        records = records_of(graph, source.name(), warnings);
    }
    if (!records) return pass(records);
    held = *std::move(records);
    return {};
}

RecordReader::RecordReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
RecordReader::RecordReader(RecordReader&&) noexcept = default;
RecordReader& RecordReader::operator=(RecordReader&&) noexcept = default;
RecordReader::~RecordReader() = default;

Format RecordReader::format() const { return state_->format; }
const std::vector<Warning>& RecordReader::warnings() const { return state_->warnings; }
std::int64_t RecordReader::skipped() const { return state_->skipped; }
const Graph& RecordReader::graph() const { return state_->graph; }

namespace {

bool is_streamed(Format format) {
    return format == Format::fasta || format == Format::fastq || format == Format::genbank;
}

Failure unknown_format(const std::string& name) {
    return bad_input({"the format is not known", "无法识别文件格式"})
        .at(name)
        .advise({"give FASTA, FASTQ, GenBank, GFF3, 2bit or SBOL; or say which with --format",
                 "请提供 FASTA、FASTQ、GenBank、GFF3、2bit 或 SBOL；或用 --format 指明"});
}

}  // namespace

Result<std::unique_ptr<RecordReader::State>> RecordReader::begin(ByteSource source, const OpenOptions& options) {
    auto state = std::make_unique<State>(State{.source = std::move(source), .options = options});
    if (auto grown = state->source.grow(); !grown) return pass(grown);
    const auto format = options.format ? options.format : format_of(state->source.window());
    if (!format) return unknown_format(state->source.name());
    state->format = *format;
    if (!is_streamed(*format))
        if (auto status = state->read_whole(); !status) return pass(status);
    return state;
}

Result<RecordReader> RecordReader::open(const std::filesystem::path& path, const OpenOptions& options) {
    auto source = ByteSource::open(path);
    if (!source) return pass(source);
    auto state = begin(*std::move(source), options);
    if (!state) return pass(state);
    return RecordReader(*std::move(state));
}

Result<RecordReader> RecordReader::from_bytes(std::string bytes, const std::string& name, const OpenOptions& options) {
    auto source = ByteSource::from_bytes(std::move(bytes), name);
    if (!source) return pass(source);
    auto state = begin(*std::move(source), options);
    if (!state) return pass(state);
    return RecordReader(*std::move(state));
}

Result<std::optional<Record>> RecordReader::next() {
    auto& state = *state_;
    if (state.next_held < state.held.size()) return std::move(state.held[state.next_held++]);
    if (!is_streamed(state.format)) return std::optional<Record>();
    for (;;) {
        const auto end = state.end_of_record();
        if (!end) return pass(end);
        const auto bytes = state.source.window().substr(0, *end);
        if (trimmed(bytes).empty()) return std::optional<Record>();
        const auto first = state.line;
        const bool last = state.source.ended() && bytes.size() == state.source.window().size();
        if (!last) state.line += count_lines(bytes);  // where the next one begins
        ++state.number;
        // What stands before the first record's mark is a byte order mark or blank lines.
        auto body = bytes;
        if (body.starts_with("\xEF\xBB\xBF") && state.number == 1) body.remove_prefix(3);
        if (state.format != Format::genbank) {
            // Lines before the first record: blank, or comments of old FASTA.
            while (!body.empty() && (is_blank(body.front()) || (body.front() == ';' && state.format == Format::fasta)))
                body.remove_prefix(is_blank(body.front()) ? 1 : std::min(body.find('\n'), body.size() - 1) + 1);
            if (body.empty() && state.format == Format::fasta) {  // comments alone
                state.source.take(bytes.size());
                --state.number;
                continue;
            }
            const char mark = state.format == Format::fasta ? '>' : '@';
            if (body.empty() || body.front() != mark)
                return bad_input({"a record must begin with \"{}\"", "记录必须以“{}”开头"}, mark)
                    .at(line_of(state.source.name(), first))
                    .advise({"check that the file is whole", "请确认文件完整"});
        }
        auto record = state.parse(body, first);
        state.source.take(bytes.size());
        if (record) return std::optional<Record>(*std::move(record));
        if (!state.options.skip_bad) return pass(record);
        ++state.skipped;
        const auto& why = record.error().message;
        state.warnings.push_back({first,
                                  {fmt::format("record {} is left out: {}", state.number, why.en),
                                   fmt::format("跳过第 {} 条记录：{}", state.number, why.zh)}});
    }
}

Result<Document> read_document(const std::filesystem::path& path, const OpenOptions& options) {
    auto reader = RecordReader::open(path, options);
    if (!reader) return pass(reader);
    return read_all(*reader, path.filename().string());
}

Result<Document> read_document(std::string bytes, const std::string& name, const OpenOptions& options) {
    auto reader = RecordReader::from_bytes(std::move(bytes), name, options);
    if (!reader) return pass(reader);
    return read_all(*reader, name);
}

Result<Document> read_all(RecordReader& reader, const std::string& name) {
    Document document{.format = reader.format(), .records = {}, .warnings = {}, .skipped = 0, .graph = {}};
    for (;;) {
        auto record = reader.next();
        if (!record) return pass(record);
        if (!*record) break;
        document.records.push_back(*std::move(*record));
    }
    document.warnings = reader.warnings();
    document.skipped = reader.skipped();
    document.graph = reader.graph();
    if (document.records.empty() && document.skipped == 0 && document.graph.triples.empty())
        return bad_input({"the file holds no record", "文件中没有记录"})
            .at(name)
            .advise({"check that it is not empty", "请确认文件不为空"});
    return document;
}

}  // namespace leaven::seq
