#include <algorithm>
#include <array>

#include <leaven/core/file.hpp>
#include <leaven/core/join.hpp>
#include <leaven/indicators/status.hpp>

#include "rows.hpp"

namespace leaven::indicators {
namespace {

constexpr std::array<std::string_view, 6> fields{"indicator", "date", "value", "unit", "source", "note"};

/// field → column of the file; a field that is not mapped is a column of its own name.
Result<std::map<std::string, std::string>> mapping(const std::vector<std::string>& given) {
    std::map<std::string, std::string> map;
    for (const auto field : fields) map[std::string(field)] = field;
    for (const auto& word : given) {
        const auto equals = word.find('=');
        const auto field = word.substr(0, equals);
        if (equals == std::string::npos || !map.contains(field))
            return bad_input({"\"{}\" maps no field", "“{}”没有对应字段"}, word)
                .at("columns")
                .advise({"write field=column with a field of {}", "请写成 字段=列名，字段为 {}"}, join(fields, ", "));
        map[field] = word.substr(equals + 1);
    }
    return map;
}

}  // namespace

Result<ImportResult> import_values(const ImportParams& params, Context& context) {
    static_cast<void>(context);
    const auto rules = policy::load_rules(params.rules);
    if (!rules) return pass(rules);
    const auto map = mapping(params.columns);
    if (!map) return pass(map);
    constexpr std::uintmax_t largest = 64 << 20;
    const auto bytes = read_file(params.file, largest);
    if (!bytes) return pass(bytes);
    const std::filesystem::path path(params.file);
    const auto ending = path.extension().string();
    const auto name = path.filename().string();
    if (ending != ".csv" && ending != ".tsv" && ending != ".json")
        return bad_input({"no way to read \"{}\"", "无法读取“{}”"}, ending)
            .at(name)
            .advise({"use .csv .tsv .json", "请用 .csv .tsv .json"});
    const auto raw =
        ending == ".json" ? json_rows(*bytes, name) : separated_rows(*bytes, name, ending == ".csv" ? ',' : '\t');
    if (!raw) return pass(raw);
    std::vector<RawRow> mapped;
    for (const auto& row : *raw) {
        auto& made = mapped.emplace_back(RawRow{{}, row.place});
        for (const auto& [field, column] : *map) {
            const auto cell = row.cells.find(column);
            if (cell != row.cells.end()) made.cells[field] = cell->second;
        }
    }
    const auto records = records_of(mapped, *rules);
    if (!records) return pass(records);
    ImportResult result;
    for (const auto& one : *records)
        result.rows.push_back(
            {one.indicator, policy::date_text(one.date), one.written, one.unit, one.source, one.note});
    return result;
}

}  // namespace leaven::indicators
