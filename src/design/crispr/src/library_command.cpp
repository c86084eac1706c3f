#include <algorithm>
#include <map>

#include <fmt/core.h>

#include <leaven/crispr/guides.hpp>
#include <leaven/crispr/library.hpp>
#include <leaven/seq/enzyme.hpp>
#include <leaven/seq/sequence.hpp>

#include "commands.hpp"

namespace leaven::crispr {
namespace {

struct LibraryParams {
    GenomeParams genome;
    std::vector<std::string> genes{"all"};
    std::int64_t per_gene = 5;
    std::string mode = "knockout";
    NucleaseParams nuclease;
    std::string annotation{};
    std::int64_t controls = 0;
    std::vector<std::string> exclude{};
    std::string pool_prefix{};
    std::string pool_suffix{};

    static void describe(auto& p, auto&& v) {
        GenomeParams::describe(p.genome, v);
        v(p.genes,
          {.name = "genes",
           .doc = {"all coding sequences, or names and locus tags", "all 表示全部编码序列，或给出基因名与 locus tag"},
           .format = "gene"});
        v(p.per_gene,
          {.name = "per_gene", .doc = {"guides a gene", "每个基因的向导数"}, .unit = "1", .min = 1, .max = 100});
        v(p.mode, {.name = "mode", .doc = {"what the guides do", "向导的用途"}, .choices = "knockout|interference"});
        NucleaseParams::describe(p.nuclease, v);
        v(p.annotation, {.name = "annotation",
                         .doc = {"genes of the genome, GenBank or GFF3, where its file has none",
                                 "基因注释（GenBank 或 GFF3），用于不含注释的基因组文件"},
                         .format = "sequence"});
        v(p.controls, {.name = "controls",
                       .doc = {"guides without a site within 4 mismatches", "在 4 个错配内没有位点的对照向导数"},
                       .unit = "1",
                       .min = 0,
                       .max = 100000});
        v(p.exclude,
          {.name = "exclude",
           .doc = {"words or enzymes' sites that no guide may hold or form", "向导不得含有或形成的序列或酶切位点"}});
        v(p.pool_prefix, {.name = "pool_prefix", .doc = {"before each guide", "每个向导之前的序列"}});
        v(p.pool_suffix, {.name = "pool_suffix", .doc = {"after each guide", "每个向导之后的序列"}});
    }
};

struct LibraryRow {
    std::string id{};
    std::optional<std::string> gene{};
    std::string sequence{};
    std::string pool_sequence{};
    std::optional<std::string> locus_tag{};
    std::optional<std::string> contig{};
    std::optional<std::int64_t> start{};
    std::optional<std::int64_t> end{};
    std::optional<std::string> strand{};
    std::optional<std::string> pam{};
    std::optional<std::int64_t> cut{};
    std::optional<double> fraction{};
    std::vector<std::int64_t> by_mismatch{};
    std::optional<double> cfd{};
    std::vector<std::string> flags{};

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"name", "名称"}});
        v(p.gene, {.name = "gene", .doc = {"gene", "基因"}});
        v(p.sequence, {.name = "sequence", .doc = {"guide", "向导"}});
        v(p.pool_sequence, {.name = "pool_sequence", .doc = {"oligo of the pool", "池中寡核苷酸"}});
        v(p.locus_tag, {.name = "locus_tag", .doc = {"locus tag", "基因座标签"}});
        v(p.contig, {.name = "contig", .doc = {"contig", "序列"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}});
        v(p.pam, {.name = "pam", .doc = {"PAM", "PAM"}});
        v(p.cut, {.name = "cut", .doc = {"cut", "切点"}, .unit = "1"});
        v(p.fraction, {.name = "fraction", .doc = {"place in the gene", "在基因中的位置"}, .unit = "1"});
        v(p.by_mismatch, {.name = "by_mismatch", .doc = {"hits by mismatches", "按错配数的命中"}});
        v(p.cfd, {.name = "cfd", .doc = {"CFD score", "CFD 评分"}, .unit = "1"});
        v(p.flags, {.name = "flags", .doc = {"flags", "标记"}});
    }
};

struct UncoveredRow {
    std::string gene{};
    Text reason{};

    static void describe(auto& p, auto&& v) {
        v(p.gene, {.name = "gene", .doc = {"gene", "基因"}});
        v(p.reason, {.name = "reason", .doc = {"reason", "原因"}});
    }
};

struct LibraryResult {
    std::int64_t genes = 0;
    std::int64_t covered = 0;
    std::int64_t guides = 0;
    std::int64_t controls = 0;
    std::int64_t controls_missing = 0;
    std::vector<UncoveredRow> uncovered{};
    MadeRows<LibraryRow> library{};

    static void describe(auto& p, auto&& v) {
        v(p.genes, {.name = "genes", .doc = {"genes", "基因数"}, .unit = "1"});
        v(p.covered, {.name = "covered", .doc = {"with at least one guide", "至少有一个向导的基因"}, .unit = "1"});
        v(p.guides, {.name = "guides", .doc = {"guides", "向导数"}, .unit = "1"});
        v(p.controls, {.name = "controls", .doc = {"controls", "对照数"}, .unit = "1"});
        v(p.controls_missing,
          {.name = "controls_missing", .doc = {"controls not found", "未找到的对照数"}, .unit = "1"});
        v(p.uncovered, {.name = "uncovered", .doc = {"genes without a guide", "没有向导的基因"}});
        v(p.library, {.name = "library", .doc = {"library", "文库"}});
    }
    [[nodiscard]] std::vector<Text> headline() const {
        return {text(
            {"{} guides for {} of {} genes, {} controls", "为 {2} 个基因中的 {1} 个设计了 {0} 个向导，另有 {3} 个对照"},
            guides, covered, genes, controls)};
    }
};

/// Words as they are, names of enzymes as their sites.
Result<std::vector<std::string>> excluded_words(const std::vector<std::string>& given) {
    std::vector<std::string> words;
    std::vector<seq::Enzyme> enzymes;
    for (const auto& one : given) {
        if (std::all_of(one.begin(), one.end(), seq::is_nucleotide)) {
            words.push_back(one);
            for (auto& c : words.back()) c = seq::letter_of(seq::bases_of(c));
            continue;
        }
        if (enzymes.empty()) {
            auto all = seq::load_enzymes();
            if (!all) return pass(all);
            enzymes = *std::move(all);
        }
        const auto enzyme = seq::find_enzyme(enzymes, one);
        if (!enzyme) return pass(enzyme);
        words.push_back(enzyme->site);
    }
    return words;
}

Status check_bases(const std::string& letters, const std::string& where) {
    if (letters.find_first_not_of("ACGTacgt") == std::string::npos) return {};
    return bad_input({"\"{}\" has letters other than A, C, G and T", "“{}”含有 A、C、G、T 以外的字母"}, letters)
        .at(where)
        .advise({"write it 5' to 3' in A, C, G and T", "请按 5' 到 3' 用 A、C、G、T 书写"});
}

Result<std::vector<const Gene*>> genes_of(const std::vector<std::string>& names, const GeneMap& map) {
    std::vector<const Gene*> genes;
    if (names.size() == 1 && names.front() == "all") {
        for (const auto& gene : map.genes())
            if (gene.type == "CDS") genes.push_back(&gene);
        if (!genes.empty()) return genes;
        return bad_input({"the genome has no annotated coding sequence", "基因组没有带注释的编码序列"})
            .at("annotation")
            .advise({"give a GenBank or GFF3 file with --annotation", "请用 --annotation 给出 GenBank 或 GFF3 文件"});
    }
    for (const auto& name : names) {
        auto found = map.named(name);
        if (!found) {
            found.error().where = "genes";
            return pass(found);
        }
        for (const auto* gene : *found)
            if (std::find(genes.begin(), genes.end(), gene) == genes.end()) genes.push_back(gene);
    }
    return genes;
}

struct Held {
    GenomeFile file{};
    LibraryOptions options{};
    Library library{};
    std::vector<std::string> ids{};

    void name_guides() {
        std::map<const Gene*, int> numbers;
        for (const auto& guide : library.guides) {
            const auto name = guide.gene == nullptr           ? std::string("control")
                              : guide.gene->locus_tag.empty() ? guide.gene->name
                                                              : guide.gene->locus_tag;
            ids.push_back(fmt::format("{}_{}", name, ++numbers[guide.gene]));
        }
    }

    [[nodiscard]] LibraryRow row(std::size_t i) const {
        const auto& guide = library.guides[i];
        LibraryRow row{.id = ids[i], .sequence = guide.sequence};
        row.pool_sequence = options.prefix + guide.sequence + options.suffix;
        row.by_mismatch = guide.by_mismatch;
        row.flags = guide.flags;
        if (options.nuclease.scored) row.cfd = guide.cfd;
        if (guide.gene == nullptr) return row;
        const auto place = site_at(file.genome, options.nuclease, guide.site);
        row.gene = guide.gene->name;
        if (!guide.gene->locus_tag.empty()) row.locus_tag = guide.gene->locus_tag;
        row.contig = file.genome.contigs()[guide.site.contig].name;
        row.start = place.at.start;
        row.end = place.at.end;
        row.strand = seq::name_of(strand_of(guide.site.reverse));
        row.pam = place.pam;
        row.cut = place.cut;
        row.fraction = guide.fraction;
        return row;
    }
};

LibraryResult result_of(std::shared_ptr<Held> held, std::size_t genes) {
    LibraryResult result{.genes = static_cast<std::int64_t>(genes)};
    const auto& library = held->library;
    for (const auto& [gene, reason] : library.uncovered)
        result.uncovered.push_back({gene->locus_tag.empty() ? gene->name : gene->locus_tag, reason});
    result.covered = result.genes - static_cast<std::int64_t>(library.uncovered.size());
    for (const auto& guide : library.guides) ++(guide.gene == nullptr ? result.controls : result.guides);
    result.controls_missing = library.controls_missing;
    const auto count = library.guides.size();
    result.library = {count, [held = std::move(held)](std::size_t i) { return held->row(i); }};
    return result;
}

Result<LibraryOptions> options_of(const LibraryParams& parameters) {
    const auto nuclease = parameters.nuclease.choose({});
    if (!nuclease) return pass(nuclease);
    auto words = excluded_words(parameters.exclude);
    if (!words) return pass(words);
    if (auto status = check_bases(parameters.pool_prefix, "pool_prefix"); !status) return pass(status);
    if (auto status = check_bases(parameters.pool_suffix, "pool_suffix"); !status) return pass(status);
    LibraryOptions options{.nuclease = *nuclease,
                           .purpose = parameters.mode == "knockout" ? Purpose::knockout : Purpose::interference,
                           .per_gene = parameters.per_gene,
                           .controls = parameters.controls,
                           .excluded = *std::move(words),
                           .prefix = parameters.pool_prefix,
                           .suffix = parameters.pool_suffix};
    for (auto* letters : {&options.prefix, &options.suffix})
        for (auto& c : *letters) c = static_cast<char>(c >= 'a' ? c - 32 : c);
    return options;
}

Result<LibraryResult> library(const LibraryParams& parameters, Context& context) {
    auto options = options_of(parameters);
    if (!options) return pass(options);
    auto held = std::make_shared<Held>();
    held->options = *std::move(options);
    auto file = read_genome(parameters.genome.genome, parameters.genome.topologies(), context);
    if (!file) return pass(file);
    held->file = *std::move(file);
    if (!parameters.annotation.empty()) {
        auto genes = read_genes(parameters.annotation, held->file.genome);
        if (!genes) return pass(genes);
        held->file.genes = *std::move(genes);
    }
    const auto genes = genes_of(parameters.genes, held->file.genes);
    if (!genes) return pass(genes);
    auto made = make_library(held->file, *genes, held->options, context);
    if (!made) return pass(made);
    held->library = *std::move(made);
    held->name_guides();
    return result_of(std::move(held), genes->size());
}

}  // namespace

Operation library_operation() {
    return make("crispr library",
                {"A pool of guides for many genes, with controls that bind nowhere",
                 "覆盖多个基因的向导文库，附不结合基因组的对照"},
                library);
}

}  // namespace leaven::crispr
