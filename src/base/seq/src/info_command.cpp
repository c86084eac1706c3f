#include <leaven/core/counted.hpp>
#include <leaven/seq/read.hpp>

#include "commands.hpp"

namespace leaven::seq {
namespace {

struct InfoParams {
    std::vector<std::string> files{};
    InputOptions reading;

    static void describe(auto& p, auto&& v) {
        v(p.files, {.name = "files",
                    .doc = {"sequence files", "序列文件"},
                    .format = "sequence",
                    .required = true,
                    .input = true});
        InputOptions::describe(p.reading, v);
    }
};

struct InfoResult {
    std::vector<RecordRow> records{};
    std::string format{};
    std::int64_t skipped = 0;
    std::vector<WarningRow> warnings{};

    static void describe(auto& p, auto&& v) {
        v(p.records, {.name = "records", .doc = {"records", "记录"}});
        v(p.format, {.name = "format", .doc = {"format", "格式"}});
        v(p.skipped, {.name = "skipped", .doc = {"records left out", "跳过的记录数"}, .unit = "1"});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
    }
    [[nodiscard]] std::vector<Text> headline() const {
        std::int64_t bases = 0;
        for (const auto& record : records) bases += record.length;
        return {text({"{} of {}, {} in all", "{:n} 条 {} 记录，共 {:n} 个字母"}, counted(records.size(), "record"),
                     format, counted(bases, "letter"))};
    }
};

Result<InfoResult> info(const InfoParams& parameters, Context& context) {
    InfoResult result;
    for (const auto& file : parameters.files) {
        auto reader = open_input(file, parameters.reading);
        if (!reader) return pass(reader);
        const auto before = result.records.size();
        for (;;) {
            auto record = reader->next();
            if (!record) return pass(record);
            if (!*record) break;
            if (context.stopped()) return cancelled();
            result.records.push_back(row_of(**record));
        }
        if (result.records.size() == before && reader->skipped() == 0 && reader->graph().triples.empty())
            return bad_input({"the file holds no record", "文件中没有记录"})
                .at(file)
                .advise({"check that it is not empty", "请确认文件不为空"});
        const auto format = std::string(name_of(reader->format()));
        if (result.format.find(format) == std::string::npos)
            result.format += (result.format.empty() ? "" : ",") + format;
        result.skipped += reader->skipped();
        for (auto& row : rows_of(reader->warnings())) result.warnings.push_back(std::move(row));
    }
    return result;
}

}  // namespace

Operation info_operation() {
    return make("seq info",
                {"What sequence files hold, with checksums that do not depend on rotation or strand",
                 "序列文件概况，含与旋转和链无关的校验和"},
                info);
}

}  // namespace leaven::seq
