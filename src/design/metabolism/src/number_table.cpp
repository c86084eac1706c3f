#include "number_table.hpp"

#include <cmath>
#include <cstdint>
#include <set>
#include <utility>

#include <fmt/core.h>

#include <leaven/core/file.hpp>
#include <leaven/core/join.hpp>

#include "number.hpp"

namespace leaven::metabolism {
namespace {

constexpr std::uintmax_t largest_table_bytes = std::uintmax_t{256} << 20;

std::vector<std::string> cells_of(std::string_view line) {
    const char separator = line.find('\t') != std::string_view::npos ? '\t' : ',';
    std::vector<std::string> cells;
    for (;;) {
        const auto end = line.find(separator);
        auto cell = trimmed(line.substr(0, end));
        if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
        cells.emplace_back(cell);
        if (end == std::string_view::npos) return cells;
        line.remove_prefix(end + 1);
    }
}

}  // namespace

Result<std::vector<NumberRow>> read_number_table(const std::string& path, std::size_t words) {
    const auto bytes = read_file(path, largest_table_bytes);
    if (!bytes) return pass(bytes);
    std::vector<NumberRow> rows;
    std::set<std::vector<std::string>> seen;
    bool may_be_heading = true;
    std::string_view rest = *bytes;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    for (int line = 1; !rest.empty(); ++line) {
        const auto end = rest.find('\n');
        const auto content = trimmed(rest.substr(0, end).substr(0, rest.substr(0, end).find('#')));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        if (content.empty()) continue;
        auto cells = cells_of(content);
        const auto where = fmt::format("{}, line {}", path, line);
        const auto number = cells.size() > words ? read_number(cells[words]) : std::nullopt;
        if (!number && std::exchange(may_be_heading, false)) continue;
        may_be_heading = false;
        if (!number || !std::isfinite(*number))
            return bad_input({"there is no number in column {}", "第 {} 列没有数值"}, words + 1)
                .at(where)
                .advise({"put tabs between the columns", "各列之间请用制表符分隔"});
        cells.resize(words);
        if (!seen.insert(cells).second)
            return bad_input({"{} stands there twice", "{} 出现了两次"}, join(cells, " "))
                .at(where)
                .advise({"keep one of the lines", "请只保留其中一行"});
        rows.push_back({std::move(cells), *number, where});
    }
    return rows;
}

Failure negative_number(const NumberRow& row) {
    return bad_input({"{} is below zero", "{} 小于零"}, row.number)
        .at(row.where)
        .advise({"give a number that is not negative", "请给出非负数"});
}

}  // namespace leaven::metabolism
