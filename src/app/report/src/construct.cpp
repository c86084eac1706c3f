#include "construct.hpp"

#include <algorithm>

#include <fmt/core.h>

#include <leaven/op/json.hpp>

#include "dossier.hpp"

namespace leaven::report {
namespace {

constexpr std::size_t most_pictures = 6;
constexpr std::size_t most_rows = 200;
constexpr std::string_view money = "USD";

Html days(std::optional<double> value) {
    return value ? "<span class=\"q\">" + sentence({"{} days", "{} 天"}, fmt::format("{:g}", *value)) + "</span>" : "–";
}

Html bases_code(const std::string& letters) { return "<code class=\"bases\">" + plain(letters) + "</code>"; }

Html bold(const std::string& name) { return "<strong>" + plain(name) + "</strong>"; }

Html method_of(const Json& construct) {
    const auto method = words(construct, "method");
    if (method == "golden_gate")
        return sentence({"Golden Gate with {}", "Golden Gate（{}）"}, plain(words(construct, "enzyme")));
    return method == "gibson" ? both({"Gibson assembly", "Gibson 组装"})
                              : both({"recombination in yeast", "酵母同源重组"});
}

Html fidelity_of(const Json& row) {
    const auto share = number(row, "fidelity");
    return share ? percent(share, 1.0) : Html();
}

Html joint_list(const Json& construct) {
    Html out;
    std::size_t place = 0;
    for (const auto& joint : items(construct, "joints")) {
        const auto fidelity = fidelity_of(joint);
        out += fmt::format("<li><span class=\"joint-number\">{}</span> {}{}</li>\n", ++place,
                           bases_code(words(joint, "bases")), fidelity.empty() ? Html() : " " + fidelity);
    }
    return out.empty() ? out : "<ul class=\"joints\">\n" + out + "</ul>\n";
}

Html figure_of(const Json& construct, std::size_t place) {
    const auto id = fmt::format("construct-{}-caption", place);
    const auto drawn = construct_picture(construct, id);
    if (drawn.empty()) return {};
    const auto fidelity = fidelity_of(construct);
    const auto length = grouped(count(construct, "length").value_or(0));
    const auto faithful =
        fidelity.empty() ? Html() : " · " + sentence({"fidelity of its joints {}", "接合总保真度 {}"}, fidelity);
    return "<figure class=\"construct\">\n" + drawn +
           fmt::format("<figcaption id=\"{}\">{} · <span class=\"q\">{} bp</span> · {}{} · {}</figcaption>\n", id,
                       bold(words(construct, "name")), length, method_of(construct), faithful, verdict(construct)) +
           joint_list(construct) + "</figure>\n";
}

Html pictures(const Json& found) {
    const auto& constructs = items(found, "constructs");
    if (constructs.empty()) return {};
    Html out =
        "<p>" +
        both({"Each circle is drawn opened: promoters as bent arrows, ribosome binding sites as half discs, genes "
              "as broad arrows, terminators as T. Numbers are the joints between what is made apart; below, "
              "their bases and how faithfully these are ligated.",
              "环形分子展开绘制：弯箭头为启动子，半圆为核糖体结合位点，宽箭头为基因，T "
              "形为终止子。数字为各片段之间的接合处，下列其碱基与连接保真度。"}) +
        "</p>\n";
    for (std::size_t i = 0; i < std::min(constructs.size(), most_pictures); ++i) out += figure_of(constructs[i], i + 1);
    if (constructs.size() > most_pictures)
        out += "<p>" +
               sentence({"{} more stand in {}.", "另有 {} 个，见 {}。"},
                        plain(grouped(static_cast<std::int64_t>(constructs.size() - most_pictures))),
                        code("constructs.gb")) +
               "</p>\n";
    return out;
}

Html fragments(const Json& found) {
    Table table{.id = "fragments-table",
                .caption = both({"Fragments to order, in fragments.csv", "待订购片段，见 fragments.csv"}),
                .columns = {{{"Fragment", "片段"}},
                            {{"Length", "长度"}, "bp", true},
                            {{"Rules of the supplier", "供应方规则"}},
                            {{"Arrives after", "到货"}, {}, true},
                            {{"Price", "价格"}, money, true}},
                .rows = {}};
    for (const auto& row : items(found, "fragments"))
        table.rows.push_back(
            {.cells = {code(words(row, "name")), plain(grouped(count(row, "length").value_or(0))),
                       code(words(row, "supplier")), days(number(row, "days")), price(number(row, "price"))}});
    return table.rows.empty() ? Html() : render(table);
}

Html sites(const Json& found) {
    Table table{.id = "sites-table",
                .caption = both({"Designed ribosome binding sites", "设计的核糖体结合位点"}),
                .columns = {{{"Gene", "基因"}},
                            {{"Site", "位点"}},
                            {{"Wanted rate", "目标速率"}, {}, true},
                            {{"Predicted rate", "预测速率"}, {}, true}},
                .rows = {}};
    for (const auto& row : items(found, "sites"))
        table.rows.push_back({.cells = {"<i>" + plain(words(row, "gene")) + "</i>", bases_code(words(row, "sequence")),
                                        figure(number(row, "wanted")), figure(number(row, "rate"))}});
    return table.rows.empty() ? Html() : render(table);
}

Doc deed(const std::string& kind) {
    if (kind == "use") return {"take", "取用"};
    if (kind == "pcr") return {"amplify", "PCR 扩增"};
    if (kind == "synthesise") return {"order", "订购合成"};
    if (kind == "anneal") return {"anneal", "退火"};
    if (kind == "digest") return {"digest", "酶切"};
    return kind == "assemble" ? Doc{"assemble", "组装"} : Doc{"transform", "转化"};
}

Html names(const Json& row, const char* key) {
    Html out;
    for (const auto& name : items(row, key))
        if (name.is_string()) out += (out.empty() ? "" : ", ") + code(name.get<std::string>());
    return out.empty() ? Html("–") : out;
}

Html steps(const Json& found) {
    Table table{.id = "steps-table",
                .caption = both({"Steps, in order", "步骤（按顺序）"}),
                .columns = {{{"Step", "步骤"}}, {{"From", "输入"}}, {{"Gives", "输出"}}},
                .rows = {},
                .classes = "dense"};
    for (const auto& row : items(found, "steps")) {
        if (table.rows.size() == most_rows) break;
        table.rows.push_back({.cells = {"<span class=\"q\">" + both(deed(words(row, "kind"))) + "</span>",
                                        names(row, "inputs"), names(row, "outputs")}});
    }
    return table.rows.empty() ? Html() : disclosure({"How they are made", "制作步骤"}, render(table));
}

Html plan(const Json& found) {
    const bool proven = words(found, "status") == "optimal";
    return "<p>" +
           sentence(
               {"The constructs cost {} and the plasmids are in hand after {}{}", "构建体订单共 {}，{}后得到质粒{}"},
               quantity(number(found, "cost"), money), days(number(found, "days")),
               proven
                   ? both({": no plan of this kind costs less, which is proven. ", "；已证明同类方案中没有更便宜的。"})
                   : both({". ", "。"})) +
           "</p>\n";
}

Html problems(const Json& found) {
    Html out;
    for (const auto& problem : items(found, "problems")) out += "<li>" + both_of(text_in(problem)) + "</li>\n";
    return "<p>" + both({"No construct could be planned.", "未能规划出构建体。"}) + "</p>\n" +
           (out.empty() ? out : "<ul>\n" + out + "</ul>\n");
}

}  // namespace

Html verdict(const Json& row) {
    return is_true(row, "verified") ? "<span class=\"good\">✓ " + both({"holds in simulation", "模拟通过"}) + "</span>"
                                    : "<span class=\"open\">✗ " + both({"not confirmed", "未能证实"}) + "</span>";
}

Html price(std::optional<double> value) { return value ? fmt::format("{:.2f}", *value) : "–"; }

Html assembly(const Json& build) {
    const auto& found = part(build, "assembly");
    if (!found.is_object()) return {};
    const auto title = "<h3>" + both({"The pathway on DNA", "途径的 DNA 构建"}) + "</h3>\n";
    const auto drawn = pictures(found);
    if (drawn.empty()) return title + problems(found);
    return title + plan(found) + drawn + sites(found) + fragments(found) + steps(found);
}

}  // namespace leaven::report
