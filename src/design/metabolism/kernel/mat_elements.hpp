// The data elements that a MAT-file is made of.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>

static_assert(std::endian::native == std::endian::little, "numbers are copied as the file has them");

namespace leaven::metabolism {

inline constexpr std::size_t mat_header_bytes = 128;

/// Types of data elements.
enum : std::uint32_t {
    mi_int8 = 1,
    mi_uint8 = 2,
    mi_int16 = 3,
    mi_uint16 = 4,
    mi_int32 = 5,
    mi_uint32 = 6,
    mi_single = 7,
    mi_double = 9,
    mi_int64 = 12,
    mi_uint64 = 13,
    mi_matrix = 14,
    mi_compressed = 15,
    mi_utf8 = 16,
    mi_utf16 = 17,
    mi_utf32 = 18,
};

/// Classes of arrays.
enum : std::uint32_t {
    mx_cell = 1,
    mx_struct = 2,
    mx_object = 3,
    mx_char = 4,
    mx_sparse = 5,
    mx_double = 6,
    mx_int32 = 12,
    mx_uint64 = 15,
};

struct MatElement {
    std::uint32_t type = 0;
    std::string_view data;
};

/// The file is not what a program writes.
Failure damaged_mat(Doc what);

/// An array has more or fewer elements than it declares.
Failure other_size();

/// The data elements of a stretch of bytes, one after another.
class MatElements {
public:
    explicit MatElements(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] bool done() const { return rest_.size() < 8; }

    /// Errors  bad_input  damaged or cut short
    Result<MatElement> next();

private:
    [[nodiscard]] std::uint32_t word(std::size_t at) const;

    std::string_view rest_;
};

/// Errors  bad_input  the element holds no numbers, or more than `most`
Result<std::vector<double>> numbers_of(const MatElement& element, std::size_t most);

/// In UTF-8; what no text can hold is replaced. Errors  bad_input  the element holds no text, or more than `most` units
Result<std::string> text_of(const MatElement& element, std::size_t most);

}  // namespace leaven::metabolism
