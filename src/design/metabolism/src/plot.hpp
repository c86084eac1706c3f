// Small plots over two axes as SVG: polygons, lines, bars, with ticks and labels.
//
// Units: the axes' own for what is drawn, thousandths of the picture's width for boxes. Colours suit light and dark
// ground and the colour-blind (Okabe, Ito 2008); what a colour says, a label says too.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/text.hpp>

namespace leaven::metabolism {

struct PlotPoint {
    double x;
    double y;
};
struct PlotRange {
    double from;
    double to;
};
struct PlotBox {
    double left;
    double top;
    double width;
    double height;
};

inline constexpr int plot_colours = 8;  // classes "c0" … "c7"

/// Round values that cover the range, about `wanted` of them; two at least.
///
/// Requires  finite ends
std::vector<double> plot_ticks(PlotRange range, int wanted);

/// One pair of axes in a picture.
class PlotArea {
public:
    /// The axes reach from the first tick to the last.
    PlotArea(PlotBox box, PlotRange x, PlotRange y, int x_ticks, int y_ticks);

    void axes(std::string_view x_label, std::string_view y_label);
    void polygon(std::span<const PlotPoint> vertices, std::string_view classes);
    void line(std::span<const PlotPoint> points, std::string_view classes);
    void bar(PlotRange x, double height, std::string_view classes);
    void dot(PlotPoint at, std::string_view classes);
    void label(PlotPoint at, std::string_view words, std::string_view classes);

    /// Words above the box.
    void heading(std::string_view words);

    [[nodiscard]] const std::string& svg() const { return out_; }

private:
    [[nodiscard]] double x(double value) const;
    [[nodiscard]] double y(double value) const;
    [[nodiscard]] std::string points(std::span<const PlotPoint> list) const;
    void grid();

    PlotBox box_;
    std::vector<double> x_ticks_, y_ticks_;
    std::string out_;
};

/// The picture around its parts; 1000 wide.
std::string plot_document(double height, std::string_view body, const Text& title, Lang lang);

}  // namespace leaven::metabolism
