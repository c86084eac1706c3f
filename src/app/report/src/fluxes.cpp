#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <fmt/core.h>

#include <leaven/op/json.hpp>

#include "dossier.hpp"
#include "sections.hpp"

namespace leaven::report {
namespace {

constexpr std::size_t most_rows = 20;
constexpr std::size_t most_missing = 12;

struct Change {
    std::string reaction;
    std::string name;
    double before;
    double after;
};

/// Reactions by how much their flux differs between wild type and design; by size where there is no design.
std::vector<Change> changes(const Json& fluxes) {
    std::vector<Change> found;
    std::unordered_map<std::string, std::size_t> place;
    for (const auto& row : items(fluxes, "wild_type")) {
        place.emplace(words(row, "reaction"), found.size());
        found.push_back({words(row, "reaction"), words(row, "name"), number(row, "flux").value_or(0), 0});
    }
    for (const auto& row : items(fluxes, "best"))
        if (const auto at = place.find(words(row, "reaction")); at != place.end())
            found[at->second].after = number(row, "flux").value_or(0);
    std::stable_sort(found.begin(), found.end(), [](const Change& a, const Change& b) {
        return std::abs(a.after - a.before) > std::abs(b.after - b.before);
    });
    const auto unchanged = std::find_if(found.begin(), found.end(),
                                        [](const Change& c) { return !(std::abs(c.after - c.before) > 1e-6); });
    found.erase(unchanged, found.end());
    if (found.size() > most_rows) found.resize(most_rows);
    return found;
}

Html change_table(const Json& fluxes) {
    const bool design = !items(fluxes, "best").empty();
    Table table{
        .id = "flux-table",
        .caption = design ? both({"Where wild type and best design differ most; negative: the reaction runs backwards",
                                  "野生型与最优设计差异最大的通量；负值表示反应逆向进行"})
                          : both({"The largest fluxes of the wild type; negative: the reaction runs backwards",
                                  "野生型中最大的通量；负值表示反应逆向进行"}),
        .columns = {{{"Reaction", "反应"}}, {{"Name", "名称"}}, {{"Wild type", "野生型"}, "mmol/gDW/h", true}},
        .rows = {}};
    if (design) {
        table.columns.push_back({{"Best design", "最优设计"}, "mmol/gDW/h", true});
        table.columns.push_back({{"Change", "变化"}, "mmol/gDW/h", true});
    }
    for (const auto& change : changes(fluxes)) {
        Row row{.cells = {code(change.reaction), plain(change.name), figure(change.before)}};
        if (design) {
            row.cells.push_back(figure(change.after));
            row.cells.push_back(figure(change.after - change.before));
        }
        table.rows.push_back(std::move(row));
    }
    return table.rows.empty() ? Html() : render(table);
}

Html caption(const Json& dossier) {
    const auto& map = part(dossier, "map");
    const auto file = words(map, "file");
    const bool best = words(map, "shows") != "wild_type" && !items(part(dossier, "fluxes"), "best").empty();
    const auto whose = best ? Text{"best design", "最优设计"} : Text{"wild type", "野生型"};
    Html out = sentence({"Fluxes of the {0} at its greatest growth", "{1}最大生长时的通量"}, whose.en, whose.zh);
    out += file.empty() ? both({": the ways of carbon from substrate to product and biomass, laid out by Leaven.",
                                "：由 Leaven 排布的从底物到产物和生物量的碳流路径。"})
                        : sentence({" on the map {}.", "，绘于图 {}。"}, code(file));
    if (const auto drawn = count(map, "drawn"))
        out += sentence({" {} reactions are drawn.", "共绘出 {} 个反应。"}, grouped(*drawn));
    return out;
}

Html missing(const Json& map) {
    const auto& ids = items(map, "missing");
    if (ids.empty()) return {};
    Html list;
    for (std::size_t i = 0; i < std::min(ids.size(), most_missing); ++i)
        if (ids[i].is_string()) list += (list.empty() ? "" : ", ") + code(ids[i].get<std::string>());
    if (ids.size() > most_missing) list += fmt::format(" … (+{})", ids.size() - most_missing);
    return "<p class=\"small\">" +
           sentence({"On the map but not in the model: {}.", "图中有而模型中没有的反应：{}。"}, list) + "</p>\n";
}

Html picture(const Json& dossier, const ReportAssets& assets) {
    if (assets.map_svg.empty())
        return "<p>" + both({"There is no picture: no fluxes were found to draw.", "没有图：未找到可绘制的通量。"}) +
               "</p>\n";
    return "<figure class=\"map\">\n"
           "<input type=\"checkbox\" id=\"map-zoom\" class=\"zoom\"/><label for=\"map-zoom\">" +
           both({"Enlarge", "放大"}) +
           "</label>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"map-caption\">" +
           assets.map_svg + "</div>\n<figcaption id=\"map-caption\">" + caption(dossier) + "</figcaption>\n</figure>\n";
}

}  // namespace

Html fluxes(const Json& dossier, const ReportAssets& assets) {
    return section("fluxes", {"Where the carbon goes", "碳流去向"},
                   picture(dossier, assets) + missing(part(dossier, "map")) + change_table(part(dossier, "fluxes")));
}

}  // namespace leaven::report
