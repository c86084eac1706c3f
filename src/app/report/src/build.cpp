#include <fmt/format.h>

#include "dossier.hpp"
#include "sections.hpp"

namespace leaven::report {
namespace {

/// Where it lies, counted as people do: 363,231–363,250.
Html bases(const Json& row) {
    const auto start = count(row, "start");
    const auto end = count(row, "end");
    return start && end ? plain(grouped(*start + 1) + "–" + grouped(*end)) : Html("–");
}

Html edits(const Json& build) {
    Table table{.id = "edits-table",
                .caption = both({"Edits of the chromosome", "染色体编辑"}),
                .columns = {{{"Gene", "基因"}},
                            {{"Bases", "碱基位置"}},
                            {{"Check product, wild type", "鉴定产物（野生型）"}, "bp", true},
                            {{"Edited", "编辑后"}, "bp", true},
                            {{"Oligos", "寡核苷酸"}},
                            {{"Mind", "注意"}}},
                .rows = {}};
    for (const auto& row : items(build, "edits")) {
        Html oligos;
        for (const auto& oligo : items(row, "oligos"))
            oligos += (oligos.empty() ? "" : "<br/>") + plain(words(oligo, "name")) + " <code class=\"bases\">" +
                      plain(words(oligo, "sequence")) + "</code>";
        Html warnings;
        for (const auto& warning : items(row, "warnings"))
            warnings += (warnings.empty() ? "" : "<br/>") + both_of(text_in(warning));
        table.rows.push_back({.cells = {"<i>" + plain(words(row, "name")) + "</i> " + code(words(row, "gene")),
                                        bases(row), plain(grouped(count(row, "wild_type").value_or(0))),
                                        plain(grouped(count(row, "edited").value_or(0))), oligos,
                                        warnings.empty() ? Html("–") : warnings}});
    }
    return table.rows.empty() ? Html() : render(table);
}

Html guides(const Json& build) {
    Table table{.id = "guides-table",
                .caption = both({"Guides", "向导"}),
                .columns = {{{"Gene", "基因"}},
                            {{"Purpose", "用途"}},
                            {{"Guide and PAM", "向导与 PAM"}},
                            {{"Bases", "碱基位置"}},
                            {{"Strand", "链"}},
                            {{"Off-targets by mismatches", "按错配数的脱靶数"}},
                            {{"Why", "理由"}}},
                .rows = {}};
    for (const auto& row : items(build, "guides")) {
        Html reasons;
        for (const auto& reason : items(row, "reasons"))
            reasons += (reasons.empty() ? "" : "<br/>") + both_of(text_in(reason));
        table.rows.push_back(
            {.cells = {"<i>" + plain(words(row, "name")) + "</i>",
                       words(row, "purpose") == "knockout" ? both({"knock out", "敲除"}) : both({"turn down", "下调"}),
                       "<code class=\"bases\">" + plain(words(row, "sequence")) + " <b>" + plain(words(row, "pam")) +
                           "</b></code>",
                       bases(row), words(row, "strand") == "-" ? Html("−") : Html("+"),
                       plain(words(row, "off_targets")), reasons.empty() ? Html("–") : reasons}});
    }
    return table.rows.empty() ? Html() : render(table);
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
            {.cells = {"<code class=\"bases\">" + plain(words(row, "guide")) + "</code>", plain(words(row, "contig")),
                       bases(row), plain(grouped(count(row, "mismatches").value_or(0))),
                       words(row, "gene").empty() ? Html("–") : "<i>" + plain(words(row, "gene")) + "</i>"}});
    return table.rows.empty() ? Html() : disclosure({"Off-targets", "脱靶位点"}, render(table));
}

Html genes(const Json& build) {
    Table table{.id = "genes-table",
                .caption = both({"Genes to synthesise, in genes.fasta", "待合成基因，见 genes.fasta"}),
                .columns = {{{"Gene", "基因"}},
                            {{"Amino acids", "氨基酸数"}, {}, true},
                            {{"Codon adaptation index", "密码子适应指数"}, {}, true},
                            {{"GC", "GC 比例"}, {}, true},
                            {{"Result", "结果"}}},
                .rows = {}};
    for (const auto& row : items(build, "genes")) {
        const auto status = words(row, "status");
        Html told = status == "optimal"      ? both({"best, proven", "最优，已证明"})
                    : status == "feasible"   ? both({"keeps the rules", "满足规则"})
                    : status == "infeasible" ? both({"no sequence keeps all rules", "没有满足全部规则的序列"})
                                             : both({"none found in time", "限时内未找到"});
        table.rows.push_back({.cells = {"<i>" + plain(words(row, "gene")) + "</i>",
                                        plain(grouped(count(row, "residues").value_or(0))), figure(number(row, "cai")),
                                        number(row, "gc") ? percent(number(row, "gc"), 1.0) : Html("–"), told}});
    }
    return table.rows.empty() ? Html() : render(table);
}

}  // namespace

Html build(const Json& dossier) {
    const auto& found = part(dossier, "build");
    if (!found.is_object()) return {};
    const auto body = edits(found) + guides(found) + off_targets(found) + genes(found);
    return section(
        "build", {"At the bench", "上实验台"},
        "<p>" +
            sentence(
                {"Chromosome {}, edited by {}. Every oligo stands in {}.", "染色体 {}，方法 {}。全部寡核苷酸见 {}。"},
                code(words(found, "genome")), code(words(found, "method")), code("oligos.csv")) +
            "</p>\n" +
            (body.empty()
                 ? "<p>" +
                       both({"The best design asks for no change of the chromosome.", "最优设计不需要改动染色体。"}) +
                       "</p>\n"
                 : body));
}

}  // namespace leaven::report
