// The frame of a flux picture: style sheet, title for those who do not see it, legend.

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>

#include "map_labels.hpp"
#include "map_svg.hpp"

namespace leaven::metabolism {
namespace {

constexpr std::string_view rules = R"css(
.flux-map{font-family:system-ui,-apple-system,"Segoe UI","Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
.flux-map .ground{fill:var(--fm-paper)}
.flux-map .f{fill:none;stroke:currentColor;stroke-linecap:round;stroke-linejoin:round;color:var(--fm-ink)}
.flux-map .head{fill:currentColor;stroke:none}
.flux-map .idle,.flux-map .unknown{color:var(--fm-idle)}
.flux-map .unknown path{stroke-dasharray:4 4}
.flux-map .run path:not(.head){stroke-dasharray:1 7}
.flux-map .f0{color:var(--fm-f0)}.flux-map .f1{color:var(--fm-f1)}.flux-map .f2{color:var(--fm-f2)}.flux-map .f3{color:var(--fm-f3)}
.flux-map .f4{color:var(--fm-f4)}.flux-map .f5{color:var(--fm-f5)}.flux-map .f6{color:var(--fm-f6)}.flux-map .f7{color:var(--fm-f7)}
.flux-map .more{color:var(--fm-more)}.flux-map .less{color:var(--fm-less)}.flux-map .turned{color:var(--fm-turned)}
.flux-map .less path:not(.head){stroke-dasharray:9 5;stroke-linecap:butt}
.flux-map .turned path:not(.head){stroke-dasharray:2 5}
.flux-map circle{fill:var(--fm-paper);stroke:var(--fm-quiet);stroke-width:1.2}
.flux-map circle.bare{stroke:var(--fm-idle)}
.flux-map circle.biomass{fill:var(--fm-quiet)}
.flux-map .off path{stroke:var(--fm-off)}
.flux-map .off path.rim{stroke:var(--fm-paper)}
.flux-map circle.end{fill:var(--fm-ink);stroke:var(--fm-ink)}
.flux-map text{fill:var(--fm-ink);paint-order:stroke;stroke:var(--fm-paper);stroke-width:3;stroke-linejoin:round}
.flux-map text.quiet{fill:var(--fm-quiet)}
.flux-map text.strong{font-weight:600}
.flux-map text.minor{stroke-width:1}
.flux-map text.area{fill:var(--fm-quiet);font-weight:600;letter-spacing:.02em}
.flux-map .f:hover path{stroke-opacity:.65}
.flux-map[lang=en] .t[lang|=zh],.flux-map[lang|=zh] .t[lang=en]{display:none}
)css";

std::string colours(const MapPalette& palette) {
    auto out = fmt::format(
        ".flux-map{{--fm-paper:{};--fm-ink:{};--fm-quiet:{};--fm-idle:{};--fm-off:{};--fm-more:{};--fm-less:{};"
        "--fm-turned:{}",
        palette.paper, palette.ink, palette.quiet, palette.idle, palette.off, palette.more, palette.less,
        palette.turned);
    for (std::size_t i = 0; i < palette.shades.size(); ++i) out += fmt::format(";--fm-f{}:{}", i, palette.shades[i]);
    return out + "}";
}

std::string style() {
    return fmt::format("\n{}\n@media screen and (prefers-color-scheme:dark){{{}}}{}", colours(light_palette),
                       colours(dark_palette), rules);
}

std::string_view tag_of(Lang lang) { return lang == Lang::zh ? "zh-Hans" : "en"; }

/// Steps of 1, 2, 5 at or below the reference: the greatest, and each time a quarter to a fifth of the one before.
std::vector<double> legend_values(double reference) {
    constexpr std::array<double, 3> steps{1, 2, 5};
    int index = 3 * static_cast<int>(std::floor(std::log10(reference))) + 2;
    const auto value = [&](int i) {
        const int decade = static_cast<int>(std::floor(i / 3.0));
        return steps[static_cast<std::size_t>(i - 3 * decade)] * std::pow(10.0, decade);
    };
    while (value(index) > reference * (1 + 1e-9)) --index;
    return {value(index - 7), value(index - 4), value(index - 2), value(index)};
}

/// Entries side by side, in a new row where the frame ends.
class Legend {
public:
    Legend(const MapFrame& frame, const Text& title) : width_(frame.width), y_(frame.height + 16) {
        out_ = svg_text(title, {margin, y_}, size, "quiet");
        y_ += row;
    }

    void line(const std::string& classes, double width, bool head, const Text& words) {
        const auto at = room(40, words);
        const auto drawn = draw_curve(straight(at, at + MapPoint{40, 0}), head, width, 0);
        out_ += fmt::format("<g class=\"f {}\"><path d=\"{}\" stroke-width=\"{}\"/>", classes, drawn.path,
                            coordinate(width));
        out_ += head ? fmt::format("<path class=\"head\" d=\"{}\"/></g>\n", drawn.head) : "</g>\n";
    }

    void cross(const Text& words) { out_ += svg_cross(room(12, words) + MapPoint{6, 0}, words.en); }

    void disc(const std::string& classes, const Text& words) {
        const auto at = room(8, words) + MapPoint{4, 0};
        out_ += fmt::format("<circle class=\"{}\" cx=\"{}\" cy=\"{}\" r=\"3.5\"/>\n", classes, coordinate(at.x),
                            coordinate(at.y));
    }

    [[nodiscard]] const std::string& body() const { return out_; }
    [[nodiscard]] double bottom() const { return y_ + 14; }

private:
    /// Writes the words and gives the place of a sign before them.
    MapPoint room(double sign, const Text& words) {
        const double needed = sign + 6 + size * std::max(text_width(words.en), text_width(words.zh));
        if (x_ > margin && x_ + needed > width_) {
            x_ = margin;
            y_ += row;
        }
        const MapPoint at{x_, y_ - 4};
        out_ += svg_text(words, {x_ + sign + 6, y_}, size, "");
        x_ += needed + 18;
        return at;
    }

    static constexpr double margin = 14;
    static constexpr double size = 11;
    static constexpr double row = 21;
    double width_;
    double x_ = margin;
    double y_;
    std::string out_;
};

Legend legend(const MapDocument& document, const FluxScale& scale) {
    Legend legend(document.frame,
                  document.compared
                      ? Text{"Change of flux, mmol/gDW/h; arrowheads show the direction afterwards",
                             "通量变化，mmol/gDW/h；箭头表示变化后的方向"}
                      : Text{"Flux, mmol/gDW/h; arrowheads show its direction", "通量，mmol/gDW/h；箭头表示方向"});
    if (document.idle) legend.line("idle", scale.width(0), false, {"none", "无"});
    if (document.compared) {
        legend.line("more", scale.width(scale.reference) / 2, true, {"more", "增加"});
        legend.line("less", scale.width(scale.reference) / 2, true, {"less", "减少"});
        legend.line("turned", scale.width(scale.reference) / 2, true, {"turned round", "反向"});
    }
    const auto values = legend_values(scale.reference);
    for (const double value : values) {
        const bool open = scale.cut && value == values.back();
        const auto words = (open ? "≥ " : "") + fmt::format("{:g}", value);
        legend.line(document.compared ? "more" : fmt::format("f{}", scale.shade(value)), scale.width(value), true,
                    {words, words});
    }
    if (document.unknown) legend.line("unknown", scale.width(0), false, {"flux not known", "通量未知"});
    if (document.runs) legend.line("run f0", 2, true, {"several steps", "多步反应"});
    if (document.biomass) legend.disc("biomass", {"goes into biomass", "进入生物量"});
    if (document.switched_off) legend.cross({"switched off", "已关闭"});
    return legend;
}

}  // namespace

std::string svg_document(const MapDocument& document, const FluxScale& scale, const DrawOptions& options) {
    const auto width = coordinate(document.frame.width);
    const auto signs = legend(document, scale);
    const auto height = coordinate(signs.bottom());
    std::string out = fmt::format("<svg class=\"flux-map\" viewBox=\"0 0 {} {}\"", width, height);
    if (!options.inlined)
        out += fmt::format(
            " xmlns=\"http://www.w3.org/2000/svg\" lang=\"{}\" role=\"img\" "
            "aria-labelledby=\"flux-map-title flux-map-description\"",
            tag_of(options.lang));
    out += fmt::format(" fill=\"{}\">\n", light_palette.ink);
    if (!options.inlined)
        out += fmt::format("<title id=\"flux-map-title\">{}</title>\n<desc id=\"flux-map-description\">{}</desc>\n",
                           escape_markup(options.title.in(options.lang)),
                           escape_markup(document.description.in(options.lang)));
    out += fmt::format("<style>{}</style>\n", style());
    if (!options.inlined)
        out += fmt::format("<rect class=\"ground\" width=\"{}\" height=\"{}\" fill=\"{}\"/>\n", width, height,
                           light_palette.paper);
    return out + document.body + "<g class=\"legend\">\n" + signs.body() + "</g>\n</svg>\n";
}

}  // namespace leaven::metabolism
