#include <filesystem>

#include <leaven/core/counted.hpp>
#include <leaven/core/file.hpp>
#include <leaven/seq/edit.hpp>
#include <leaven/seq/write.hpp>

#include "commands.hpp"

namespace leaven::seq {
namespace {

struct EditParams {
    std::string file{};
    std::vector<std::string> edits{};
    std::string out{};
    InputOptions reading;

    static void describe(auto& p, auto&& v) {
        InputOptions::describe_file(p.file, v);
        v(p.edits, {.name = "edits",
                    .doc = {"edits in order: rotate:501, reverse, circularise, linearise, delete:10..20, "
                            "insert:10:ACGT, replace:10..20:ACGT",
                            "依次执行的编辑：rotate:501、reverse、circularise、linearise、delete:10..20、insert:10:"
                            "ACGT、replace:10..20:ACGT"},
                    .required = true});
        v(p.out, {.name = "out",
                  .doc = {"file to write, its format by its ending", "写出的文件，格式由扩展名决定"},
                  .format = "path"});
        InputOptions::describe(p.reading, v);
    }
};

struct EditedRow : RecordRow {
    std::string sequence{};

    static void describe(auto& p, auto&& v) {
        RecordRow::describe(p, v);
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
    }
};

struct ChangeRow {
    std::string label{};
    std::string type{};
    std::string change = "moved";

    static void describe(auto& p, auto&& v) {
        v(p.label, {.name = "label", .doc = {"label", "标签"}});
        v(p.type, {.name = "type", .doc = {"type", "类型"}});
        v(p.change, {.name = "change", .doc = {"change", "变化"}, .choices = "moved|split|truncated|removed|altered"});
    }
};

struct EditResult {
    std::vector<EditedRow> records{};
    std::vector<ChangeRow> features_changed{};
    std::vector<WarningRow> warnings{};

    static void describe(auto& p, auto&& v) {
        v(p.records, {.name = "records", .doc = {"records", "记录"}});
        v(p.features_changed, {.name = "features_changed", .doc = {"features changed", "发生变化的特征"}});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
    }
    [[nodiscard]] std::vector<Text> headline() const {
        std::int64_t moved = 0;
        for (const auto& change : features_changed) moved += change.change == "moved" ? 1 : 0;
        return {
            text({"{} edited; {} moved, {} changed otherwise", "已编辑 {:n} 条记录；{:n} 个特征移位，{} 个另有变化"},
                 counted(records.size(), "record"), counted(moved, "feature"),
                 static_cast<std::int64_t>(features_changed.size()) - moved)};
    }
};

Result<Format> output_format(const EditParams& parameters, const Document& document) {
    if (parameters.out.empty()) return document.format;
    const auto ending = std::filesystem::path(parameters.out).extension().string();
    if (const auto format = format_of_ending(ending)) return *format;
    return bad_input({"no way to write \"{}\"", "无法写成“{}”"}, ending)
        .at(parameters.out)
        .advise({"use an ending of .gb .fa .gff3 .nt .2bit", "请用扩展名 .gb .fa .gff3 .nt .2bit"});
}

Result<EditResult> edit(const EditParams& parameters, Context&) {
    std::vector<Edit> edits;
    for (const auto& typed : parameters.edits) {
        auto parsed = parse_edit(typed);
        if (!parsed) return pass(parsed);
        edits.push_back(*std::move(parsed));
    }
    auto document = load_input(parameters.file, parameters.reading);
    if (!document) return pass(document);
    const auto format = output_format(parameters, *document);
    if (!format) return pass(format);
    EditResult result;
    result.warnings = rows_of(document->warnings);
    for (auto& record : document->records) {
        std::vector<FeatureChange> changes;
        for (const auto& one : edits)
            if (auto status = apply(record, one, changes); !status) return pass(status);
        for (const auto& change : changes)
            result.features_changed.push_back({change.label, change.type, change.change});
        EditedRow row;
        static_cast<RecordRow&>(row) = row_of(record);
        row.sequence = record.sequence.letters;
        result.records.push_back(std::move(row));
    }
    if (parameters.out.empty()) return result;
    if (document->format == Format::sbol3 || document->format == Format::sbol2)
        document->format = Format::genbank;  // the graph no longer says what is
    const auto written = write_document(*document, *format, std::filesystem::path(parameters.out).extension().string());
    if (!written) return pass(written);
    if (auto status = write_file(parameters.out, written->bytes); !status) return pass(status);
    return result;
}

}  // namespace

Operation edit_operation() {
    return make("seq edit",
                {"Rotates, reverses and edits molecules, every feature carried along",
                 "旋转、反向与编辑分子，所有特征随之变化"},
                edit);
}

}  // namespace leaven::seq
