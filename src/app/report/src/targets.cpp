#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/op/json.hpp>

#include "dossier.hpp"
#include "sections.hpp"

namespace leaven::report {
namespace {

struct Action {
    std::string_view key;
    std::string_view sign;
    Doc title;
    Doc verb;
};

constexpr Action actions[] = {
    {"up", "▲", {"Push up", "上调"}, {"up", "上调"}},
    {"down", "▼", {"Turn down", "下调"}, {"down", "下调"}},
    {"delete", "✕", {"Delete", "删除"}, {"delete", "删除"}},
};

Html genes(const Json& row, std::size_t most) {
    const auto& list = items(row, "genes");
    Html out;
    for (std::size_t i = 0; i < std::min(list.size(), most); ++i) out += (i == 0 ? "" : ", ") + named(list[i]);
    return list.size() > most ? out + fmt::format(" +{}", list.size() - most) : out;
}

Html bar(const Json& row, const Action& action, double largest) {
    const auto score = number(row, "score");
    const double share = score && std::isfinite(*score) && largest > 0 ? std::abs(*score) / largest : 0;
    const auto known = genes(row, 3);
    return fmt::format(
        "<li><span class=\"what\">{} <span class=\"name\">{}</span>{}</span><span class=\"track\"><span class=\"bar "
        "{}\" "
        "style=\"width:{:.1f}%\"></span></span><span class=\"score\">{}</span></li>\n",
        code(words(row, "reaction")), plain(words(row, "name")), known.empty() ? "" : "<small>" + known + "</small>",
        action.key, 100 * share, figure(score));
}

Html bars(const std::vector<Json>& rows) {
    double largest = 0;
    for (const auto& row : rows)
        if (const auto score = number(row, "score"); score && std::isfinite(*score))
            largest = std::max(largest, std::abs(*score));
    Html out = "<div class=\"targets\">\n";
    for (const auto& action : actions) {
        Html list;
        for (const auto& row : rows)
            if (words(row, "action") == action.key) list += bar(row, action, largest);
        if (!list.empty())
            out += fmt::format(
                "<h3><span class=\"sign {}\" aria-hidden=\"true\">{}</span> {}</h3>\n<ol class=\"bars\">\n{}</ol>\n",
                action.key, action.sign, both(action.title), list);
    }
    return out + "</div>\n";
}

Html action_word(const Json& row) {
    for (const auto& action : actions)
        if (words(row, "action") == action.key)
            return fmt::format("<span class=\"word\"><span class=\"sign {}\" aria-hidden=\"true\">{}</span> {}</span>",
                               action.key, action.sign, both(action.verb));
    return "–";
}

Html table_of(const std::vector<Json>& rows) {
    Table table{.id = "target-table",
                .caption = both({"Targets with their genes and fluxes", "靶点及其基因与通量"}),
                .columns = {{{"Reaction", "反应"}},
                            {{"Action", "操作"}},
                            {{"Genes", "基因"}},
                            {{"Subsystem", "子系统"}},
                            {{"Score", "得分"}, {}, true},
                            {{"Flux at the start", "起始通量"}, "mmol/gDW/h", true},
                            {{"Flux at the end", "终点通量"}, "mmol/gDW/h", true}},
                .rows = {}};
    for (const auto& row : rows) {
        const auto found = genes(row, 1000);
        table.rows.push_back({.cells = {code(words(row, "reaction")), action_word(row), found.empty() ? "–" : found,
                                        plain(words(row, "subsystem")), figure(number(row, "score")),
                                        figure(number(row, "flux_start")), figure(number(row, "flux_end"))}});
    }
    return render(table);
}

}  // namespace

Html targets(const Json& dossier) {
    const auto& rows = items(part(dossier, "targets"), "rows");
    const Doc title{"What to push, what to turn down", "上调与下调的靶点"};
    if (rows.empty())
        return section("targets", title,
                       "<p>" +
                           both({"No flux rises or falls steadily as more product is asked for.",
                                 "随着产物要求提高，没有反应的通量持续上升或下降。"}) +
                           "</p>\n");
    return section("targets", title,
                   "<p>" +
                       both({"Product is enforced step by step; fluxes that have to rise with it are worth pushing, "
                             "those that fall are worth "
                             "turning down (flux scanning with enforced objective flux, FSEOF). Bars show the score.",
                             "逐步强制提高产物通量：随之必须升高的通量值得上调，随之降低的值得下调（FSEOF "
                             "方法）。条形长度表示得分。"}) +
                       "</p>\n" + bars(rows) +
                       disclosure({"The same as a table, with genes", "以表格查看（含基因）"}, table_of(rows)));
}

}  // namespace leaven::report
