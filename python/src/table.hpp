// Results as Python objects: dictionaries, lists, and tables whose numeric columns are numpy arrays.
//
// Nothing goes through JSON. A table reads from the result, which it keeps alive, when a column or a cell is asked for.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <leaven/op/operation.hpp>

namespace leaven::python {

/// A list of records.
class Table {
public:
    /// The list of objects at that address, which `keep` keeps there.
    Table(const Type& list, const void* at, std::shared_ptr<const void> keep, Lang lang);

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::vector<std::string> names() const;

    /// numpy for numbers (null is NaN, and makes a column of integers one of doubles), a list for the rest.
    pybind11::object column(std::string_view name);

    /// One value; None where null.
    [[nodiscard]] pybind11::object cell(std::size_t row, std::string_view name) const;

private:
    [[nodiscard]] std::size_t find(std::string_view name) const;
    void fill(std::size_t begin, std::size_t end);

    const Type& list_;
    const void* at_;
    std::shared_ptr<const void> keep_;
    Lang lang_;
    std::size_t size_;
    const std::vector<Member>& members_;
    std::vector<pybind11::object> columns_;  // as Python has them, once asked for
};

/// The members of the result as a dictionary. Objects are dictionaries, lists of records are Tables, lists of numbers
/// are numpy arrays.
pybind11::dict members_of(const Outcome& outcome, Lang lang);

}  // namespace leaven::python
