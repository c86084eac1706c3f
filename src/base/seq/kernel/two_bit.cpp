#include "two_bit.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "fasta.hpp"

namespace leaven::seq {
namespace {

std::uint32_t word_at(std::string_view bytes, bool big_endian) {
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 4; ++i)
        word |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << (8 * (big_endian ? 3 - i : i));
    return word;
}

/// Reads numbers, and remembers whether there were enough bytes.
class Cursor {
public:
    Cursor(std::string_view bytes, bool big_endian) : bytes_(bytes), big_endian_(big_endian) {}

    std::uint64_t number(std::size_t size) {
        const auto text = take(size);
        if (text.size() != size) return 0;
        const std::uint64_t low = word_at(text, big_endian_);
        if (size == 4) return low;
        const std::uint64_t high = word_at(text.substr(4), big_endian_);
        return big_endian_ ? low << 32U | high : high << 32U | low;
    }
    std::string_view take(std::size_t size) {
        if (size > bytes_.size() - at_) {
            cut_ = true;
            return {};
        }
        at_ += size;
        return bytes_.substr(at_ - size, size);
    }
    void go_to(std::uint64_t offset) {
        cut_ = cut_ || offset > bytes_.size();
        at_ = cut_ ? bytes_.size() : static_cast<std::size_t>(offset);
    }
    [[nodiscard]] bool cut() const { return cut_; }
    [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    bool big_endian_;
    bool cut_ = false;
};

/// Runs within [0, length); nothing where they are not.
std::vector<Interval> read_runs(Cursor& cursor, std::int64_t length, bool& sound) {
    const auto count = cursor.number(4);
    if (count * 8 > cursor.left()) {
        sound = false;
        return {};
    }
    std::vector<Interval> runs(count);
    for (auto& run : runs) run.start = static_cast<std::int64_t>(cursor.number(4));
    for (auto& run : runs) run.end = run.start + static_cast<std::int64_t>(cursor.number(4));
    std::int64_t last = 0;
    for (const auto& run : runs) {
        sound = sound && run.start >= last && run.end <= length;
        last = run.end;
    }
    return runs;
}

bool read_sequence(Cursor& cursor, Record& record) {
    const auto length = cursor.number(4);
    if (cursor.cut() || length / 4 > cursor.left()) return false;
    record.length = static_cast<std::int64_t>(length);
    bool sound = true;
    const auto unknown = read_runs(cursor, record.length, sound);
    auto mask = read_runs(cursor, record.length, sound);
    cursor.number(4);
    const auto packed = cursor.take((length + 3) / 4);
    if (!sound || cursor.cut()) return false;
    auto& letters = record.sequence.letters;
    letters.resize(length);
    for (std::size_t i = 0; i < length; ++i)
        letters[i] = "TCAG"[static_cast<unsigned char>(packed[i / 4]) >> (6 - 2 * (i % 4)) & 3U];
    for (const auto& run : unknown) std::fill(letters.begin() + run.start, letters.begin() + run.end, 'N');
    std::erase_if(mask, [](const Interval& run) { return run.empty(); });
    record.sequence.mask = std::move(mask);
    return true;
}

void put(std::string& out, std::uint64_t number) {
    for (unsigned i = 0; i < 4; ++i) out += static_cast<char>(number >> (8 * i) & 0xFFU);
}

void put_runs(std::string& out, const std::vector<Interval>& runs) {
    put(out, runs.size());
    for (const auto& run : runs) put(out, static_cast<std::uint64_t>(run.start));
    for (const auto& run : runs) put(out, static_cast<std::uint64_t>(run.length()));
}

bool is_plain(char c) { return c == 'A' || c == 'C' || c == 'G' || c == 'T' || c == 'U'; }

std::string packed_record(const Record& record) {
    const auto& letters = record.sequence.letters;
    std::vector<Interval> unknown;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (is_plain(letters[i])) continue;
        const auto start = i;
        while (i < letters.size() && !is_plain(letters[i])) ++i;
        unknown.push_back({static_cast<std::int64_t>(start), static_cast<std::int64_t>(i)});
    }
    std::string out;
    put(out, letters.size());
    put_runs(out, unknown);
    put_runs(out, record.sequence.mask);
    put(out, 0);
    std::string bases((letters.size() + 3) / 4, '\0');
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const char c = letters[i];
        const unsigned code = c == 'C' ? 1 : c == 'A' ? 2 : c == 'G' ? 3 : 0;
        bases[i / 4] = static_cast<char>(static_cast<unsigned char>(bases[i / 4]) | code << (6 - 2 * (i % 4)));
    }
    return out + bases;
}

Failure damaged(const std::string& name, std::string_view record) {
    return bad_input({"the 2bit file is damaged or cut short", "2bit 文件已损坏或不完整"})
        .at(record.empty() ? name : fmt::format("{}, sequence {}", name, record))
        .advise({"copy the file again", "请重新获取该文件"});
}

}  // namespace

bool is_two_bit(std::string_view bytes) {
    return bytes.size() >= 16 && (word_at(bytes, false) == two_bit_magic || word_at(bytes, true) == two_bit_magic);
}

Result<std::vector<Record>> read_two_bit(std::string_view bytes, const std::string& name) {
    if (!is_two_bit(bytes)) return damaged(name, {});
    const bool big_endian = word_at(bytes, true) == two_bit_magic;
    Cursor index(bytes, big_endian);
    index.number(4);
    const auto version = index.number(4);
    const auto count = index.number(4);
    index.number(4);
    if (version > 1 || count > bytes.size() / 6) return damaged(name, {});
    std::size_t packed = 0;
    std::vector<Record> records(count);
    for (auto& record : records) {
        const auto size = index.take(1);
        record.name = index.take(size.empty() ? 0 : static_cast<unsigned char>(size[0]));
        const auto offset = index.number(version == 1 ? 8 : 4);
        Cursor body(bytes, big_endian);
        body.go_to(offset);
        if (index.cut() || body.cut() || !read_sequence(body, record)) return damaged(name, record.name);
        packed += static_cast<std::size_t>(record.length / 4);
        if (packed > bytes.size()) return damaged(name, record.name);  // records that share their bytes
        record.id = record.name;
        record.molecule = "DNA";
        record.layout.lower_case = false;
    }
    return records;
}

std::string write_two_bit(const std::vector<Record>& records) {
    std::string out;
    put(out, two_bit_magic);
    put(out, 0);
    put(out, records.size());
    put(out, 0);
    std::size_t offset = 16;
    std::vector<std::string> names;
    std::vector<std::string> bodies;
    for (const auto& record : records) {
        names.push_back(title_id(record).substr(0, 255));
        bodies.push_back(packed_record(record));
        offset += 1 + names.back().size() + 4;
    }
    for (std::size_t i = 0; i < records.size(); ++i) {
        out += static_cast<char>(names[i].size());
        out += names[i];
        put(out, offset);
        offset += bodies[i].size();
    }
    for (const auto& body : bodies) out += body;
    return out;
}

}  // namespace leaven::seq
