// Labels that keep off each other, off nodes and, where they can, off lines.
//
// A grid of at most 340 x 340 cells holds what is taken: the cost of a label does not grow with the map.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "map_svg.hpp"

namespace leaven::metabolism {

struct PlacedLabel {
    MapPoint at;  // of the base line
    Anchor anchor = Anchor::start;
};

/// Width that a text takes, in sizes of its font; Chinese characters are twice as wide as Latin ones.
double text_width(std::string_view utf8);

class LabelGrid {
public:
    explicit LabelGrid(const MapFrame& frame);

    void take_line(const MapCurve& curve, double width);
    void take_disc(MapPoint centre, double radius);

    /// The best free place for `text` around `point`, `gap` away from it, which is then taken; none where all are
    /// taken. `preferred` is where the author of the map had it.
    std::optional<PlacedLabel> place(std::string_view text, double size, MapPoint point, double gap,
                                     MapPoint preferred);

private:
    struct Box {
        double left, top, right, bottom;
    };
    [[nodiscard]] std::optional<int> cost(const Box& box) const;
    void take(const Box& box, std::uint8_t mark);
    [[nodiscard]] int column(double x) const;
    [[nodiscard]] int row(double y) const;

    MapFrame frame_;
    int columns_;
    int rows_;
    std::vector<std::uint8_t> taken_;  // bits: line, label
};

std::string svg_label(std::string_view text, const PlacedLabel& place, double size, std::string_view classes);

}  // namespace leaven::metabolism
