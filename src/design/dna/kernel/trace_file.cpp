#include "trace_file.hpp"

#include <array>
#include <cmath>
#include <optional>

#include <leaven/seq/sequence.hpp>

namespace leaven::dna {
namespace {

constexpr std::size_t entry_size = 28;
constexpr std::size_t root = 6;  // the entry that describes the directory
constexpr int least_quality = 20;

Failure damaged(const std::string& name, const std::string& entry) {
    return bad_input({"the trace file is damaged or cut short", "测序峰图文件损坏或不完整"})
        .at(name + ", " + entry)
        .advise({"export the trace again", "请重新导出峰图文件"});
}

/// Numbers within the file; none beyond its end.
std::optional<std::uint32_t> number_at(std::string_view bytes, std::size_t at, std::size_t size) {
    if (at > bytes.size() || bytes.size() - at < size) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t k = 0; k < size; ++k) value = value << 8U | static_cast<unsigned char>(bytes[at + k]);
    return value;
}

struct Entry {
    std::string_view name;
    std::uint32_t number = 0;
    std::string_view data;
};

/// The entry whose 28 bytes begin at `at`; none where it or its data lie beyond the file.
std::optional<Entry> entry_at(std::string_view bytes, std::size_t at) {
    const auto number = number_at(bytes, at + 4, 4);
    const auto size = number_at(bytes, at + 16, 4);
    const auto offset = number_at(bytes, at + 20, 4);
    if (!number || !size || !offset) return std::nullopt;
    const std::size_t start = *size <= 4 ? at + 20 : *offset;  // what fits stands in place of the offset
    if (start > bytes.size() || bytes.size() - start < *size) return std::nullopt;
    return Entry{bytes.substr(at, 4), *number, bytes.substr(start, *size)};
}

std::vector<std::uint8_t> qualities_of(std::string_view data, std::size_t bases) {
    if (data.size() != bases) return {};
    return {data.begin(), data.end()};
}

}  // namespace

bool is_trace(std::string_view bytes) { return bytes.starts_with("ABIF"); }

Result<Trace> read_trace(std::string_view bytes, const std::string& name) {
    const auto count = number_at(bytes, root + 12, 4);
    const auto first = number_at(bytes, root + 20, 4);
    if (!is_trace(bytes) || !count || !first) return damaged(name, "header");
    if (*first > bytes.size() || *count > (bytes.size() - *first) / entry_size) return damaged(name, "directory");
    std::array<std::string_view, 3> bases;
    std::array<std::string_view, 3> qualities;
    for (std::size_t i = 0; i < *count; ++i) {
        const auto at = *first + i * entry_size;
        const auto kind = bytes.substr(at, 4);
        if (kind != "PBAS" && kind != "PCON") continue;
        const auto entry = entry_at(bytes, at);
        if (!entry) return damaged(name, std::string(kind));
        if (entry->number == 1 || entry->number == 2) (kind == "PBAS" ? bases : qualities)[entry->number] = entry->data;
    }
    const std::size_t chosen = bases[1].empty() ? 2 : 1;
    Trace trace;
    for (const char c : bases[chosen]) {
        const auto set = seq::bases_of(c);
        if (set == 0) return damaged(name, "PBAS");
        trace.letters += seq::letter_of(set);
    }
    if (trace.letters.empty()) return damaged(name, "PBAS");
    trace.qualities = qualities_of(qualities[chosen], trace.letters.size());
    return trace;
}

std::string reliable_bases(const Trace& trace) {
    if (trace.qualities.empty()) return trace.letters;
    double sum = 0;
    double best = 0;
    std::size_t start = 0;
    std::size_t best_start = 0;
    std::size_t best_end = 0;
    for (std::size_t i = 0; i < trace.letters.size(); ++i) {
        if (sum == 0) start = i;
        sum = std::max(0.0, sum + 0.05 - std::pow(10.0, -trace.qualities[i] / 10.0));
        if (sum > best) best = sum, best_start = start, best_end = i + 1;
    }
    auto letters = trace.letters.substr(best_start, best_end - best_start);
    for (std::size_t i = 0; i < letters.size(); ++i)
        if (trace.qualities[best_start + i] < least_quality) letters[i] = 'N';
    return letters;
}

}  // namespace leaven::dna
