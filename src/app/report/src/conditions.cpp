#include <cmath>

#include <fmt/core.h>

#include <leaven/op/json.hpp>

#include "dossier.hpp"
#include "sections.hpp"

namespace leaven::report {
namespace {

constexpr double open_uptake = 999;  // mmol/gDW/h; models write "as much as it likes" as 1000 or 999999

Html entry(Doc term, const Html& value) {
    return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", both(term), value);
}

Html code_list(const std::vector<Json>& list) {
    Html out;
    for (const auto& item : list)
        if (item.is_string()) out += (out.empty() ? "" : ", ") + code(item.get<std::string>());
    return out;
}

Html size_of(const Json& counts) {
    const auto number_of = [&](const char* key) { return grouped(count(counts, key).value_or(0)); };
    return sentence({"{} reactions, {} metabolites, {} genes, {} compartments; {} exchanges, {} demands, {} sinks",
                     "{} 个反应，{} 个代谢物，{} 个基因，{} 个区室；{} 个交换反应，{} 个需求反应，{} 个汇反应"},
                    number_of("reactions"), number_of("metabolites"), number_of("genes"), number_of("compartments"),
                    number_of("exchanges"), number_of("demands"), number_of("sinks"));
}

Html enzyme_limit(const Json& enzyme) {
    return sentence({"at most {}, costs of {}; growth would be {} without the limit",
                     "至多 {}，成本取自 {}；不限酶量时生长速率为 {}"},
                    quantity(number(enzyme, "pool"), "g/gDW"), code(words(enzyme, "costs")),
                    quantity(number(enzyme, "growth_before"), "1/h"));
}

Html model(const Json& dossier) {
    const auto& host = part(dossier, "host");
    const auto& target = part(dossier, "target");
    Html out = "<dl class=\"facts\">\n";
    const auto name = words(host, "name");
    out += entry({"Model", "模型"},
                 code(words(host, "model")) + (name.empty() || name == words(host, "model") ? "" : " " + plain(name)));
    out += entry({"Size", "规模"}, size_of(part(host, "counts")));
    out += entry({"Growth", "生长速率"}, quantity(number(host, "growth"), "1/h"));
    if (!words(host, "objective").empty()) out += entry({"Growth is", "生长反应"}, code(words(host, "objective")));
    const auto atoms = formula(words(target, "formula"));
    out += entry({"Product", "产物"}, plain(product_name(dossier)) + (atoms.empty() ? "" : ", " + atoms) + ", " +
                                          code(words(target, "reaction")));
    if (const auto& substrate = part(target, "substrate"); substrate.is_object())
        out +=
            entry({"Substrate", "底物"}, plain(words(substrate, "name")) + ", " + code(words(substrate, "reaction")));
    if (const auto bounds = code_list(items(host, "bounds")); !bounds.empty())
        out += entry({"Bounds set", "设定的通量界"}, bounds);
    if (const auto off = code_list(items(host, "knockouts")); !off.empty())
        out += entry({"Off from the start", "预先关闭"}, off);
    if (const auto& enzyme = part(host, "enzyme"); enzyme.is_object())
        out += entry({"Enzyme", "酶"}, enzyme_limit(enzyme));
    out += entry({"Checksum", "校验和"}, "<span class=\"hash\">SHA-256 " + plain(words(host, "sha256")) + "</span>");
    return out + "</dl>\n";
}

Html medium(const Json& host) {
    Table table{.id = "medium-table",
                .caption = both({"Uptake that is limited", "受限的摄取"}),
                .columns = {{{"Exchange", "交换反应"}}, {{"Greatest uptake", "最大摄取速率"}, "mmol/gDW/h", true}},
                .rows = {}};
    Html open;
    for (const auto& row : items(host, "medium")) {
        const auto uptake = number(row, "uptake");
        const auto name = words(row, "name");
        const auto id = code(words(row, "reaction"));
        if (uptake && *uptake < open_uptake)
            table.rows.push_back({.cells = {name.empty() ? id : id + " " + plain(name), figure(uptake)}});
        else
            open += (open.empty() ? "" : ", ") + id;
    }
    Html out = "<h3>" + both({"Medium", "培养基"}) + "</h3>\n";
    if (table.rows.empty() && open.empty())
        return out + "<p>" + both({"Nothing may be taken up.", "不允许摄取任何物质。"}) + "</p>\n";
    if (!table.rows.empty()) out += render(table);
    if (!open.empty()) out += "<p class=\"small\">" + sentence({"Without limit: {}.", "不受限：{}。"}, open) + "</p>\n";
    return out + "<p class=\"small\">" + both({"Everything else stays out.", "其他物质均不摄取。"}) + "</p>\n";
}

Html assumptions(const Json& dossier) {
    const auto& asked = part(part(part(dossier, "provenance"), "parameters"), "design");
    const auto floor = number(asked, "min_growth_fraction");
    Html out = "<h3>" + both({"Assumptions", "假设"}) + "</h3>\n<ul>\n";
    const auto add = [&](const Html& line) { out += "<li>" + line + "</li>\n"; };
    const bool limited = part(part(dossier, "host"), "enzyme").is_object();
    add(limited
            ? both({"Steady state: nothing piles up inside the cell (flux balance analysis). Stoichiometry, bounds and "
                    "the amount of enzyme decide; regulation, kinetics and toxicity do not.",
                    "稳态假设：细胞内没有物质积累（通量平衡分析）。结果取决于化学计量、通量界与酶总量，未考虑调控、动力"
                    "学"
                    "与毒性。"})
            : both({"Steady state: nothing piles up inside the cell (flux balance analysis). Stoichiometry and bounds "
                    "decide; enzyme amounts, "
                    "regulation, kinetics and toxicity do not.",
                    "稳态假设：细胞内没有物质积累（通量平衡分析）。结果仅取决于化学计量与通量界，未考虑酶量、调控、动力"
                    "学"
                    "与毒性。"}));
    add(
        both({"The cell grows as fast as it can, as strains do after adaptive evolution. The guaranteed flux is the "
              "least at that growth.",
              "细胞以最大速率生长，如同适应性进化之后的菌株。保证通量是该生长速率下的最小产物通量。"}));
    add(both({"A knocked-out gene switches off every reaction whose gene rule cannot hold without it.",
              "敲除基因会关闭所有缺少该基因便无法满足基因规则的反应。"}));
    if (floor)
        add(sentence({"Designs keep at least {} of the wild type’s growth.", "设计至少保留野生型生长速率的 {}。"},
                     percent(floor, 1.0)));
    add(both({"The best possible yield asks for no growth, but pays for maintenance.",
              "理论最大得率不要求生长，但计入维持能耗。"}));
    add(both({"The fluxes shown need the least total flux; others may reach the same growth.",
              "所示为总通量最小的解；其他通量分布也可能达到同样的生长速率。"}));
    return out + "</ul>\n";
}

}  // namespace

Html conditions(const Json& dossier) {
    return section("conditions", {"Model, medium, assumptions", "模型、培养基与假设"},
                   model(dossier) + medium(part(dossier, "host")) + assumptions(dossier));
}

}  // namespace leaven::report
