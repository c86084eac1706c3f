#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/op/json.hpp>

#include "dossier.hpp"
#include "sections.hpp"

namespace leaven::report {
namespace {

Html balanced(const Json& reaction) {
    const auto& value = part(reaction, "balanced");
    if (!value.is_boolean()) return "<span class=\"word\">" + both({"open", "不适用"}) + "</span>";
    return value.get<bool>() ? "<span class=\"good\">✓ " + both({"balanced", "平衡"}) + "</span>"
                             : "<span class=\"open\">✗ " + both({"not balanced", "不平衡"}) + "</span>";
}

Html or_dash(const std::string& text) { return text.empty() ? "–" : plain(text); }

Html reaction_table(const Json& inserted) {
    Table table{.id = "insert-table",
                .caption = both({"Inserted reactions", "插入的反应"}),
                .columns = {{{"Reaction", "反应"}},
                            {{"Equation", "反应式"}},
                            {{"Genes", "基因"}},
                            {{"EC number", "EC 编号"}},
                            {{"Balance", "平衡"}}},
                .rows = {}};
    for (const auto& reaction : items(inserted, "reactions"))
        table.rows.push_back(
            {.cells = {fmt::format("{}<small>{}</small>", code(words(reaction, "id")), plain(words(reaction, "name"))),
                       "<span class=\"equation\">" + plain(words(reaction, "equation")) + "</span>",
                       or_dash(words(reaction, "genes")), or_dash(words(reaction, "ec")), balanced(reaction)}});
    return table.rows.empty() ? Html() : render(table);
}

Html metabolite_table(const Json& inserted) {
    Table table{.id = "metabolite-table",
                .caption = both({"Inserted metabolites", "插入的代谢物"}),
                .columns = {{{"Metabolite", "代谢物"}},
                            {{"Name", "名称"}},
                            {{"Formula", "分子式"}},
                            {{"Charge", "电荷"}, "e", true},
                            {{"Compartment", "区室"}}},
                .rows = {}};
    for (const auto& metabolite : items(inserted, "metabolites")) {
        const auto atoms = formula(words(metabolite, "formula"));
        table.rows.push_back(
            {.cells = {code(words(metabolite, "id")), plain(words(metabolite, "name")), atoms.empty() ? "–" : atoms,
                       charge(number(metabolite, "charge")), or_dash(words(metabolite, "compartment"))}});
    }
    return table.rows.empty() ? Html() : render(table);
}

Html balance_cell(const Json& row) {
    const auto consumed = number(row, "consumed");
    const auto produced = number(row, "produced");
    const bool even = consumed && produced && std::abs(*consumed - *produced) < 1e-9;
    // Counts of atoms are whole and stay so.
    const auto amount = [&](std::optional<double> value) {
        if (words(row, "element") == "charge") return charge(value);
        return value ? fmt::format("{:g}", *value) : Html("–");
    };
    return even ? amount(consumed)
                : fmt::format("<strong class=\"open\">{} → {}</strong>", amount(consumed), amount(produced));
}

/// Reactions down, elements across.
Html balance_table(const Json& inserted) {
    std::vector<std::string> elements;
    std::vector<std::string> reactions;
    const auto note = [](std::vector<std::string>& list, std::string word) {
        if (std::find(list.begin(), list.end(), word) == list.end()) list.push_back(std::move(word));
    };
    for (const auto& row : items(inserted, "balance")) {
        note(elements, words(row, "element"));
        note(reactions, words(row, "reaction"));
    }
    if (reactions.empty()) return {};
    Html out =
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"balance-caption\"><table "
        "id=\"balance-table\">"
        "<caption id=\"balance-caption\"><span class=\"stay\">" +
        both({"Balance of the inserted reactions: atoms and charge on each side, both sides where they differ",
              "插入反应的平衡：每侧的原子数与电荷；两侧不等时分别列出"}) +
        "</span></caption>\n<thead><tr><th scope=\"col\">" + both({"Reaction", "反应"}) + "</th>";
    for (const auto& element : elements)
        out += "<th scope=\"col\" class=\"n\">" + (element == "charge" ? both({"charge", "电荷"}) : plain(element)) +
               "</th>";
    out += "</tr></thead>\n<tbody>\n";
    for (const auto& reaction : reactions) {
        std::vector<Html> cells(elements.size(), "–");
        for (const auto& row : items(inserted, "balance"))
            if (words(row, "reaction") == reaction)
                cells[static_cast<std::size_t>(std::find(elements.begin(), elements.end(), words(row, "element")) -
                                               elements.begin())] = balance_cell(row);
        out += "<tr><th scope=\"row\">" + code(reaction) + "</th>";
        for (const auto& cell : cells) out += "<td class=\"n\">" + cell + "</td>";
        out += "</tr>\n";
    }
    return out + "</tbody></table></div>\n";
}

}  // namespace

Html pathway(const Json& dossier) {
    const auto& inserted = part(dossier, "inserted");
    const Doc title{"Inserted pathway", "插入的途径"};
    const auto tables = reaction_table(inserted) + metabolite_table(inserted) + balance_table(inserted);
    if (tables.empty())
        return section("pathway", title,
                       "<p>" +
                           both({"Nothing is inserted: the host makes the product with enzymes of its own.",
                                 "未插入任何反应：宿主以自身的酶合成产物。"}) +
                           "</p>\n");
    return section("pathway", title,
                   "<p>" +
                       both({"These reactions were added to the host before every calculation.",
                             "所有计算之前，这些反应已加入宿主模型。"}) +
                       "</p>\n" + tables);
}

}  // namespace leaven::report
