// The operations of this module, and what several of them share.
#pragma once

#include <string>
#include <vector>

#include <leaven/op/operation.hpp>
#include <leaven/seq/edit.hpp>
#include <leaven/seq/read.hpp>

namespace leaven::seq {

Operation info_operation();
Operation convert_operation();
Operation extract_operation();
Operation edit_operation();
Operation find_operation_of_patterns();
Operation compare_operation();
Operation map_operation();

/// How a file is read, on every operation that reads one.
struct InputOptions {
    std::string format = "auto";
    bool skip_bad = false;
    bool partial = false;

    static void describe(auto& p, auto&& v) {
        v(p.format, {.name = "format",
                     .doc = {"format; auto tells it from the content", "文件格式；auto 表示按内容判断"},
                     .choices = "auto|fasta|fastq|genbank|gff3|2bit|sbol3|sbol2"});
        v(p.skip_bad,
          {.name = "skip_bad", .doc = {"leave out damaged records and count them", "跳过损坏的记录并计数"}});
        v(p.partial, {.name = "partial",
                      .doc = {"take a record whose sequence is not as long as its LOCUS line says",
                              "接受序列长度与 LOCUS 行不符的记录"}});
    }
    /// The file itself, which comes first on the command line.
    static void describe_file(auto& file, auto&& v) {
        v(file, {.name = "file",
                 .doc = {"sequence file", "序列文件"},
                 .format = "sequence",
                 .required = true,
                 .input = true});
    }
    [[nodiscard]] OpenOptions open() const;
};

/// A path, or a name of the catalogue. Errors  as data::resolve and RecordReader
Result<RecordReader> open_input(const std::string& input, const InputOptions& options);
Result<Document> load_input(const std::string& input, const InputOptions& options);

struct WarningRow {
    std::int64_t line = 0;
    Text message{};

    static void describe(auto& p, auto&& v) {
        v(p.line, {.name = "line", .doc = {"line", "行"}, .unit = "1"});
        v(p.message, {.name = "message", .doc = {"message", "说明"}});
    }
};
std::vector<WarningRow> rows_of(const std::vector<Warning>& warnings);

/// A record at a glance.
struct RecordRow {
    std::string id{};
    std::string name{};
    std::string description{};
    std::int64_t length = 0;
    std::string topology = "linear";
    std::string molecule{};
    std::int64_t features = 0;
    std::optional<double> gc{};
    std::int64_t ambiguous = 0;
    std::optional<std::string> checksum{};
    std::optional<std::string> canonical{};

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"identifier", "标识符"}});
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.description, {.name = "description", .doc = {"description", "描述"}});
        v(p.length, {.name = "length", .doc = {"length", "长度"}, .unit = "1"});
        v(p.topology, {.name = "topology", .doc = {"topology", "拓扑"}, .choices = "linear|circular"});
        v(p.molecule, {.name = "molecule", .doc = {"molecule", "分子类型"}});
        v(p.features, {.name = "features", .doc = {"features", "特征数"}, .unit = "1"});
        v(p.gc, {.name = "gc", .doc = {"GC share", "GC 比例"}, .unit = "1", .min = 0, .max = 1});
        v(p.ambiguous, {.name = "ambiguous", .doc = {"ambiguous letters", "不确定碱基数"}, .unit = "1"});
        v(p.checksum, {.name = "checksum", .doc = {"SHA-256 of the sequence", "序列的 SHA-256"}});
        v(p.canonical, {.name = "canonical", .doc = {"SHA-256 of the canonical form", "规范形式的 SHA-256"}});
    }
};
RecordRow row_of(const Record& record);

}  // namespace leaven::seq
