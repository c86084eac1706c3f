#include "sbml_xml.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "reading_rules.hpp"

namespace leaven::metabolism {
namespace {

bool same_word(std::string_view word, std::string_view lower) {
    return std::equal(word.begin(), word.end(), lower.begin(), lower.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; });
}

}  // namespace

std::string XmlSource::where_offset(std::ptrdiff_t offset) const {
    const auto before = text.substr(0, static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, offset)));
    return fmt::format("{}, line {}", name, 1 + std::count(before.begin(), before.end(), '\n'));
}

std::string XmlSource::where(pugi::xml_node node, std::string_view id) const {
    auto place = where_offset(node.offset_debug());
    return id.empty() ? place : fmt::format("{}, {}", place, id);
}

std::string_view local_name(const char* qualified_name) {
    const std::string_view name(qualified_name);
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(pugi::xml_node parent, std::string_view name) {
    for (const auto node : parent.children())
        if (local_name(node.name()) == name) return node;
    return {};
}

std::optional<std::string_view> attribute(pugi::xml_node node, std::string_view name) {
    for (const auto found : node.attributes())
        if (local_name(found.name()) == name) return found.value();
    return std::nullopt;
}

std::string text_of(pugi::xml_node node, std::string_view name) {
    return std::string(attribute(node, name).value_or(std::string_view()));
}

bool flag(pugi::xml_node node, std::string_view name, bool otherwise) {
    const auto value = attribute(node, name);
    if (!value) return otherwise;
    if (*value == "true" || *value == "1") return true;
    if (*value == "false" || *value == "0") return false;
    return otherwise;
}

pugi::xml_node next_inside(pugi::xml_node node, pugi::xml_node top) {
    if (node.first_child()) return node.first_child();
    while (node != top && !node.next_sibling()) node = node.parent();
    return node == top ? pugi::xml_node() : node.next_sibling();
}

std::optional<double> xml_number(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-')) return std::nullopt;
    }

    const bool negative = text.starts_with('-');
    const auto word = text.substr(negative ? 1 : 0);
    if (same_word(word, "inf") || same_word(word, "infinity"))
        return negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    if (same_word(word, "nan")) return std::numeric_limits<double>::quiet_NaN();

    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace leaven::metabolism
