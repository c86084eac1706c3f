// Writes the dictionary of a model as YAML in the form of COBRApy: ordered maps, one pair a line.

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include <leaven/op/json.hpp>

#include "json_dictionary.hpp"
#include "utf8.hpp"
#include "xml_text.hpp"

namespace leaven::metabolism {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// May it stand without quotes? Only what no version of YAML reads as anything but a text.
bool is_plain(std::string_view text) {
    constexpr std::array<std::string_view, 9> words{"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
    if (text.empty() || !is_letter(text[0])) return false;
    const auto plain = [](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    };
    if (!std::all_of(text.begin(), text.end(), plain)) return false;
    std::string lower(text);
    for (auto& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return std::find(words.begin(), words.end(), lower) == words.end();
}

void append_text(std::string& out, std::string_view text) {
    if (is_plain(text)) {
        out += text;
        return;
    }
    out += '"';
    while (!text.empty()) {
        const auto next = first_code_point(text).value_or(CodePoint{replacement_character, 1});
        const auto code = next.value;
        // Controls, line and paragraph separators, a byte order mark: readers take them for something else.
        const bool odd =
            code < 0x20 || (code >= 0x7F && code <= 0xA0) || code == 0x2028 || code == 0x2029 || code == 0xFEFF;
        if (code == '"' || code == '\\') out += '\\';
        if (odd)
            out += fmt::format("\\u{:04X}", code);
        else
            append_utf8(out, code);
        text.remove_prefix(next.bytes);
    }
    out += '"';
}

/// With a point, so that every version of YAML takes it for a number.
std::string float_text(double value) {
    auto text = number_text(value);
    if (text.find('.') == std::string::npos) text.insert(std::min(text.find('e'), text.size()), ".0");
    return text;
}

class Writer {
public:
    std::string write(const Json& root) {
        out_ = "!!omap\n";
        pairs(root, 0);
        return std::move(out_);
    }

private:
    void scalar(const Json& value) {
        if (value.is_string())
            append_text(out_, value.get_ref<const std::string&>());
        else if (value.is_number_float())
            out_ += float_text(value.get<double>());
        else
            out_ += value.dump();
    }

    void pairs(const Json& object, std::size_t indent) {
        for (const auto& [key, value] : object.items()) {
            out_.append(indent, ' ');
            out_ += "- ";
            append_text(out_, key);
            out_ += ':';
            nested(value, indent + 2);
        }
    }

    /// A value behind its key.
    void nested(const Json& value, std::size_t indent) {
        if (value.is_object()) {
            out_ += value.empty() ? " !!omap []\n" : " !!omap\n";
            pairs(value, indent);
        } else if (value.is_array()) {
            out_ += value.empty() ? " []\n" : "\n";
            for (const auto& item : value) this->item(item, indent);
        } else {
            out_ += ' ';
            scalar(value);
            out_ += '\n';
        }
    }

    void item(const Json& item, std::size_t indent) {
        out_.append(indent, ' ');
        if (item.is_object()) {
            out_ += "- !!omap\n";
            pairs(item, indent + 2);
            return;
        }
        out_ += item.is_array() ? "- [" : "- ";
        if (!item.is_array()) scalar(item);
        for (std::size_t i = 0; item.is_array() && i < item.size(); ++i) {
            if (i > 0) out_ += ", ";
            scalar(item[i]);
        }
        out_ += item.is_array() ? "]\n" : "\n";
    }

    std::string out_;
};

}  // namespace

std::string write_yaml(const Model& model, const std::string& extras) {
    return Writer().write(dictionary_of(model, extras));
}

}  // namespace leaven::metabolism
