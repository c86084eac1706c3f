#include "html.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>
#include <leaven/op/json.hpp>

#include "dossier.hpp"

namespace leaven::report {

Html plain(std::string_view text) { return escape_markup(text); }

Html both_html(const Text& markup) {
    if (markup.en == markup.zh) return markup.en;
    return fmt::format("<span class=\"t\" lang=\"en\">{}</span><span class=\"t\" lang=\"zh-Hans\">{}</span>", markup.en,
                       markup.zh);
}

Html both_of(const Text& text) { return both_html({plain(text.en), plain(text.zh)}); }

Html both(Doc text) { return both_html({plain(text.en), plain(text.zh)}); }

Html code(std::string_view identifier) {
    std::string out = "<code>";
    for (const char c : plain(identifier)) {
        out += c;
        if (c == '_') out += "<wbr/>";
    }
    return out + "</code>";
}

Html figure(std::optional<double> value) { return value ? significant(*value) : "–"; }

Html quantity(std::optional<double> value, std::string_view unit) {
    return value ? fmt::format("<span class=\"q\">{} <span class=\"unit\">{}</span></span>", significant(*value),
                               plain(unit))
                 : "–";
}

Html percent(std::optional<double> part, std::optional<double> whole) {
    if (!part || !whole || !std::isfinite(*part) || !std::isfinite(*whole) || *whole <= 0) return "–";
    return fmt::format("<span class=\"q\">{} %</span>", significant(100 * *part / *whole));
}

Html formula(std::string_view text) {
    constexpr std::string_view digits = "0123456789";
    Html out;
    while (!text.empty()) {
        const bool number = digits.find(text.front()) != std::string_view::npos;
        const auto end = std::min(number ? text.find_first_not_of(digits) : text.find_first_of(digits), text.size());
        const auto run = plain(text.substr(0, end));
        out += number && !out.empty() ? "<sub>" + run + "</sub>" : run;
        text.remove_prefix(end);
    }
    return out;
}

Html charge(std::optional<double> value) {
    if (!value) return "–";
    return fmt::format("{}{:g}", *value < 0 ? "−" : *value > 0 ? "+" : "", std::abs(*value));
}

std::string grouped(std::int64_t number) {
    const auto digits = std::to_string(number);
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (!out.empty() && out != "-" && (digits.size() - i) % 3 == 0) out += ',';
        out += digits[i];
    }
    return out;
}

Html named(const Json& item) {
    if (item.is_string()) return code(item.get<std::string>());
    const auto id = words(item, "id");
    const auto name = words(item, "name");
    if (name.empty() || name == id) return code(id);
    const bool gene = words(item, "kind") != "reaction";
    return fmt::format("<span class=\"named\">{0}{2}{1} <span class=\"id\">({3})</span></span>", gene ? "<i>" : "",
                       gene ? "</i>" : "", plain(name), code(id));
}

Html certificate_link(const Json& design, std::size_t position, std::string_view classes, const Html& words) {
    const auto& certificate = part(design, "certificate");
    if (!certificate.is_object() || certificate.empty())
        return fmt::format("<span class=\"{}\">{}</span>", classes, words);
    return fmt::format("<a class=\"{}\" href=\"#certificate-{}\">{}</a>", classes, position + 1, words);
}

Text listed(const std::vector<Html>& names) {
    Text list;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool last = i + 1 == names.size();
        list.en.append(i == 0 ? "" : last ? " and " : ", ").append(names[i]);
        list.zh.append(i == 0 ? "" : last ? " 和 " : "、").append(names[i]);
    }
    return list;
}

namespace {

Html head(const std::vector<Column>& columns) {
    Html out = "<thead><tr>";
    for (const auto& column : columns)
        out += fmt::format("<th scope=\"col\"{}>{}{}</th>", column.numeric ? " class=\"n\"" : "", both(column.head),
                           column.unit.empty() ? "" : fmt::format("<small>{}</small>", plain(column.unit)));
    return out + "</tr></thead>\n";
}

Html line(const Table& table, const Row& row) {
    Html out = "<tr";
    if (!row.id.empty()) out += fmt::format(" id=\"{}\"", plain(row.id));
    if (!row.classes.empty()) out += fmt::format(" class=\"{}\"", row.classes);
    out += ">";
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
        const auto* classes = c < table.columns.size() && table.columns[c].numeric ? " class=\"n\"" : "";
        out += c == 0 ? fmt::format("<th scope=\"row\"{}>{}</th>", classes, row.cells[c])
                      : fmt::format("<td{}>{}</td>", classes, row.cells[c]);
    }
    return out + "</tr>\n";
}

}  // namespace

Html render(const Table& table) {
    Html out = fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{0}-caption\">"
        "<table id=\"{0}\"{2}><caption id=\"{0}-caption\"><span class=\"stay\">{1}</span></caption>\n",
        table.id, table.caption, table.classes.empty() ? "" : fmt::format(" class=\"{}\"", table.classes));
    out += head(table.columns) + "<tbody>\n";
    for (const auto& row : table.rows) out += line(table, row);
    return out + "</tbody></table></div>\n";
}

Html section(std::string_view id, Doc title, const Html& body) {
    return fmt::format(
        "<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n{2}</section>\n", id,
        both(title), body);
}

Html disclosure(Doc summary, const Html& body) {
    return fmt::format("<details><summary>{}</summary>\n{}</details>\n", both(summary), body);
}

}  // namespace leaven::report
