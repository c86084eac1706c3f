#include <algorithm>

#include <leaven/op/json.hpp>

#include "construct.hpp"
#include "dossier.hpp"
#include "sections.hpp"

namespace leaven::report {
namespace {

/// Where it lies, counted as people do: 363,231–363,250.
Html bases(const Json& row) {
    const auto start = count(row, "start");
    const auto end = count(row, "end");
    return start && end ? "<span class=\"q\">" + plain(grouped(*start + 1) + "–" + grouped(*end)) + "</span>"
                        : Html("–");
}

Html oligo_names(const Json& edit) {
    Html out;
    for (const auto& oligo : items(edit, "oligos"))
        out += Html(out.empty() ? "" : "<br/>") + "<code class=\"q\">" + plain(words(oligo, "name")) + "</code>";
    return out;
}

Html warnings_of(const Json& edit) {
    Html out;
    for (const auto& warning : items(edit, "warnings")) out += (out.empty() ? "" : "<br/>") + both_of(text_in(warning));
    return out.empty() ? Html("–") : "<div class=\"prose\">" + out + "</div>";
}

bool is_integration(const Json& edit) { return words(edit, "kind") == "integration"; }

Html edits(const Json& build) {
    Table table{.id = "edits-table",
                .caption = both({"Genes taken out of the chromosome", "从染色体敲除的基因"}),
                .columns = {{{"Gene", "基因"}},
                            {{"Bases", "碱基位置"}},
                            {{"Check product, wild type", "鉴定产物（野生型）"}, "bp", true},
                            {{"Edited", "编辑后"}, "bp", true},
                            {{"Oligos", "寡核苷酸"}},
                            {{"Mind", "注意"}}},
                .rows = {}};
    for (const auto& row : items(build, "edits")) {
        if (is_integration(row)) continue;
        table.rows.push_back(
            {.cells = {"<i>" + plain(words(row, "name")) + "</i> " + code(words(row, "gene")), bases(row),
                       plain(grouped(count(row, "wild_type").value_or(0))),
                       plain(grouped(count(row, "edited").value_or(0))), oligo_names(row), warnings_of(row)}});
    }
    return table.rows.empty() ? Html() : render(table);
}

/// "lacZ, 363,231–366,305": what the cassette takes the place of, or the joint where it goes in.
Html place_of(const Json& edit) {
    const auto start = count(edit, "start").value_or(0);
    if (start == count(edit, "end").value_or(0))
        return sentence({"behind base {}", "第 {} 位碱基之后"}, plain(grouped(start)));
    const auto gene = words(edit, "gene");
    return (gene.empty() ? Html() : "<i>" + plain(gene) + "</i><br/>") + bases(edit);
}

/// "500 + 3,623 + 500"
Html donor_of(const Json& edit) {
    Html out;
    for (const auto& arm : items(edit, "arms")) {
        out += (out.empty() ? "" : " + ") + plain(grouped(static_cast<std::int64_t>(words(arm, "sequence").size())));
        if (words(arm, "side") == "left") out += " + " + plain(grouped(count(edit, "cassette").value_or(0)));
    }
    return "<span class=\"q\">" + out + "</span>";
}

/// "3,461 → 3,950"
Html lengths_of(const Json& edit) {
    return "<span class=\"q\">" + plain(grouped(count(edit, "wild_type").value_or(0))) + " → " +
           plain(grouped(count(edit, "edited").value_or(0))) + "</span>";
}

/// What constructs are warned of, once; where it is not said of all, with those it is said of.
Html cautions(const std::vector<Json>& edits) {
    std::vector<std::pair<Html, std::vector<Html>>> found;
    for (const auto& edit : edits)
        for (const auto& warning : items(edit, "warnings")) {
            const auto said = both_of(text_in(warning));
            auto known = std::find_if(found.begin(), found.end(), [&](const auto& one) { return one.first == said; });
            if (known == found.end()) known = found.insert(found.end(), {said, {}});
            known->second.push_back(code(words(edit, "construct")));
        }
    Html out;
    for (const auto& [said, constructs] : found) {
        Html names;
        if (constructs.size() < edits.size())
            for (const auto& name : constructs) names += (names.empty() ? "" : ", ") + name;
        out += "<li>" + (names.empty() ? Html() : names + both({": ", "："})) + said + "</li>\n";
    }
    return out.empty() ? out : "<p>" + both({"Mind:", "注意："}) + "</p>\n<ul>\n" + out + "</ul>\n";
}

Html integrations(const Json& build) {
    Table table{.id = "integrations-table",
                .caption = both({"Integration of each construct", "各构建体的整合"}),
                .columns = {{{"Construct", "构建体"}},
                            {{"In place of", "所取代的位置"}},
                            {{"Donor: arm, cassette, arm", "供体：臂、表达盒、臂"}, "bp"},
                            {{"Check product, wild type → edited", "鉴定产物，野生型 → 编辑后"}, "bp"},
                            {{"In simulation", "模拟"}},
                            {{"Oligos", "寡核苷酸"}}},
                .rows = {}};
    std::vector<Json> rows;
    for (const auto& row : items(build, "edits"))
        if (is_integration(row)) rows.push_back(row);
    if (rows.empty()) return {};
    for (const auto& row : rows)
        table.rows.push_back({.cells = {code(words(row, "construct")), place_of(row), donor_of(row), lengths_of(row),
                                        verdict(row), oligo_names(row)}});
    auto told =
        sentence({"The cassette is what the construct holds beside its backbone; the primers, whose tails are "
                  "the arms or join the pieces, make the donor of the plasmid. The chromosome with the "
                  "deletions and the first cassette is {}.",
                  "表达盒为构建体除骨架以外的部分；引物的尾部即同源臂（或用于拼接各片段），以质粒为模板得到供体。"
                  "完成敲除并整合首个表达盒后的染色体见 {}。"},
                 code("edited.gb"));
    if (rows.size() > 1)
        told += " " + both({"Each construct is an edit by itself, in the same place: make one of them.",
                            "各构建体整合到同一位置，互为备选：择一进行。"});
    return "<h3>" + both({"The pathway on the chromosome", "途径整合到染色体"}) + "</h3>\n<p>" + told + "</p>\n" +
           render(table) + cautions(rows);
}

/// Those of one purpose.
Html guides(const Json& build, std::string_view purpose, std::string_view id, Doc caption) {
    Table table{.id = id,
                .caption = both(caption),
                .columns = {{{"Gene", "基因"}},
                            {{"Guide and PAM", "向导与 PAM"}},
                            {{"Bases", "碱基位置"}},
                            {{"Strand", "链"}},
                            {{"Off-targets by mismatches", "按错配数的脱靶数"}},
                            {{"Why", "理由"}}},
                .rows = {}};
    for (const auto& row : items(build, "guides")) {
        if (words(row, "purpose") != purpose) continue;
        Html reasons;
        for (const auto& reason : items(row, "reasons"))
            reasons += (reasons.empty() ? "" : "<br/>") + both_of(text_in(reason));
        table.rows.push_back({.cells = {"<i>" + plain(words(row, "name")) + "</i>",
                                        "<code class=\"q\">" + plain(words(row, "sequence")) + " <b>" +
                                            plain(words(row, "pam")) + "</b></code>",
                                        bases(row), words(row, "strand") == "-" ? Html("−") : Html("+"),
                                        "<span class=\"q\">" + plain(words(row, "off_targets")) + "</span>",
                                        reasons.empty() ? Html("–") : "<div class=\"prose\">" + reasons + "</div>"}});
    }
    return table.rows.empty() ? Html() : render(table);
}

Html guides(const Json& build) {
    const auto down = guides(build, "interference", "interference-table",
                             {"Guides of interference, which turn genes down", "干扰向导，用于下调基因"});
    return guides(build, "knockout", "guides-table", {"Guides that cut the genes to knock out", "敲除基因的切割向导"}) +
           guides(build, "integration", "integration-guides-table",
                  {"Guides that cut where the cassette goes in", "在整合位点切割的向导"}) +
           (down.empty() ? down : disclosure({"Guides that turn genes down", "下调基因的向导"}, down));
}

Html off_targets(const Json& build) {
    Table table{.id = "off-targets-table",
                .caption = both({"Sites that a guide may bind besides its own", "向导可能结合的其他位点"}),
                .columns = {{{"Guide", "向导"}},
                            {{"Contig", "序列"}},
                            {{"Bases", "碱基位置"}},
                            {{"Mismatches", "错配数"}, {}, true},
                            {{"Gene", "基因"}}},
                .rows = {}};
    for (const auto& row : items(build, "off_targets"))
        table.rows.push_back(
            {.cells = {"<code class=\"q\">" + plain(words(row, "guide")) + "</code>", plain(words(row, "contig")),
                       bases(row), plain(grouped(count(row, "mismatches").value_or(0))),
                       words(row, "gene").empty() ? Html("–") : "<i>" + plain(words(row, "gene")) + "</i>"}});
    return table.rows.empty() ? Html() : disclosure({"Off-targets", "脱靶位点"}, render(table));
}

/// "2 fragments, cut after base 1,688"
Html made_in(const Json& gene) {
    const auto& fragments = items(gene, "fragments");
    if (fragments.empty()) return words(gene, "sequence").empty() ? Html("–") : both({"one piece", "整段"});
    std::string cuts;
    for (std::size_t i = 1; i < fragments.size(); ++i)
        cuts += (cuts.empty() ? "" : ", ") + grouped(count(fragments[i], "start").value_or(0));
    return sentence({"{} fragments, cut after base {}", "{} 个片段，切点在第 {} 位碱基之后"},
                    plain(std::to_string(fragments.size())), plain(cuts));
}

Html genes(const Json& build) {
    Table table{.id = "genes-table",
                .caption = both({"Genes to synthesise, in genes.fasta", "待合成基因，见 genes.fasta"}),
                .columns = {{{"Gene", "基因"}},
                            {{"Amino acids", "氨基酸数"}, {}, true},
                            {{"Codon adaptation index", "密码子适应指数"}, {}, true},
                            {{"GC", "GC 比例"}, {}, true},
                            {{"Made in", "合成方式"}},
                            {{"Result", "结果"}}},
                .rows = {}};
    for (const auto& row : items(build, "genes")) {
        const auto status = words(row, "status");
        Html told = status == "optimal"      ? both({"best, proven", "最优，已证明"})
                    : status == "feasible"   ? both({"keeps the rules", "满足规则"})
                    : status == "infeasible" ? both({"no sequence keeps all rules", "没有满足全部规则的序列"})
                                             : both({"none found in time", "限时内未找到"});
        table.rows.push_back(
            {.cells = {"<i>" + plain(words(row, "gene")) + "</i>", plain(grouped(count(row, "residues").value_or(0))),
                       figure(number(row, "cai")), number(row, "gc") ? percent(number(row, "gc"), 1.0) : Html("–"),
                       made_in(row), told}});
    }
    return table.rows.empty() ? Html() : render(table);
}

Html purpose(const Json& oligo) {
    const auto said = words(oligo, "purpose");
    if (said == "edit") return both({"edit", "编辑"});
    if (said == "check") return both({"check", "鉴定"});
    return said == "guide" ? both({"guide", "向导"}) : both({"construct", "构建"});
}

Html oligos(const Json& build) {
    Table table{.id = "oligos-table",
                .caption = both({"Oligos to order, in oligos.csv", "待订购寡核苷酸，见 oligos.csv"}),
                .columns = {{{"Name", "名称"}},
                            {{"Purpose", "用途"}},
                            {{"Sequence", "序列"}},
                            {{"Length", "长度"}, {}, true},
                            {{"Price", "价格"}, "USD", true}},
                .rows = {},
                .classes = "dense"};
    constexpr std::size_t most_rows = 500;
    for (const auto& row : items(build, "oligos")) {
        if (table.rows.size() == most_rows) break;
        table.rows.push_back(
            {.cells = {code(words(row, "name")), purpose(row),
                       "<code class=\"bases\">" + plain(words(row, "sequence")) + "</code>",
                       plain(grouped(count(row, "length").value_or(0))), price(number(row, "price"))}});
    }
    return table.rows.empty() ? Html() : disclosure({"Oligos", "寡核苷酸"}, render(table));
}

/// What all of it costs.
Html order(const Json& build) {
    const auto listed = static_cast<std::int64_t>(items(build, "oligos").size());
    const auto fragments = static_cast<std::int64_t>(items(part(build, "assembly"), "fragments").size());
    if (listed + fragments == 0) return {};
    const auto cost = quantity(number(build, "cost"), "USD");
    if (fragments == 0)
        return "<p>" +
               sentence({"To order: {} oligos for {}.", "订购：{} 条寡核苷酸，共 {}。"}, plain(grouped(listed)), cost) +
               "</p>\n";
    return "<p>" +
           sentence({"To order: {} oligos and {} fragments for {}, at the prices of the project and of the rule sets.",
                     "订购：{} 条寡核苷酸和 {} 个片段，按项目与规则集所列价格共 {}。"},
                    plain(grouped(listed)), plain(grouped(fragments)), cost) +
           "</p>\n";
}

}  // namespace

Html build(const Json& dossier) {
    const auto& found = part(dossier, "build");
    if (!found.is_object()) return {};
    const auto body = edits(found) + guides(found) + off_targets(found) + genes(found) + assembly(found) +
                      integrations(found) + oligos(found);
    const auto edited = sentence({"Chromosome {}, edited by {}.", "染色体 {}，方法 {}。"}, code(words(found, "genome")),
                                 code(words(found, "method")));
    const auto nothing = "<p>" +
                         both({"The best design asks for no change of the chromosome.", "最优设计不需要改动染色体。"}) +
                         "</p>\n";
    return section("build", {"At the bench", "上实验台"},
                   "<p>" + edited + "</p>\n" + order(found) + (body.empty() ? nothing : body));
}

}  // namespace leaven::report
