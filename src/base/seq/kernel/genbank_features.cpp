#include "genbank_features.hpp"

#include <algorithm>

#include "genbank_text.hpp"

namespace leaven::seq {

using namespace genbank;

namespace {

/// Start of the next word.
std::size_t after_blanks(std::string_view line, std::size_t at) {
    const auto end = std::min(line.find_first_of(" \t", at), line.size());
    return std::min(line.find_first_not_of(" \t", end), line.size());
}

bool begins_location(std::string_view text) {
    const char c = text.front();
    const bool begins = (c >= '0' && c <= '9') || c == '<' || c == '>' || text.starts_with("join(") ||
                        text.starts_with("order(") || text.starts_with("complement(");
    int depth = 0;
    for (const char each : text) {
        depth += each == '(' ? 1 : each == ')' ? -1 : 0;
        if (depth < 0) return false;
    }
    return begins;
}

/// Does the line go on with a table: does it begin with a blank?
bool within_table(const Lines& lines) {
    return !lines.done() && !lines.peek().empty() && is_blank(lines.peek().front());
}

/// A number from 1 on without leading zeros, which is taken from the front; 0 where there is none.
std::int64_t take_number(std::string_view& text) {
    std::int64_t number = 0;
    std::size_t size = 0;
    while (size < std::min<std::size_t>(text.size(), 18) && text[size] >= '0' && text[size] <= '9')
        number = number * 10 + (text[size++] - '0');
    if (text.starts_with('0')) return 0;
    text.remove_prefix(size);
    return number;
}

}  // namespace

std::string kept_lines(std::string_view text, bool windows) {
    if (!windows) return std::string(text);
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at)
        if (text.substr(at, 2) != "\r\n") out += text[at];
    return out;
}

void FeatureTable::read(Lines& lines) {
    constexpr std::size_t most_reserved = 20'000;
    record_.features.reserve(std::min(lines.rest().size() / 1024, most_reserved));
    while (within_table(lines)) read_feature(lines);
}

/// Does the line continue the feature above: a qualifier, or more of its text?
bool FeatureTable::continues(std::string_view line) const {
    const auto margin = margin_of(line);
    if (margin == line.size()) return true;  // a blank line within
    return line.front() == ' ' && margin >= 12 && margin + 2 >= indent();
}

void FeatureTable::read_feature(Lines& lines) {
    const auto number = lines.number();
    auto start = lines.offset();
    const auto line = lines.next();
    const auto split = location_column(line);
    if (record_.features.empty() && split >= 12 && split <= 60)
        record_.layout.indent = static_cast<std::int64_t>(split);
    start += split;
    while (!lines.done() && continues(lines.peek())) {
        const auto next = trimmed(lines.peek());
        if (next.empty() || next.starts_with('/')) break;
        lines.next();
    }
    const auto text = lines.text_from(start);
    auto& feature = record_.features.emplace_back();
    places_.push_back({number, text, place_plainly(feature.location, text)});
    const auto head = line.substr(0, split);
    feature.type = trimmed(head);
    if (!is_standard_head(head, feature.type)) feature.written_type = head;
    read_qualifiers(lines, feature);
}

/// Where the location begins on the line of a key; keys of some dialects hold blanks.
std::size_t FeatureTable::location_column(std::string_view line) const {
    if (line.size() > indent() && is_blank(line[indent() - 1]) && !is_blank(line[indent()])) return indent();
    const auto first = after_blanks(line, margin_of(line));
    auto found = first;
    for (auto at = first; at < line.size(); at = after_blanks(line, at))
        if (begins_location(line.substr(at))) found = at;
    return found;
}

bool FeatureTable::is_standard_head(std::string_view head, std::string_view type) const {
    constexpr std::size_t before = 5;
    if (head.size() != std::max(before + type.size() + 1, indent())) return false;
    if (margin_of(head) != before || head.substr(0, before).find('\t') != std::string_view::npos) return false;
    const auto after = head.substr(before + type.size());
    return margin_of(after) == after.size() && after.find('\t') == std::string_view::npos;
}

Status FeatureTable::place(const std::string& name, std::vector<Warning>& warnings) {
    for (std::size_t i = 0; i < places_.size(); ++i)
        if (places_[i].end == 0 || places_[i].end > record_.length)
            if (auto status = place(record_.features[i], places_[i], name); !status) return status;
    std::stable_sort(remarks_.begin(), remarks_.end(),
                     [](const Warning& one, const Warning& other) { return one.line < other.line; });
    std::move(remarks_.begin(), remarks_.end(), std::back_inserter(warnings));
    return {};
}

Status FeatureTable::place(Feature& feature, const Place& place, const std::string& name) {
    const auto packed = !has_blank(place.text);
    auto location = parse_location_anywhere(place.text, record_.length, record_.topology);
    if (!location) {
        auto error = location.error();
        error.where = fmt::format("{}: {} {}", line_of(name, place.line), feature.type, error.where);
        return tl::unexpected(std::move(error));
    }
    feature.location = *std::move(location);
    if (!lies_within(feature.location, record_.length, record_.topology))
        remarks_.push_back({place.line, text({"{} {} lies beyond the record of {} bases; it is kept as it stands",
                                              "{} {} 超出长度为 {} 的记录；按原样保留"},
                                             feature.type, trimmed(place.text), record_.length)});
    keep_location(feature, place.text, packed);
    return {};
}

/// The common case without a second look: a span on either strand, as it would be written if it lies within the record.
/// Its end; 0 where the text is something else.
std::int64_t FeatureTable::place_plainly(Location& location, std::string_view text) const {
    constexpr std::string_view turn = "complement(";
    if (text.size() + indent() > to_size(page_width)) return 0;
    const bool turned = text.starts_with(turn) && text.back() == ')';
    if (turned) text = text.substr(turn.size(), text.size() - turn.size() - 1);
    const auto first = take_number(text);
    if (!text.starts_with("..")) return 0;
    text.remove_prefix(2);
    const auto last = take_number(text);
    if (!text.empty() || first < 1 || last < first) return 0;
    if (turned) location.kind = Location::Kind::complement;
    (turned ? location.parts.emplace_back() : location).span = {first - 1, last};
    return last;
}

/// Keeps the lines of a location where other lines would be written.
void FeatureTable::keep_location(Feature& feature, std::string_view written, bool packed) const {
    const auto lines = packed ? std::string() : kept_lines(written, windows_);
    const auto standard = record_.text_of(feature.location);
    if (packed ? standard != written || standard.size() + indent() > to_size(page_width)
               : location_lines(standard, record_.layout.indent) != lines)
        feature.written_location = packed ? std::string(written) : lines;
}

}  // namespace leaven::seq
