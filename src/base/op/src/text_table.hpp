// Cells and tables as both the terminal and the page show them.
#pragma once

#include <string>
#include <vector>

#include <leaven/op/answer.hpp>
#include <leaven/op/described.hpp>
#include <leaven/op/operation.hpp>

namespace leaven {

/// One value in a cell: numbers to six digits, lists joined, null as a dash.
std::string show_cell(const Json& value, Lang lang);

/// A UCUM unit as people write it: "mmol/g{DW}/h" is mmol/gDW/h. Empty for "1".
std::string show_unit(std::string_view ucum);

/// Column heading: the label in the language, with the unit in brackets where it has one.
std::string heading(const Field& field, Lang lang);

/// Is the column read from the right, as numbers are?
bool is_numeric(const FieldInfo& info);

/// A field of the result that is a table: a list of objects. `path` leads to it from the result.
struct TableField {
    const FieldInfo* info;
    const Json* rows;
    std::string path;
    std::size_t total = 0;                // rows in all: `rows` may hold the first of a long list
    const LongList* long_list = nullptr;  // that they are of
};

/// A single value, or a list of plain values.
struct ScalarField {
    const FieldInfo* info;
    const Json* value;
    std::string label;  // in the chosen language, the labels of enclosing objects before it
};

/// The columns of a table: its fields that fit a cell. Objects within rows are in the JSON alone.
std::vector<FieldInfo> columns_of(const FieldInfo& table);

/// Walks a result in order of description and sorts its fields into single values and tables.
struct Layout {
    std::vector<ScalarField> scalars;
    std::vector<TableField> tables;
};
Layout lay_out(const std::vector<FieldInfo>& fields, const Json& result, Lang lang,
               const std::vector<LongList>& long_lists = {});

/// The result in one language, with the first `most` elements of each long list.
Json with_first_rows(const Answer& answer, Lang lang, std::size_t most);

}  // namespace leaven
