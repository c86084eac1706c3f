// Reading XML by the names that elements and attributes have without their namespace prefix, and saying where.
//
// SBML packages may use any prefix, and no two of those read here give one local name two meanings.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include <leaven/core/result.hpp>

namespace leaven::metabolism {

/// A parsed file, for messages.
struct XmlSource {
    std::string_view text;  // UTF-8, as parsed
    std::string name;

    /// "toy.xml, line 20", and ", R_R2" where an identifier is given.
    [[nodiscard]] std::string where(pugi::xml_node node, std::string_view id = {}) const;
    [[nodiscard]] std::string where_offset(std::ptrdiff_t offset) const;
};

std::string_view local_name(const char* qualified_name);

/// The first child of that local name; null where there is none.
pugi::xml_node child(pugi::xml_node parent, std::string_view name);

/// The attribute of that local name.
std::optional<std::string_view> attribute(pugi::xml_node node, std::string_view name);

/// The attribute, or nothing where it is absent: for texts whose absence means the same as their being empty.
std::string text_of(pugi::xml_node node, std::string_view name);

/// The element's true or false (or 1 or 0); `otherwise` where it is absent or neither.
bool flag(pugi::xml_node node, std::string_view name, bool otherwise);

/// The next element inside `top` in the order of the file; null after the last. No recursion at any depth.
pugi::xml_node next_inside(pugi::xml_node node, pugi::xml_node top);

/// A number as XML Schema writes it, INF and NaN included; none where `text` is something else.
std::optional<double> xml_number(std::string_view text);

/// Children of that local name: `for (auto node : children(list, "species"))`.
template <class Visit>
Status for_children(pugi::xml_node parent, std::string_view name, Visit&& visit) {
    for (const auto node : parent.children())
        if (local_name(node.name()) == name)
            if (Status status = visit(node); !status) return status;
    return {};
}

}  // namespace leaven::metabolism
