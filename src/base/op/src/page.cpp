#include <fmt/core.h>

#include <leaven/core/html.hpp>
#include <leaven/core/markup.hpp>
#include <leaven/op/json.hpp>
#include <leaven/op/show.hpp>

#include "text_table.hpp"

namespace leaven {
namespace {

// Colours: ink and paper with a contrast above 7, blue accents that stay apart for the colour-blind.
constexpr std::string_view style = R"css(
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2430; --quiet: #566072; --rule: #d9dee6; --accent: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #12161d; --ink: #e8ecf2; --quiet: #a7b1c2; --rule: #323b49; --accent: #7cb7ff; }
}
body { margin: 0 auto; max-width: 70rem; padding: 2rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
.answer { border-left: 4px solid var(--accent); padding-left: 1rem; font-size: 1.1rem; }
.scroll { overflow-x: auto; } figure { margin: 1.5rem 0; } figure svg { min-width: 44rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); padding: .3rem 0; }
th, td { padding: .3rem .8rem; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; }
th { color: var(--quiet); font-weight: 600; } .number { text-align: right; }
@media print { body { max-width: none; padding: 0; } }
)css";

std::string scalar_table(const std::vector<ScalarField>& scalars, Lang lang) {
    if (scalars.empty()) return {};
    const auto name = Doc{"Values", "数值"}.in(lang);
    auto out = fmt::format("<table><caption>{}</caption>\n", name);
    for (const auto& [info, value, label] : scalars) {
        const auto unit = show_unit(info->field.unit);
        out += fmt::format("<tr><th scope=\"row\">{}</th><td>{} {}</td></tr>\n", escape_markup(label),
                           escape_markup(show_cell(*value, lang)),
                           value->is_number() ? escape_markup(unit) : std::string());
    }
    return html_frame(name, out + "</table>");
}

std::string data_table(const TableField& table, Lang lang) {
    const auto columns = columns_of(*table.info);
    const auto title = fmt::format("{} ({})", table.info->field.doc.in(lang), table.total);
    std::string out = "<table>\n<thead><tr>";
    for (const auto& column : columns)
        out += fmt::format("<th scope=\"col\"{}>{}</th>", is_numeric(column) ? " class=\"number\"" : "",
                           escape_markup(heading(column.field, lang)));
    out += "</tr></thead>\n<tbody>\n";
    for (const auto& row : *table.rows) {
        out += "<tr>";
        for (const auto& column : columns)
            out += fmt::format("<td{}>{}</td>", is_numeric(column) ? " class=\"number\"" : "",
                               escape_markup(show_cell(row.value(std::string(column.field.name), Json()), lang)));
        out += "</tr>\n";
    }
    out = fmt::format("<h2>{}</h2>\n", escape_markup(title)) + html_frame(title, out + "</tbody></table>");
    if (table.rows->size() < table.total)
        out += fmt::format(fmt::runtime(Doc{"<p>… {} more: --out FILE.tsv writes all</p>\n",
                                            "<p>… 另有 {} 行：用 --out 文件.tsv 导出全部</p>\n"}
                                            .in(lang)),
                           table.total - table.rows->size());
    return out;
}

}  // namespace

std::string show_page(const Operation& operation, const Answer& answer, Lang lang) {
    constexpr std::size_t rows_of_long_list = 1000;
    const auto result = with_first_rows(answer, lang, rows_of_long_list);
    const auto layout = lay_out(operation.results, result, lang, answer.long_lists);
    std::string body = fmt::format("<h1>{}</h1>\n", escape_markup(operation.doc.in(lang)));
    if (!answer.headline.empty()) {
        body += "<div class=\"answer\">\n";
        for (const auto& line : answer.headline) body += fmt::format("<p>{}</p>\n", escape_markup(line.in(lang)));
        body += "</div>\n";
    }
    if (operation.endings.find(".svg") != std::string_view::npos)
        if (const auto picture = answer.file(".svg", lang))
            body += "<figure>" + html_frame(operation.doc.in(lang), *picture) + "</figure>\n";
    body += scalar_table(layout.scalars, lang);
    for (const auto& table : layout.tables)
        if (!table.rows->empty()) body += data_table(table, lang);
    return frame_page(operation.doc, body, lang);
}

std::string frame_page(Doc title, std::string_view body, Lang lang, std::string_view more_style) {
    return fmt::format(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Leaven · {}</title>\n"
        "<style>{}{}</style>\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
        lang == Lang::zh ? "zh-Hans" : "en", escape_markup(title.in(lang)), style, more_style, body);
}

}  // namespace leaven
