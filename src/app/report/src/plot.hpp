// A plot of polygons over two axes, as SVG that takes its colours from the page.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "html.hpp"

namespace leaven::report {

struct PlotPoint {
    double x;
    double y;
};

struct PlotPolygon {
    std::string_view classes;  // of the style sheet
    std::vector<PlotPoint> vertices;
};

struct PlotMark {
    PlotPoint at;
    std::optional<double> up_to;  // a range upwards from it
    Doc label;
    std::string_view classes;
};

struct Plot {
    std::string_view title_id;  // element that names the plot for those who do not see it
    Text x_axis;                // with units
    Text y_axis;
    std::vector<PlotPolygon> polygons;
    std::vector<PlotMark> marks;
};

/// Steps of 1, 2 or 5 times a power of ten from 0 to at least `largest`, about `wanted` of them.
std::vector<double> ticks(double largest, int wanted);

Html render(const Plot& plot);

}  // namespace leaven::report
