#include <fmt/core.h>

#include <leaven/core/html.hpp>
#include <leaven/core/markup.hpp>

namespace leaven {

std::string html_frame(std::string_view name, std::string_view markup) {
    return fmt::format("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">{}</div>\n",
                       escape_markup(name), markup);
}

std::string html_cell(std::string_view markup, std::string_view kind) {
    return kind.empty() ? fmt::format("<td>{}</td>", markup)
                        : fmt::format("<td class=\"{}\">{}</td>", escape_markup(kind), markup);
}

std::string html_table(std::string_view caption, const std::vector<HtmlHead>& heads,
                       const std::vector<std::string>& rows) {
    if (rows.empty()) return {};
    std::string table = fmt::format("<table><caption>{}</caption>\n<thead><tr>", escape_markup(caption));
    for (const auto& head : heads)
        table += fmt::format("<th scope=\"col\"{}>{}</th>", head.number ? " class=\"number\"" : "",
                             escape_markup(head.words));
    table += "</tr></thead>\n<tbody>\n";
    for (const auto& row : rows) table += "<tr>" + row + "</tr>\n";
    return html_frame(caption, table + "</tbody></table>");
}

std::string html_list(const std::vector<std::string>& texts) {
    std::string list = "<ul>";
    for (const auto& text : texts) list += fmt::format("<li>{}</li>", escape_markup(text));
    return list + "</ul>\n";
}

}  // namespace leaven
