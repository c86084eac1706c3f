// Walks rows that are made when they are looked at, for tables too long to be kept as structs.
//
//     class Sums {
//     public:
//         using Element = Sum;
//         Sum operator[](std::size_t row) const;  // makes it
//         RowIterator<Sums, Sum> begin() const { return {this, 0}; }
//         RowIterator<Sums, Sum> end() const { return {this, size()}; }
//     };
#pragma once

#include <cstddef>

namespace leaven {

/// An input iterator over `rows[0] …`, each by value. Valid as long as `rows` stays where it is.
template <class Rows, class Row>
class RowIterator {
public:
    using value_type = Row;
    using difference_type = std::ptrdiff_t;
    RowIterator() = default;
    RowIterator(const Rows* rows, std::size_t at) : rows_(rows), at_(at) {}
    Row operator*() const { return (*rows_)[at_]; }
    RowIterator& operator++() {
        ++at_;
        return *this;
    }
    RowIterator operator++(int) { return {rows_, at_++}; }
    bool operator==(const RowIterator&) const = default;

private:
    const Rows* rows_ = nullptr;
    std::size_t at_ = 0;
};

}  // namespace leaven
