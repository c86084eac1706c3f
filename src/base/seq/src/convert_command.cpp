#include <filesystem>

#include <leaven/core/counted.hpp>
#include <leaven/core/file.hpp>
#include <leaven/seq/write.hpp>

#include "commands.hpp"

namespace leaven::seq {
namespace {

struct ConvertParams {
    std::string file{};
    std::string to{};
    std::string out{};
    InputOptions reading;

    static void describe(auto& p, auto&& v) {
        InputOptions::describe_file(p.file, v);
        v(p.to, {.name = "to",
                 .doc = {"format to write", "目标格式"},
                 .choices = "genbank|fasta|gff3|sbol3|2bit",
                 .required = true});
        v(p.out, {.name = "out",
                  .doc = {"file to write; .rdf, .jsonld and .nt are syntaxes of SBOL3",
                          "写出的文件；.rdf、.jsonld、.nt 为 SBOL3 的语法"},
                  .format = "path"});
        InputOptions::describe(p.reading, v);
    }
};

struct LossRow {
    Text what{};
    std::int64_t count = 0;
    std::string example{};

    static void describe(auto& p, auto&& v) {
        v(p.what, {.name = "what", .doc = {"not held by the format", "目标格式无法保存"}});
        v(p.count, {.name = "count", .doc = {"count", "数量"}, .unit = "1"});
        v(p.example, {.name = "example", .doc = {"example", "示例"}});
    }
};

struct ConvertResult {
    std::int64_t records = 0;
    std::int64_t features = 0;
    std::int64_t skipped = 0;
    std::vector<LossRow> losses{};
    std::vector<WarningRow> warnings{};
    std::optional<std::string> text{};

    static void describe(auto& p, auto&& v) {
        v(p.records, {.name = "records", .doc = {"records", "记录数"}, .unit = "1"});
        v(p.features, {.name = "features", .doc = {"features", "特征数"}, .unit = "1"});
        v(p.skipped, {.name = "skipped", .doc = {"records left out", "跳过的记录数"}, .unit = "1"});
        v(p.losses, {.name = "losses", .doc = {"lost in this format", "此格式中丢失的内容"}});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
        v(p.text, {.name = "text", .doc = {"the file, where it is not written", "文件内容（未写出文件时）"}});
    }
    static constexpr bool brief = true;
    [[nodiscard]] std::vector<Text> headline() const {
        std::vector<Text> lines{leaven::text({"{}, {}", "{:n} 条记录，{:n} 个特征"}, counted(records, "record"),
                                             counted(features, "feature"))};
        for (const auto& loss : losses)
            lines.push_back({fmt::format("lost: {} × {} (such as {})", loss.count, loss.what.en, loss.example),
                             fmt::format("丢失：{} × {}（如 {}）", loss.count, loss.what.zh, loss.example)});
        for (const auto& warning : warnings)
            lines.push_back({fmt::format("line {}: {}", warning.line, warning.message.en),
                             fmt::format("第 {} 行：{}", warning.line, warning.message.zh)});
        if (text)
            lines.push_back(
                {"--out FILE writes it; --json holds its text", "--out 文件 可写出结果；--json 输出其内容"});
        return lines;
    }
};

Result<ConvertResult> convert(const ConvertParams& parameters, Context&) {
    const auto document = load_input(parameters.file, parameters.reading);
    if (!document) return pass(document);
    const auto to = format_named(parameters.to);
    if (*to == Format::two_bit && parameters.out.empty())
        return bad_input({"2bit is no text; it needs a file to go to", "2bit 不是文本，必须写入文件"})
            .at("out")
            .advise({"add --out FILE.2bit", "请加 --out 文件.2bit"});
    auto written = write_document(*document, *to, std::filesystem::path(parameters.out).extension().string());
    if (!written) return pass(written);
    ConvertResult result;
    result.records = static_cast<std::int64_t>(document->records.size());
    for (const auto& record : document->records) result.features += static_cast<std::int64_t>(record.features.size());
    result.skipped = document->skipped;
    for (const auto& loss : written->losses) result.losses.push_back({loss.what, loss.count, loss.example});
    result.warnings = rows_of(document->warnings);
    if (parameters.out.empty()) {
        result.text = std::move(written->bytes);
        return result;
    }
    if (auto status = write_file(parameters.out, written->bytes); !status) return pass(status);
    return result;
}

}  // namespace

Operation convert_operation() {
    return make("seq convert",
                {"One sequence format into another, and what that loses", "序列格式转换，并列出丢失的内容"}, convert);
}

}  // namespace leaven::seq
