#include "xhtml.hpp"

#include <fmt/core.h>

#include "sbml_xml.hpp"
#include "xml_text.hpp"

namespace leaven::metabolism {
namespace {

std::string name_of(pugi::xml_node element) {
    const auto name = local_name(element.name());
    return name.empty() ? "span" : std::string(name);
}

void append_start(std::string& out, pugi::xml_node element) {
    out += "<" + name_of(element);
    for (const auto attribute : element.attributes()) {
        const std::string_view name = attribute.name();
        if (name.starts_with("xmlns") || local_name(attribute.name()).empty()) continue;
        out += fmt::format(" {}=\"{}\"", local_name(attribute.name()), xml_escaped(attribute.value()));
    }
}

}  // namespace

std::string xhtml_of(pugi::xml_node top, const std::function<bool(pugi::xml_node)>& leave_out) {
    std::string out;
    auto node = top.first_child();
    while (node && node != top) {
        const bool skipped = node.parent() == top && leave_out(node);
        if (!skipped && node.type() == pugi::node_element) {
            append_start(out, node);
            if (node.first_child()) {
                out += ">";
                node = node.first_child();
                continue;
            }
            out += "/>";
        } else if (!skipped && (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata)) {
            out += xml_escaped(node.value());
        }
        while (node != top && !node.next_sibling()) {
            node = node.parent();
            if (node != top) out += "</" + name_of(node) + ">";
        }
        if (node != top) node = node.next_sibling();
    }
    return out;
}

}  // namespace leaven::metabolism
