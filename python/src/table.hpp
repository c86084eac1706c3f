// Results as Python objects: dictionaries, lists, and tables whose numeric columns are numpy arrays.
//
// Nothing goes through JSON. Texts of a table stay where the result has them until a column is asked for.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <leaven/op/operation.hpp>

namespace leaven::python {

/// A list of records, column by column. All columns have `size()` values.
class Table {
public:
    struct Column {
        const FieldInfo* info = nullptr;
        std::vector<double> numbers;         // number; null and what is not known is NaN
        std::vector<std::int64_t> integers;  // integer
        std::vector<std::uint8_t> booleans;  // boolean
        std::vector<std::string> texts;      // string, text
        pybind11::list objects;              // list, object
        std::vector<std::uint8_t> nulls;     // 1 where null; empty where none is
        pybind11::object shown;              // as Python has it, once asked for
    };

    Table(const std::vector<FieldInfo>& fields, std::shared_ptr<const void> keep);

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::vector<std::string> names() const;

    /// numpy for numbers (null is NaN, and makes a column of integers one of doubles), a list for the rest.
    pybind11::object column(std::string_view name);

    /// One value; None where null.
    pybind11::object cell(std::size_t row, std::string_view name);

private:
    friend class TreeBuilder;

    Column& find(std::string_view name);

    std::shared_ptr<const void> keep_;
    std::vector<Column> columns_;
    std::size_t size_ = 0;
};

/// The members of the result as a dictionary. Objects are dictionaries, lists of records are Tables, lists of numbers
/// are numpy arrays. `whole` declares the result, and outlives what comes back.
pybind11::dict members_of(const FieldInfo& whole, const Outcome& outcome, Lang lang);

}  // namespace leaven::python
