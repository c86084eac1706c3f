#include <map>

#include <leaven/data/catalogue.hpp>
#include <leaven/dna/verify.hpp>

#include "cloning_commands.hpp"
#include "read_commands.hpp"
#include "verify_picture.hpp"
#include "verify_words.hpp"

namespace leaven::dna {
namespace {

struct VerifyParams {
    std::string design{};
    std::vector<std::string> reads{};
    std::int64_t min_depth = 5;
    double mixed = 0.2;
    double min_identity = 0.8;
    MoleculeOptions molecules;

    static void describe(auto& p, auto&& v) {
        v(p.design,
          {.name = "design", .doc = {"the design", "设计文件"}, .format = "sequence", .required = true, .input = true});
        v(p.reads, {.name = "reads",
                    .doc = {"reads, a file for each sample: FASTQ, FASTA contigs or AB1",
                            "测序数据，每个样品一个文件：FASTQ、FASTA 重叠群或 AB1"},
                    .format = "sequence",
                    .required = true});
        v(p.min_depth, {.name = "min_depth",
                        .doc = {"least depth of FASTQ reads; of contigs and traces one is enough",
                                "FASTQ 读段的最低深度；重叠群与峰图一条即可"},
                        .unit = "1",
                        .min = 1,
                        .max = 1e6});
        v(p.mixed, {.name = "mixed",
                    .doc = {"share of the reads from which on an allele counts", "等位碱基计入的最低读段比例"},
                    .unit = "1",
                    .min = 0.01,
                    .max = 0.5});
        v(p.min_identity, {.name = "min_identity",
                           .doc = {"least identity of a read that is used", "采用读段的最低一致率"},
                           .unit = "1",
                           .min = 0.5,
                           .max = 1});
        MoleculeOptions::describe(p.molecules, v);
    }
};

struct VariantRow {
    std::int64_t position = 0;
    std::string ref{};
    std::string alt{};
    double fraction = 0;
    std::int64_t depth = 0;
    std::string feature{};
    std::string effect{};

    static void describe(auto& p, auto&& v) {
        v(p.position, {.name = "position", .doc = {"position", "位置"}, .unit = "1"});
        v(p.ref, {.name = "ref", .doc = {"design has", "设计碱基"}});
        v(p.alt, {.name = "alt", .doc = {"reads have", "测得碱基"}});
        v(p.fraction, {.name = "fraction", .doc = {"share of reads", "读段比例"}, .unit = "1", .min = 0, .max = 1});
        v(p.depth, {.name = "depth", .doc = {"depth", "深度"}, .unit = "1"});
        v(p.feature, {.name = "feature", .doc = {"feature", "特征"}});
        v(p.effect, {.name = "effect",
                     .doc = {"effect", "影响"},
                     .choices = "synonymous|missense|nonsense|frameshift|inframe|deletion|insertion|noncoding|"
                                "intergenic"});
    }
};

constexpr std::string_view verdicts = "correct|silent|minor|wrong|mixed|incomplete|absent";

struct FeatureRow {
    std::string label{};
    std::string type{};
    std::string verdict = "correct";
    std::int64_t depth_min = 0;

    static void describe(auto& p, auto&& v) {
        v(p.label, {.name = "label", .doc = {"label", "标签"}});
        v(p.type, {.name = "type", .doc = {"type", "类型"}});
        v(p.verdict, {.name = "verdict", .doc = {"verdict", "结论"}, .choices = verdicts});
        v(p.depth_min, {.name = "depth_min", .doc = {"least depth", "最低深度"}, .unit = "1"});
    }
};

struct SampleRow {
    std::string sample{};
    std::string verdict = "correct";
    std::int64_t reads = 0;
    std::int64_t used = 0;
    double depth_mean = 0;
    std::int64_t depth_min = 0;
    double identity = 0;
    std::vector<VariantRow> variants{};
    std::vector<FeatureRow> features{};

    static void describe(auto& p, auto&& v) {
        v(p.sample, {.name = "sample", .doc = {"sample", "样品"}});
        v(p.verdict, {.name = "verdict", .doc = {"verdict", "结论"}, .choices = verdicts});
        v(p.reads, {.name = "reads", .doc = {"reads", "读段数"}, .unit = "1"});
        v(p.used, {.name = "used", .doc = {"used", "采用数"}, .unit = "1"});
        v(p.depth_mean, {.name = "depth_mean", .doc = {"mean depth", "平均深度"}, .unit = "1"});
        v(p.depth_min, {.name = "depth_min", .doc = {"least depth", "最低深度"}, .unit = "1"});
        v(p.identity, {.name = "identity", .doc = {"identity of the used reads", "采用读段的一致率"}, .unit = "1"});
        v(p.variants, {.name = "variants", .doc = {"changes", "变异"}});
        v(p.features, {.name = "features", .doc = {"features", "特征"}});
    }
};

/// What the picture is drawn from.
struct Checked {
    seq::Record design{};
    std::vector<VerifiedSample> samples{};
    std::int64_t min_depth = 5;
};

Text line_of(const VerifiedSample& sample, std::int64_t length) {
    constexpr std::size_t most = 5;
    const auto verdict = doc_of(sample.verdict);
    Text line{fmt::format("{}: {}", sample.name, verdict.en), fmt::format("{}：{}", sample.name, verdict.zh)};
    if (sample.verdict == CloneVerdict::absent || sample.verdict == CloneVerdict::incomplete) {
        line.en += fmt::format("; {} of {} reads fit, least depth {}", sample.used, sample.reads, sample.depth_min);
        line.zh += fmt::format("；{} / {} 条读段相符，最低深度 {}", sample.used, sample.reads, sample.depth_min);
    }
    for (std::size_t i = 0; i < std::min(sample.variants.size(), most); ++i) {
        const auto& one = sample.variants[i];
        const auto effect = doc_of_effect(one.effect);
        const auto name = short_form(one, length);
        line.en += fmt::format("; {} {}{}{} ({:.0f} %)", name, effect.en, one.feature.empty() ? "" : " in ",
                               one.feature, 100 * one.fraction);
        line.zh += fmt::format("；{} {}{}{}（{:.0f} %）", name, one.feature, one.feature.empty() ? "" : " ", effect.zh,
                               100 * one.fraction);
    }
    if (sample.variants.size() > most) {
        line.en += fmt::format("; {} more changes", sample.variants.size() - most);
        line.zh += fmt::format("；另有 {} 处变异", sample.variants.size() - most);
    }
    return line;
}

struct VerifyResult {
    std::vector<SampleRow> samples{};
    std::shared_ptr<const Checked> checked{};

    static void describe(auto& p, auto&& v) { v(p.samples, {.name = "samples", .doc = {"samples", "样品"}}); }
    static constexpr bool brief = true;
    [[nodiscard]] std::vector<Text> headline() const {
        std::map<CloneVerdict, std::size_t> counts;
        for (const auto& sample : checked->samples) ++counts[sample.verdict];
        Text all = text({"{} samples", "{} 个样品"}, samples.size());
        for (const auto& [verdict, count] : counts) {
            all.en += fmt::format(", {} {}", count, doc_of(verdict).en);
            all.zh += fmt::format("，{} {} 个", doc_of(verdict).zh, count);
        }
        std::vector<Text> lines{all};
        for (const auto& sample : checked->samples) lines.push_back(line_of(sample, checked->design.length));
        return lines;
    }
    static constexpr std::string_view endings = ".svg";
    [[nodiscard]] Result<std::string> file(std::string_view, Lang lang) const {
        return draw_verification(checked->design, checked->samples, checked->min_depth, lang);
    }
};

SampleRow row_of(const VerifiedSample& sample) {
    SampleRow row{.sample = sample.name,
                  .verdict = std::string(name_of(sample.verdict)),
                  .reads = sample.reads,
                  .used = sample.used,
                  .depth_mean = sample.depth_mean,
                  .depth_min = sample.depth_min,
                  .identity = sample.identity};
    for (const auto& one : sample.variants)
        row.variants.push_back({one.position, one.ref, one.alt, one.fraction, one.depth, one.feature, one.effect});
    for (const auto& one : sample.features)
        row.features.push_back({one.label, one.type, std::string(name_of(one.verdict)), one.depth_min});
    return row;
}

Result<seq::Record> load_design(const VerifyParams& parameters) {
    auto records = load_molecules({parameters.design}, parameters.molecules);
    if (!records) return pass(records);
    if (records->size() == 1) return std::move(records->front());
    return bad_input({"the design has {} records", "设计文件含 {} 条记录"}, records->size())
        .at(parameters.design)
        .advise({"give a file with the one molecule that was built", "请提供仅含所构建分子的文件"});
}

Result<VerifyResult> verify(const VerifyParams& parameters, Context& context) {
    auto design = load_design(parameters);
    if (!design) return pass(design);
    const DesignCheck check(*std::move(design));
    auto checked = std::make_shared<Checked>(Checked{.design = check.design(), .min_depth = parameters.min_depth});
    VerifyResult result;
    const VerifyOptions options{parameters.min_depth, parameters.mixed, parameters.min_identity};
    const auto total = static_cast<std::int64_t>(parameters.reads.size());
    for (const auto& file : parameters.reads) {
        if (context.stopped()) return cancelled();
        const auto path = data::resolve(file);
        if (!path) return pass(path);
        const auto reads = read_sample(*path);
        if (!reads) return pass(reads);
        auto sample = check.verify(*reads, options, context);
        if (!sample) return pass(sample);
        result.samples.push_back(row_of(*sample));
        checked->samples.push_back(*std::move(sample));
        context.report({{"samples", "样品"}, static_cast<std::int64_t>(checked->samples.size()), total});
    }
    result.checked = std::move(checked);
    return result;
}

}  // namespace

Operation verify_operation() {
    return make("dna verify",
                {"Is a clone what was designed: reads against the design, verdicts and changes",
                 "用测序数据核验克隆是否与设计一致，给出结论与变异"},
                verify);
}

}  // namespace leaven::dna
