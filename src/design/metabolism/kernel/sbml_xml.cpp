#include "sbml_xml.hpp"

#include <algorithm>
#include <limits>

#include "number.hpp"

namespace leaven::metabolism {
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
    if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
    return text.starts_with("+-") ? std::nullopt : read_number(text);
}

}  // namespace leaven::metabolism
