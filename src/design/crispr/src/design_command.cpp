#include <charconv>
#include <cmath>

#include <leaven/op/json.hpp>
#include <leaven/op/show.hpp>
#include <leaven/seq/sequence.hpp>

#include "commands.hpp"
#include "design_rows.hpp"

namespace leaven::crispr {
namespace {

constexpr Doc operation_doc{
    "Guides for genes: knockout, interference, activation, base and prime editing, with reasons",
    "为基因设计向导：敲除、干扰、激活、碱基编辑与引导编辑，并说明理由"};

struct DesignParams {
    GenomeParams genome;
    std::vector<std::string> targets{};
    std::string mode = "knockout";
    std::int64_t per_target = 4;
    NucleaseParams nuclease;
    std::string editor = "CBE";
    std::string window{};
    std::string edit{};
    std::int64_t mismatches = 3;
    double min_cfd = 0;
    std::string annotation{};
    std::string host = "bacteria";
    bool deletion = false;
    std::vector<std::string> essential{};
    std::string vector{};
    std::string on_target_model = "rule_set_1";

    static void describe(auto& p, auto&& v) {
        GenomeParams::describe(p.genome, v);
        v(p.targets,
          {.name = "targets",
           .doc = {"genes, locus tags or places (contig:100..900); copies to be hit together joined by +; by "
                   "default the gene of the edit",
                   "基因、locus tag 或位置（contig:100..900）；需同时命中的拷贝用 + 连接；缺省为编辑所指的基因"},
           .format = "gene"});
        v(p.mode, {.name = "mode",
                   .doc = {"what the guides do", "向导的用途"},
                   .choices = "knockout|interference|activation|base_edit|prime"});
        v(p.per_target,
          {.name = "per_target", .doc = {"guides a target", "每个目标的向导数"}, .unit = "1", .min = 1, .max = 1000});
        NucleaseParams::describe(p.nuclease, v);
        v(p.editor, {.name = "editor",
                     .doc = {"base editor: CBE turns C to T, ABE A to G", "碱基编辑器：CBE 将 C 变 T，ABE 将 A 变 G"},
                     .choices = "CBE|ABE"});
        v(p.window, {.name = "window",
                     .doc = {"from..to: share of the gene (knockout, 0.05..0.65), bases from the start (interference "
                             "-60..end, activation -100..-60), places in the guide (base_edit, 4..8)",
                             "from..to：基因的比例（敲除，0.05..0.65）、距起点的碱基数（干扰 -60..末端，激活 "
                             "-100..-60）、向导中的位置（碱基编辑，4..8）"}});
        v(p.edit, {.name = "edit",
                   .doc = {"edit wanted: stop, thrA:T100I, thrA:c.12A>G; prime also c.12_14del, c.12_13insACG, "
                           "c.12_14delinsGG",
                           "所需编辑：stop、thrA:T100I、thrA:c.12A>G；引导编辑还可用 c.12_14del、c.12_13insACG、"
                           "c.12_14delinsGG"}});
        v(p.mismatches, {.name = "mismatches",
                         .doc = {"mismatches of off-targets that count", "计入脱靶的错配数"},
                         .unit = "1",
                         .min = 0,
                         .max = 6});
        v(p.min_cfd, {.name = "min_cfd",
                      .doc = {"least CFD score of a guide", "向导的最低 CFD 评分"},
                      .unit = "1",
                      .min = 0,
                      .max = 100});
        v(p.annotation, {.name = "annotation",
                         .doc = {"genes of the genome, GenBank or GFF3, where its file has none",
                                 "基因注释（GenBank 或 GFF3），用于不含注释的基因组文件"},
                         .format = "sequence"});
        v(p.host, {.name = "host",
                   .doc = {"where activation binds: 60 to 100 bases before the start, in yeast 50 to 400",
                           "激活的结合区：起点前 60 至 100 个碱基，酵母为 50 至 400"},
                   .choices = "bacteria|yeast"});
        v(p.deletion,
          {.name = "deletion",
           .doc = {"knockout by deletion: guides at both ends of the gene", "以缺失敲除：在基因两端各取向导"}});
        v(p.essential, {.name = "essential",
                        .doc = {"genes known to be essential, to be warned of", "已知的必需基因，将给出警告"},
                        .format = "gene"});
        v(p.vector, {.name = "vector",
                     .doc = {"cloning scheme whose enzyme must not cut the guide, as in crispr oligos",
                             "克隆方案，其酶不应切断向导；名称同 crispr oligos"}});
        v(p.on_target_model, {.name = "on_target_model",
                              .doc = {"model of the on-target score", "在靶评分所用模型"},
                              .choices = "rule_set_1|learned"});
    }
};

struct TargetRow {
    std::string target{};
    std::string contig{};
    std::optional<std::string> strand{};
    std::vector<DesignRow> guides{};
    std::vector<Text> warnings{};

    static void describe(auto& p, auto&& v) {
        v(p.target, {.name = "target", .doc = {"target", "目标"}});
        v(p.contig, {.name = "contig", .doc = {"contig", "序列"}});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}});
        v(p.guides, {.name = "guides", .doc = {"guides", "向导"}});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
    }
};

struct UnservedRow {
    std::string target{};
    Text reason{};
    std::vector<Text> warnings{};

    static void describe(auto& p, auto&& v) {
        v(p.target, {.name = "target", .doc = {"target", "目标"}});
        v(p.reason, {.name = "reason", .doc = {"reason", "原因"}});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
    }
};

struct RejectedRow {
    std::string target{};
    Text reason{};
    std::int64_t guides = 0;
    std::vector<std::string> examples{};

    static void describe(auto& p, auto&& v) {
        v(p.target, {.name = "target", .doc = {"target", "目标"}});
        v(p.reason, {.name = "reason", .doc = {"reason", "原因"}});
        v(p.guides, {.name = "guides", .doc = {"guides", "向导数"}, .unit = "1"});
        v(p.examples, {.name = "examples", .doc = {"examples", "示例"}});
    }
};

/// A guide on one line, for tables.
struct FlatRow {
    std::string target{};
    DesignRow guide{};

    static void describe(auto& p, auto&& v) {
        v(p.target, {.name = "target", .doc = {"target", "目标"}});
        DesignRow::describe(p.guide, [&](auto& member, const Field& field) {
            if (field.name != "outcome") v(member, field);
        });
    }
};

struct DesignResult {
    std::vector<TargetRow> targets{};
    std::vector<UnservedRow> unserved{};
    std::vector<RejectedRow> rejected{};
    std::vector<OffTargetRow> off_targets{};
    std::shared_ptr<const HeldDesign> held{};

    static void describe(auto& p, auto&& v) {
        v(p.targets, {.name = "targets", .doc = {"targets", "目标"}});
        v(p.unserved, {.name = "unserved", .doc = {"targets without a guide", "没有向导的目标"}});
        v(p.rejected, {.name = "rejected", .doc = {"rejected guides", "被舍弃的向导"}});
        v(p.off_targets, {.name = "off_targets", .doc = {"off-targets", "脱靶位点"}});
    }

    static constexpr bool brief = true;
    [[nodiscard]] std::vector<Text> headline() const { return lines_of(*held); }

    static constexpr std::string_view endings = ".html|.csv|.tsv";
    [[nodiscard]] Result<std::string> file(std::string_view ending, Lang lang) const {
        if (ending == ".html") return page_of(*held, operation_doc, lang);
        auto rows = Json::array();
        for (const auto& target : targets)
            for (const auto& guide : target.guides) rows.push_back(to_json(FlatRow{target.target, guide}));
        return separated_values(fields_of<FlatRow>(), localize(rows, lang), ending == ".csv" ? ',' : '\t');
    }
};

Result<std::optional<Window>> read_window(const std::string& text) {
    if (text.empty()) return std::optional<Window>();
    const auto dots = text.find("..");
    Window window;
    const auto number = [&](std::size_t from, std::size_t to, double& value) {
        const auto [end, code] = std::from_chars(text.data() + from, text.data() + to, value);
        return code == std::errc() && end == text.data() + to && std::abs(value) <= 1e12;  // no NaN either
    };
    if (dots != std::string::npos && number(0, dots, window.from) && number(dots + 2, text.size(), window.to))
        return std::optional(window);
    return bad_input({"\"{}\" is not a window", "“{}”不是窗口"}, text)
        .at("window")
        .advise({"write from..to, as 0.05..0.65 or -100..-60", "请写成 from..to，如 0.05..0.65 或 -100..-60"});
}

Mode mode_named(const std::string& name) {
    if (name == "interference") return Mode::interference;
    if (name == "activation") return Mode::activation;
    if (name == "base_edit") return Mode::base_edit;
    return name == "prime" ? Mode::prime : Mode::knockout;
}

Result<DesignOptions> options_of(const DesignParams& parameters) {
    const auto nuclease = parameters.nuclease.choose({});
    if (!nuclease) return pass(nuclease);
    const auto window = read_window(parameters.window);
    if (!window) return pass(window);
    auto edit = read_edit(parameters.edit);
    if (!edit) return pass(edit);
    DesignOptions options{.nuclease = *nuclease,
                          .mode = mode_named(parameters.mode),
                          .per_target = parameters.per_target,
                          .mismatches = parameters.mismatches,
                          .min_cfd = parameters.min_cfd,
                          .window = *window,
                          .edit = *std::move(edit),
                          .editor = parameters.editor == "ABE" ? Editor::abe : Editor::cbe,
                          .host = parameters.host == "yeast" ? Host::yeast : Host::bacteria,
                          .deletion = parameters.deletion,
                          .essential = parameters.essential};
    options.on_target = parameters.on_target_model == "learned" ? OnTarget::learned : OnTarget::rule_set_1;
    if (parameters.vector.empty()) return options;
    auto scheme = find_scheme(parameters.vector);
    if (!scheme) return pass(scheme);
    options.scheme = *std::move(scheme);
    return options;
}

/// The names of the targets; the gene that an edit names is one where none is given, and else must be the only one.
Result<std::vector<std::string>> target_names(const DesignParams& parameters, const CodingEdit& edit) {
    auto names = parameters.targets;
    if (names.empty() && !edit.gene.empty()) names = {edit.gene};
    if (names.empty())
        return bad_input({"there is no target", "没有目标"})
            .at("targets")
            .advise({"give genes or places", "请给出基因或位置"});
    for (const auto& name : names)
        if (!edit.gene.empty() && name != edit.gene)
            return bad_input({"the edit is of {}, the target is {}", "编辑针对 {}，而目标是 {}"}, edit.gene, name)
                .at("edit")
                .advise({"design one gene at a time, or leave the gene out of the edit",
                         "请一次只设计一个基因，或在编辑中省去基因名"});
    return names;
}

/// Sites of the chosen guides besides their targets, nearest first.
Status find_off_targets(HeldDesign& held, const Context& context) {
    constexpr std::size_t most = 200;  // of one guide
    std::vector<std::string> guides;
    for (const auto& target : held.targets)
        for (const auto& guide : target.guides)
            if (std::find(guides.begin(), guides.end(), guide.sequence) == guides.end())
                guides.push_back(guide.sequence);
    if (guides.empty()) return {};
    const Search search(held.file.genome, std::move(guides),
                        {.nuclease = held.options.nuclease, .mismatches = held.options.mismatches});
    const auto take = [&](std::size_t, std::size_t, std::span<const Hit> hits) -> Status {
        std::vector<Hit> sorted(hits.begin(), hits.end());
        std::erase_if(sorted, [](const Hit& hit) { return hit.mismatches == 0; });
        std::stable_sort(sorted.begin(), sorted.end(), [](const Hit& a, const Hit& b) {
            return std::pair(a.guide, a.mismatches) < std::pair(b.guide, b.mismatches);
        });
        std::size_t listed = 0;
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            listed = i > 0 && sorted[i].guide == sorted[i - 1].guide ? listed + 1 : 0;
            if (listed >= most) continue;
            const auto& hit = sorted[i];
            OffTargetRow row{.at = site_row(search, hit), .mismatches = hit.mismatches};
            if (held.options.nuclease.scored) row.cfd = hit.cfd;
            const auto* gene = held.file.genes.at(hit.contig, row.at.place());
            if (gene != nullptr) row.gene = gene->name;
            held.off_targets.push_back(std::move(row));
            held.hit_genes.push_back(gene);
        }
        return {};
    };
    return search.run(context, take);
}

DesignResult result_of(std::shared_ptr<HeldDesign> held) {
    DesignResult result;
    for (const auto& target : held->targets) {
        for (const auto& one : target.rejected)
            result.rejected.push_back({target.target.name, one.reason, one.guides, one.examples});
        if (!target.unserved.empty()) {
            result.unserved.push_back({target.target.name, target.unserved, target.warnings});
            continue;
        }
        const auto& place = target.target.places.front();
        TargetRow row{.target = target.target.name,
                      .contig = held->file.genome.contigs()[place.region.contig].name,
                      .warnings = target.warnings};
        if (place.gene != nullptr) row.strand = seq::name_of(place.strand);
        for (std::size_t i = 0; i < target.guides.size(); ++i) row.guides.push_back(held->row_of(target, i));
        result.targets.push_back(std::move(row));
    }
    result.off_targets = held->off_targets;
    result.held = std::move(held);
    return result;
}

Result<DesignResult> design(const DesignParams& parameters, Context& context) {
    auto options = options_of(parameters);
    if (!options) return pass(options);
    const auto names = target_names(parameters, options->edit);
    if (!names) return pass(names);
    auto held = std::make_shared<HeldDesign>();
    held->options = *std::move(options);
    auto file = read_genome(parameters.genome.genome, parameters.genome.topologies(), context);
    if (!file) return pass(file);
    held->file = *std::move(file);
    if (!parameters.annotation.empty()) {
        auto genes = read_genes(parameters.annotation, held->file.genome);
        if (!genes) return pass(genes);
        held->file.genes = *std::move(genes);
    }
    for (const auto& name : parameters.essential)
        if (auto known = held->file.genes.named(name); !known) {
            known.error().where = "essential";
            return pass(known);
        }
    const auto targets = find_targets(*names, held->file);
    if (!targets) return pass(targets);
    auto designed = design_guides(held->file, *targets, held->options, context);
    if (!designed) return pass(designed);
    held->targets = *std::move(designed);
    if (auto status = find_off_targets(*held, context); !status) return pass(status);
    return result_of(std::move(held));
}

}  // namespace

Operation design_operation() { return make("crispr design", operation_doc, design); }

}  // namespace leaven::crispr
