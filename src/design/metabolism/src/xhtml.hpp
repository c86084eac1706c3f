// Passages of XHTML, as the notes of SBML hold them.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace leaven::metabolism {

/// What is inside `top` as text: names without prefixes, nothing but elements, attributes and text. No recursion.
/// Children of `top` that `leave_out` picks are left out.
std::string xhtml_of(pugi::xml_node top, const std::function<bool(pugi::xml_node)>& leave_out);

}  // namespace leaven::metabolism
