#include "xml_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "utf8.hpp"

namespace leaven::metabolism {
namespace {

/// Escapes what XML gives a meaning to; line breaks too, which readers turn into blanks in attributes.
void append_escaped(std::string& out, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto next = first_code_point(text.substr(at));
        if (!next || !is_xml_character(next->value)) {
            append_utf8(out, replacement_character);
            at += next ? next->bytes : 1;
            continue;
        }
        switch (next->value) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\t':
                out += "&#9;";
                break;
            case '\n':
                out += "&#10;";
                break;
            case '\r':
                out += "&#13;";
                break;
            default:
                out += text.substr(at, next->bytes);
        }
        at += next->bytes;
    }
}

}  // namespace

std::string number_text(double value) {
    if (std::isinf(value)) return value > 0 ? "INF" : "-INF";
    std::array<char, 32> buffer{};
    const auto [end, fault] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return fault == std::errc() ? std::string(buffer.data(), end) : "NaN";
}

std::string xml_escaped(std::string_view text) {
    std::string out;
    append_escaped(out, text);
    return out;
}

XmlText::XmlText() : out_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

void XmlText::indent() {
    constexpr std::size_t deepest = 16;  // beyond that, nested gene rules would make the text grow with the square
    out_.append(2 * std::min(open_.size(), deepest), ' ');
}

void XmlText::begin(std::string_view element, const Attributes& attributes) {
    indent();
    out_ += '<';
    out_ += element;
    for (const auto& [name, value] : attributes) {
        if (value.empty()) continue;
        out_ += ' ';
        out_ += name;
        out_ += "=\"";
        append_escaped(out_, value);
        out_ += '"';
    }
}

void XmlText::open(std::string_view element, const Attributes& attributes) {
    begin(element, attributes);
    out_ += ">\n";
    open_.emplace_back(element);
}

void XmlText::close() {
    const auto element = std::move(open_.back());
    open_.pop_back();
    indent();
    out_ += "</";
    out_ += element;
    out_ += ">\n";
}

void XmlText::leaf(std::string_view element, const Attributes& attributes) {
    begin(element, attributes);
    out_ += "/>\n";
}

void XmlText::text(std::string_view element, std::string_view content) {
    begin(element, {});
    out_ += '>';
    append_escaped(out_, content);
    out_ += "</";
    out_ += element;
    out_ += ">\n";
}

void XmlText::raw(std::string_view element, const Attributes& attributes, std::string_view content) {
    begin(element, attributes);
    out_ += '>';
    out_ += content;
    out_ += "</";
    out_ += element;
    out_ += ">\n";
}

}  // namespace leaven::metabolism
