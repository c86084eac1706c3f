#include "plot.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

namespace leaven::report {
namespace {

/// Units of the picture are pixels at its usual size, so letters keep theirs: one for screens and paper, one for
/// phones.
struct Canvas {
    std::string_view classes;
    double width;
    double height;
    int x_ticks;
};
constexpr Canvas wide{"plot wide", 860, 430, 5};
constexpr Canvas narrow{"plot narrow", 380, 330, 3};

constexpr double right = 26;
constexpr double top = 46;
constexpr double bottom = 66;
constexpr double letter = 8.5;  // width of a digit, generously

/// From the units of the axes to those of the picture.
struct Axes {
    Canvas canvas;
    std::vector<double> x_ticks;
    std::vector<double> y_ticks;
    double left = 0;

    Axes(const Canvas& on, double x_most, double y_most)
        : canvas(on), x_ticks(ticks(x_most, on.x_ticks)), y_ticks(ticks(y_most, 4)) {
        for (const double tick : y_ticks)
            left = std::max(left, letter * static_cast<double>(fmt::format("{:g}", tick).size()));
        left += 18;
    }

    [[nodiscard]] double right_end() const { return canvas.width - right; }
    [[nodiscard]] double x(double value) const { return left + (right_end() - left) * value / x_ticks.back(); }
    [[nodiscard]] double y(double value) const {
        return canvas.height - bottom - (canvas.height - top - bottom) * value / y_ticks.back();
    }
};

Html label(double x, double y, std::string_view classes, const Text& words) {
    const auto one = [&](std::string_view lang, const std::string& text) {
        return fmt::format("<text class=\"t {}\" lang=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", classes, lang, x,
                           y, plain(text));
    };
    return one("en", words.en) + one("zh-Hans", words.zh);
}

Html grid(const Axes& axes) {
    Html out;
    const double base = axes.y(0);
    for (const double tick : axes.x_ticks)
        out += fmt::format(
            "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\"/>"
            "<text class=\"tick x\" x=\"{0:.1f}\" y=\"{3:.1f}\">{4:g}</text>\n",
            axes.x(tick), top, base, base + 24, tick);
    for (const double tick : axes.y_ticks)
        out += fmt::format(
            "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{1:.1f}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/>"
            "<text class=\"tick y\" x=\"{3:.1f}\" y=\"{4:.1f}\">{5:g}</text>\n",
            axes.left, axes.right_end(), axes.y(tick), axes.left - 10, axes.y(tick) + 5, tick);
    return out;
}

Html polygon(const PlotPolygon& shape, const Axes& axes) {
    Html points;
    for (const auto& vertex : shape.vertices)
        points += fmt::format("{:.1f},{:.1f} ", axes.x(vertex.x), axes.y(vertex.y));
    if (!points.empty()) points.pop_back();
    return fmt::format("<polygon class=\"{}\" points=\"{}\"/>\n", shape.classes, points);
}

Html mark(const PlotMark& mark, const Axes& axes) {
    const double x = axes.x(mark.at.x);
    const double y = axes.y(mark.at.y);
    Html out;
    if (mark.up_to)
        out += fmt::format("<line class=\"range {0}\" x1=\"{1:.1f}\" x2=\"{1:.1f}\" y1=\"{2:.1f}\" y2=\"{3:.1f}\"/>\n",
                           mark.classes, x, y, axes.y(*mark.up_to));
    out += fmt::format("<circle class=\"mark {}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"6\"/>\n", mark.classes, x, y);
    return out + label(x - 12, y - 10, fmt::format("name {}", mark.classes),
                       {std::string(mark.label.en), std::string(mark.label.zh)});
}

}  // namespace

std::vector<double> ticks(double largest, int wanted) {
    if (!(largest > 0) || !std::isfinite(largest)) return {0, 1};
    const double rough = largest / wanted;
    const double decade = std::pow(10.0, std::floor(std::log10(rough)));
    double step = 10 * decade;
    for (const double nice : {5.0, 2.0, 1.0})
        if (nice * decade >= rough * (1 - 1e-9)) step = nice * decade;
    std::vector<double> out{0};
    for (int i = 1; out.back() < largest * (1 - 1e-9); ++i) out.push_back(i * step);
    return out;
}

namespace {

Html render_on(const Canvas& canvas, const Plot& plot, double x_most, double y_most) {
    const Axes axes(canvas, x_most, y_most);
    Html out = fmt::format("<svg class=\"{}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{}\">\n",
                           canvas.classes, canvas.width, canvas.height, plot.title_id);
    out += grid(axes);
    for (const auto& shape : plot.polygons) out += polygon(shape, axes);
    for (const auto& point : plot.marks) out += mark(point, axes);
    out += label(axes.right_end(), canvas.height - 10, "axis x", plot.x_axis);
    return out + label(4, 20, "axis y", plot.y_axis) + "</svg>\n";
}

}  // namespace

Html render(const Plot& plot) {
    double x_most = 0;
    double y_most = 0;
    for (const auto& shape : plot.polygons)
        for (const auto& vertex : shape.vertices) {
            x_most = std::max(x_most, vertex.x);
            y_most = std::max(y_most, vertex.y);
        }
    return render_on(wide, plot, x_most, y_most) + render_on(narrow, plot, x_most, y_most);
}

}  // namespace leaven::report
