#include <algorithm>
#include <set>

#include <fmt/core.h>

#include <leaven/core/counted.hpp>
#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/seq/extract.hpp>
#include <leaven/seq/write.hpp>

#include "commands.hpp"

namespace leaven::seq {
namespace {

struct ExtractParams {
    std::string file{};
    std::string location{};
    std::string type{};
    std::string qualifier{};
    bool translate = false;
    std::int64_t genetic_code = 0;
    bool strict = false;
    InputOptions reading;

    static void describe(auto& p, auto&& v) {
        InputOptions::describe_file(p.file, v);
        v(p.location, {.name = "location",
                       .doc = {"location as in GenBank, 1-based, such as complement(10..40)",
                               "GenBank 语法的位置（从 1 起），如 complement(10..40)"}});
        v(p.type, {.name = "type", .doc = {"feature type, such as CDS", "特征类型，如 CDS"}});
        v(p.qualifier, {.name = "qualifier",
                        .doc = {"qualifier and value, such as locus_tag=b0001", "限定词及其值，如 locus_tag=b0001"}});
        v(p.translate, {.name = "translate", .doc = {"translate what is read", "翻译所读序列"}});
        v(p.genetic_code, {.name = "genetic_code",
                           .doc = {"NCBI genetic code; 0: the feature's", "NCBI 遗传密码表；0 表示采用特征自身的"},
                           .min = 0,
                           .max = 33});
        v(p.strict, {.name = "strict",
                     .doc = {"a stop inside or a cut codon is an error", "内部终止密码子或不完整密码子视为错误"}});
        InputOptions::describe(p.reading, v);
    }
};

struct PieceRow {
    std::string record{};
    std::string type{};
    std::string location{};
    std::string label{};
    std::string sequence{};
    std::optional<std::string> protein{};
    std::vector<Text> warnings{};

    static void describe(auto& p, auto&& v) {
        v(p.record, {.name = "record", .doc = {"record", "记录"}});
        v(p.type, {.name = "type", .doc = {"type", "类型"}});
        v(p.location, {.name = "location", .doc = {"location", "位置"}});
        v(p.label, {.name = "label", .doc = {"label", "标签"}});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
        v(p.protein, {.name = "protein", .doc = {"protein", "蛋白质"}});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
    }
};

struct ExtractResult {
    std::vector<PieceRow> pieces{};

    static void describe(auto& p, auto&& v) { v(p.pieces, {.name = "pieces", .doc = {"pieces", "片段"}}); }

    [[nodiscard]] std::vector<Text> headline() const {
        std::int64_t warned = 0;
        for (const auto& piece : pieces) warned += piece.warnings.empty() ? 0 : 1;
        return {
            text({"{}, {} with warnings", "{:n} 个片段，其中 {} 个有警告"}, counted(pieces.size(), "piece"), warned)};
    }
    static constexpr std::string_view endings = ".fasta|.fa|.fna|.faa";
    [[nodiscard]] Result<std::string> file(std::string_view ending, Lang) const {
        std::string out;
        for (const auto& piece : pieces) {
            const auto& letters = ending == ".faa" && piece.protein ? *piece.protein : piece.sequence;
            auto label = piece.label;
            std::replace_if(
                label.begin(), label.end(), [](char c) { return c == ' ' || c == '\n' || c == '\t'; }, '_');
            out += fasta_text(fmt::format("{} {} {}:{}", label, piece.type, piece.record, piece.location), letters);
        }
        return out;
    }
};

struct Wanted {
    std::string name{};   // of the qualifier; empty: any feature
    std::string value{};  // empty: any value
    bool any_value = true;
};

Wanted wanted_of(const std::string& qualifier) {
    const auto equals = qualifier.find('=');
    return {qualifier.substr(0, equals), equals == std::string::npos ? std::string() : qualifier.substr(equals + 1),
            equals == std::string::npos};
}

bool has(const Feature& feature, const Wanted& wanted) {
    if (wanted.name.empty()) return true;
    return std::any_of(feature.qualifiers.begin(), feature.qualifiers.end(), [&](const Qualifier& qualifier) {
        return qualifier.name == wanted.name && (wanted.any_value || qualifier.value == wanted.value);
    });
}

Status add_piece(const Record& record, const Feature& feature, const ExtractParams& parameters,
                 const std::string& label, ExtractResult& result) {
    auto read = extract(record, feature.location);
    PieceRow row{
        .record = record.id,
        .type = feature.type,
        .location = feature.written_location.empty() ? record.text_of(feature.location) : feature.written_location,
        .label = label,
        .sequence = std::move(read.letters)};
    std::erase_if(row.location, [](char c) { return c == ' ' || c == '\n' || c == '\r'; });
    row.warnings = std::move(read.warnings);
    if (parameters.translate && record.sequence.alphabet != Alphabet::protein) {
        auto protein = translate_feature(record, feature, parameters.genetic_code);
        if (!protein) return pass(protein);
        if (parameters.strict && !protein->sound)
            return failure(ErrorCode::bad_input, {"{} cannot be translated strictly", "无法严格翻译 {}"}, label)
                .at(fmt::format("{}: {} {}", record.id, feature.type, row.location))
                .advise({"{}", "{}"}, protein->warnings.empty() ? std::string() : protein->warnings.front().en);
        row.protein = std::move(protein->protein);
        for (auto& warning : protein->warnings) row.warnings.push_back(std::move(warning));
    }
    result.pieces.push_back(std::move(row));
    return {};
}

Failure nothing_found(const std::vector<Record>& records, const ExtractParams& parameters) {
    std::set<std::string> known;
    const auto wanted = wanted_of(parameters.qualifier);
    for (const auto& record : records)
        for (const auto& feature : record.features) {
            if (wanted.name.empty()) known.insert(feature.type);
            for (const auto& qualifier : feature.qualifiers) {
                if (wanted.name.empty()) continue;
                if (qualifier.name == wanted.name && known.size() < 20'000)
                    known.insert(wanted.name + "=" + qualifier.value);
                if (wanted.any_value) known.insert(qualifier.name);
            }
        }
    const std::vector<std::string> names(known.begin(), known.end());
    const auto asked = wanted.name.empty() ? parameters.type : parameters.qualifier;
    const auto near = nearest(asked, names);
    return not_found({"no feature is {}", "没有符合 {} 的特征"}, asked.empty() ? std::string("there") : asked)
        .at(wanted.name.empty() ? "type" : "qualifier")
        .advise(near.empty() ? Doc{"leave it out to see every feature", "省略该条件可列出全部特征"}
                             : Doc{"did you mean {}?", "是否指 {}？"},
                join(near, ", "));
}

Result<ExtractResult> extract_pieces(const ExtractParams& parameters, Context& context) {
    const auto document = load_input(parameters.file, parameters.reading);
    if (!document) return pass(document);
    const auto wanted = wanted_of(parameters.qualifier);
    ExtractResult result;
    for (const auto& record : document->records) {
        if (context.stopped()) return cancelled();
        if (!parameters.location.empty()) {
            auto location = parse_location(parameters.location, record.length, record.topology);
            if (!location) {
                auto error = location.error();
                error.where = fmt::format("{}: location {}", record.id, parameters.location);
                return tl::unexpected(std::move(error));
            }
            const Feature typed{.type = "location", .location = *std::move(location), .qualifiers = {}};
            if (auto status = add_piece(record, typed, parameters, parameters.location, result); !status)
                return pass(status);
            continue;
        }
        for (const auto& feature : record.features) {
            if ((!parameters.type.empty() && feature.type != parameters.type) || !has(feature, wanted)) continue;
            if (auto status = add_piece(record, feature, parameters, feature.label(), result); !status)
                return pass(status);
        }
    }
    const bool asked = !parameters.type.empty() || !parameters.qualifier.empty();
    if (result.pieces.empty() && asked) return nothing_found(document->records, parameters);
    return result;
}

}  // namespace

Operation extract_operation() {
    return make("seq extract",
                {"The sequences, and proteins, of features or of a location", "提取特征或指定位置的序列与蛋白质"},
                extract_pieces);
}

}  // namespace leaven::seq
