// Recorded values of the targets: tab-separated, indicator date value unit source note.
//
// `no data` in place of a value is a record, not 0. Units may carry 千 万 百万 千万 亿 before the counting word; the
// conversion is exact. Every record has a source.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <leaven/policy/rules.hpp>

namespace leaven::indicators {

struct Record {
    std::string indicator;
    policy::Date date;
    std::optional<double> value;  // in the indicator's unit; none: no data
    std::string written;          // the value and unit as the file has them
    std::string unit;
    std::string source;
    std::string note;
};

/// The file's records by indicator and date; the word `shipped` names the shipped file, which holds none.
///
/// Errors  not_found  no such file;  bad_input  with file and line: unknown indicator, bad date or number, negative,
/// two
///         records of one day, no source, a unit that does not fit
Result<std::vector<Record>> read_values(const std::string& path, const policy::RuleSet& rules);

/// The same of rows that came otherwise; `place` of a row is put into errors.
struct RawRow {
    std::map<std::string, std::string> cells;
    std::string place;
};
Result<std::vector<Record>> records_of(const std::vector<RawRow>& rows, const policy::RuleSet& rules);

/// A number with its unit, in the unit of the indicator.  "7", "万株" → 70000 strain. None where it does not fit.
std::optional<double> convert(const std::string& number, const std::string& unit, const std::string& wanted);

}  // namespace leaven::indicators
