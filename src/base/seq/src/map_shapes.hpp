// What both layouts of a map are made of.
#pragma once

#include <string>
#include <vector>

#include <leaven/seq/map.hpp>

namespace leaven::seq::map {

/// One run of a feature on a lane of its own where it overlaps another.
struct Shape {
    std::size_t feature;
    std::vector<Piece> pieces;
    Interval extent;
    int lane = 0;
};

/// A text to be placed beside the place it names.
struct Label {
    std::string text{};
    double anchor = 0;  // angle, or x
    double weight = 0;  // the greater, the rather it is kept
    int lane = 0;
    bool tick = false;
    double place = 0;  // y in a column, or row
    double x = 0;
    bool shown = true;
};

/// Features that are drawn, longest first within a lane order; the source of the whole record is not.
std::vector<Shape> shapes_of(const Record& record);
int lanes_of(const std::vector<Shape>& shapes);

/// A class name of the style sheet for the type of a feature.
std::string colour_class(std::string_view type);

/// The document up to the drawing itself: title, style sheet, ground.
std::string document_head(const Record& record, double width, double height, Doc layout, Lang lang);

/// What a pointer on a feature shows; the first element of its group.
std::string feature_title(const Record& record, const Feature& feature);

/// Bases from one mark of the scale to the next: 1, 2 or 5 times a power of ten, for about ten marks.
double scale_step(std::int64_t length);

std::string legend(const Record& record, const std::vector<Shape>& shapes, double x, double y);

/// At most 30 columns.
std::string shortened(const std::string& label);
double text_width(const std::string& text);

/// "2,686 bp"
std::string size_text(const Record& record);

inline constexpr double font_size = 12;
inline constexpr double line_height = 15;

DrawnMap draw_circular(const Record& record, const std::vector<Tick>& ticks, Lang lang);
DrawnMap draw_linear(const Record& record, const std::vector<Tick>& ticks, Lang lang);

}  // namespace leaven::seq::map
