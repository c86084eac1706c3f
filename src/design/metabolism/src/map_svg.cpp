#include "map_svg.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>

namespace leaven::metabolism {

MapPoint operator+(MapPoint a, MapPoint b) { return {a.x + b.x, a.y + b.y}; }
MapPoint operator-(MapPoint a, MapPoint b) { return {a.x - b.x, a.y - b.y}; }
MapPoint operator*(MapPoint a, double factor) { return {a.x * factor, a.y * factor}; }
double length(MapPoint vector) { return std::hypot(vector.x, vector.y); }

std::string coordinate(double value) {
    auto text = fmt::format("{:.1f}", value);
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return text == "-0" ? "0" : text;
}

std::string coordinates(MapPoint point) { return coordinate(point.x) + " " + coordinate(point.y); }

FluxScale::FluxScale(std::span<const double> fluxes) {
    std::vector<double> sizes;
    for (const double flux : fluxes)
        if (flows(flux) && std::isfinite(flux)) sizes.push_back(std::abs(flux));
    if (sizes.empty()) return;
    std::sort(sizes.begin(), sizes.end());
    const auto high = sizes[(sizes.size() - 1) * 95 / 100];
    largest = sizes.back();
    reference = std::min(largest, 3 * high);
    cut = reference < largest;
}

double FluxScale::share(double flux) const {
    return std::isnan(flux) ? 0 : std::sqrt(std::min(1.0, std::abs(flux) / reference));
}

double FluxScale::width(double flux) const { return flows(flux) ? 1.4 + 6.6 * share(flux) : 0.9; }

int FluxScale::shade(double flux) const { return std::min(shades - 1, static_cast<int>(share(flux) * shades)); }

MapCurve straight(MapPoint from, MapPoint to) {
    const auto third = (to - from) * (1.0 / 3);
    return {from, from + third, to - third, to};
}

MapCurve reversed(const MapCurve& curve) { return {curve.to, curve.second, curve.first, curve.from}; }

MapPoint point_on(const MapCurve& curve, double t) {
    const double s = 1 - t;
    return curve.from * (s * s * s) + curve.first * (3 * s * s * t) + curve.second * (3 * s * t * t) +
           curve.to * (t * t * t);
}

namespace {

/// The way into the end point: from the last control point that is not on it.
MapPoint end_direction(const MapCurve& curve) {
    for (const auto& before : {curve.second, curve.first, curve.from})
        if (const auto way = curve.to - before; length(way) > 0.05) return way * (1 / length(way));
    return {0, 1};
}

std::string triangle(MapPoint tip, MapPoint direction, double long_side, double half_width) {
    const auto base = tip - direction * long_side;
    const MapPoint across{-direction.y * half_width, direction.x * half_width};
    return fmt::format("M{}L{}L{}Z", coordinates(tip), coordinates(base + across), coordinates(base - across));
}

}  // namespace

DrawnCurve draw_curve(const MapCurve& curve, bool head, double width, double gap) {
    MapCurve line = curve;
    DrawnCurve drawn;
    if (head) {
        const auto direction = end_direction(curve);
        const double room = length(curve.to - curve.from);
        const double half_width = std::min(0.8 * width + 1.6, 0.3 * room);
        const double long_side = 1.9 * half_width;
        const auto tip = curve.to - direction * std::min(gap, 0.3 * room);
        line.to = tip - direction * (0.8 * long_side);
        drawn.head = triangle(tip, direction, long_side, half_width);
    }
    drawn.path = fmt::format("M{}C{} {} {}", coordinates(line.from), coordinates(line.first), coordinates(line.second),
                             coordinates(line.to));
    return drawn;
}

std::string flux_tooltip(const std::string& id, const std::string& name, std::optional<double> flux) {
    auto text = name.empty() || name == id ? id : id + ": " + name;
    if (flux) text += fmt::format(", {} mmol/gDW/h", significant(*flux));
    return text;
}

namespace {

struct Look {
    std::string classes;
    std::string_view colour;  // for programs that know no style sheets
};

Look look_of(const DrawnReaction& reaction, const FluxScale& scale) {
    if (!reaction.known) return {"f unknown", light_palette.idle};
    if (!flows(reaction.flux)) return {"f idle", light_palette.idle};
    switch (reaction.change) {
        case FluxChange::more:
            return {"f more", light_palette.more};
        case FluxChange::less:
            return {"f less", light_palette.less};
        case FluxChange::turned:
            return {"f turned", light_palette.turned};
        case FluxChange::none:
            break;
    }
    const int shade = scale.shade(reaction.flux);
    return {fmt::format("f f{}{}", shade, reaction.dashed ? " run" : ""),
            light_palette.shades[static_cast<std::size_t>(shade)]};
}

}  // namespace

std::string svg_reaction(const DrawnReaction& reaction, const FluxScale& scale) {
    const auto look = look_of(reaction, scale);
    std::string out = fmt::format("<g class=\"{}\" color=\"{}\"><title>{}</title>", look.classes, look.colour,
                                  escape_markup(reaction.tooltip));
    const auto path = [&](const std::string& data, double width) {
        if (!data.empty()) out += fmt::format("<path d=\"{}\" stroke-width=\"{}\"/>", data, coordinate(width));
    };
    path(reaction.side, reaction.side_width);
    path(reaction.main, reaction.width);
    if (!reaction.heads.empty()) out += fmt::format("<path class=\"head\" d=\"{}\"/>", reaction.heads);
    return out + "</g>\n";
}

std::string svg_cross(MapPoint at, const std::string& tooltip) {
    constexpr double arm = 6;
    const auto cross =
        fmt::format("M{}L{}M{}L{}", coordinates(at - MapPoint{arm, arm}), coordinates(at + MapPoint{arm, arm}),
                    coordinates(at - MapPoint{arm, -arm}), coordinates(at + MapPoint{arm, -arm}));
    return fmt::format(
        "<g class=\"off\" fill=\"none\"><title>{0}</title><path class=\"rim\" stroke=\"{2}\" stroke-width=\"7\" "
        "d=\"{1}\"/><path stroke=\"{3}\" stroke-width=\"3.2\" d=\"{1}\"/></g>\n",
        escape_markup(tooltip), cross, light_palette.paper, light_palette.off);
}

std::string_view anchor_attribute(Anchor anchor) {
    constexpr std::array<std::string_view, 3> attributes{"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
    return attributes[static_cast<std::size_t>(anchor)];
}

std::string svg_text(const Text& text, MapPoint at, double size, std::string_view classes, Anchor anchor) {
    const auto one = [&](std::string_view lang, const std::string& words) {
        return fmt::format("<text class=\"t {}\" lang=\"{}\" x=\"{}\" y=\"{}\" font-size=\"{}\"{}>{}</text>\n", classes,
                           lang, coordinate(at.x), coordinate(at.y), coordinate(size), anchor_attribute(anchor),
                           escape_markup(words));
    };
    return one("en", text.en) + one("zh-Hans", text.zh);
}

}  // namespace leaven::metabolism
