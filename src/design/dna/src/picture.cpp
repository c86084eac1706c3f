#include "picture.hpp"

#include <fmt/core.h>

#include <leaven/core/markup.hpp>

namespace leaven::dna {

std::string framed_picture(std::string_view name, PictureSize size, std::string_view title, std::string_view style,
                           const std::string& drawn) {
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{0}\" viewBox=\"0 0 {1:.0f} {2:.0f}\" "
        "width=\"{1:.0f}\" style=\"max-width:100%;height:auto\" role=\"img\" aria-label=\"{3}\">"
        "<title>{3}</title>\n{4}<rect class=\"ground\" width=\"{1:.0f}\" height=\"{2:.0f}\"/>\n{5}</svg>\n",
        name, size.width, size.height, title, style, drawn);
}

std::string picture_text(double x, double y, std::string_view classes, std::string_view words, std::string_view more) {
    return fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\"{}>{}</text>\n", classes, x, y, more,
                       escape_markup(words));
}

}  // namespace leaven::dna
