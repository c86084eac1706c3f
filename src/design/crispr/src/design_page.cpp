#include <algorithm>

#include <fmt/core.h>

#include <leaven/core/html.hpp>
#include <leaven/core/markup.hpp>
#include <leaven/op/show.hpp>
#include <leaven/seq/sequence.hpp>

#include "design_rows.hpp"
#include "design_track.hpp"

namespace leaven::crispr {
namespace {

// Own gene and neighbours differ in fill and in outline, so that they do in grey too.
constexpr std::string_view page_style = R"css(
.track { width: 100%; min-width: 40rem; height: auto; font-size: 13px; fill: currentColor; }
.track text { text-anchor: middle; } .track .scale { fill: var(--quiet); font-size: 12px; }
.track .own { fill: var(--accent); fill-opacity: .3; stroke: var(--accent); stroke-width: 2; }
.track .other { fill: var(--rule); stroke: var(--quiet); stroke-dasharray: 3 2; }
.track .tick { stroke: currentColor; stroke-width: 2; } .track .axis { stroke: var(--quiet); }
.track .rank { font-weight: 700; } .number { white-space: nowrap; } .why { min-width: 15rem; }
table { font-size: .9rem; } th, td { padding: .3rem .5rem; } .bases { font-family: ui-monospace, "DejaVu Sans Mono", monospace; white-space: nowrap; }
mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; text-decoration-thickness: 2px;
  text-underline-offset: 3px; } ul { margin: .3rem 0; padding-left: 1.2rem; } td ul { padding-left: 1rem; }
a { color: var(--accent); }
)css";

class Page {
public:
    Page(const HeldDesign& held, Lang lang) : held_(held), lang_(lang) {}

    [[nodiscard]] std::string body(Doc title) const {
        std::string out = fmt::format("<h1>{}</h1>\n", escape_markup(title.in(lang_)));
        for (std::size_t i = 0; i < held_.targets.size(); ++i) out += section(held_.targets[i], i);
        return out + off_target_table() + gene_table();
    }

private:
    [[nodiscard]] std::string_view word(Doc doc) const { return doc.in(lang_); }

    [[nodiscard]] std::string table(const std::string& caption, const std::vector<Doc>& heads,
                                    const std::string& rows) const {
        auto out = fmt::format("<table><caption>{}</caption>\n<thead><tr>", escape_markup(caption));
        for (const auto& head : heads) out += fmt::format("<th scope=\"col\">{}</th>", escape_markup(word(head)));
        return html_frame(caption, out + "</tr></thead>\n<tbody>\n" + rows + "</tbody></table>");
    }

    [[nodiscard]] std::string list(const std::vector<Text>& texts) const {
        std::string out = "<ul>";
        for (const auto& one : texts) out += fmt::format("<li>{}</li>", escape_markup(one.in(lang_)));
        return out + "</ul>";
    }

    [[nodiscard]] std::string section(const TargetGuides& target, std::size_t number) const {
        const auto where = about(target, held_.file);
        std::string out = fmt::format("<h2 id=\"target-{}\">{}</h2>\n<p>{}</p>\n", number + 1,
                                      escape_markup(target.target.name), escape_markup(where.in(lang_)));
        if (!target.unserved.empty())
            out += fmt::format("<p class=\"answer\">{}: {}</p>\n", word({"No guide", "没有向导"}),
                               escape_markup(target.unserved.in(lang_)));
        if (!target.warnings.empty()) out += list(target.warnings);
        out += html_frame(word({"Gene track", "基因轨道"}), draw_track(target, held_, lang_));
        if (!target.guides.empty()) out += guide_table(target);
        out += outcomes(target) + rejected(target);
        return out;
    }

    [[nodiscard]] std::string guide_table(const TargetGuides& target) const {
        std::vector<Doc> heads{{"Rank", "名次"},     {"Guide", "向导"}, {"PAM", "PAM"},         {"Strand", "链"},
                               {"Position", "位置"}, {"Cut", "切点"},   {"Off-targets", "脱靶"}};
        const bool scored = held_.options.nuclease.scored;
        if (scored) heads.insert(heads.end(), {{"CFD", "CFD"}, {"MIT", "MIT"}, {"On-target", "在靶"}});
        heads.insert(heads.end(), {{"Fold, kcal/mol", "折叠，kcal/mol"}, {"Why", "理由"}});
        std::string rows;
        for (std::size_t i = 0; i < target.guides.size(); ++i) {
            const auto& guide = target.guides[i];
            rows += "<tr>" + html_cell(fmt::format("{}", i + 1), "number") + html_cell(guide.sequence, "bases") +
                    html_cell(guide.pam, "bases") + html_cell(seq::name_of(strand_of(guide.reverse))) +
                    html_cell(position_of(guide, held_.options.mode), "number") +
                    html_cell(fmt::format("{}", guide.cut), "number") + html_cell(off_target_link(guide), "number");
            if (scored)
                rows += html_cell(figure(guide.cfd, 0), "number") + html_cell(figure(guide.mit, 0), "number") +
                        html_cell(figure(guide.on_target, 2), "number");
            rows += html_cell(figure(guide.self_fold_kcal, 1), "number") + html_cell(list(guide.reasons), "why") +
                    "</tr>\n";
        }
        return table(fmt::format("{} ({})", word({"Guides, best first", "向导，最佳者在前"}), target.guides.size()),
                     heads, rows);
    }

    [[nodiscard]] static std::string figure(std::optional<double> value, int digits) {
        if (!value) return "–";
        const auto shown = fmt::format("{:.{}f}", *value, digits);
        return shown.starts_with('-') ? "−" + shown.substr(1) : shown;
    }

    [[nodiscard]] std::string off_target_link(const DesignedGuide& guide) const {
        const bool listed = std::any_of(held_.off_targets.begin(), held_.off_targets.end(),
                                        [&](const OffTargetRow& row) { return row.at.guide == guide.sequence; });
        const auto shown = guide.off_targets();
        return listed ? fmt::format("<a href=\"#off-{}\">{}</a>", guide.sequence, shown) : shown;
    }

    [[nodiscard]] std::string outcomes(const TargetGuides& target) const {
        std::string rows;
        for (std::size_t i = 0; i < target.guides.size(); ++i) {
            const auto& outcome = target.guides[i].outcome;
            if (!outcome.protein_before && outcome.products.empty() && !outcome.prime) continue;
            std::string more;
            for (const auto& product : outcome.products)
                more += fmt::format("<li class=\"bases\">{}{}: {}</li>", product.edits, product.intended ? " ✓" : "",
                                    escape_markup(product.protein));
            if (outcome.prime) more += prime_items(*outcome.prime);
            rows += "<tr>" + html_cell(fmt::format("{}", i + 1), "number") +
                    html_cell(escape_markup(outcome.what.in(lang_))) +
                    html_cell(marked_change(outcome.protein_before, outcome.protein_after), "bases") +
                    html_cell(marked_change(outcome.protein_after, outcome.protein_before), "bases") +
                    html_cell(more.empty() ? "–" : "<ul>" + more + "</ul>") + "</tr>\n";
        }
        if (rows.empty()) return {};
        return table(std::string(word({"What each guide does", "各向导的结果"})),
                     {{"Rank", "名次"},
                      {"Outcome", "结果"},
                      {"Protein before", "编辑前蛋白质"},
                      {"Protein after", "编辑后蛋白质"},
                      {"Details", "详情"}},
                     rows);
    }

    [[nodiscard]] std::string prime_items(const PrimeEdit& prime) const {
        const auto item = [&](Doc name, const std::string& value) {
            return value.empty()
                       ? std::string()
                       : fmt::format("<li>{}: <span class=\"bases\">{}</span></li>", word(name), escape_markup(value));
        };
        auto items =
            item({"template", "逆转录模板"}, prime.template_bases) +
            item({"primer binding site", "引物结合位点"}, fmt::format("{} ({:.0f} °C)", prime.pbs, prime.pbs_tm_c)) +
            item({"silent change of the PAM", "PAM 的沉默变化"}, prime.variant_change) +
            item({"extension with it", "含该变化的延伸序列"}, prime.variant_extension);
        if (!prime.nicking_guide.empty())
            items += item({"nicking guide", "切口向导"},
                          fmt::format("{} {} ({:+})", prime.nicking_guide, prime.nicking_pam, prime.nicking_distance));
        return items;
    }

    /// Letters that differ from another text of the same places are marked.
    [[nodiscard]] static std::string marked_change(const std::optional<std::string>& shown,
                                                   const std::optional<std::string>& other) {
        if (!shown) return "–";
        std::string out;
        for (std::size_t i = 0; i < shown->size(); ++i) {
            const auto letter = escape_markup(std::string(1, (*shown)[i]));
            const bool same = other && i < other->size() && (*other)[i] == (*shown)[i];
            out += same ? letter : "<mark>" + letter + "</mark>";
        }
        return out;
    }

    [[nodiscard]] std::string rejected(const TargetGuides& target) const {
        std::string rows;
        for (const auto& one : target.rejected) {
            std::string examples;
            for (const auto& guide : one.examples) examples += (examples.empty() ? "" : " ") + guide;
            rows += "<tr>" + html_cell(fmt::format("{}", one.guides), "number") +
                    html_cell(escape_markup(one.reason.in(lang_))) + html_cell(examples, "bases") + "</tr>\n";
        }
        if (rows.empty()) return {};
        return table(std::string(word({"Rejected, and why", "被舍弃的向导及原因"})),
                     {{"Guides", "向导数"}, {"Reason", "原因"}, {"For example", "例如"}}, rows);
    }

    /// Lower case is what does not match.
    [[nodiscard]] static std::string marked_site(const std::string& site) {
        std::string out;
        for (const char c : site) out += c >= 'a' && c <= 'z' ? fmt::format("<mark>{}</mark>", c) : std::string(1, c);
        return out;
    }

    [[nodiscard]] std::string off_target_table() const {
        if (held_.off_targets.empty()) return {};
        std::string rows;
        std::string last;
        for (std::size_t i = 0; i < held_.off_targets.size(); ++i) {
            const auto& row = held_.off_targets[i];
            const auto anchor = row.at.guide != last ? fmt::format(" id=\"off-{}\"", row.at.guide) : std::string();
            last = row.at.guide;
            const auto* gene = held_.hit_genes[i];
            const auto gene_cell = gene == nullptr ? std::string("–")
                                                   : fmt::format("<a href=\"#gene-{}\">{}</a>", number_of(gene),
                                                                 escape_markup(gene->name));
            rows += fmt::format("<tr{}>", anchor) + html_cell(row.at.guide, "bases") +
                    html_cell(marked_site(row.at.site), "bases") + html_cell(row.at.pam, "bases") +
                    html_cell(fmt::format("{}", row.mismatches), "number") + html_cell(escape_markup(row.at.contig)) +
                    html_cell(fmt::format("{}", row.at.start), "number") + html_cell(row.at.strand) +
                    html_cell(figure(row.cfd, 3), "number") + html_cell(gene_cell) + "</tr>\n";
        }
        return fmt::format("<h2>{}</h2>\n", word({"Off-targets", "脱靶位点"})) +
               table(std::string(word({"Letters that do not match are underlined and in lower case",
                                       "不匹配的字母以下划线和小写标出"})),
                     {{"Guide", "向导"},
                      {"Site", "位点"},
                      {"PAM", "PAM"},
                      {"Mismatches", "错配数"},
                      {"Contig", "序列"},
                      {"Start", "起点"},
                      {"Strand", "链"},
                      {"CFD", "CFD"},
                      {"Gene", "基因"}},
                     rows);
    }

    [[nodiscard]] std::vector<const Gene*> genes_hit() const {
        std::vector<const Gene*> genes;
        for (const auto* gene : held_.hit_genes)
            if (gene != nullptr && std::find(genes.begin(), genes.end(), gene) == genes.end()) genes.push_back(gene);
        std::sort(genes.begin(), genes.end());  // in the order of the map: by place
        return genes;
    }

    [[nodiscard]] std::size_t number_of(const Gene* gene) const {
        return static_cast<std::size_t>(gene - held_.file.genes.genes().data());
    }

    [[nodiscard]] std::string gene_table() const {
        std::string rows;
        for (const auto* gene : genes_hit())
            rows += fmt::format("<tr id=\"gene-{}\">", number_of(gene)) + html_cell(escape_markup(gene->name)) +
                    html_cell(escape_markup(gene->locus_tag)) + html_cell(escape_markup(gene->product)) +
                    html_cell(escape_markup(held_.file.genome.contigs()[gene->contig].name)) +
                    html_cell(fmt::format("{}..{}", gene->at.start, gene->at.end), "number") +
                    html_cell(seq::name_of(gene->strand)) + "</tr>\n";
        if (rows.empty()) return {};
        return fmt::format("<h2>{}</h2>\n", word({"Genes with off-targets", "含脱靶位点的基因"})) +
               table(std::string(word({"Positions are counted from 0", "位置从 0 起计"})),
                     {{"Gene", "基因"},
                      {"Locus tag", "基因座标签"},
                      {"Product", "产物"},
                      {"Contig", "序列"},
                      {"Place", "位置"},
                      {"Strand", "链"}},
                     rows);
    }

    const HeldDesign& held_;
    Lang lang_;
};

}  // namespace

std::string page_of(const HeldDesign& held, Doc title, Lang lang) {
    return frame_page(title, Page(held, lang).body(title), lang, page_style);
}

}  // namespace leaven::crispr
