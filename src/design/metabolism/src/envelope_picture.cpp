// The picture of an envelope: an outline over one x, or the phases over two.
#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/metabolism/envelope.hpp>

#include "plot.hpp"

namespace leaven::metabolism {
namespace {

constexpr PlotBox box{110, 50, 840, 480};
constexpr double height = 600;

struct Extent {
    PlotRange x{INFINITY, -INFINITY};
    PlotRange y{INFINITY, -INFINITY};

    void add(const EnvelopeVertex& v) {
        x = {std::min(x.from, v.x), std::max(x.to, v.x)};
        y = {std::min(y.from, v.y), std::max(y.to, v.y)};
    }
};

std::vector<PlotPoint> outline(const std::vector<EnvelopeVertex>& vertices) {
    std::vector<PlotPoint> out;
    for (const auto& v : vertices) out.push_back({v.x, v.y});
    return out;
}

std::string draw_line(const EnvelopeResult& result) {
    Extent extent;
    for (const auto& v : result.vertices) extent.add(v);
    PlotArea area(box, extent.x, extent.y, 6, 5);
    area.axes(result.axes[0], result.axes[1]);
    area.polygon(outline(result.vertices), "c0");
    for (const auto& v : result.vertices) area.dot({v.x, v.y}, "c0");
    return area.svg();
}

std::string draw_plane(const EnvelopeResult& result) {
    Extent extent;
    for (const auto& phase : result.phases)
        for (const auto& v : phase.region) extent.add(v);
    PlotArea area(box, extent.x, extent.y, 6, 5);
    area.axes(result.axes[0], result.axes[1]);
    for (const auto& phase : result.phases)
        area.polygon(outline(phase.region), fmt::format("c{}", (phase.id - 1) % plot_colours));
    for (const auto& phase : result.phases) {
        PlotPoint middle{0, 0};
        for (const auto& v : phase.region) {
            middle.x += v.x / static_cast<double>(phase.region.size());
            middle.y += v.y / static_cast<double>(phase.region.size());
        }
        area.label(middle, fmt::format("{}", phase.id), "name");
    }
    return area.svg();
}

}  // namespace

Result<std::string> EnvelopeResult::file(std::string_view, Lang lang) const {
    const bool plane = axes.size() == 3;
    if (plane ? phases.empty() : vertices.empty())
        return infeasible({"there is nothing to draw", "没有可绘制的内容"})
            .at("x")
            .advise({"see the status of the result", "请查看结果的状态"});
    const auto& y = axes.back();
    const auto title = plane ? text({"Phases of {} over {} and {}", "{} 在 {} 与 {} 上的相区"}, y, axes[0], axes[1])
                             : text({"What {} and {} can do together", "{} 与 {} 的可行域"}, axes[0], y);
    return plot_document(height, plane ? draw_plane(*this) : draw_line(*this), title, lang);
}

}  // namespace leaven::metabolism
