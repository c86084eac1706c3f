#include <leaven/crispr/guides.hpp>
#include <leaven/crispr/sites.hpp>
#include <leaven/seq/sequence.hpp>

#include "commands.hpp"

namespace leaven::crispr {
namespace {

struct SitesParams {
    GenomeParams genome;
    NucleaseParams nuclease;
    std::optional<std::int64_t> length{};
    std::string region{};
    std::vector<std::string> genes{};
    std::string annotation{};
    std::int64_t limit = 100'000;
    bool scores = false;
    std::string on_target_model = "rule_set_1";

    static void describe(auto& p, auto&& v) {
        GenomeParams::describe(p.genome, v);
        NucleaseParams::describe(p.nuclease, v);
        v(p.length, {.name = "length",
                     .doc = {"bases of the protospacer, where not the nuclease's", "原间隔序列长度，缺省按核酸酶"},
                     .unit = "1",
                     .min = shortest_spacer,
                     .max = longest_spacer});
        v(p.region, {.name = "region",
                     .doc = {"only sites within this place: contig:100..900, counted from 1",
                             "仅此区间内的位点：contig:100..900，从 1 起计"}});
        v(p.genes, {.name = "genes", .doc = {"only sites within these genes", "仅这些基因内的位点"}, .format = "gene"});
        v(p.annotation, {.name = "annotation",
                         .doc = {"genes of the genome, GenBank or GFF3, where its file has none",
                                 "基因注释（GenBank 或 GFF3），用于不含注释的基因组文件"},
                         .format = "sequence"});
        v(p.limit, {.name = "limit",
                    .doc = {"sites to list at most; 0: only count", "最多列出的位点数；0 表示只计数"},
                    .unit = "1",
                    .min = 0,
                    .max = 1e9});
        v(p.scores, {.name = "scores", .doc = {"predict how well they are cut", "预测切割效率"}});
        v(p.on_target_model,
          {.name = "on_target_model", .doc = {"by which model", "所用模型"}, .choices = "rule_set_1|learned"});
    }
};

struct SiteRow {
    std::string contig{};
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string strand{};
    std::string sequence{};
    std::string pam{};
    std::int64_t cut = 0;
    double gc = 0;
    std::optional<std::string> gene{};
    std::optional<double> on_target{};
    std::vector<std::string> flags{};

    static void describe(auto& p, auto&& v) {
        v(p.contig, {.name = "contig", .doc = {"contig", "序列"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}});
        v(p.sequence, {.name = "sequence", .doc = {"protospacer", "原间隔序列"}});
        v(p.pam, {.name = "pam", .doc = {"PAM", "PAM"}});
        v(p.cut, {.name = "cut", .doc = {"cut", "切点"}, .unit = "1"});
        v(p.gc, {.name = "gc", .doc = {"GC share", "GC 比例"}, .unit = "1"});
        v(p.gene, {.name = "gene", .doc = {"gene", "基因"}});
        v(p.on_target, {.name = "on_target", .doc = {"on-target score", "在靶评分"}, .unit = "1"});
        v(p.flags, {.name = "flags", .doc = {"flags", "标记"}});
    }
};

struct SitesResult {
    std::string nuclease{};
    std::string pam{};
    std::string pam_side{};
    std::int64_t total = 0;
    std::int64_t unique = 0;
    MadeRows<SiteRow> sites{};

    static void describe(auto& p, auto&& v) {
        v(p.nuclease, {.name = "nuclease", .doc = {"nuclease", "核酸酶"}});
        v(p.pam, {.name = "pam", .doc = {"PAM", "PAM"}});
        v(p.pam_side, {.name = "pam_side", .doc = {"side of the PAM", "PAM 所在侧"}});
        v(p.total, {.name = "total", .doc = {"sites", "位点数"}, .unit = "1"});
        v(p.unique, {.name = "unique", .doc = {"distinct protospacers", "不同的原间隔序列数"}, .unit = "1"});
        v(p.sites, {.name = "sites", .doc = {"sites", "位点"}});
    }
    [[nodiscard]] std::vector<Text> headline() const {
        return {text({"{} sites, {} distinct, {} listed", "{} 个位点，{} 个不重复，列出 {} 个"}, total, unique,
                     sites.size())};
    }
};

Result<std::vector<Region>> regions_of(const SitesParams& parameters, const GenomeFile& file) {
    std::vector<Region> within;
    if (!parameters.region.empty()) {
        const auto region = read_region(parameters.region, file.genome, "region");
        if (!region) return pass(region);
        within.push_back(*region);
    }
    for (const auto& name : parameters.genes) {
        auto genes = file.genes.named(name);
        if (!genes) {
            genes.error().where = "genes";
            return pass(genes);
        }
        for (const auto* gene : *genes) within.push_back({gene->contig, gene->at});
    }
    return within;
}

/// What rows are made of.
struct Shown {
    GenomeFile file;
    Nuclease nuclease;
    SiteList list;
    std::string model{};  // of the on-target score; empty: none

    [[nodiscard]] SiteRow row(std::size_t i) const {
        const auto& site = list.sites[i];
        auto place = site_at(file.genome, nuclease, site);
        SiteRow row{.contig = file.genome.contigs()[site.contig].name,
                    .start = place.at.start,
                    .end = place.at.end,
                    .strand = seq::name_of(strand_of(site.reverse)),
                    .sequence = std::move(place.site),
                    .pam = std::move(place.pam),
                    .cut = place.cut};
        row.gc = seq::gc_share(row.sequence);
        row.flags = flags_of(row.sequence);
        if (site.repeat) row.flags.emplace_back("repeat");
        if (const auto* gene = file.genes.at(site.contig, place.at)) row.gene = gene->name;
        if (model == "rule_set_1") row.on_target = rule_set_1(context_of(file.genome, nuclease, site));
        if (model == "learned") row.on_target = learned_score(context_of(file.genome, nuclease, site));
        return row;
    }
};

Result<SitesResult> sites(const SitesParams& parameters, Context& context) {
    const auto nuclease = parameters.nuclease.choose(parameters.length);
    if (!nuclease) return pass(nuclease);
    auto file = read_genome(parameters.genome.genome, parameters.genome.topologies(), context);
    if (!file) return pass(file);
    if (!parameters.annotation.empty()) {
        auto genes = read_genes(parameters.annotation, file->genome);
        if (!genes) return pass(genes);
        file->genes = *std::move(genes);
    }
    const auto within = regions_of(parameters, *file);
    if (!within) return pass(within);
    auto list = list_sites(file->genome, *nuclease, *within, parameters.limit, context);
    if (!list) return pass(list);
    SitesResult result{.nuclease = nuclease->name,
                       .pam = nuclease->pam,
                       .pam_side = nuclease->pam_first ? "5" : "3",
                       .total = list->total,
                       .unique = list->unique};
    const auto count = list->sites.size();
    const auto shown = std::make_shared<const Shown>(
        Shown{*std::move(file), *nuclease, *std::move(list), parameters.scores ? parameters.on_target_model : ""});
    result.sites = {count, [shown](std::size_t i) { return shown->row(i); }};
    return result;
}

}  // namespace

Operation sites_operation() {
    return make("crispr sites",
                {"Every place a nuclease can be guided to, with cut, gene and flags",
                 "核酸酶可被引导的全部位点，附切点、基因和标记"},
                sites);
}

}  // namespace leaven::crispr
