#include "mat_fields.hpp"

#include <algorithm>
#include <cmath>

#include "number.hpp"
#include "xml_text.hpp"

namespace leaven::metabolism {
namespace {

using Kind = MatArray::Kind;

/// Whole numbers with every digit, for they are identifiers.
std::string number_as_text(double value) {
    constexpr double exact = 1e15;
    if (std::isnan(value)) return {};
    return std::trunc(value) == value && std::fabs(value) < exact ? fmt::format("{:.0f}", value) : number_text(value);
}

/// Texts in the rows of an array of characters, as old files have them.
Texts rows_of(const MatArray& array) {
    Texts rows(static_cast<std::size_t>(array.rows));
    const auto height = rows.size();
    for (std::size_t i = 0; i < array.text.size(); ++i) rows[i % height] += array.text[i];
    for (auto& row : rows) row = std::string(trimmed(row));
    return rows;
}

}  // namespace

std::string text_of(const MatArray& cell) {
    if (cell.kind == Kind::text) return cell.text;
    if (cell.kind == Kind::numbers && cell.numbers.size() == 1) return number_as_text(cell.numbers[0]);
    std::string out;
    if (cell.kind == Kind::cells)
        for (const auto& inner : cell.cells) {
            const auto part = inner.kind == Kind::text ? trimmed(inner.text) : std::string_view();
            if (!out.empty() && !part.empty()) out += "; ";
            out += part;
        }
    return out;
}

Failure MatFields::fault(std::string_view field, Failure failure) const {
    return std::move(failure).at(fmt::format("{}, {}.{}", name_, variable_, field));
}

Failure MatFields::wrong_size(std::string_view field, std::size_t found, std::size_t expected) const {
    return fault(
        field, bad_input({"the field has {} entries where there are {}", "该字段有 {} 项，应为 {} 项"}, found, expected)
                   .advise({"save the model again", "请重新保存模型"}));
}

Failure MatFields::wrong_kind(std::string_view field) const {
    return fault(field, bad_input({"the field holds something else than is expected", "该字段的内容类型不对"})
                            .advise({"save the model again", "请重新保存模型"}));
}

const MatArray* MatFields::use(std::string_view field) {
    used_.emplace(field);
    return find(field);
}

bool MatFields::was_used(std::string_view field) const { return used_.contains(std::string(field)); }

std::size_t MatFields::size_of(std::string_view field) const {
    const auto* array = find(field);
    if (array == nullptr) return 0;
    if (array->kind == Kind::cells) return array->cells.size();
    return array->kind == Kind::text && !array->text.empty() ? static_cast<std::size_t>(array->rows) : 0;
}

std::string MatFields::text(std::string_view field) {
    const auto* array = use(field);
    return array == nullptr ? std::string() : text_of(*array);
}

Result<Texts> MatFields::texts(std::string_view field, std::size_t count) {
    const auto* array = use(field);
    if (array == nullptr) return Texts(count);
    Texts out;
    if (array->kind == Kind::cells)
        for (const auto& cell : array->cells) out.push_back(text_of(cell));
    else if (array->kind == Kind::text && array->rows > 1 &&
             array->text.size() == static_cast<std::size_t>(array->rows * array->columns))
        out = rows_of(*array);
    else if (array->kind == Kind::text && !array->text.empty())
        out = {array->text};
    else if (array->kind == Kind::numbers)
        for (const double value : array->numbers) out.push_back(number_as_text(value));
    else if (array->kind == Kind::sparse || array->kind == Kind::structure)
        return wrong_kind(field);
    if (out.size() != count) return wrong_size(field, out.size(), count);
    return out;
}

Result<std::vector<double>> MatFields::numbers(std::string_view field, std::size_t count) {
    const auto* array = use(field);
    if (array == nullptr) return std::vector<double>();
    std::vector<double> out;
    if (array->kind == Kind::numbers) {
        out = array->numbers;
    } else if (array->kind == Kind::sparse && array->columns == 1) {
        if (static_cast<std::size_t>(array->rows) != count)
            return wrong_size(field, static_cast<std::size_t>(array->rows), count);
        out.assign(count, 0);
        for (std::size_t i = 0; i < array->numbers.size(); ++i) out[array->row_of[i]] = array->numbers[i];
    } else if (array->kind == Kind::cells) {
        for (const auto& cell : array->cells)
            out.push_back(cell.kind == Kind::numbers && cell.numbers.size() == 1 ? cell.numbers[0] : std::nan(""));
    } else {
        return wrong_kind(field);
    }
    if (out.empty()) return out;
    if (out.size() != count) return wrong_size(field, out.size(), count);
    return out;
}

}  // namespace leaven::metabolism
