#include "genbank_features.hpp"

#include <algorithm>
#include <charconv>

#include "genbank_text.hpp"
#include "lines.hpp"

namespace leaven::seq {

using namespace genbank;

namespace {

std::size_t to_size(std::int64_t n) { return static_cast<std::size_t>(n); }

}  // namespace

std::string kept_lines(std::string_view text, bool windows) {
    std::string out(text);
    if (windows) std::erase(out, '\r');
    return out;
}

Status FeatureParser::parse(std::span<const PendingFeature> features, std::span<const PendingQualifier> qualifiers) {
    record_.features.reserve(features.size());
    for (const auto& pending : features) {
        if (auto status = parse_feature(pending, qualifiers.first(pending.qualifiers)); !status) return status;
        qualifiers = qualifiers.subspan(pending.qualifiers);
    }
    return {};
}

Status FeatureParser::parse_feature(const PendingFeature& pending, std::span<const PendingQualifier> qualifiers) {
    auto& feature = record_.features.emplace_back();
    feature.type = trimmed(pending.head);
    if (!is_standard_head(pending.head, feature.type)) feature.written_type = pending.head;
    const auto packed = !has_blank(pending.location);
    auto location = parse_location_anywhere(pending.location, record_.length, record_.topology);
    if (!location) {
        auto error = location.error();
        error.where = fmt::format("{}: {} {}", line_of(source_.name, pending.line), feature.type, error.where);
        return tl::unexpected(std::move(error));
    }
    feature.location = *std::move(location);
    if (!lies_within(feature.location, record_.length, record_.topology))
        warnings_.push_back({pending.line, text({"{} {} lies beyond the record of {} bases; it is kept as it stands",
                                                 "{} {} 超出长度为 {} 的记录；按原样保留"},
                                                feature.type, trimmed(pending.location), record_.length)});
    if (!packed || !reads_simply(feature.location, pending.location)) keep_location(feature, pending.location, packed);
    feature.qualifiers.reserve(qualifiers.size());
    for (const auto& one : qualifiers) add_qualifier(feature, one);
    return {};
}

/// Is the text that of a span on either strand, as it would be written?
bool FeatureParser::reads_simply(const Location& location, std::string_view text) const {
    const bool turned = location.kind == Location::Kind::complement;
    const auto& span = turned ? location.parts.front() : location;
    const bool plain = span.kind == Location::Kind::span && !span.single && span.remote.empty() &&
                       span.start_mark == '\0' && span.end_mark == '\0' && span.span.end <= record_.length;
    if (!plain || text.size() > to_size(page_width - record_.layout.indent)) return false;
    char digits[48];
    auto* end = std::to_chars(digits, digits + 20, span.span.start + 1).ptr;
    *end++ = '.';
    *end++ = '.';
    end = std::to_chars(end, end + 20, span.span.end).ptr;
    if (turned) {
        if (!text.starts_with("complement(") || text.back() != ')') return false;
        text.remove_prefix(11);
        text.remove_suffix(1);
    }
    return text == std::string_view(digits, static_cast<std::size_t>(end - digits));
}

/// Keeps the lines of a location where other lines would be written.
void FeatureParser::keep_location(Feature& feature, std::string_view written, bool packed) const {
    const auto indent = record_.layout.indent;
    const auto lines = packed ? std::string() : kept_lines(written, source_.windows);
    const auto standard = record_.text_of(feature.location);
    if (packed ? standard != written || standard.size() > to_size(page_width - indent)
               : location_lines(standard, indent) != lines)
        feature.written_location = packed ? std::string(written) : lines;
}

bool FeatureParser::is_standard_head(std::string_view head, std::string_view type) const {
    constexpr std::size_t before = 5;
    if (head.size() != std::max(before + type.size() + 1, to_size(record_.layout.indent))) return false;
    if (margin_of(head) != before || head.substr(0, before).find('\t') != std::string_view::npos) return false;
    const auto after = head.substr(before + type.size());
    return margin_of(after) == after.size() && after.find('\t') == std::string_view::npos;
}

void FeatureParser::add_qualifier(Feature& feature, const PendingQualifier& pending) {
    if (quick_qualifier(feature, pending)) return;
    const auto line = pending.line;
    const auto lines = kept_lines(pending.text, source_.windows);
    auto qualifier = parse_qualifier(lines);
    if (qualifier.form == Qualifier::Form::quoted && !right_trimmed(lines).ends_with('"'))
        warnings_.push_back(
            {line, text({"the quotation mark of /{} is not closed", "/{} 的引号未闭合"}, qualifier.name)});
    if (trimmed(lines).empty() || !trimmed(lines).starts_with('/')) {
        qualifier = {.name = {}, .value = std::string(trimmed(lines)), .form = Qualifier::Form::bare};
        qualifier.written = lines;
        if (!trimmed(lines).empty())
            warnings_.push_back({line, text({"this text belongs to no qualifier", "此文本不属于任何限定词"})});
    } else if (qualifier_lines(qualifier, record_.layout.indent) != lines) {
        qualifier.written = lines;
    }
    feature.qualifiers.push_back(std::move(qualifier));
}

/// The common case, /name="value" in its place and folded as it would be, without a second look.
bool FeatureParser::quick_qualifier(Feature& feature, const PendingQualifier& pending) {
    const auto indent = to_size(record_.layout.indent);
    const auto written = pending.text;
    const auto equals = pending.equals;
    if (!pending.closed || !indented(written, indent)) return false;
    const auto name = written.substr(indent + 1, equals - indent - 1);
    if (pending.lines > 1) {
        if (source_.windows || !unfold(written, name, indent, unfolded_)) return false;
        const auto before = name.size() + 3;  // /name="
        feature.qualifiers.push_back({std::string(name), unfolded_.substr(before, unfolded_.size() - before - 1)});
        return true;
    }
    if (written.size() > to_size(page_width)) return false;
    const auto value = written.substr(equals + 2, written.size() - equals - 3);
    feature.qualifiers.push_back({std::string(name), std::string(value)});
    return true;
}

}  // namespace leaven::seq
