#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <unordered_map>

#include "fasta.hpp"
#include "gff3.hpp"
#include "lines.hpp"

namespace leaven::seq {
namespace {

constexpr std::int64_t longest = std::int64_t{1} << 40;

std::string unescaped(std::string_view text) {
    const auto digit = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                      : -1;
    };
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
            out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

bool number(std::string_view word, std::int64_t& out) {
    const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), out);
    return code == std::errc() && end == word.data() + word.size() && out >= 0 && out < longest;
}

/// One line of nine columns.
struct Row {
    std::array<std::string_view, 9> column;
    Interval at;
    std::int64_t line;
};

/// A feature with the lines that share its ID.
struct Gathered {
    std::vector<Row> rows;
};

class Gff3Reader {
public:
    Gff3Reader(std::string_view bytes, const std::string& name, std::vector<Warning>& warnings)
        : lines_(bytes, 1, true), bytes_(bytes), name_(name), warnings_(warnings) {}

    Result<std::vector<Record>> read() {
        while (!lines_.done()) {
            const auto number_of = lines_.number();
            const auto line = lines_.peek();
            if (line.starts_with("##FASTA") || line.starts_with('>')) {
                if (line.starts_with('#')) lines_.next();
                if (auto status = read_fasta(); !status) return pass(status);
                break;
            }
            lines_.next();
            if (line.starts_with("##sequence-region")) {
                if (auto status = region(line, number_of); !status) return pass(status);
            } else if (!line.starts_with('#') && !trimmed(line).empty()) {
                if (auto status = row(line, number_of); !status) return pass(status);
            }
        }
        if (auto status = build(); !status) return pass(status);
        return std::move(records_);
    }

private:
    Failure fault(std::int64_t line, Doc message) const {
        return bad_input(message)
            .at(line_of(name_, line))
            .advise({"a line of GFF3 has nine columns parted by tabs", "GFF3 每行为制表符分隔的九列"});
    }

    std::size_t record_named(const std::string& id) {
        const auto [found, fresh] = index_.try_emplace(id, records_.size());
        if (fresh) {
            Record record;
            record.name = record.id = id;
            record.molecule = "DNA";
            record.layout.lower_case = false;
            records_.push_back(std::move(record));
            gathered_.emplace_back();
        }
        return found->second;
    }

    Status region(std::string_view line, std::int64_t at) {
        take_word(line);
        const auto id = unescaped(take_word(line));
        std::int64_t first = 0;
        std::int64_t last = 0;
        if (!number(take_word(line), first) || !number(take_word(line), last) || last < first)
            return fault(
                at, {"##sequence-region needs a name, a start and an end", "##sequence-region 需给出名称、起点和终点"});
        auto& record = records_[record_named(id)];
        record.length = std::max(record.length, last);
        return {};
    }

    Status row(std::string_view line, std::int64_t at) {
        Row row{.column = {}, .at = {}, .line = at};
        std::size_t count = 0;
        for (std::size_t from = 0; from <= line.size() && count < 9; ++count) {
            const auto tab = count == 8 ? line.size() : std::min(line.find('\t', from), line.size());
            row.column[count] = line.substr(from, tab - from);
            from = tab + 1;
        }
        std::int64_t first = 0;
        if (count < 8 || !number(row.column[3], first) || !number(row.column[4], row.at.end) || first < 1 ||
            row.at.end < first - 1)
            return fault(at, {"this is not a line of GFF3", "此行不是有效的 GFF3"});
        row.at.start = first - 1;
        if (row.column[6] != "+" && row.column[6] != "-" && row.column[6] != "." && row.column[6] != "?")
            return fault(at, {"the strand must be + - . or ?", "链必须为 + - . 或 ?"});
        const auto record = record_named(unescaped(row.column[0]));
        const auto id = attribute(row.column[8], "ID");
        auto& features = gathered_[record];
        if (!id.empty()) {
            const auto key = fmt::format("{}\t{}\t{}", record, row.column[2], id);
            const auto [found, fresh] = by_id_.try_emplace(key, features.size());
            if (!fresh) {
                features[found->second].rows.push_back(row);
                return {};
            }
        }
        features.push_back({{row}});
        return {};
    }

    static std::string_view attribute(std::string_view attributes, std::string_view name) {
        for (std::size_t at = 0; at < attributes.size();) {
            const auto end = std::min(attributes.find(';', at), attributes.size());
            const auto entry = trimmed(attributes.substr(at, end - at));
            if (entry.size() > name.size() && entry.starts_with(name) && entry[name.size()] == '=')
                return entry.substr(name.size() + 1);
            at = end + 1;
        }
        return {};
    }

    Status read_fasta() {
        auto rest = bytes_.substr(std::min(lines_.offset(), bytes_.size()));
        auto line = lines_.number();
        while (!rest.empty() && rest.front() != '>') {
            rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
            ++line;
        }
        while (!rest.empty()) {
            const auto next = rest.find("\n>");
            const auto one = rest.substr(0, next == std::string_view::npos ? next : next + 1);
            auto read = read_fasta_record(one, line, name_);
            if (!read) return pass(read);
            auto& record = records_[record_named(read->id)];
            record.description = read->description;
            record.sequence = std::move(read->sequence);
            record.molecule = read->molecule;
            record.topology = read->topology;
            record.length = record.sequence.length();
            line += std::count(one.begin(), one.end(), '\n');
            rest.remove_prefix(one.size());
        }
        return {};
    }

    Status build() {
        for (std::size_t i = 0; i < records_.size(); ++i) {
            auto& record = records_[i];
            std::int64_t reach = 0;
            for (const auto& feature : gathered_[i])
                for (const auto& row : feature.rows) {
                    if (attribute(row.column[8], "Is_circular") == "true") {
                        record.topology = Topology::circular;
                        if (record.length == 0) record.length = row.at.end;
                    }
                    reach = std::max(reach, row.at.end);
                }
            if (record.length == 0) {
                record.length = reach;
                record.length_known = false;
            }
            for (const auto& feature : gathered_[i])
                if (auto status = build_feature(record, feature); !status) return status;
        }
        return {};
    }

    Status build_feature(Record& record, const Gathered& gathered) {
        Feature feature;
        feature.type = unescaped(gathered.rows.front().column[2]);
        std::vector<Location> parts;
        const bool reverse = gathered.rows.front().column[6] == "-";
        auto rows = gathered.rows;
        for (const auto& row : rows) {
            const auto limit = record.circular() ? 2 * record.length : record.length;
            if (row.at.end > limit || (row.at.start >= record.length && record.length > 0))
                warnings_.push_back(
                    {row.line, text({"position {} lies beyond the record of {} bases; it is kept as it stands",
                                     "位置 {} 超出长度为 {} 的记录；按原样保留"},
                                    row.at.end, record.length)});
            Location part{.span = row.at, .single = row.at.length() == 1};
            if (row.column[6] == "-") part = complemented(std::move(part));
            parts.push_back(std::move(part));
        }
        feature.location = location_of(std::move(parts), reverse);
        if (const auto text = attribute(rows.front().column[8], "location"); !text.empty())
            if (auto exact = parse_location_anywhere(unescaped(text), record.length, record.topology))
                feature.location = *exact;
        qualifiers(feature, rows);
        record.features.push_back(std::move(feature));
        return {};
    }

    /// Parts as one location: those of one strand run along it.
    static Location location_of(std::vector<Location> parts, bool reverse) {
        if (parts.size() == 1) return std::move(parts.front());
        const auto same = [reverse](const Location& part) {
            return (part.kind == Location::Kind::complement) == reverse;
        };
        if (!std::all_of(parts.begin(), parts.end(), same))
            return {.kind = Location::Kind::join, .parts = std::move(parts)};
        if (!reverse) return {.kind = Location::Kind::join, .parts = std::move(parts)};
        // Read 5' to 3' on the reverse strand: the last line of an ascending list comes first.
        const bool ascending = parts.front().parts.front().span < parts.back().parts.front().span;
        if (!ascending) std::reverse(parts.begin(), parts.end());
        for (auto& part : parts) part = complemented(std::move(part));
        return complemented({.kind = Location::Kind::join, .parts = std::move(parts)});
    }

    void qualifiers(Feature& feature, const std::vector<Row>& rows) {
        const auto add = [&](std::string_view name, std::string value) {
            feature.qualifiers.push_back({std::string(name), std::move(value)});
        };
        const auto& attributes = rows.front().column[8];
        for (std::size_t at = 0; at < attributes.size();) {
            const auto end = std::min(attributes.find(';', at), attributes.size());
            const auto entry = trimmed(attributes.substr(at, end - at));
            at = end + 1;
            if (entry.empty() || entry == ".") continue;
            const auto equals = entry.find('=');
            const auto name = unescaped(entry.substr(0, equals));
            if (equals == std::string_view::npos) {
                feature.qualifiers.push_back({name, {}, Qualifier::Form::flag});
                continue;
            }
            if (name == "location") continue;
            for (std::size_t from = equals + 1; from <= entry.size();) {
                const auto comma = std::min(entry.find(',', from), entry.size());
                add(name, unescaped(entry.substr(from, comma - from)));
                from = comma + 1;
            }
        }
        const auto column = [&](std::string_view name, std::size_t index, bool each) {
            std::string joined;
            bool all_empty = true;
            for (const auto& row : rows) {
                all_empty = all_empty && row.column[index] == ".";
                if (!joined.empty()) joined += ',';
                joined += unescaped(row.column[index]);
                if (!each) break;
            }
            if (!all_empty) add(name, joined);
        };
        column("gff_source", 1, false);
        column("gff_score", 5, true);
        column("gff_phase", 7, true);
        if (rows.front().column[6] == ".") add("gff_strand", ".");
        if (rows.front().column[6] == "?") add("gff_strand", "?");
    }

    Lines lines_;
    std::string_view bytes_;
    const std::string& name_;
    std::vector<Warning>& warnings_;
    std::vector<Record> records_;
    std::vector<std::vector<Gathered>> gathered_;
    std::unordered_map<std::string, std::size_t> index_;
    std::unordered_map<std::string, std::size_t> by_id_;
};

}  // namespace

Result<std::vector<Record>> read_gff3(std::string_view bytes, const std::string& name, std::vector<Warning>& warnings) {
    return Gff3Reader(bytes, name, warnings).read();
}

}  // namespace leaven::seq
