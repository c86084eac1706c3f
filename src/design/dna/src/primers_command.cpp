#include <algorithm>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/dna/primers.hpp>

#include "cloning_commands.hpp"
#include "read_commands.hpp"
#include "typed_range.hpp"

namespace leaven::dna {
namespace {

struct PrimersParams {
    std::string file{};
    std::string record{};
    std::string target{};
    bool exact = false;
    std::string length = "18..30";
    double tm = 60;
    double tm_min = 57;
    double tm_max = 63;
    double gc_min = 0.3;
    double gc_max = 0.7;
    std::int64_t product_min = 0;
    std::int64_t product_max = 0;
    std::string tail_forward{};
    std::string tail_reverse{};
    std::vector<std::string> background{};
    std::int64_t pairs = 5;
    std::string mode = "amplify";
    std::int64_t anneal_min = 15;
    std::int64_t mismatches = 1;
    double oligo = 50;
    double na = 50;
    double mg = 1.5;
    double dntp = 0.6;
    MoleculeOptions molecules;

    static void describe(auto& p, auto&& v) {
        v(p.file,
          {.name = "file", .doc = {"template", "模板文件"}, .format = "sequence", .required = true, .input = true});
        v(p.record, {.name = "record", .doc = {"record of the file; empty: its first", "文件中的记录；留空取第一条"}});
        v(p.target, {.name = "target",
                     .doc = {"location as in GenBank, or the name of a feature; empty: the whole molecule",
                             "GenBank 语法的位置或特征名称；留空为整个分子"},
                     .format = "location"});
        v(p.mode,
          {.name = "mode",
           .doc = {"amplify the target, sequence it by Sanger reads of both sides, or check its length from outside",
                   "amplify 扩增目标；sequence 从两侧 Sanger 测序；check 从外侧检验长度"},
           .choices = "amplify|sequence|check"});
        v(p.exact,
          {.name = "exact", .doc = {"the ends of the product are those of the target", "产物两端必须是目标的两端"}});
        describe_primer(p, v);
        v(p.product_min,
          {.name = "product_min",
           .doc = {"shortest product, with tails; 0: as the target allows", "最短产物（含尾部）；0 表示由目标决定"},
           .unit = "1",
           .min = 0,
           .max = 100'000});
        v(p.product_max, {.name = "product_max",
                          .doc = {"longest product, with tails; 0: the target and 500 bases (check: 1,000)",
                                  "最长产物（含尾部）；0 表示目标加 500 个碱基（check 为 1000）"},
                          .unit = "1",
                          .min = 0,
                          .max = 100'000});
        describe_search(p, v);
        describe_reaction(p, v);
        MoleculeOptions::describe(p.molecules, v);
    }
    static void describe_primer(auto& p, auto&& v) {
        v(p.length,
          {.name = "length", .doc = {"shortest and longest primer, without tail", "引物长度的下限与上限（不含尾部）"}});
        v(p.tm,
          {.name = "tm", .doc = {"best melting temperature", "最佳解链温度"}, .unit = "Cel", .min = 0, .max = 100});
        v(p.tm_min, {.name = "tm_min", .doc = {"least", "最低解链温度"}, .unit = "Cel", .min = 0, .max = 100});
        v(p.tm_max, {.name = "tm_max", .doc = {"greatest", "最高解链温度"}, .unit = "Cel", .min = 0, .max = 100});
        v(p.gc_min, {.name = "gc_min", .doc = {"least GC share", "最低 GC 比例"}, .unit = "1", .min = 0, .max = 1});
        v(p.gc_max, {.name = "gc_max", .doc = {"greatest GC share", "最高 GC 比例"}, .unit = "1", .min = 0, .max = 1});
        v(p.tail_forward, {.name = "tail_forward",
                           .doc = {"bases before the forward primer, 5' to 3'; its Tm does not count them",
                                   "正向引物 5' 端附加碱基，不计入解链温度"},
                           .format = "dna"});
        v(p.tail_reverse, {.name = "tail_reverse",
                           .doc = {"bases before the reverse primer, 5' to 3'", "反向引物 5' 端附加碱基"},
                           .format = "dna"});
    }
    static void describe_search(auto& p, auto&& v) {
        v(p.background, {.name = "background",
                         .doc = {"what else is in the tube: genome of the host", "反应中的其他 DNA，如宿主基因组"},
                         .format = "sequence"});
        v(p.pairs, {.name = "pairs",
                    .doc = {"pairs to give, of each part of the target", "每段目标给出的引物对数"},
                    .unit = "1",
                    .min = 1,
                    .max = 100});
        v(p.anneal_min, {.name = "anneal_min",
                         .doc = {"bases at the 3' end that pair at another place", "在他处配对的 3' 端碱基数"},
                         .unit = "1",
                         .min = 6,
                         .max = 60});
        v(p.mismatches, {.name = "mismatches",
                         .doc = {"mismatches among them, never among the last 3", "其中允许的错配数，末 3 个碱基除外"},
                         .unit = "1",
                         .min = 0,
                         .max = 5});
    }
    static void describe_reaction(auto& p, auto&& v) {
        v(p.oligo,
          {.name = "oligo", .doc = {"concentration of a primer", "引物浓度"}, .unit = "nmol/L", .min = 0, .max = 1e9});
        v(p.na,
          {.name = "na", .doc = {"sodium and potassium", "钠钾离子浓度"}, .unit = "mmol/L", .min = 0, .max = 1e4});
        v(p.mg, {.name = "mg", .doc = {"magnesium", "镁离子浓度"}, .unit = "mmol/L", .min = 0, .max = 1e4});
        v(p.dntp,
          {.name = "dntp", .doc = {"nucleotides, together", "dNTP 总浓度"}, .unit = "mmol/L", .min = 0, .max = 1e4});
    }
};

struct PrimerRow {
    std::string sequence{};
    std::string annealing{};
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string strand = "+";
    double tm = 0;
    double gc = 0;
    double hairpin_dg = 0;
    double self_dimer_dg = 0;
    std::int64_t off_targets = 0;

    static void describe(auto& p, auto&& v) {
        v(p.sequence, {.name = "sequence", .doc = {"oligo to order", "订购序列"}});
        v(p.annealing, {.name = "annealing", .doc = {"what anneals", "退火区"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}});
        v(p.tm, {.name = "tm", .doc = {"melting temperature of what anneals", "退火区解链温度"}, .unit = "Cel"});
        v(p.gc, {.name = "gc", .doc = {"GC share", "GC 比例"}, .unit = "1", .min = 0, .max = 1});
        v(p.hairpin_dg, {.name = "hairpin_dg", .doc = {"hairpin", "发夹"}, .unit = "kcal/mol"});
        v(p.self_dimer_dg, {.name = "self_dimer_dg", .doc = {"dimer with itself", "自身二聚体"}, .unit = "kcal/mol"});
        v(p.off_targets, {.name = "off_targets", .doc = {"other places", "其他结合位置数"}, .unit = "1"});
    }
};

struct PairRow {
    PrimerRow forward{};
    PrimerRow reverse{};
    std::int64_t part = 1;
    std::int64_t product_start = 0;
    std::int64_t product_length = 0;
    double tm_difference = 0;
    double dimer_dg = 0;
    double penalty = 0;

    static void describe(auto& p, auto&& v) {
        v(p.forward, {.name = "forward", .doc = {"forward primer", "正向引物"}});
        v(p.reverse, {.name = "reverse", .doc = {"reverse primer", "反向引物"}});
        v(p.part, {.name = "part", .doc = {"part of the target", "目标分段"}, .unit = "1"});
        v(p.product_start, {.name = "product_start", .doc = {"start of the product", "产物起点"}, .unit = "1"});
        v(p.product_length,
          {.name = "product_length", .doc = {"its length with tails", "产物长度（含尾部）"}, .unit = "1"});
        v(p.tm_difference, {.name = "tm_difference", .doc = {"difference of Tm", "解链温度差"}, .unit = "Cel"});
        v(p.dimer_dg, {.name = "dimer_dg", .doc = {"dimer of the two", "引物间二聚体"}, .unit = "kcal/mol"});
        v(p.penalty, {.name = "penalty", .doc = {"penalty", "罚分"}, .unit = "1"});
    }
};

struct PrimersResult {
    std::vector<PairRow> pairs{};
    Counts rejected{};
    std::string name{};  // of the template

    static void describe(auto& p, auto&& v) {
        v(p.pairs, {.name = "pairs", .doc = {"primer pairs", "引物对"}});
        v(p.rejected, {.name = "rejected", .doc = {"left out, by reason", "未采用的原因与数量"}});
    }
    static constexpr bool brief = true;
    [[nodiscard]] std::vector<Text> headline() const {
        std::vector<Text> lines{text({"{} primer pairs", "{} 对引物"}, pairs.size())};
        for (std::size_t i = 0; i < std::min<std::size_t>(pairs.size(), 20); ++i) {
            const auto& pair = pairs[i];
            lines.push_back(text({"{}: product of {} bases, penalty {:.2f}", "{}：产物 {} 个碱基，罚分 {:.2f}"}, i + 1,
                                 pair.product_length, pair.penalty));
            for (const auto* primer : {&pair.forward, &pair.reverse})
                lines.push_back(text({"   {} {}   {:.1f} °C, {} other places", "   {} {}   {:.1f} ℃，其他位置 {} 处"},
                                     primer == &pair.forward ? "F" : "R", primer->sequence, primer->tm,
                                     primer->off_targets));
        }
        if (pairs.empty())
            for (const auto& [reason, count] : rejected) lines.push_back(text({"{}: {}", "{}：{}"}, reason, count));
        return lines;
    }
    static constexpr std::string_view endings = ".fa|.fasta";
    [[nodiscard]] Result<std::string> file(std::string_view, Lang) const {
        std::string out;
        for (std::size_t i = 0; i < pairs.size(); ++i)
            out += fmt::format(">{0}_{1}_F\n{2}\n>{0}_{1}_R\n{3}\n", name, i + 1, pairs[i].forward.sequence,
                               pairs[i].reverse.sequence);
        return out;
    }
};

std::string upper(std::string letters) {
    for (auto& c : letters) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return letters;
}

Result<seq::Record> choose_record(std::vector<seq::Record> records, const PrimersParams& parameters) {
    if (parameters.record.empty()) return std::move(records.front());
    std::vector<std::string> names;
    for (auto& record : records) {
        if (record.name == parameters.record || record.id == parameters.record) return std::move(record);
        names.push_back(record.name);
    }
    const auto near = nearest(parameters.record, names);
    return not_found({"the file has no record \"{}\"", "文件中没有记录“{}”"}, parameters.record)
        .at(parameters.file)
        .advise({"its records: {}", "文件中的记录：{}"}, join(near.empty() ? names : near, ", "));
}

bool is_called(const seq::Feature& feature, const std::string& name) {
    if (feature.label() == name) return true;
    for (const auto* key : {"label", "gene", "locus_tag", "standard_name"})
        if (const auto* qualifier = feature.find(key); qualifier != nullptr && qualifier->value == name) return true;
    return false;
}

/// The extent of what is typed: a location, or the first feature of that name, coding ones before others.
Result<PrimerTarget> target_of(const seq::Record& record, const std::string& typed) {
    const auto n = record.length;
    if (typed.empty()) return PrimerTarget{{0, n}};
    const auto place = [&](const seq::Location& location) {
        return PrimerTarget{seq::extent_of(location, n, record.topology), seq::strand_of(location)};
    };
    const seq::Feature* found = nullptr;
    std::vector<std::string> labels;
    for (const auto& feature : record.features) {
        labels.push_back(feature.label());
        if (is_called(feature, typed) && (found == nullptr || (feature.type == "CDS" && found->type != "CDS")))
            found = &feature;
    }
    if (found != nullptr) return place(found->location);
    const auto location = seq::parse_location(typed, n, record.topology);
    if (location) return place(*location);
    if (typed.find_first_not_of("0123456789.,()<>^ complentjir") == std::string::npos) return pass(location);
    const auto near = nearest(typed, labels);
    auto missing = not_found({"{} has no feature \"{}\"", "{} 中没有特征“{}”"}, record.name, typed).at("target");
    if (near.empty())
        return std::move(missing).advise({"give a location such as 101..900", "请给出位置，例如 101..900"});
    return std::move(missing).advise({"did you mean {}?", "是否指 {}？"}, join(near, ", "));
}

Result<PrimerOptions> options_of(const PrimersParams& p) {
    const auto length = range_typed(p.length, "length", {6, 60});
    if (!length) return pass(length);
    PrimerOptions options{.mode = p.mode == "sequence" ? PrimerMode::sequence
                                  : p.mode == "check"  ? PrimerMode::check
                                                       : PrimerMode::amplify,
                          .exact = p.exact,
                          .tail_forward = upper(p.tail_forward),
                          .tail_reverse = upper(p.tail_reverse),
                          .product_min = p.product_min,
                          .product_max = p.product_max,
                          .pairs = p.pairs,
                          .shortest = length->least,
                          .longest = length->most,
                          .tm_c = p.tm,
                          .tm_min_c = p.tm_min,
                          .tm_max_c = p.tm_max,
                          .gc_min = p.gc_min,
                          .gc_max = p.gc_max,
                          .anneal_min = p.anneal_min,
                          .mismatches = p.mismatches};
    options.conditions.oligo_nm = p.oligo;
    options.conditions.na_mm = p.na;
    options.conditions.mg_mm = p.mg;
    options.conditions.dntp_mm = p.dntp;
    if (p.exact && p.mode != "amplify")
        return bad_input({"exact ends are for amplify", "exact 仅适用于 amplify"})
            .at("exact")
            .advise({"leave it out, or choose mode amplify", "请去掉该选项，或选择 amplify 模式"});
    return options;
}

PrimerRow row_of(const DesignedPrimer& primer) {
    return {primer.letters,
            primer.annealing,
            primer.at.start,
            primer.at.end,
            seq::name_of(primer.strand),
            primer.tm_c,
            primer.gc,
            primer.hairpin_dg_kcal,
            primer.self_dimer_dg_kcal,
            primer.off_targets};
}

Result<PrimersResult> primers(const PrimersParams& parameters, Context& context) {
    const auto options = options_of(parameters);
    if (!options) return pass(options);
    auto records = load_molecules({parameters.file}, parameters.molecules);
    if (!records) return pass(records);
    const auto record = choose_record(*std::move(records), parameters);
    if (!record) return pass(record);
    const auto target = target_of(*record, parameters.target);
    if (!target) return pass(target);
    const auto background = load_molecules(parameters.background, {});
    if (!background) return pass(background);
    const auto made = design_primers(*record, *target, *options, *background, context);
    if (!made) return pass(made);
    PrimersResult result{.rejected = made->rejected, .name = record->name};
    for (const auto& pair : made->pairs)
        result.pairs.push_back({row_of(pair.forward), row_of(pair.reverse), pair.part, pair.product_start,
                                pair.product_length, pair.tm_difference_c, pair.dimer_dg_kcal, pair.penalty});
    return result;
}

}  // namespace

Operation primers_operation() {
    return make("dna primers",
                {"Primer pairs that amplify, read or check a place on a molecule and anneal nowhere else",
                 "为分子上的目标设计扩增、测序或检验引物，并排除他处结合"},
                primers);
}

}  // namespace leaven::dna
