#include <fmt/core.h>

#include <leaven/op/json.hpp>

#include "dossier.hpp"
#include "sections.hpp"

namespace leaven::report {
namespace {

Html commands(const Json& provenance) {
    Html lines;
    for (const auto& line : items(provenance, "commands"))
        if (line.is_string()) lines += plain(line.get<std::string>()) + "\n";
    if (lines.empty()) return {};
    return "<p id=\"commands-caption\">" +
           both({"These commands give the same numbers, byte for byte.", "以下命令可逐字节重现相同的结果。"}) +
           "</p>\n<pre class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"commands-caption\"><code>" +
           lines + "</code></pre>\n";
}

Html inputs(const Json& provenance) {
    Table table{.id = "input-table",
                .caption = both({"Inputs", "输入文件"}),
                .columns = {{{"File", "文件"}}, {{"SHA-256", "SHA-256"}}},
                .rows = {}};
    for (const auto& input : items(provenance, "inputs"))
        table.rows.push_back({.cells = {code(words(input, "name")),
                                        "<span class=\"hash\">" + plain(words(input, "sha256")) + "</span>"}});
    return table.rows.empty() ? Html() : render(table);
}

/// A value of any shape on one line.
Html shown(const Json& value) {
    if (value.is_string()) return value.get_ref<const std::string&>().empty() ? "–" : plain(value.get<std::string>());
    if (value.is_null() || (value.is_array() && value.empty())) return "–";
    if (value.is_number_float()) return fmt::format("{:g}", value.get<double>());
    return plain(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Html parameters(const Json& provenance) {
    Table table{.id = "parameter-table",
                .caption = both({"Parameters", "参数"}),
                .columns = {{{"Parameter", "参数"}}, {{"Value", "取值"}}},
                .rows = {}};
    const auto& asked = part(provenance, "parameters");
    if (!asked.is_object()) return {};
    for (const auto& [operation, values] : asked.items()) {
        if (!values.is_object()) {
            table.rows.push_back({.cells = {code(operation), shown(values)}});
            continue;
        }
        for (const auto& [name, value] : values.items())
            table.rows.push_back({.cells = {code(fmt::format("{}.{}", operation, name)), shown(value)}});
    }
    return table.rows.empty() ? Html() : disclosure({"All parameters", "全部参数"}, render(table));
}

Html citations(const Json& provenance) {
    Html list;
    for (const auto& citation : items(provenance, "citations"))
        if (citation.is_string()) list += "<li>" + plain(citation.get<std::string>()) + "</li>\n";
    return list.empty()
               ? Html()
               : "<h3>" + both({"Please cite", "请引用"}) + "</h3>\n<ol class=\"citations\">\n" + list + "</ol>\n";
}

}  // namespace

Html notes(const Json& dossier) {
    Html list;
    for (const auto& note : items(dossier, "notes")) {
        const auto where = words(note, "where");
        list += "<li>" + both_of(both_texts(note, "message")) +
                (where.empty() ? "" : " <span class=\"where\">" + plain(where) + "</span>") + "</li>\n";
    }
    if (list.empty()) return {};
    return section("notes", {"Worth knowing", "须知"}, "<ul class=\"notes\">\n" + list + "</ul>\n");
}

Html sources(const Json& dossier) {
    const auto& provenance = part(dossier, "provenance");
    const auto made = sentence({"Made by Leaven {}, seed {}.", "由 Leaven {} 生成，随机种子 {}。"},
                               plain(words(provenance, "version")), count(provenance, "seed").value_or(0));
    return section("sources", {"Do it again", "重现与来源"},
                   commands(provenance) + inputs(provenance) + parameters(provenance) + citations(provenance) +
                       "<p class=\"small\">" + made + "</p>\n");
}

}  // namespace leaven::report
