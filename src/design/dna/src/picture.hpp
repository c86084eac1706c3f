// What the drawings of this module have in common: their frame, and words in them.
#pragma once

#include <string>
#include <string_view>

namespace leaven::dna {

struct PictureSize {
    double width = 0;
    double height = 0;
};

/// A whole SVG of this class: a title for those who do not see it, a <style> element, a ground, and what is drawn.
std::string framed_picture(std::string_view name, PictureSize size, std::string_view title, std::string_view style,
                           const std::string& drawn);

/// Words whose line lies at `y`; `more` is further attributes.
std::string picture_text(double x, double y, std::string_view classes, std::string_view words, std::string_view more);

}  // namespace leaven::dna
