#include "genbank_text.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/core.h>

#include "lines.hpp"

namespace leaven::seq::genbank {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    return out;
}

bool is_unit(std::string_view word) { return word == "bp" || word == "aa" || word == "rc"; }

bool is_number(std::string_view word) {
    return !word.empty() && word.size() <= 15 &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_date(std::string_view word) {
    return word.size() >= 8 && word.size() <= 11 && word[0] >= '0' && word[0] <= '9' &&
           (word.find('-') != std::string_view::npos || word.find('/') != std::string_view::npos);
}

bool is_division(std::string_view word) {
    return word.size() == 3 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_molecule(std::string_view word) {
    return lower(word).find("na") != std::string::npos || word == "AA" || lower(word) == "protein";
}

/// Where the next line of `text` ends: the last place within `width` where it may be broken.
std::size_t fold_at(std::string_view text, std::size_t width) {
    if (text.size() <= width) return text.size();
    const auto blank = text.rfind(' ', width);
    if (blank != std::string_view::npos && blank > 0) return blank;
    for (auto mark = width - 1; mark > 0; --mark)  // find_last_of is slow
        if (text[mark] == ',' || text[mark] == '-') return mark + 1;
    return width;
}

/// Lines of at most `width` characters; a blank at a break is left out.
std::string folded(std::string_view text, std::size_t width, const std::string& margin) {
    std::string out;
    while (text.size() > width) {
        const auto end = fold_at(text, width);
        out += margin;
        out += text.substr(0, end);
        out += '\n';
        text.remove_prefix(end);
        if (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    }
    out += margin;
    out += text;
    return out;
}

/// Characters of a line after its indentation.
std::size_t room(std::int64_t indent) {
    return static_cast<std::size_t>(std::max<std::int64_t>(20, page_width - indent));
}

/// Are two lines of a value parted by a blank? They are not where a word was cut because it fills a whole line.
bool parted_by_blank(std::string_view before, std::string_view name, std::size_t width) {
    if (name == "translation" || before.empty()) return false;
    return before.size() < width || before.find(' ') != std::string_view::npos;
}

/// The numbered line of up to 60 letters from `at` on.
void origin_line(std::string& out, std::string_view text, std::size_t at, bool lowered, std::string_view end_of_line) {
    char digits[24];
    const auto digits_end = std::to_chars(digits, digits + sizeof digits, at + 1).ptr;
    const auto width = static_cast<std::size_t>(digits_end - digits);
    if (width < 9) out.append(9 - width, ' ');
    out.append(digits, width);
    char line[66];
    std::size_t size = 0;
    const auto end = std::min(at + 60, text.size());
    for (auto i = at; i < end; ++i) {
        if ((i - at) % 10 == 0) line[size++] = ' ';
        line[size++] = static_cast<char>(lowered ? text[i] | 0x20 : text[i]);
    }
    out.append(line, size);
    out += end_of_line;
}

}  // namespace

Locus parse_locus(std::string_view line) {
    Locus locus;
    auto rest = line.substr(std::min<std::size_t>(line.size(), 5));
    auto scan = rest;
    std::string_view previous;
    while (!scan.empty()) {
        const auto word = take_word(scan);
        if (is_unit(word) && is_number(previous)) {
            std::int64_t length = 0;
            std::from_chars(previous.data(), previous.data() + previous.size(), length);
            locus.length = length;
            locus.protein = word == "aa";
            locus.name = trimmed(rest.substr(0, static_cast<std::size_t>(previous.data() - rest.data())));
            break;
        }
        previous = word;
    }
    if (!locus.length) {
        scan = rest;
        locus.name = take_word(scan);
    }
    while (!scan.empty()) {
        const auto word = take_word(scan);
        if (lower(word) == "circular" || lower(word) == "linear")
            locus.circular = lower(word) == "circular";
        else if (is_date(word))
            locus.date = word;
        else if (locus.molecule.empty() && is_molecule(word))
            locus.molecule = word;
        else if (locus.division.empty() && is_division(word))
            locus.division = word;
    }
    return locus;
}

std::string locus_line(const Locus& locus) {
    const auto unit = locus.protein ? "aa" : "bp";
    auto name = locus.name.empty() ? std::string("unnamed") : locus.name;
    std::replace_if(name.begin(), name.end(), is_blank, '_');
    std::string molecule = locus.molecule;
    if (molecule.size() < 3 || molecule[2] != '-') molecule.insert(0, "   ");
    if (locus.protein) molecule.clear();
    auto line =
        fmt::format("LOCUS       {:<16} {:>11} {} {:<9}  {:<8} {:<3} {}", name, locus.length.value_or(0), unit,
                    molecule, locus.circular ? "circular" : "linear", locus.division.empty() ? "UNK" : locus.division,
                    locus.date.empty() ? "01-JAN-1980" : locus.date);
    return line;
}

std::string location_lines(std::string_view location, std::int64_t indent) {
    const auto width = room(indent);
    const std::string margin(static_cast<std::size_t>(indent), ' ');
    std::string out;
    while (location.size() > width) {
        auto end = location.substr(0, width).rfind(',');
        end = end == std::string_view::npos ? width : end + 1;
        out += location.substr(0, end);
        out += '\n' + margin;
        location.remove_prefix(end);
    }
    out += location;
    return out;
}

std::string qualifier_lines(const Qualifier& qualifier, std::int64_t indent) {
    const std::string margin(static_cast<std::size_t>(indent), ' ');
    if (qualifier.form == Qualifier::Form::flag) return margin + "/" + qualifier.name;
    auto text = "/" + qualifier.name + "=";
    if (qualifier.form == Qualifier::Form::bare) {
        text += qualifier.value;
        return text.size() > room(indent) ? folded(text, room(indent), margin) : margin + text;
    }
    text += '"';
    for (const char c : qualifier.value) text.append(c == '"' ? 2 : 1, c == '\n' ? ' ' : c);
    text += '"';
    return folded(text, room(indent), margin);
}

Qualifier parse_qualifier(std::string_view lines) {
    Qualifier qualifier;
    const auto slash = lines.find('/');
    const auto margin = slash == std::string_view::npos ? 0 : slash;
    std::string text;
    std::string_view before;
    for (Lines each(lines, 1, false); !each.done();) {
        auto line = each.next();
        const auto skip = std::min(margin_of(line), margin);
        line = right_trimmed(line.substr(std::min(skip, line.size())));
        if (before.data() == nullptr) {
            if (line.empty()) continue;
            const auto equals = line.find('=');
            qualifier.name = line.substr(1, equals == std::string_view::npos ? equals : equals - 1);
            if (equals == std::string_view::npos)
                qualifier.form = Qualifier::Form::flag;
            else if (equals + 1 >= line.size() || line[equals + 1] != '"')
                qualifier.form = Qualifier::Form::bare;
            text = equals == std::string_view::npos ? std::string() : std::string(line.substr(equals + 1));
        } else {
            const bool bare_list = qualifier.form == Qualifier::Form::bare && text.starts_with('(');
            if (!bare_list && parted_by_blank(before, qualifier.name, room(static_cast<std::int64_t>(margin))))
                text += ' ';
            text += line;
        }
        before = line.empty() ? std::string_view(" ") : line;
    }
    if (qualifier.form == Qualifier::Form::flag && !text.empty()) {  // text after a flag, on a line of its own
        qualifier.form = Qualifier::Form::bare;
    }
    if (qualifier.form != Qualifier::Form::quoted || text.empty()) {
        qualifier.value = std::move(text);
        return qualifier;
    }
    std::string_view inner(text);
    inner.remove_prefix(1);
    if (!inner.empty() && inner.back() == '"') inner.remove_suffix(1);
    qualifier.value.reserve(inner.size());
    for (std::size_t i = 0; i < inner.size(); ++i) {
        qualifier.value += inner[i];
        if (inner[i] == '"' && i + 1 < inner.size() && inner[i + 1] == '"') ++i;
    }
    return qualifier;
}

bool unfold(std::string_view lines, std::string_view name, std::size_t indent, std::string& text) {
    const auto width = room(static_cast<std::int64_t>(indent));
    text.clear();
    std::vector<std::size_t> ends;  // of the lines in the text
    std::string_view before;
    while (true) {
        const auto end = std::min(lines.find('\n'), lines.size());
        auto line = lines.substr(0, end);
        if (!indented(line, indent) || is_blank(line.back())) return false;
        line.remove_prefix(indent);
        if (!text.empty()) {
            ends.push_back(text.size());
            if (parted_by_blank(before, name, width)) text += ' ';
        }
        text += line;
        before = line;
        if (end == lines.size()) break;
        lines.remove_prefix(end + 1);
    }
    std::size_t from = 0;
    const std::string_view whole(text);
    const bool solid = whole.find(' ') == whole.npos && whole.find(',') == whole.npos && whole.find('-') == whole.npos;
    for (const auto end : ends) {
        const auto rest = whole.substr(from);
        if (rest.size() <= width || from + (solid ? width : fold_at(rest, width)) != end) return false;
        from = end + (whole[end] == ' ' ? 1 : 0);
    }
    return text.size() - from <= width;
}

void write_origin(std::string& out, const Sequence& sequence, bool lower_case, std::string_view end_of_line) {
    const std::string letters = sequence.mask.empty() ? std::string() : masked_letters(sequence);
    const std::string_view text =
        sequence.mask.empty() ? std::string_view(sequence.letters) : std::string_view(letters);
    out.reserve(out.size() + text.size() / 60 * 77 + 160);
    for (std::size_t at = 0; at < text.size(); at += 60)
        origin_line(out, text, at, lower_case && sequence.mask.empty(), end_of_line);
}

bool is_standard_origin(std::string_view lines, const Sequence& sequence, bool lower_case,
                        std::string_view end_of_line) {
    const std::string letters = sequence.mask.empty() ? std::string() : masked_letters(sequence);
    const std::string_view text =
        sequence.mask.empty() ? std::string_view(sequence.letters) : std::string_view(letters);
    std::string line;
    for (std::size_t at = 0; at < text.size(); at += 60) {
        line.clear();
        origin_line(line, text, at, lower_case && sequence.mask.empty(), end_of_line);
        if (!lines.starts_with(line)) return false;
        lines.remove_prefix(line.size());
    }
    return lines.empty();
}

std::string field_lines(std::string_view key, std::string_view text) {
    auto lines = folded(text, page_width - 12, std::string(12, ' '));
    lines.replace(0, 12, fmt::format("{:<12}", key));
    return lines;
}

std::string field_text(std::string_view lines) {
    std::string text;
    for (Lines each(lines, 1, false); !each.done();) {
        auto line = each.next();
        const bool first = text.empty() && each.number() == 2;
        if (first) {
            const auto blank = line.find_first_of(" \t");
            line = blank == std::string_view::npos ? std::string_view() : line.substr(blank);
        }
        line = trimmed(line);
        if (!text.empty() && !line.empty()) text += ' ';
        text += line;
    }
    return text;
}

}  // namespace leaven::seq::genbank
