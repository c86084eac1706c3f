#include <fmt/core.h>

#include <leaven/op/json.hpp>

#include "dossier.hpp"
#include "sections.hpp"

namespace leaven::report {
namespace {

/// "1,200,000 元"
Html yuan(const Json& object, const char* key) {
    const auto value = count(object, key);
    return value ? plain(grouped(*value) + " 元") : Html("–");
}

Html claim(const Json& row) {
    const auto year = count(row, "year");
    return plain(words(row, "subject") + (year ? fmt::format(" {}", *year) : std::string()));
}

Html claims(const Json& best) {
    Table table{
        .id = "support-table",
        .caption = both({"Apply for", "建议申请"}),
        .columns = {{{"Measure", "措施"}}, {{"Subject", "主体"}}, {{"Amount", "金额"}, {}, true}, {{"Kind", "类型"}}},
        .rows = {}};
    for (const auto& row : items(best, "chosen"))
        table.rows.push_back(
            {.cells = {code(words(row, "measure")), claim(row), yuan(row, "yuan"),
                       words(row, "kind") == "exact" ? both({"certain", "确定"}) : both({"at most", "至多"})}});
    for (const auto& row : items(best, "unvalued"))
        table.rows.push_back(
            {.cells = {code(words(row, "measure")), claim(row), "–", both({"amount not known", "金额未知"})}});
    return table.rows.empty() ? Html() : render(table);
}

Html measure_citations(const Json& part_of_dossier) {
    Table table{
        .id = "support-measures",
        .caption = both({"Measures that fit, and those that need facts", "适用的措施与尚缺事实的措施"}),
        .columns = {{{"Measure", "措施"}}, {{"Verdict", "判断"}}, {{"Missing", "缺少的事实"}}, {{"Quote", "引文"}}},
        .rows = {}};
    for (const auto& row : items(part_of_dossier, "fits")) {
        Html missing;
        for (const auto& fact : items(row, "missing"))
            if (fact.is_string()) missing += (missing.empty() ? "" : ", ") + code(fact.get<std::string>());
        table.rows.push_back(
            {.cells = {code(words(row, "measure")),
                       words(row, "verdict") == "yes" ? both({"fits", "适用"}) : both({"needs facts", "尚缺事实"}),
                       missing.empty() ? Html("–") : missing,
                       "<span lang=\"zh-Hans\">" + plain(words(part(row, "citation"), "quote")) + "</span>"}});
    }
    return table.rows.empty() ? Html() : disclosure({"Measures and quotes", "措施与引文"}, render(table));
}

}  // namespace

Html support(const Json& dossier) {
    const auto& found = part(dossier, "support");
    if (!found.is_object()) return {};
    const auto& best = part(found, "best");
    return section("support", {"Rules and support", "规则与支持"},
                   "<p>" +
                       sentence({"On {}: {} certain and {} at most, {} in all; the bound of the proof is {}.",
                                 "{}：确定 {}，至多 {}，合计 {}；证明的上界为 {}。"},
                                plain(words(best, "on")), yuan(best, "exact_yuan"), yuan(best, "ceiling_yuan"),
                                yuan(best, "total_yuan"), yuan(part(best, "proof"), "upper_bound_yuan")) +
                       "</p>\n" + claims(best) + measure_citations(found));
}

}  // namespace leaven::report
