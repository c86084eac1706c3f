#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/op/answer.hpp>
#include <leaven/op/json.hpp>
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

    std::string out = fmt::format("{} ({})\n", table.info->field.doc.in(options.lang), table.total);
    for (const auto& row : cells) {
        std::string line;
        for (std::size_t c = 0; c < row.size(); ++c)
            line += "  " + padded(clipped(row[c], widths[c]), widths[c], is_numeric(columns[c]));
        out += right_trimmed(line) + "\n";
    }
    if (shown < table.total)
        out += fmt::format(
            fmt::runtime(
                Doc{"  … {} more: --out FILE.tsv writes all\n", "  … 另有 {} 行：用 --out 文件.tsv 导出全部\n"}.in(
                    options.lang)),
            table.total - shown);
    return out;
}

bool says_nothing(const ScalarField& scalar) {
    return (scalar.value->is_array() && scalar.value->empty()) || *scalar.value == "";
}

/// Of a long list its beginning, and how many follow.
std::string show_scalar(const Json& value, const ShowOptions& options) {
    if (!value.is_array() || value.size() <= options.most_rows) return show_cell(value, options.lang);
    const Json first(Json::array_t(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(options.most_rows)));
    return show_cell(first, options.lang) +
           fmt::format(
               fmt::runtime(
                   Doc{" … {} more: --out FILE.json writes all", " … 另有 {} 个：用 --out 文件.json 导出全部"}.in(
                       options.lang)),
               value.size() - options.most_rows);
}

std::string show_scalars(std::vector<ScalarField> scalars, const ShowOptions& options) {
    std::erase_if(scalars, says_nothing);
    int width = 0;
    for (const auto& scalar : scalars) width = std::max(width, display_width(scalar.label));
    std::string out;
    for (const auto& [info, value, label] : scalars) {
        const auto unit = show_unit(info->field.unit);
        const bool with_unit = !unit.empty() && value->is_number();
        out += right_trimmed(fmt::format("  {}  {}{}", padded(label, width, false), show_scalar(*value, options),
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

std::string header_of(const std::vector<FieldInfo>& columns, char separator) {
    std::string out;
    for (const auto& column : columns)
        out += (out.empty() ? "" : std::string(1, separator)) + std::string(column.field.name);
    return out + '\n';
}

void append_row(std::string& out, const std::vector<FieldInfo>& columns, const Json& row, char separator) {
    for (const auto& column : columns) {
        if (&column != &columns.front()) out += separator;
        const auto cell = row.find(std::string(column.field.name));
        if (cell != row.end()) out += quoted(plain_cell(*cell), separator);
    }
    out += '\n';
}

/// Lines after the first, one step further in.
std::string nested(const std::string& json, const std::string& line) {
    if (line.empty()) return json;
    std::string out;
    for (const char c : json) out += c == '\n' ? line : std::string(1, c);
    return out;
}

/// One element a line where lines are asked for.
void append_list(std::string& out, const LongList& list, Lang lang, const std::string& line) {
    const auto inner = line.empty() ? line : line + line.substr(1);
    out += '[';
    for (std::size_t i = 0; i < list.size; ++i) {
        out += (i > 0 ? "," : "") + inner;
        out += localize(list.element(i), lang).dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    out += line + ']';
}

}  // namespace

std::string clipped(const std::string& text, int width) {
    if (display_width(text) <= width) return text;
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
        const auto from = at;
        next_code_point(text, at);
        const auto next = kept + text.substr(from, at - from);
        if (display_width(next) >= width) break;
        kept = next;
    }
    return kept + "…";
}

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
    const auto result = with_first_rows(answer, options.lang, options.most_rows);
    const auto layout = lay_out(operation.results, result, options.lang, answer.long_lists);
    std::string out;
    for (const auto& line : answer.headline) out += line.in(options.lang) + "\n";
    if (answer.brief) return out;
    if (!out.empty() && !layout.scalars.empty()) out += "\n";
    out += show_scalars(layout.scalars, options);
    for (const auto& table : layout.tables)
        if (!table.rows->empty()) out += (out.empty() ? "" : "\n") + show_table(table, options);
    return out;
}

std::string separated_values(const std::vector<FieldInfo>& columns, const Json& rows, char separator) {
    auto out = header_of(columns, separator);
    for (const auto& row : rows) append_row(out, columns, row, separator);
    return out;
}

Result<std::string> show_rows(const Operation& operation, const Answer& answer, char separator) {
    const auto layout = lay_out(operation.results, answer.result, Lang::en, answer.long_lists);
    const TableField* largest = nullptr;
    for (const auto& table : layout.tables)
        if (largest == nullptr || table.total > largest->total) largest = &table;
    if (largest == nullptr)
        return bad_input({"the result of {} has no table", "{} 的结果不含表格"}, operation.path())
            .at("out")
            .advise({"write it as .json", "请写成 .json"});

    const auto columns = columns_of(*largest->info);
    if (largest->long_list == nullptr) return separated_values(columns, *largest->rows, separator);
    auto out = header_of(columns, separator);
    for (std::size_t i = 0; i < largest->total; ++i)
        append_row(out, columns, largest->long_list->element(i), separator);
    return out;
}

std::string show_json(const Answer& answer, Lang lang, int indent) {
    const auto result = localize(answer.result, lang);
    const auto dump = [&](const Json& json) { return json.dump(indent, ' ', false, Json::error_handler_t::replace); };
    if (answer.long_lists.empty()) return dump(result) + "\n";
    const std::string line = indent < 0 ? "" : "\n" + std::string(static_cast<std::size_t>(indent), ' ');
    std::string out = "{";
    for (const auto& item : result.items()) {
        if (out.size() > 1) out += ',';
        out += line + Json(item.key()).dump() + (indent < 0 ? ":" : ": ");
        const auto list = std::find_if(answer.long_lists.begin(), answer.long_lists.end(),
                                       [&](const LongList& one) { return one.name == item.key(); });
        if (list == answer.long_lists.end())
            out += nested(dump(item.value()), line);
        else
            append_list(out, *list, lang, line);
    }
    return out + (indent < 0 ? "}\n" : "\n}\n");
}

namespace {

bool is_one_of(std::string_view ending, std::string_view endings) {
    return ending.size() > 1 && ending.find('|') == std::string_view::npos &&
           fmt::format("|{}|", endings).find(fmt::format("|{}|", ending)) != std::string::npos;
}

}  // namespace

bool can_write(const Operation& operation, std::string_view ending) {
    return is_one_of(ending, ".json|.csv|.tsv|.html") || is_one_of(ending, operation.endings);
}

Result<std::string> written_as(const Operation& operation, const Answer& answer, std::string_view ending, Lang lang) {
    if (is_one_of(ending, operation.endings)) return answer.file(ending, lang);
    if (ending == ".tsv") return show_rows(operation, answer, '\t');
    if (ending == ".csv") return show_rows(operation, answer, ',');
    if (ending == ".html") return show_page(operation, answer, lang);
    return show_json(answer, lang, 2);
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
