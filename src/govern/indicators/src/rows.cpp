#include "rows.hpp"

#include <fmt/core.h>

namespace leaven::indicators {
namespace {

struct Line {
    std::vector<std::string> cells;
    std::int64_t number = 1;
};

std::vector<Line> lines_of(const std::string& bytes, char separator) {
    std::vector<Line> lines;
    Line line;
    std::string cell;
    bool quoted = false;
    std::int64_t number = 1;
    const auto end_line = [&] {
        line.cells.push_back(cell);
        cell.clear();
        const bool blank = line.cells.size() == 1 && line.cells.front().empty();
        if (!blank) lines.push_back(line);
        line = {{}, number + 1};
    };
    std::size_t at = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    for (; at < bytes.size(); ++at) {
        const char c = bytes[at];
        if (quoted && c == '"' && at + 1 < bytes.size() && bytes[at + 1] == '"')
            cell += bytes[++at];
        else if (c == '"' && (quoted || cell.empty()))
            quoted = !quoted;
        else if (c == separator && !quoted) {
            line.cells.push_back(cell);
            cell.clear();
        } else if (c == '\n' && !quoted) {
            end_line();
        } else if (c != '\r' || quoted) {
            cell += c;
        }
        if (c == '\n') ++number;
    }
    if (!cell.empty() || !line.cells.empty()) end_line();
    return lines;
}

}  // namespace

Result<std::vector<RawRow>> separated_rows(const std::string& bytes, const std::string& name, char separator) {
    const auto lines = lines_of(bytes, separator);
    std::vector<RawRow> rows;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto place = fmt::format("{}, line {}", name, lines[i].number);
        if (lines[i].cells.size() > lines[0].cells.size())
            return bad_input({"the row has {} cells, the head {}", "该行有 {} 个单元格，表头有 {} 个"},
                             lines[i].cells.size(), lines[0].cells.size())
                .at(place)
                .advise({"give each row the columns of the head", "请使各行与表头一致"});
        RawRow row{{}, place};
        for (std::size_t c = 0; c < lines[0].cells.size(); ++c)
            row.cells[lines[0].cells[c]] = c < lines[i].cells.size() ? lines[i].cells[c] : std::string();
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace leaven::indicators
