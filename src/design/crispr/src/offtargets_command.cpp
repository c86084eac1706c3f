#include <leaven/core/counted.hpp>
#include <leaven/crispr/guides.hpp>
#include <leaven/crispr/search.hpp>

#include "commands.hpp"
#include "row_file.hpp"
#include "site_row.hpp"

namespace leaven::crispr {
namespace {

struct OfftargetsParams {
    GenomeParams genome;
    std::vector<std::string> guides{};
    NucleaseParams nuclease;
    std::int64_t mismatches = 4;
    std::int64_t dna_bulges = 0;
    std::int64_t rna_bulges = 0;
    std::string annotation{};
    std::int64_t max_hits = 0;
    std::string out{};
    static constexpr bool writes = true;

    static void describe(auto& p, auto&& v) {
        GenomeParams::describe(p.genome, v);
        v(p.guides, {.name = "guides",
                     .doc = {"guides, or a file: one a line, FASTA, or a result of crispr sites",
                             "向导，或文件：每行一个、FASTA，或 crispr sites 的结果"},
                     .format = "guides",
                     .required = true});
        NucleaseParams::describe(p.nuclease, v);
        v(p.mismatches,
          {.name = "mismatches", .doc = {"mismatches allowed", "允许的错配数"}, .unit = "1", .min = 0, .max = 6});
        v(p.dna_bulges, {.name = "dna_bulges",
                         .doc = {"genomic bases without a partner in the guide", "基因组中无配对的碱基（DNA 凸起）"},
                         .unit = "1",
                         .min = 0,
                         .max = 2});
        v(p.rna_bulges, {.name = "rna_bulges",
                         .doc = {"guide bases without a partner in the genome", "向导中无配对的碱基（RNA 凸起）"},
                         .unit = "1",
                         .min = 0,
                         .max = 2});
        v(p.annotation, {.name = "annotation",
                         .doc = {"genes of the genome, GenBank or GFF3", "基因注释（GenBank 或 GFF3）"},
                         .format = "sequence"});
        v(p.max_hits, {.name = "max_hits",
                       .doc = {"hits to list at most for a guide; 0: all. All are counted",
                               "每个向导最多列出的命中数；0 为全部，计数不受影响"},
                       .unit = "1",
                       .min = 0,
                       .max = 1e9});
        v(p.out, {.name = "out",
                  .doc = {"table of hits to write row by row, .tsv or .csv", "逐行写出命中表：.tsv 或 .csv"},
                  .format = "path"});
    }
};

struct HitRow {
    SiteRow at{};
    std::int64_t pam_start = 0;
    std::int64_t mismatches = 0;
    std::int64_t dna_bulges = 0;
    std::int64_t rna_bulges = 0;
    std::int64_t ways = 1;
    std::optional<double> cfd{};
    std::optional<double> mit{};
    std::optional<std::string> gene{};
    std::optional<std::string> feature{};

    static void describe(auto& p, auto&& v) {
        SiteRow::describe(p.at, v);
        v(p.pam_start, {.name = "pam_start", .doc = {"start of the PAM", "PAM 起点"}, .unit = "1"});
        v(p.mismatches, {.name = "mismatches", .doc = {"mismatches", "错配数"}, .unit = "1"});
        v(p.dna_bulges, {.name = "dna_bulges", .doc = {"DNA bulges", "DNA 凸起"}, .unit = "1"});
        v(p.rna_bulges, {.name = "rna_bulges", .doc = {"RNA bulges", "RNA 凸起"}, .unit = "1"});
        v(p.ways, {.name = "ways", .doc = {"alignments", "比对数"}, .unit = "1"});
        v(p.cfd, {.name = "cfd", .doc = {"CFD", "CFD"}, .unit = "1"});
        v(p.mit, {.name = "mit", .doc = {"MIT", "MIT"}, .unit = "1"});
        v(p.gene, {.name = "gene", .doc = {"gene", "基因"}});
        v(p.feature, {.name = "feature", .doc = {"feature", "特征"}});
    }
};

struct GuideRow {
    std::string guide{};
    std::int64_t hits = 0;
    std::int64_t exact = 0;
    std::vector<std::int64_t> by_mismatch{};
    std::optional<double> mit{};
    std::optional<double> cfd{};

    static void describe(auto& p, auto&& v) {
        v(p.guide, {.name = "guide", .doc = {"guide", "向导"}});
        v(p.hits, {.name = "hits", .doc = {"hits", "命中数"}, .unit = "1"});
        v(p.exact, {.name = "exact", .doc = {"exact", "完全匹配"}, .unit = "1"});
        v(p.by_mismatch, {.name = "by_mismatch", .doc = {"by mismatches", "按错配数"}});
        v(p.mit, {.name = "mit", .doc = {"MIT score", "MIT 评分"}, .unit = "1"});
        v(p.cfd, {.name = "cfd", .doc = {"CFD score", "CFD 评分"}, .unit = "1"});
    }
};

struct OfftargetsResult {
    MadeRows<GuideRow> guides{};
    MadeRows<HitRow> hits{};
    std::int64_t searched_sites = 0;
    std::vector<Text> notes{};
    std::int64_t found = 0;

    static void describe(auto& p, auto&& v) {
        v(p.guides, {.name = "guides", .doc = {"guides", "向导"}});
        v(p.hits, {.name = "hits", .doc = {"hits", "命中"}});
        v(p.searched_sites, {.name = "searched_sites", .doc = {"sites looked at", "已查看的位点数"}, .unit = "1"});
        v(p.notes, {.name = "notes", .doc = {"notes", "说明"}});
    }
    [[nodiscard]] std::vector<Text> headline() const {
        std::vector<Text> lines{text({"{} of {} among {}", "{1:n} 个向导在 {2:n} 个位点中有 {0:n} 处命中"},
                                     counted(found, "hit"), counted(guides.size(), "guide"),
                                     counted(searched_sites, "site"))};
        lines.insert(lines.end(), notes.begin(), notes.end());
        return lines;
    }
};

/// What is known of a guide once all its hits are.
struct Tally {
    std::array<std::int64_t, 7> by_mismatch{};
    std::int64_t hits = 0;
    std::int64_t exact = 0;  // without bulges
    double cfd = 0;
    double mit = 0;

    void add(const Hit& hit) {
        ++hits;
        ++by_mismatch[hit.mismatches];
        if (hit.bulged()) return;
        if (hit.mismatches == 0) ++exact;
        cfd += hit.cfd;
        mit += hit.mit;
    }
    /// One exact hit is the target.
    void leave_out(const Hit& target) {
        cfd -= target.cfd;
        mit -= target.mit;
    }
};

/// The run of one search: what is counted, kept or written of its hits.
class Collector {
public:
    Collector(const Search& search, const GeneMap& genes, const OfftargetsParams& parameters, bool scored)
        : search_(search), genes_(genes), parameters_(parameters), scored_(scored), tallies_(search.guides().size()) {}

    Status write_to(const std::string& path) {
        auto file = RowFile::create(path);
        if (!file) return pass(file);
        file_ = *std::move(file);
        file_->write_header<HitRow>();
        return {};
    }

    Status take(std::span<const Hit> hits) {
        std::vector<Hit> listed;
        for (std::size_t i = 0; i < hits.size();) {
            auto last = i;
            while (last < hits.size() && hits[last].guide == hits[i].guide) ++last;
            add_guide(hits.subspan(i, last - i), listed);
            i = last;
        }
        if (!file_) {
            if (!parameters_.out.empty()) return {};  // another rank writes them
            kept_.insert(kept_.end(), listed.begin(), listed.end());
            return {};
        }
        for (const auto& hit : listed) file_->write(row_of(hit));
        return {};
    }

    Status finish() { return file_ ? file_->commit() : Status{}; }

    [[nodiscard]] HitRow row_of(const Hit& hit) const {
        HitRow row{.at = site_row(search_, hit),
                   .pam_start = hit.pam_start,
                   .mismatches = hit.mismatches,
                   .dna_bulges = hit.dna_bulges,
                   .rna_bulges = hit.rna_bulges,
                   .ways = hit.ways};
        if (scored_ && !hit.bulged()) row.cfd = hit.cfd;
        if (scored_ && !hit.bulged()) row.mit = hit.mit;
        if (const auto* gene = genes_.at(hit.contig, row.at.place())) {
            row.gene = gene->name;
            row.feature = gene->type;
        }
        return row;
    }

    [[nodiscard]] GuideRow guide_row(std::size_t guide) const {
        const auto& tally = tallies_[guide];
        GuideRow row{.guide = search_.guides()[guide], .hits = tally.hits, .exact = tally.exact};
        row.by_mismatch.assign(tally.by_mismatch.begin(), tally.by_mismatch.begin() + parameters_.mismatches + 1);
        if (scored_) row.mit = guide_score(tally.mit);
        if (scored_) row.cfd = guide_score(tally.cfd);
        return row;
    }

    [[nodiscard]] const std::vector<Hit>& kept() const { return kept_; }
    [[nodiscard]] std::int64_t found() const { return found_; }
    [[nodiscard]] std::int64_t left_out() const { return left_out_; }

private:
    void add_guide(std::span<const Hit> hits, std::vector<Hit>& listed) {
        auto& tally = tallies_[hits.front().guide];
        const Hit* target = nullptr;
        for (const auto& hit : hits) {
            tally.add(hit);
            const bool exact = hit.mismatches == 0 && !hit.bulged();
            if (exact && (target == nullptr || hit.cfd > target->cfd)) target = &hit;
        }
        if (target != nullptr) tally.leave_out(*target);
        found_ += static_cast<std::int64_t>(hits.size());
        const auto most = parameters_.max_hits == 0 ? hits.size() : static_cast<std::size_t>(parameters_.max_hits);
        const auto shown = std::min(most, hits.size());
        left_out_ += static_cast<std::int64_t>(hits.size() - shown);
        std::vector<Hit> some(hits.begin(), hits.end());
        if (shown < hits.size())  // the nearest ones
            std::stable_sort(some.begin(), some.end(), [](const Hit& a, const Hit& b) {
                return a.mismatches + a.dna_bulges + a.rna_bulges < b.mismatches + b.dna_bulges + b.rna_bulges;
            });
        listed.insert(listed.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(shown));
    }

    const Search& search_;
    const GeneMap& genes_;
    OfftargetsParams parameters_;
    bool scored_;
    std::vector<Tally> tallies_;
    std::vector<Hit> kept_{};
    std::optional<RowFile> file_{};
    std::int64_t found_ = 0;
    std::int64_t left_out_ = 0;
};

/// All that the rows are made of.
struct HeldSearch {
    GenomeFile file{};
    std::unique_ptr<Search> search{};
    std::unique_ptr<Collector> collector{};
};

std::vector<Text> notes_of(const OfftargetsParams& parameters, const Collector& collector, bool scored) {
    std::vector<Text> notes;
    if (!parameters.out.empty()) notes.push_back(text({"the hits are in {}", "命中写在 {}"}, parameters.out));
    if (collector.left_out() > 0)
        notes.push_back(
            text({"{} more hits are counted but not listed", "另有 {} 处命中只计数未列出"}, collector.left_out()));
    if (scored && parameters.dna_bulges + parameters.rna_bulges > 0)
        notes.push_back({"CFD and MIT use the hits without bulges alone", "CFD 与 MIT 只计无凸起的命中"});
    if (!scored)
        notes.push_back(
            {"CFD and MIT are not defined for this nuclease or length", "此核酸酶或长度没有 CFD 与 MIT 定义"});
    return notes;
}

Result<std::shared_ptr<HeldSearch>> load(const OfftargetsParams& parameters, const Context& context) {
    auto held = std::make_shared<HeldSearch>();
    auto file = read_genome(parameters.genome.genome, parameters.genome.topologies(), context);
    if (!file) return pass(file);
    held->file = *std::move(file);
    if (parameters.annotation.empty()) return held;
    auto genes = read_genes(parameters.annotation, held->file.genome);
    if (!genes) return pass(genes);
    held->file.genes = *std::move(genes);
    return held;
}

Result<OfftargetsResult> offtargets(const OfftargetsParams& parameters, Context& context) {
    auto guides = read_guides(parameters.guides);
    if (!guides) return pass(guides);
    const auto nuclease = parameters.nuclease.choose(static_cast<std::int64_t>(guides->front().size()));
    if (!nuclease) return pass(nuclease);
    auto held = load(parameters, context);
    if (!held) return pass(held);
    auto& run = **held;
    const SearchOptions options{.nuclease = *nuclease,
                                .mismatches = parameters.mismatches,
                                .dna_bulges = parameters.dna_bulges,
                                .rna_bulges = parameters.rna_bulges};
    run.search = std::make_unique<Search>(run.file.genome, *std::move(guides), options);
    run.collector = std::make_unique<Collector>(*run.search, run.file.genes, parameters, nuclease->scored);
    const auto open = [&] { return parameters.out.empty() ? Status() : run.collector->write_to(parameters.out); };
    if (auto status = on_first_rank(context, open); !status) return pass(status);
    const auto status = run.search->run(
        context, [&](std::size_t, std::size_t, std::span<const Hit> hits) { return run.collector->take(hits); });
    if (!status) return pass(status);
    const auto close = [&] { return run.collector->finish(); };
    if (auto done = on_first_rank(context, close); !done) return pass(done);
    const auto searched = run.search->searched_sites(context);
    if (!searched) return pass(searched);
    OfftargetsResult result{.searched_sites = *searched,
                            .notes = notes_of(parameters, *run.collector, nuclease->scored),
                            .found = run.collector->found()};
    const std::shared_ptr<const HeldSearch> rows = *held;
    result.guides = {rows->search->guides().size(), [rows](std::size_t i) { return rows->collector->guide_row(i); }};
    result.hits = {rows->collector->kept().size(),
                   [rows](std::size_t i) { return rows->collector->row_of(rows->collector->kept()[i]); }};
    return result;
}

}  // namespace

Operation offtargets_operation() {
    return make("crispr offtargets",
                {"Every place where a guide may bind, with mismatches, bulges, scores and genes",
                 "向导可能结合的全部位置，附错配、凸起、评分和基因"},
                offtargets);
}

}  // namespace leaven::crispr
