#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/core.h>

#include "dossier.hpp"
#include "sections.hpp"

namespace leaven::report {
namespace {

Html rank_of(const Json& design) { return std::to_string(count(design, "rank").value_or(0)); }

Html interventions(const Json& design) {
    Html out;
    for (const auto& intervention : items(design, "interventions")) {
        const bool inserted = words(intervention, "kind") == "insertion";
        out += (out.empty() ? "" : "<br/>") + (inserted ? both({"insert ", "插入 "}) : Html()) + named(intervention);
    }
    return out.empty() ? both({"none", "无"}) : out;
}

Html coupling(const Json& design) {
    const auto kind = words(design, "coupling");
    if (kind == "strong") return "<span class=\"chip strong\">" + both({"strong", "强偶联"}) + "</span>";
    if (kind == "weak") return "<span class=\"chip\">" + both({"weak", "弱偶联"}) + "</span>";
    return "–";
}

Html check_mark(const Json& design, std::size_t position) {
    const bool verified = is_true(design, "verified");
    const auto words = verified ? both({"verified", "已验证"}) : both({"not verified", "未验证"});
    return certificate_link(design, position, verified ? "good" : "open",
                            fmt::format("<span aria-hidden=\"true\">{}</span> {}", verified ? "✓" : "✗", words));
}

/// A column of the table: its heading, and its cell for a design and for the wild type.
struct DesignColumn {
    Column heading;
    std::function<Html(const Json&, std::size_t)> cell;
    Html wild;
};

bool any_knows(const Json& result, const char* key) {
    const auto& designs = items(result, "designs");
    return std::any_of(designs.begin(), designs.end(), [&](const Json& one) { return number(one, key).has_value(); });
}

/// Those of which at least one design knows something: cut sets need not know of a product.
std::vector<DesignColumn> design_columns(const Json& result) {
    const auto& wild = part(result, "wild_type");
    const auto wild_growth = number(wild, "growth");
    const auto flux = [](const char* key) {
        return [key](const Json& design, std::size_t) { return figure(number(design, key)); };
    };
    std::vector<DesignColumn> columns{
        {{{"Rank", "名次"}, {}, true}, [](const Json& design, std::size_t) { return rank_of(design); }, "–"},
        {{{"Interventions", "干预"}},
         [](const Json& design, std::size_t) { return interventions(design); },
         both({"wild type", "野生型"})},
        {{{"Growth", "生长速率"}, "1/h", true},
         [wild_growth](const Json& design, std::size_t) {
             return fmt::format("{}<small>{}</small>", figure(number(design, "growth")),
                                percent(number(design, "growth"), wild_growth));
         },
         figure(wild_growth)}};
    if (any_knows(result, "growth_lost"))
        columns.push_back(
            {{{"Growth lost without product", "无产物时的生长损失"}, "1/h", true}, flux("growth_lost"), "–"});
    if (any_knows(result, "guaranteed")) {
        columns.push_back({{{"Guaranteed", "保证通量"}, flux_unit, true},
                           flux("guaranteed"),
                           figure(number(wild, "target_minimum"))});
        columns.push_back(
            {{{"Maximum", "最大通量"}, flux_unit, true}, flux("maximum"), figure(number(wild, "target_maximum"))});
        columns.push_back({{{"Guaranteed yield", "保证得率"}, "mol/mol", true}, flux("yield_mol"), "–"});
        columns.push_back(
            {{{"Coupling", "偶联"}}, [](const Json& design, std::size_t) { return coupling(design); }, "–"});
    }
    columns.push_back({{{"Certificate", "证书"}}, check_mark, "–"});
    return columns;
}

Html design_table(const Json& result) {
    Table table{.id = "design-table",
                .caption = words(result, "strategy") == "mcs"
                               ? both({"Minimal cut sets, smallest first", "最小割集（由小到大）"})
                               : both({"Designs, best first; fluxes at maximal growth",
                                       "设计方案（由优到劣）；通量取最大生长时的值"}),
                .columns = {},
                .rows = {}};
    const auto columns = design_columns(result);
    Row wild{.cells = {}, .id = {}, .classes = "reference"};
    for (const auto& column : columns) {
        table.columns.push_back(column.heading);
        wild.cells.push_back(column.wild);
    }
    table.rows.push_back(std::move(wild));
    const auto& designs = items(result, "designs");
    for (std::size_t i = 0; i < designs.size(); ++i) {
        Row row{.cells = {}, .id = fmt::format("design-{}", i + 1)};
        for (const auto& column : columns) row.cells.push_back(column.cell(designs[i], i));
        table.rows.push_back(std::move(row));
    }
    return render(table);
}

Doc program_name(const std::string& key) {
    if (key == "growth") return {"largest growth", "最大生长速率"};
    if (key == "minimum") return {"least product flux at that growth", "该生长速率下的最小产物通量"};
    if (key == "maximum") return {"greatest product flux at that growth", "该生长速率下的最大产物通量"};
    if (key == "without") return {"largest growth without product", "无产物时的最大生长速率"};
    return {};
}

Doc verdict(const std::string& kind) {
    if (kind == "optimal") return {"optimal", "最优"};
    if (kind == "infeasible") return {"infeasible", "不可行"};
    if (kind == "unbounded") return {"unbounded", "无界"};
    return {"none", "无"};
}

void add_certificate(Table& table, const Json& design, std::size_t position) {
    const auto& certificate = part(design, "certificate");
    if (!certificate.is_object()) return;
    auto id = fmt::format("certificate-{}", position + 1);
    const auto add = [&](const Html& question, const Json& program) {
        table.rows.push_back(
            {.cells = {fmt::format("<a href=\"#design-{}\">{}</a>", position + 1, rank_of(design)), question,
                       both(verdict(words(program, "kind"))), figure(number(program, "primal_residual")),
                       figure(number(program, "dual_residual")), figure(number(program, "gap"))},
             .id = std::exchange(id, {})});
    };
    for (const auto& [key, program] : certificate.items()) {
        if (!program.is_object()) continue;  // the worst of all, which each program shows in full
        if (words(program, "kind") == "none" && key != "growth") continue;  // not asked
        const auto known = program_name(key);
        add(known.complete() ? both(known) : plain(key), program);
    }
    const auto& regions = items(certificate, "regions");
    for (std::size_t i = 0; i < regions.size(); ++i)
        add(sentence({"region {}", "区域 {}"}, static_cast<std::int64_t>(i + 1)), regions[i]);
}

Html certificates(const Json& result) {
    Table table{
        .id = "certificate-table",
        .caption = both({"Certificates: each program solved again from nothing; residuals relative, in unscaled units",
                         "证书：每个线性规划均从头重新求解；残差为相对值，以未缩放单位计"}),
        .columns = {{{"Design", "设计"}, {}, true},
                    {{"Question", "问题"}},
                    {{"Answer", "结论"}},
                    {{"Primal residual", "原始残差"}, {}, true},
                    {{"Dual residual", "对偶残差"}, {}, true},
                    {{"Duality gap", "对偶间隙"}, {}, true}},
        .rows = {},
        .classes = "dense"};
    const auto& designs = items(result, "designs");
    for (std::size_t i = 0; i < designs.size(); ++i) add_certificate(table, designs[i], i);
    if (table.rows.empty()) return {};
    return "<h3>" + both({"Certificates", "证书"}) + "</h3>\n<p>" +
           both({"An optimum is proved by its dual: a gap and residuals near zero mean that no solver can do better. "
                 "These numbers "
                 "are computed from the model and the answer alone.",
                 "最优性由对偶解证明：对偶间隙与残差接近零，说明任何求解器都不可能得到更好的结果。这些数值仅由模型和答"
                 "案计算得出。"}) +
           "</p>\n" + render(table);
}

}  // namespace

namespace {

Html cut_sets(const Json& result, Doc title) {
    if (items(result, "designs").empty())
        return section(
            "designs", title,
            "<p>" +
                both({"No set within the limits closes every region that was to be suppressed and keeps those "
                      "to be protected.",
                      "在给定限制内，没有组合能关闭全部要抑制的区域并保留要保护的区域。"}) +
                "</p>\n");
    return section("designs", title,
                   "<p>" +
                       both({"Each set closes every region that was to be suppressed and keeps those to be protected; "
                             "none can do without one of its interventions.",
                             "每个组合都关闭全部要抑制的区域，并保留要保护的区域；其中任何一项干预都不可省去。"}) +
                       "</p>\n" + design_table(result) + certificates(result));
}

}  // namespace

Html designs(const Json& dossier) {
    const auto& result = part(dossier, "designs");
    const Doc title{"Designs", "设计方案"};
    if (words(result, "strategy") == "mcs") return cut_sets(result, {"Cut sets", "割集"});
    if (items(result, "designs").empty())
        return section(
            "designs", title,
            "<p>" +
                both({"No design makes production part of growth within the limits asked for. Allow more "
                      "interventions, less "
                      "growth, or reactions in place of genes; targets to push and to turn down need no such coupling.",
                      "在给定限制内，没有设计能使生产与生长偶联。可放宽干预数目、降低生长要求，或以反应代替基因；上调与"
                      "下调的靶点不依赖这种偶联。"}) +
                "</p>\n");
    return section(
        "designs", title,
        "<p>" +
            both({"Guaranteed is the least product flux that the strain can get away with while it grows as fast as it "
                  "can. "
                  "Coupling is strong where product is forced at any rate of growth, weak where only at the greatest.",
                  "保证通量是菌株以最大速率生长时产物通量的下限。任何生长速率下都强制合成产物为强偶联，仅在最大生长速率"
                  "下强制合成为弱偶联。"}) +
            "</p>\n" + design_table(result) + certificates(result));
}

}  // namespace leaven::report
