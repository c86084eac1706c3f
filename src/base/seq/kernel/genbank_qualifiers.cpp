// The qualifiers of a feature. Nearly all stand as they would be written, and are taken as they stand; the rest is
// read with care and kept as it is.
#include "genbank_features.hpp"
#include "genbank_text.hpp"

namespace leaven::seq {

using namespace genbank;

void FeatureTable::read_qualifiers(Lines& lines, Feature& feature) {
    written_.clear();
    for (;;) {
        collect_plain(lines);
        if (lines.done() || lines.peek().empty() || !is_blank(lines.peek().front()) || !continues(lines.peek())) break;
        collect_any(lines);
    }
    feature.qualifiers.reserve(written_.size());
    for (const auto& one : written_) add_qualifier(feature, one);
}

/// All that stand as they would be written, up to the first that does not.
void FeatureTable::collect_plain(Lines& lines) {
    auto rest = lines.rest();
    auto number = lines.number();
    for (Written next; is_plain(rest, next);) {
        next.line = number;
        written_.push_back(next);
        number += next.lines;
        rest.remove_prefix(next.text.size() + (windows_ ? 2 : 1));
    }
    lines.skip(lines.rest().size() - rest.size(), number - lines.number());
}

/// Does the line end after `size` characters, the last of which is no blank?
bool FeatureTable::ends_with_line(std::string_view rest, std::size_t size) const {
    if (is_blank(rest[size - 1])) return false;
    return windows_ ? rest.substr(size, 2) == "\r\n" : size < rest.size() && rest[size] == '\n';
}

/// Does `rest` begin with a qualifier in its place, one line or closed by its second quotation mark?
bool FeatureTable::is_plain(std::string_view rest, Written& out) const {
    const auto start = indent() + 1;  // of the name
    if (start <= 12 || rest.size() < start || rest[start - 1] != '/' || !begins_with_blanks(rest, start - 1))
        return false;
    auto at = start;
    while (at < rest.size() && rest[at] != '=' && rest[at] != '\n') ++at;
    out.equals = at;
    out.lines = 1;
    out.shape = Written::Shape::line;
    if (at + 1 < rest.size() && rest[at] == '=' && rest[at + 1] == '"') return is_quoted(rest, out);
    out.form = at < rest.size() && rest[at] == '=' ? Qualifier::Form::bare : Qualifier::Form::flag;
    const auto end = std::min(rest.find('\n', at), rest.size());
    const auto size = end - (windows_ && end > 0 && rest[end - 1] == '\r' ? 1 : 0);
    if (size > to_size(page_width) || !ends_with_line(rest, size)) return false;
    // Without quotation marks it goes on until another qualifier or feature begins.
    out.text = rest.substr(0, size);
    out.equals = std::min(out.equals, size);
    const auto next = rest.substr(std::min(end + 1, rest.size()), start);
    const auto margin = margin_of(next);
    return margin < next.size() && (next[margin] == '/' || (margin < 12 && !is_blank(next[margin])));
}

bool FeatureTable::is_quoted(std::string_view rest, Written& out) const {
    out.form = Qualifier::Form::quoted;
    auto at = find_either(rest, out.equals + 2, '"', '\n');
    while (at < rest.size() && rest[at] == '\n') {
        if (windows_ || !indented(rest.substr(at + 1, indent() + 1), indent())) return false;
        out.shape = Written::Shape::folded;
        ++out.lines;
        at = find_either(rest, at + 1 + indent(), '"', '\n');
    }
    if (at >= rest.size() || !ends_with_line(rest, at + 1)) return false;
    out.text = rest.substr(0, at + 1);
    return out.lines > 1 || out.text.size() <= to_size(page_width);
}

/// A qualifier in whatever form, to the line before the next.
void FeatureTable::collect_any(Lines& lines) {
    const auto start = lines.offset();
    const auto first = lines.number();
    auto line = lines.next();
    line.remove_prefix(margin_of(line));
    const auto equals = line.find('=');
    const bool quoted = line.starts_with('/') && equals != std::string_view::npos && equals + 1 < line.size() &&
                        line[equals + 1] == '"';
    auto quotes = quoted ? count_of(line.substr(equals), '"') : 0;
    while (!lines.done() && !lines.peek().empty()) {
        const auto next = lines.peek();
        const bool open = quoted && quotes % 2 == 1;
        if ((quoted && !open) || !continues(next)) break;
        if (!open && trimmed(next).starts_with('/')) break;
        if (quoted) quotes += count_of(next, '"');
        lines.next();
    }
    written_.push_back({.text = lines.text_from(start), .line = first});
}

void FeatureTable::add_qualifier(Feature& feature, const Written& written) {
    if (written.shape == Written::Shape::any) return add_any(feature, written);
    const auto start = indent() + 1;
    const auto name = written.text.substr(start, written.equals - start);
    const auto before = written.equals + (written.form == Qualifier::Form::quoted ? 2 : 1);  // the value
    std::string_view value;
    if (written.shape == Written::Shape::folded) {
        if (!unfold(written.text, name, indent(), unfolded_)) return add_any(feature, written);
        value = unfolded_;
        value = value.substr(before - indent(), value.size() - (before - indent()) - 1);
    } else if (written.form != Qualifier::Form::flag) {
        value = written.text.substr(before);
        if (written.form == Qualifier::Form::quoted) value.remove_suffix(1);
    }
    auto& qualifier = feature.qualifiers.emplace_back();
    qualifier.name.assign(name);
    qualifier.value.assign(value);
    qualifier.form = written.form;
}

void FeatureTable::add_any(Feature& feature, const Written& written) {
    const auto lines = kept_lines(written.text, windows_);
    auto qualifier = parse_qualifier(lines);
    if (qualifier.form == Qualifier::Form::quoted && !right_trimmed(lines).ends_with('"'))
        remarks_.push_back(
            {written.line, text({"the quotation mark of /{} is not closed", "/{} 的引号未闭合"}, qualifier.name)});
    if (trimmed(lines).empty() || !trimmed(lines).starts_with('/')) {
        qualifier = {.name = {}, .value = std::string(trimmed(lines)), .form = Qualifier::Form::bare};
        qualifier.written = lines;
        if (!trimmed(lines).empty())
            remarks_.push_back({written.line, text({"this text belongs to no qualifier", "此文本不属于任何限定词"})});
    } else if (qualifier_lines(qualifier, record_.layout.indent) != lines) {
        qualifier.written = lines;
    }
    feature.qualifiers.push_back(std::move(qualifier));
}

}  // namespace leaven::seq
