#include "plot.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>

namespace leaven::metabolism {
namespace {

constexpr double picture_width = 1000;

constexpr std::string_view style = R"css(
.plot{--paper:#fff;--ink:#1b2430;--quiet:#556070;--rule:#d5dbe4;--c0:#0072b2;--c1:#e69f00;--c2:#009e73;--c3:#cc79a7;--c4:#56b4e9;--c5:#d55e00;--c6:#b3a500;--c7:#777}
@media screen and (prefers-color-scheme:dark){.plot{--paper:#11161d;--ink:#e6ebf2;--quiet:#a3afbf;--rule:#2c3542;--c0:#4aa8e0;--c1:#f0b840;--c2:#2ec49a;--c3:#e0a0c6;--c4:#8accf2;--c5:#ff8a4a;--c6:#f0e442;--c7:#aaa}}
.plot{font-family:system-ui,-apple-system,"Segoe UI","Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;font-size:15px}
.plot .ground{fill:var(--paper)}
.plot text{fill:var(--ink)}
.plot .tick,.plot .axis{fill:var(--quiet)}
.plot .grid{stroke:var(--rule);stroke-width:1}
.plot .shape{fill-opacity:.28;stroke:var(--ink);stroke-width:1.4;stroke-linejoin:round}
.plot .curve{fill:none;stroke-width:2.2;stroke-linejoin:round}
.plot .dashed{stroke-dasharray:7 5}
.plot .bar{fill-opacity:.75;stroke:none}
.plot .name{font-weight:600;text-anchor:middle;paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.plot .end{text-anchor:end}.plot .middle{text-anchor:middle}.plot .small{font-size:12px}
)css";

std::string colour_rules() {
    std::string out;
    for (int i = 0; i < plot_colours; ++i)
        out += fmt::format(".plot .c{0}{{fill:var(--c{0})}}.plot .curve.c{0}{{fill:none;stroke:var(--c{0})}}", i);
    return out;
}

std::string tick_text(double value) {
    auto text = fmt::format("{:.6g}", value);
    if (text.starts_with('-')) text.replace(0, 1, "\u2212");
    return text;
}

}  // namespace

std::vector<double> plot_ticks(PlotRange range, int wanted) {
    const double size = std::max({std::fabs(range.from), std::fabs(range.to), 1e-30});
    if (!(range.to - range.from > 1e-9 * size)) {
        range.from -= size / 2;
        range.to += size / 2;
    }
    const double rough = (range.to - range.from) / wanted;
    const double decade = std::pow(10.0, std::floor(std::log10(rough)));
    double step = 10 * decade;
    for (const double nice : {5.0, 2.0, 1.0})
        if (nice * decade >= rough * (1 - 1e-9)) step = nice * decade;
    const double first = std::floor(range.from / step + 1e-9);
    const double last = std::ceil(range.to / step - 1e-9);
    std::vector<double> ticks;
    for (double i = first; i <= last; i += 1) ticks.push_back(i * step);
    return ticks;
}

PlotArea::PlotArea(PlotBox box, PlotRange x, PlotRange y, int x_ticks, int y_ticks)
    : box_(box), x_ticks_(plot_ticks(x, x_ticks)), y_ticks_(plot_ticks(y, y_ticks)) {}

double PlotArea::x(double value) const {
    return box_.left + box_.width * (value - x_ticks_.front()) / (x_ticks_.back() - x_ticks_.front());
}

double PlotArea::y(double value) const {
    return box_.top + box_.height * (y_ticks_.back() - value) / (y_ticks_.back() - y_ticks_.front());
}

std::string PlotArea::points(std::span<const PlotPoint> list) const {
    std::string out;
    for (const auto& at : list) out += fmt::format("{}{:.1f},{:.1f}", out.empty() ? "" : " ", x(at.x), y(at.y));
    return out;
}

void PlotArea::grid() {
    const double bottom = box_.top + box_.height;
    const double right = box_.left + box_.width;
    for (const double tick : x_ticks_)
        out_ += fmt::format(
            "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\"/>"
            "<text class=\"tick middle\" x=\"{0:.1f}\" y=\"{3:.1f}\">{4}</text>\n",
            x(tick), box_.top, bottom, bottom + 20, tick_text(tick));
    for (const double tick : y_ticks_)
        out_ += fmt::format(
            "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{1:.1f}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/>"
            "<text class=\"tick end\" x=\"{3:.1f}\" y=\"{4:.1f}\">{5}</text>\n",
            box_.left, right, y(tick), box_.left - 8, y(tick) + 5, tick_text(tick));
}

void PlotArea::axes(std::string_view x_label, std::string_view y_label) {
    grid();
    out_ += fmt::format("<text class=\"axis end\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", box_.left + box_.width,
                        box_.top + box_.height + 44, escape_markup(x_label));
    out_ += fmt::format("<text class=\"axis\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", std::max(4.0, box_.left - 60),
                        box_.top - 12, escape_markup(y_label));
}

void PlotArea::polygon(std::span<const PlotPoint> vertices, std::string_view classes) {
    out_ += fmt::format("<polygon class=\"shape {}\" points=\"{}\"/>\n", classes, points(vertices));
}

void PlotArea::line(std::span<const PlotPoint> list, std::string_view classes) {
    out_ += fmt::format("<polyline class=\"curve {}\" points=\"{}\"/>\n", classes, points(list));
}

void PlotArea::bar(PlotRange range, double height, std::string_view classes) {
    const double left = x(range.from);
    const double base = y(0);
    out_ += fmt::format("<rect class=\"bar {}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>\n",
                        classes, left, y(height), x(range.to) - left, base - y(height));
}

void PlotArea::dot(PlotPoint at, std::string_view classes) {
    out_ += fmt::format("<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\"/>\n", classes, x(at.x), y(at.y));
}

void PlotArea::label(PlotPoint at, std::string_view words, std::string_view classes) {
    out_ += fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", classes, x(at.x), y(at.y) + 5,
                        escape_markup(words));
}

void PlotArea::heading(std::string_view words) {
    out_ += fmt::format("<text class=\"small\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", box_.left, box_.top - 8,
                        escape_markup(words));
}

std::string plot_document(double height, std::string_view body, const Text& title, Lang lang) {
    const auto name = escape_markup(title.in(lang));
    return fmt::format(
        "<svg class=\"plot\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" lang=\"{2}\" role=\"img\" "
        "aria-label=\"{3}\">\n<title>{3}</title>\n<style>{4}{5}</style>\n<rect class=\"ground\" width=\"{0}\" "
        "height=\"{1}\"/>\n{6}</svg>\n",
        picture_width, height, lang == Lang::zh ? "zh-Hans" : "en", name, style, colour_rules(), body);
}

}  // namespace leaven::metabolism
