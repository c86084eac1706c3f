#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <leaven/op/show.hpp>

#include "text_table.hpp"

namespace leaven {
namespace {

char32_t next_code_point(std::string_view utf8, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(utf8[at++]);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    char32_t point = more == 3 ? lead & 0x07U : more == 2 ? lead & 0x0FU : lead & 0x1FU;
    for (int i = 0; i < more && at < utf8.size(); ++i)
        point = point << 6 | (static_cast<unsigned char>(utf8[at++]) & 0x3FU);
    return point;
}

/// Unicode TR 11: the blocks that are wide in every terminal.
bool is_wide(char32_t point) {
    return (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) ||
           (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0xFE30 && point <= 0xFE4F) || (point >= 0xFF00 && point <= 0xFF60) ||
           (point >= 0xFFE0 && point <= 0xFFE6) || (point >= 0x1F300 && point <= 0x1F64F) ||
           (point >= 0x20000 && point <= 0x3FFFD);
}

std::string padded(const std::string& cell, int width, bool right) {
    const std::string blanks(static_cast<std::size_t>(std::max(0, width - display_width(cell))), ' ');
    return right ? blanks + cell : cell + blanks;
}

/// At most `width` columns, the end marked where it was cut.
std::string clipped(const std::string& cell, int width) {
    if (display_width(cell) <= width) return cell;
    std::string kept;
    for (std::size_t at = 0; at < cell.size();) {
        const auto from = at;
        next_code_point(cell, at);
        const auto next = kept + cell.substr(from, at - from);
        if (display_width(next) >= width) break;
        kept = next;
    }
    return kept + "…";
}

std::string right_trimmed(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

constexpr int widest_cell = 44;
constexpr int narrowest_cell = 10;
constexpr int gap = 2;

/// Takes from the widest columns what does not fit the page.
void fit(std::vector<int>& widths, int page_width) {
    int total = 0;
    for (const int width : widths) total += width + gap;
    while (total > page_width && widths.size() > 1) {
        const auto widest = std::max_element(widths.begin() + 1, widths.end());  // the first names the row
        if (*widest <= narrowest_cell) return;
        --*widest;
        --total;
    }
}

/// No row has anything to say there: what may be unknown is, every list is empty.
bool is_silent(const FieldInfo& column, const Json& rows) {
    if (!column.nullable && column.kind != Kind::list) return false;
    return std::all_of(rows.begin(), rows.end(), [&](const Json& row) {
        const auto value = row.value(std::string(column.field.name), Json());
        return value.is_null() || (value.is_array() && value.empty());
    });
}

std::string show_table(const TableField& table, const ShowOptions& options) {
    auto columns = columns_of(*table.info);
    std::erase_if(columns, [&](const FieldInfo& column) { return is_silent(column, *table.rows); });
    const auto shown = std::min(options.most_rows, table.rows->size());
    std::vector<std::vector<std::string>> cells(shown + 1);
    std::vector<int> widths;
    for (const auto& column : columns) {
        const std::string name(column.field.name);
        cells[0].push_back(heading(column.field, options.lang));
        for (std::size_t row = 0; row < shown; ++row)
            cells[row + 1].push_back(show_cell((*table.rows)[row].value(name, Json()), options.lang));
        int width = 0;
        for (const auto& row : cells) width = std::max(width, display_width(row.back()));
        widths.push_back(std::min(width, std::max(widest_cell, display_width(cells[0].back()))));
    }
    fit(widths, options.page_width);

    std::string out = fmt::format("{} ({})\n", table.info->field.doc.in(options.lang), table.rows->size());
    for (const auto& row : cells) {
        std::string line;
        for (std::size_t c = 0; c < row.size(); ++c)
            line += "  " + padded(clipped(row[c], widths[c]), widths[c], is_numeric(columns[c]));
        out += right_trimmed(line) + "\n";
    }
    if (shown < table.rows->size())
        out += fmt::format(
            fmt::runtime(
                Doc{"  … {} more: --out FILE.tsv writes all\n", "  … 另有 {} 行：用 --out 文件.tsv 导出全部\n"}.in(
                    options.lang)),
            table.rows->size() - shown);
    return out;
}

bool says_nothing(const ScalarField& scalar) {
    return (scalar.value->is_array() && scalar.value->empty()) || *scalar.value == "";
}

std::string show_scalars(std::vector<ScalarField> scalars, Lang lang) {
    std::erase_if(scalars, says_nothing);
    int width = 0;
    for (const auto& scalar : scalars) width = std::max(width, display_width(scalar.label));
    std::string out;
    for (const auto& [info, value, label] : scalars) {
        const auto unit = show_unit(info->field.unit);
        const bool with_unit = !unit.empty() && value->is_number();
        out += right_trimmed(fmt::format("  {}  {}{}", padded(label, width, false), show_cell(*value, lang),
                                         with_unit ? fmt::format(" {}", unit) : std::string())) +
               "\n";
    }
    return out;
}

/// A cell of a file: numbers to the last digit, lists with ";" between, nothing for null.
std::string plain_cell(const Json& value) {
    if (value.is_null()) return {};
    if (value.is_string()) return value.get<std::string>();
    if (value.is_object()) return value.contains("id") ? plain_cell(value["id"]) : value.dump();
    if (!value.is_array()) return value.dump();
    std::string joined;
    for (const auto& element : value) joined += (joined.empty() ? "" : ";") + plain_cell(element);
    return joined;
}

/// Quoted where the separator, a quote or a line end stands in it (RFC 4180).
std::string quoted(const std::string& cell, char separator) {
    if (cell.find_first_of(std::string("\"\n\r") + separator) == std::string::npos) return cell;
    std::string out = "\"";
    for (const char c : cell) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

}  // namespace

int display_width(std::string_view utf8) {
    int width = 0;
    for (std::size_t at = 0; at < utf8.size();) width += is_wide(next_code_point(utf8, at)) ? 2 : 1;
    return width;
}

std::string show_number(double value, int digits) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
    return fmt::format("{:.{}g}", value == 0 ? 0.0 : value, digits);
}

std::string show(const Operation& operation, const Answer& answer, const ShowOptions& options) {
    const auto result = localize(answer.result, options.lang);
    const auto layout = lay_out(operation.results, result, options.lang);
    std::string out;
    for (const auto& line : answer.headline) out += line.in(options.lang) + "\n";
    if (answer.brief) return out;
    if (!out.empty() && !layout.scalars.empty()) out += "\n";
    out += show_scalars(layout.scalars, options.lang);
    for (const auto& table : layout.tables)
        if (!table.rows->empty()) out += (out.empty() ? "" : "\n") + show_table(table, options);
    return out;
}

std::string separated_values(const std::vector<FieldInfo>& columns, const Json& rows, char separator) {
    std::string out;
    for (const auto& column : columns)
        out += (out.empty() ? "" : std::string(1, separator)) + std::string(column.field.name);
    out += '\n';
    for (const auto& row : rows) {
        std::string line;
        for (const auto& column : columns) {
            if (&column != &columns.front()) line += separator;
            line += quoted(plain_cell(row.value(std::string(column.field.name), Json())), separator);
        }
        out += line + '\n';
    }
    return out;
}

Result<std::string> show_rows(const Operation& operation, const Answer& answer, char separator) {
    const auto layout = lay_out(operation.results, answer.result, Lang::en);
    const TableField* largest = nullptr;
    for (const auto& table : layout.tables)
        if (largest == nullptr || table.rows->size() > largest->rows->size()) largest = &table;
    if (largest == nullptr)
        return bad_input({"the result of {} has no table", "{} 的结果不含表格"}, operation.path())
            .at("out")
            .advise({"write it as .json", "请写成 .json"});

    return separated_values(columns_of(*largest->info), *largest->rows, separator);
}

std::string show_error(const Error& error, Lang lang) {
    const bool zh = lang == Lang::zh;
    const auto sentence = [&](const std::string& text) {
        const bool ended = text.ends_with("?") || text.ends_with("？") || text.ends_with(".") || text.ends_with("。");
        return ended ? text : text + (zh ? "。" : ".");
    };
    std::string place;
    if (!error.where.empty()) place = zh ? fmt::format("（{}）", error.where) : fmt::format(" ({})", error.where);
    auto said = sentence((zh ? "错误：" : "error: ") + error.message.in(lang) + place);
    if (error.hint.empty()) return said;
    return said + sentence((zh ? "建议：" : " Try: ") + error.hint.in(lang));
}

Json error_to_json(const Error& error, Lang lang) {
    return {{"code", name_of(error.code)},
            {"message", error.message.in(lang)},
            {"where", error.where},
            {"hint", error.hint.in(lang)}};
}

}  // namespace leaven
