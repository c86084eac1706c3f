#include <leaven/core/counted.hpp>
#include <leaven/core/parallel.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/dna/rbs_design.hpp>
#include <leaven/seq/extract.hpp>
#include <leaven/seq/read.hpp>

#include "strands.hpp"
#include "thermo_commands.hpp"

namespace leaven::dna {
namespace {

void describe_conditions(auto& p, auto&& v) {
    v(p.anti_sd, {.name = "anti_sd", .doc = {"3' end of the 16S rRNA", "16S rRNA 的 3′ 端序列"}});
    v(p.temperature, {.name = "temperature", .doc = {"temperature", "温度"}, .unit = "Cel", .min = 0, .max = 100});
}

struct RbsParams {
    std::string file{};
    std::int64_t start = 0;
    bool annotated = false;
    std::string anti_sd = "ACCUCCUUA";
    double temperature = 37;

    static void describe(auto& p, auto&& v) {
        v(p.file, {.name = "file",
                   .doc = {"mRNA or DNA with what lies before the coding sequence: letters, or a sequence file",
                           "含编码区上游的 mRNA 或 DNA：序列或序列文件"},
                   .format = "sequence",
                   .required = true,
                   .input = true});
        v(p.start, {.name = "start",
                    .doc = {"first base of the start codon, from 1; 0: every ATG, GTG and TTG",
                            "起始密码子的第一个碱基（从 1 计）；0 表示全部 ATG、GTG、TTG"},
                    .unit = "1",
                    .min = 0,
                    .max = 1e12});
        v(p.annotated, {.name = "annotated",
                        .doc = {"the starts of the file's coding sequences, on both strands, instead",
                                "改为计算文件中注释的编码序列的起始位点（两条链）"}});
        describe_conditions(p, v);
    }
};

struct StartRow {
    std::string id{};
    std::int64_t start = 0;
    std::string strand = "+";
    std::string codon{};
    double dg_total = 0;
    double dg_mrna = 0;
    double dg_mrna_rrna = 0;
    double dg_start = 0;
    double dg_spacing = 0;
    double dg_standby = 0;
    std::optional<std::int64_t> spacing{};
    double rate = 0;

    static void describe(auto& p, auto&& v) {
        constexpr auto unit = "kcal/mol";
        v(p.id, {.name = "id", .doc = {"identifier", "标识符"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}});
        v(p.codon, {.name = "codon", .doc = {"codon", "密码子"}});
        v(p.dg_total, {.name = "dg_total", .doc = {"ΔG total", "总 ΔG"}, .unit = unit});
        v(p.dg_mrna, {.name = "dg_mrna", .doc = {"ΔG mRNA", "mRNA ΔG"}, .unit = unit});
        v(p.dg_mrna_rrna, {.name = "dg_mrna_rrna", .doc = {"ΔG mRNA:rRNA", "mRNA:rRNA ΔG"}, .unit = unit});
        v(p.dg_start, {.name = "dg_start", .doc = {"ΔG start", "起始密码子 ΔG"}, .unit = unit});
        v(p.dg_spacing, {.name = "dg_spacing", .doc = {"ΔG spacing", "间距 ΔG"}, .unit = unit});
        v(p.dg_standby, {.name = "dg_standby", .doc = {"ΔG standby", "待机位点 ΔG"}, .unit = unit});
        v(p.spacing, {.name = "spacing", .doc = {"spacing", "间距"}, .unit = "1"});
        v(p.rate, {.name = "rate", .doc = {"rate", "相对速率"}, .unit = "1"});
    }
};

struct RbsResult {
    std::vector<StartRow> starts{};
    std::int64_t skipped = 0;

    static void describe(auto& p, auto&& v) {
        v(p.starts, {.name = "starts", .doc = {"start sites", "起始位点"}});
        v(p.skipped,
          {.name = "skipped",
           .doc = {"annotated starts with another codon, or cut off", "因密码子不同或不完整而跳过的注释起始位点"},
           .unit = "1"});
    }
    [[nodiscard]] std::vector<Text> headline() const {
        if (starts.empty()) return {text({"no start codon", "没有起始密码子"})};
        const auto best = std::max_element(starts.begin(), starts.end(),
                                           [](const auto& a, const auto& b) { return a.rate < b.rate; });
        return {text({"{} start sites; the strongest is {} at base {}, rate {:.4g}",
                      "{} 个起始位点；最强者为 {}，第 {} 个碱基，速率 {:.4g}"},
                     starts.size(), best->codon, best->start + 1, best->rate)};
    }
};

/// A start codon with the bases around it that the model looks at.
struct Query {
    std::string id{};
    std::string around{};
    std::int64_t inside = 0;  // of the codon, in `around`
    std::int64_t start = 0;   // in the record, on its forward strand
    seq::Strand strand = seq::Strand::forward;
};

Query query_at(const std::string& id, const std::string& letters, std::int64_t start) {
    const auto from = std::max<std::int64_t>(0, start - rbs_reach);
    return {id, letters.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(start + rbs_reach - from)),
            start - from, start};
}

Status add_typed(const RbsParams& parameters, std::vector<Query>& queries) {
    const auto given = read_given({parameters.file});
    if (!given) return pass(given);
    for (const auto& one : *given) {
        const auto length = static_cast<std::int64_t>(one.letters.size());
        if (parameters.start > length)
            return bad_input({"the start lies beyond the sequence of {} bases", "起点超出序列（长 {} 个碱基）"}, length)
                .at("start")
                .advise({"count from 1", "请从 1 计数"});
        if (parameters.start > 0) {
            queries.push_back(query_at(one.id, one.letters, parameters.start - 1));
            continue;
        }
        for (const auto start : start_codons(one.letters)) queries.push_back(query_at(one.id, one.letters, start));
    }
    return {};
}

/// The bases around the start of a coding feature, over the origin where it is near; none where the codon is not whole.
std::optional<Query> query_of(const seq::Record& record, const seq::Feature& feature) {
    if (seq::open_at_start(feature.location)) return std::nullopt;
    const auto pieces = seq::pieces_of(feature.location, record.length, record.topology);
    if (pieces.empty() || !pieces.front().remote.empty()) return std::nullopt;
    const auto& first = pieces.front();
    const bool forward = first.strand == seq::Strand::forward;
    const auto codon = forward ? first.at.start : first.at.end - 1;
    auto from = forward ? codon - rbs_reach : codon - rbs_reach + 1;
    auto to = from + 2 * rbs_reach;
    if (record.circular() && record.length >= 2 * rbs_reach) {
        const auto shift = (from % record.length + record.length) % record.length - from;
        from += shift;
        to += shift;
    }
    const auto start = record.circular() && record.length >= 2 * rbs_reach ? from : std::max<std::int64_t>(0, from);
    const auto end = record.circular() && record.length >= 2 * rbs_reach ? to : std::min(to, record.length);
    auto letters = seq::letters_at(record.sequence.letters, {start, end});
    const auto inside = forward ? rbs_reach - (start - from) : rbs_reach - (to - end);
    if (!forward) letters = seq::reverse_complement(letters);
    const auto* tag = feature.find("locus_tag");
    return Query{tag != nullptr ? tag->value : feature.label(), letters, inside,
                 codon % std::max<std::int64_t>(1, record.length), first.strand};
}

Status add_annotated(const RbsParams& parameters, std::vector<Query>& queries, std::int64_t& skipped) {
    const auto path = data::resolve(parameters.file);
    if (!path) return pass(path);
    auto reader = seq::RecordReader::open(*path);
    if (!reader) return pass(reader);
    for (;;) {
        const auto record = reader->next();
        if (!record) return pass(record);
        if (!*record) break;
        for (const auto& feature : (*record)->features) {
            if (feature.type != "CDS") continue;
            auto query = query_of(**record, feature);
            const auto known =
                query ? start_codons(std::string_view(query->around).substr(static_cast<std::size_t>(query->inside), 3))
                      : std::vector<std::int64_t>();
            if (known.empty())
                ++skipped;
            else
                queries.push_back(*std::move(query));
        }
    }
    if (queries.empty() && skipped == 0)
        return not_found({"the file has no CDS feature", "文件中没有 CDS 特征"})
            .at(parameters.file)
            .advise({"give an annotated file, or leave out --annotated", "请提供带注释的文件，或省略 --annotated"});
    return {};
}

Result<RbsResult> predict(const RbsParams& parameters, Context& context) {
    if (parameters.annotated && parameters.start > 0)
        return bad_input({"a start and the annotated ones cannot be asked for at once", "不能同时指定起点与注释起点"})
            .at("start")
            .advise({"leave one of them out", "请省略其中之一"});
    RbsResult result;
    std::vector<Query> queries;
    auto status =
        parameters.annotated ? add_annotated(parameters, queries, result.skipped) : add_typed(parameters, queries);
    if (!status) return pass(status);
    std::vector<RbsPredictor> predictors;
    for (int thread = 0; thread < std::max(1, context.threads); ++thread) {
        auto predictor = RbsPredictor::with({.anti_sd = parameters.anti_sd, .temperature_c = parameters.temperature});
        if (!predictor) return pass(predictor);
        predictors.push_back(*std::move(predictor));
    }
    result.starts.resize(queries.size());
    const auto work = [&](Chunk chunk, int thread) -> Status {
        for (auto k = chunk.begin; k < chunk.end; ++k) {
            const auto& query = queries[static_cast<std::size_t>(k)];
            const auto site =
                predictors[static_cast<std::size_t>(thread)].at_start(query.around, query.inside, context);
            if (!site) return pass(site);
            result.starts[static_cast<std::size_t>(k)] = {query.id,
                                                          query.start,
                                                          name_of(query.strand),
                                                          as_dna(site->codon),
                                                          site->dg_total_kcal,
                                                          site->dg_mrna_kcal,
                                                          site->dg_mrna_rrna_kcal,
                                                          site->dg_start_kcal,
                                                          site->dg_spacing_kcal,
                                                          site->dg_standby_kcal,
                                                          site->spacing,
                                                          site->rate};
        }
        return {};
    };
    status = for_each_chunk(context, {"start sites", "起始位点"}, static_cast<std::int64_t>(queries.size()), 64, work);
    if (!status) return pass(status);
    return result;
}

struct RbsDesignParams {
    std::string upstream{};
    std::string cds{};
    double rate = 0;
    double min = 0;
    double max = 0;
    std::int64_t size = 1;
    std::int64_t length = 25;
    std::string anti_sd = "ACCUCCUUA";
    double temperature = 37;

    static void describe(auto& p, auto&& v) {
        v(p.upstream, {.name = "upstream", .doc = {"fixed bases before the binding site", "结合位点之前的固定序列"}});
        v(p.cds, {.name = "cds",
                  .doc = {"coding sequence from its start codon on", "从起始密码子开始的编码序列"},
                  .required = true});
        v(p.rate, {.name = "rate",
                   .doc = {"wanted rate; 0: a library from min to max", "目标速率；0 表示从 min 到 max 的文库"},
                   .unit = "1",
                   .min = 0,
                   .max = 1e9});
        v(p.min,
          {.name = "min", .doc = {"least rate of the library", "文库最低速率"}, .unit = "1", .min = 0, .max = 1e9});
        v(p.max,
          {.name = "max", .doc = {"greatest rate of the library", "文库最高速率"}, .unit = "1", .min = 0, .max = 1e9});
        v(p.size, {.name = "size", .doc = {"how many designs", "设计数量"}, .unit = "1", .min = 1, .max = 1000});
        v(p.length,
          {.name = "length", .doc = {"bases that are designed", "设计区碱基数"}, .unit = "1", .min = 8, .max = 35});
        describe_conditions(p, v);
    }
};

struct DesignRow {
    std::string sequence{};
    double dg_total = 0;
    double rate = 0;

    static void describe(auto& p, auto&& v) {
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
        v(p.dg_total, {.name = "dg_total", .doc = {"ΔG total", "总 ΔG"}, .unit = "kcal/mol"});
        v(p.rate, {.name = "rate", .doc = {"rate", "相对速率"}, .unit = "1"});
    }
};

struct RbsDesignResult {
    std::vector<DesignRow> designs{};
    std::optional<std::string> degenerate{};
    double coverage = 0;

    static void describe(auto& p, auto&& v) {
        v(p.designs, {.name = "designs", .doc = {"designs", "设计"}});
        v(p.degenerate,
          {.name = "degenerate", .doc = {"library as one IUPAC sequence", "以一条 IUPAC 简并序列表示的文库"}});
        v(p.coverage,
          {.name = "coverage", .doc = {"share of targets met within 10 %", "误差不超过 10 % 的目标比例"}, .unit = "1"});
    }
    [[nodiscard]] std::vector<Text> headline() const {
        return {text({"{}, {:.0f} % of the targets met within 10 %", "{:n} 个设计，{:.0f} % 的目标误差不超过 10 %"},
                     counted(designs.size(), "design"), 100 * coverage)};
    }
};

Result<RbsDesignResult> design(const RbsDesignParams& parameters, Context& context) {
    const bool library = parameters.rate == 0;
    if (library == (parameters.min == 0 && parameters.max == 0))
        return bad_input({"either one rate, or the least and the greatest", "请给出单一速率，或最低与最高速率"})
            .at("rate")
            .advise({"give --rate, or --min and --max", "请使用 --rate，或 --min 与 --max"});
    const auto made = design_rbs({.upstream = parameters.upstream,
                                  .cds = parameters.cds,
                                  .length = parameters.length,
                                  .min_rate = library ? parameters.min : parameters.rate,
                                  .max_rate = library ? parameters.max : parameters.rate,
                                  .size = parameters.size,
                                  .conditions = {parameters.anti_sd, parameters.temperature}},
                                 context);
    if (!made) return pass(made);
    RbsDesignResult result{.degenerate = made->degenerate, .coverage = made->coverage};
    for (const auto& one : made->designs) result.designs.push_back({one.sequence, one.dg_total_kcal, one.rate});
    return result;
}

}  // namespace

Operation rbs_operation() {
    return make(
        "dna rbs",
        {"How often ribosomes begin at start codons, from free energies", "由自由能预测起始密码子的翻译起始速率"},
        predict);
}

Operation rbs_design_operation() {
    return make("dna rbs-design",
                {"Ribosome binding sites for a wanted rate, or a library over a range of rates",
                 "设计给定速率的核糖体结合位点，或覆盖一段速率范围的文库"},
                design);
}

}  // namespace leaven::dna
