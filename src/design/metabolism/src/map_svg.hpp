// What all flux pictures share: scale, colours, lines with heads, labels that keep apart, legend, frame.
//
// Units: lengths in thousandths of the longer side of the picture, so that sizes look alike on every map.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/metabolism/map.hpp>

namespace leaven::metabolism {

inline std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }

/// Colours on light and on dark ground. Shades: the part of viridis that keeps a contrast of 3 to its ground, dark on
/// light and light on dark, so that the largest flux always stands out most and the order shows without colour.
struct MapPalette {
    std::string_view paper, ink, quiet, idle, off;
    std::array<std::string_view, 8> shades;
    std::string_view more, less, turned;  // of a comparison
};
inline constexpr MapPalette light_palette{
    "#ffffff", "#1b2430", "#556070",
    "#c4ccd6", "#c2410c", {"#22a07e", "#21918c", "#287c8e", "#2f6c8e", "#375b8d", "#414487", "#482475", "#440154"},
    "#0072b2", "#c2410c", "#8a3ffc"};
inline constexpr MapPalette dark_palette{
    "#11161d", "#e6ebf2", "#a3afbf",
    "#3d4858", "#ff9a5c", {"#2a788e", "#238d8d", "#1fa088", "#2eb37c", "#4ac16d", "#7ad151", "#bddf26", "#fde725"},
    "#56b4e9", "#ff9a5c", "#be95ff"};

struct MapFrame {
    double width = 1000;
    double height = 700;
};

/// How a flux looks: the square root of its share of the reference sets width and shade.
struct FluxScale {
    static constexpr int shades = static_cast<int>(light_palette.shades.size());
    static constexpr double idle = 1e-7;  // mmol/gDW/h; below the tolerance of the solver nothing flows

    double reference = 1;  // the largest flux, but at most thrice the 95th percentile: one cycle must not dim the rest
    double largest = 0;    // flux of all
    bool cut = false;      // there are larger ones, drawn like the reference

    explicit FluxScale(std::span<const double> fluxes);
    [[nodiscard]] double share(double flux) const;  // 0 … 1
    [[nodiscard]] double width(double flux) const;
    [[nodiscard]] int shade(double flux) const;  // 0 … shades-1
};

inline bool flows(double flux) { return flux > FluxScale::idle || flux < -FluxScale::idle; }

/// Coordinates and lengths: one decimal, no exponent, no minus zero.
std::string coordinate(double value);
std::string coordinates(MapPoint point);

MapPoint operator+(MapPoint a, MapPoint b);
MapPoint operator-(MapPoint a, MapPoint b);
MapPoint operator*(MapPoint a, double factor);
double length(MapPoint vector);

/// A curve from one point to another, perhaps with a head at either end.
struct MapCurve {
    MapPoint from;
    MapPoint first;  // control points; a third of the way where the line is straight
    MapPoint second;
    MapPoint to;
};

MapCurve straight(MapPoint from, MapPoint to);
MapCurve reversed(const MapCurve& curve);
MapPoint point_on(const MapCurve& curve, double share);

/// The path of a curve, and the triangle at its end where `head` is set: it stops `gap` before the end point.
struct DrawnCurve {
    std::string path;
    std::string head;
};
DrawnCurve draw_curve(const MapCurve& curve, bool head, double width, double gap);

enum class Anchor { start, middle, end };
std::string_view anchor_attribute(Anchor anchor);  // with a blank before it; empty for `start`

/// How a flux differs between two states.
enum class FluxChange { none, more, less, turned };

/// One reaction's lines: class and fallback colour of its shade, tooltip, paths.
struct DrawnReaction {
    std::string tooltip;  // plain text
    double flux = 0;
    bool known = true;
    bool dashed = false;
    FluxChange change = FluxChange::none;
    std::string main{};  // path data
    std::string side{};
    std::string heads{};  // filled
    double width = 1;
    double side_width = 1;
};
std::string svg_reaction(const DrawnReaction& reaction, const FluxScale& scale);

/// "PFK: Phosphofructokinase, 9.500 mmol/gDW/h"
std::string flux_tooltip(const std::string& id, const std::string& name, std::optional<double> flux);

/// The cross of a reaction that a design switches off.
std::string svg_cross(MapPoint at, const std::string& tooltip);

/// The finished document: style, body, legend below the frame.
struct MapDocument {
    MapFrame frame;
    std::string body;
    Text description;
    // What the legend has to explain.
    bool idle = false;          // lines without flux
    bool unknown = false;       // lines without a known flux
    bool runs = false;          // lines that stand for several steps
    bool biomass = false;       // nodes that biomass is made of
    bool switched_off = false;  // crosses
    bool compared = false;      // lines are changes of flux
};
std::string svg_document(const MapDocument& document, const FluxScale& scale, const DrawOptions& options);

/// `text` in both languages, of which the style shows one.
std::string svg_text(const Text& text, MapPoint at, double size, std::string_view classes,
                     Anchor anchor = Anchor::start);

}  // namespace leaven::metabolism
