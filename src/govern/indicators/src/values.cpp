#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/core.h>

#include <leaven/core/file.hpp>
#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/indicators/values.hpp>

#include "rows.hpp"
#include "shipped.hpp"

namespace leaven::indicators {
namespace {

constexpr std::array<std::string_view, 6> columns{"indicator", "date", "value", "unit", "source", "note"};

/// The counting words that print a unit.
std::vector<std::string_view> words_for(std::string_view unit) {
    if (unit == "CNY") return {"元"};
    if (unit == "strain") return {"株"};
    if (unit == "company") return {"家"};
    if (unit == "paper") return {"篇"};
    if (unit == "person") return {"名", "人"};
    if (unit == "patent") return {"项", "件"};
    if (unit == "result") return {"项"};
    if (unit == "project") return {"个", "项"};
    if (unit == "team") return {"个", "支"};
    if (unit == "platform" || unit == "cluster" || unit == "park") return {"个"};
    return {};
}

/// 10^n of a unit as printed; none where it does not fit.
std::optional<int> power_of(std::string unit, const std::string& wanted) {
    if (unit.empty() || unit == wanted) return 0;
    const auto words = words_for(wanted);
    bool worded = false;
    for (const auto word : words)
        if (!worded && unit.ends_with(word)) {
            unit.resize(unit.size() - word.size());
            worded = true;
        }
    if (!worded && wanted == "CNY") return std::nullopt;
    if (unit.empty()) return 0;
    if (words.empty()) return std::nullopt;
    for (const auto& [word, power] :
         {std::pair{"千", 3}, std::pair{"万", 4}, std::pair{"百万", 6}, std::pair{"千万", 7}, std::pair{"亿", 8}})
        if (unit == word) return power;
    return std::nullopt;
}

Failure wrong(const RawRow& row, Doc message, const std::string& detail, Doc advice) {
    return bad_input(message, detail).at(row.place).advise(advice);
}

std::string cell(const RawRow& row, std::string_view name) {
    const auto found = row.cells.find(std::string(name));
    return found == row.cells.end() ? std::string() : found->second;
}

const policy::Indicator* find_indicator(const policy::RuleSet& rules, const std::string& id) {
    for (const auto& one : rules.indicators)
        if (one.id == id) return &one;
    return nullptr;
}

Result<Record> record_of(const RawRow& row, const policy::RuleSet& rules) {
    for (const auto& [name, value] : row.cells)
        if (std::find(columns.begin(), columns.end(), name) == columns.end())
            return wrong(row, {"there is no column \"{}\"", "没有列“{}”"}, name,
                         {"the columns are indicator, date, value, unit, source, note",
                          "可用的列：indicator、date、value、unit、source、note"});
    Record record;
    record.indicator = cell(row, "indicator");
    const auto* indicator = find_indicator(rules, record.indicator);
    if (indicator == nullptr) {
        std::vector<std::string> ids;
        for (const auto& one : rules.indicators) ids.push_back(one.id);
        const auto near = nearest(record.indicator, ids, 1);
        return bad_input({"there is no indicator \"{}\"", "没有指标“{}”"}, record.indicator)
            .at(row.place)
            .advise({"did you mean {}? leaven indicators list shows them all",
                     "是否指 {}？leaven indicators list 列出全部"},
                    near.empty() ? ids.front() : near.front());
    }
    const auto date = policy::parse_date(cell(row, "date"));
    if (!date)
        return wrong(row, {"\"{}\" is no date", "“{}”不是日期"}, cell(row, "date"),
                     {"write a day as 2026-06-30", "请写成 2026-06-30 这样的日期"});
    record.date = *date;
    record.unit = cell(row, "unit");
    record.source = cell(row, "source");
    record.note = cell(row, "note");
    record.written = cell(row, "value");
    if (record.source.empty())
        return wrong(row, {"the record has no source{}", "该记录没有来源{}"}, "",
                     {"say where the value comes from", "请注明数值出处"});
    if (!power_of(record.unit, indicator->unit))
        return bad_input({"the unit \"{}\" does not fit {}", "单位“{}”与 {} 不符"}, record.unit, indicator->unit)
            .at(row.place)
            .advise({"leave the unit out, or count in {}", "请省略单位，或以 {} 计"},
                    fmt::format("{} {}", indicator->unit, join(words_for(indicator->unit), " ")));
    if (record.written == "no data") return record;
    if (record.written.starts_with("-"))
        return wrong(row, {"the value {} is negative", "数值 {} 为负"}, record.written,
                     {"give a value of 0 or more", "请给出不小于 0 的数"});
    record.value = convert(record.written, record.unit, indicator->unit);
    if (!record.value)
        return wrong(row, {"\"{}\" is no number", "“{}”不是数"}, record.written,
                     {"write digits, or `no data`", "请写数字，或 no data"});
    return record;
}

}  // namespace

std::optional<double> convert(const std::string& number, const std::string& unit, const std::string& wanted) {
    const auto power = power_of(unit, wanted);
    const auto point = number.find('.');
    const auto whole = number.substr(0, point);
    auto decimals = point == std::string::npos ? std::string() : number.substr(point + 1);
    const auto digits = [](const std::string& text) {
        return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    };
    if (!power || !digits(whole) || (point != std::string::npos && !digits(decimals)) || number.size() > 40)
        return std::nullopt;
    // The decimal point is moved in the digits, so that 万 and 亿 multiply exactly.
    auto moved = whole;
    for (int i = 0; i < *power; ++i) {
        moved += decimals.empty() ? '0' : decimals.front();
        if (!decimals.empty()) decimals.erase(0, 1);
    }
    return std::stod(decimals.empty() ? moved : moved + "." + decimals);
}

Result<std::vector<Record>> records_of(const std::vector<RawRow>& rows, const policy::RuleSet& rules) {
    std::vector<Record> records;
    std::map<std::pair<std::string, std::int64_t>, std::string> seen;
    for (const auto& row : rows) {
        auto record = record_of(row, rules);
        if (!record) return pass(record);
        const auto [at, added] = seen.try_emplace({record->indicator, record->date.days}, row.place);
        if (!added)
            return bad_input({"{} has two records of {}; the other is at {}", "{} 在 {} 有两条记录，另一条在 {}"},
                             record->indicator, policy::date_text(record->date), at->second)
                .at(row.place)
                .advise({"keep one", "请只保留一条"});
        records.push_back(*std::move(record));
    }
    std::sort(records.begin(), records.end(), [](const Record& a, const Record& b) {
        return std::tie(a.indicator, a.date) < std::tie(b.indicator, b.date);
    });
    return records;
}

Result<std::vector<Record>> read_values(const std::string& path, const policy::RuleSet& rules) {
    constexpr std::uintmax_t largest = 64 << 20;
    auto bytes = path == "shipped" ? Result<std::string>(std::string(embedded_indicators().front().bytes))
                                   : read_file(path, largest);
    if (!bytes) return pass(bytes);
    const auto rows = separated_rows(*bytes, std::filesystem::path(path).filename().string(), '\t');
    if (!rows) return pass(rows);
    return records_of(*rows, rules);
}

}  // namespace leaven::indicators
