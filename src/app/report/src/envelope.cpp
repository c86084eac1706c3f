#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/op/json.hpp>

#include "dossier.hpp"
#include "plot.hpp"
#include "sections.hpp"

namespace leaven::report {
namespace {

std::vector<PlotPoint> vertices(const Json& polygon) {
    std::vector<PlotPoint> points;
    for (const auto& vertex : items(polygon, "vertices")) {
        const auto x = number(vertex, "x");
        const auto y = number(vertex, "y");
        if (x && y && std::isfinite(*x) && std::isfinite(*y)) points.push_back({*x, *y});
    }
    return points;
}

/// Solver's dust at the axes is nought.
double settled(double value, double largest) { return std::abs(value) < 1e-6 * largest ? 0 : value; }

std::vector<PlotPoint> settled(std::vector<PlotPoint> points) {
    double x = 0;
    double y = 0;
    for (const auto& point : points) {
        x = std::max(x, point.x);
        y = std::max(y, point.y);
    }
    for (auto& point : points) point = {settled(point.x, x), settled(point.y, y)};
    return points;
}

void add_rows(Table& table, Doc strain, const std::vector<PlotPoint>& points) {
    for (const auto& point : points) table.rows.push_back({.cells = {both(strain), figure(point.x), figure(point.y)}});
}

Html legend(bool design) {
    Html out = "<p class=\"legend\"><span class=\"key wild\"></span>" + both({"wild type", "野生型"});
    if (design) out += " <span class=\"key best\"></span>" + both({"best design", "最优设计"});
    return out + "</p>\n";
}

Html explain(bool design) {
    const auto possible =
        both({"Each point of an area is a pair of growth rate and product flux that the network can sustain.",
              "区域内的每一点，都是代谢网络能够维持的一对生长速率与产物通量。"});
    const auto gain =
        both({" Where the design’s area leaves the bottom of the plot, growth no longer comes without product.",
              "设计的区域离开横轴之处，生长不再能脱离产物合成而进行。"});
    return "<p>" + possible + (design ? gain : "") + "</p>\n";
}

}  // namespace

Html envelope(const Json& dossier) {
    const auto& shapes = part(dossier, "envelope");
    const auto wild = settled(vertices(part(shapes, "wild_type")));
    const auto best = settled(vertices(part(shapes, "best")));
    const Doc title{"Growth against product", "生长与产物的权衡"};
    if (wild.size() < 3 && best.size() < 3)
        return section("envelope", title,
                       "<p>" +
                           both({"There is no envelope: the model has no solution with both growth and product.",
                                 "没有包络线：模型不存在同时生长并合成产物的解。"}) +
                           "</p>\n");

    const auto product = product_name(dossier);
    Plot plot{.title_id = "envelope-figure-caption",
              .x_axis = {"Growth rate, 1/h", "生长速率，1/h"},
              .y_axis = {product + " flux, mmol/gDW/h", product + " 通量，mmol/gDW/h"},
              .polygons = {{"wild", wild}, {"best", best}},
              .marks = {}};
    const auto& design = best_design(dossier);
    const auto growth = number(design, "growth");
    const auto guaranteed = number(design, "guaranteed");
    if (growth && guaranteed && !best.empty())
        plot.marks.push_back({{*growth, *guaranteed}, number(design, "maximum"), {"guaranteed", "保证通量"}, "best"});

    Table table{.id = "envelope-table",
                .caption = both({"Corners of the areas", "各区域的顶点"}),
                .columns = {{{"Strain", "菌株"}},
                            {{"Growth rate", "生长速率"}, "1/h", true},
                            {{"Product flux", "产物通量"}, "mmol/gDW/h", true}},
                .rows = {}};
    add_rows(table, {"wild type", "野生型"}, wild);
    add_rows(table, {"best design", "最优设计"}, best);
    const auto caption =
        sentence({"Production envelope of {}: what wild type{} can do", "{0} 的生产包络线：野生型{2}所能达到的范围"},
                 plain(product), best.empty() ? "" : " and best design", best.empty() ? "" : "与最优设计");
    return section("envelope", title,
                   explain(!best.empty()) + "<figure>\n" + legend(!best.empty()) + render(plot) +
                       fmt::format("<figcaption id=\"envelope-figure-caption\">{}</figcaption>\n</figure>\n", caption) +
                       disclosure({"The same as a table", "以表格查看"}, render(table)));
}

}  // namespace leaven::report
