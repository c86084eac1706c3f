// Writes MAT-files of version 5.

#include <algorithm>

#include <zlib.h>

#include "mat_elements.hpp"
#include "mat_file.hpp"
#include "utf8.hpp"

namespace leaven::metabolism {
namespace {

void append_word(std::string& out, std::uint32_t word) {
    out.append(reinterpret_cast<const char*>(&word), sizeof word);
}

void append_element(std::string& out, std::uint32_t type, std::string_view data) {
    append_word(out, type);
    append_word(out, static_cast<std::uint32_t>(data.size()));
    out += data;
    out.append((8 - data.size() % 8) % 8, '\0');
}

template <class T>
std::string_view bytes_of(const std::vector<T>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

std::vector<std::uint16_t> utf16_of(std::string_view text) {
    std::vector<std::uint16_t> units;
    while (!text.empty()) {
        const auto next = first_code_point(text).value_or(CodePoint{replacement_character, 1});
        if (next.value >= 0x10000) {
            units.push_back(static_cast<std::uint16_t>(0xD800U + ((next.value - 0x10000U) >> 10U)));
            units.push_back(static_cast<std::uint16_t>(0xDC00U + ((next.value - 0x10000U) & 0x3FFU)));
        } else {
            units.push_back(static_cast<std::uint16_t>(next.value));
        }
        text.remove_prefix(next.bytes);
    }
    return units;
}

void append_head(std::string& out, std::uint32_t kind, std::int64_t rows, std::int64_t columns, std::string_view name,
                 std::size_t most_entries = 0) {
    const std::vector<std::uint32_t> flags{kind, static_cast<std::uint32_t>(most_entries)};
    append_element(out, mi_uint32, bytes_of(flags));
    const std::vector<std::int32_t> sizes{static_cast<std::int32_t>(rows), static_cast<std::int32_t>(columns)};
    append_element(out, mi_int32, bytes_of(sizes));
    append_element(out, mi_int8, name);
}

std::string matrix_of(const MatArray& array, std::string_view name);

void append_structure(std::string& out, const MatArray& array) {
    constexpr std::size_t name_size = 64;
    const std::vector<std::int32_t> size{name_size};
    append_element(out, mi_int32, bytes_of(size));
    std::string names;
    for (const auto& [name, value] : array.fields) {
        names += name.substr(0, name_size - 1);
        names.resize((names.size() / name_size + 1) * name_size, '\0');
    }
    append_element(out, mi_int8, names);
    for (const auto& [name, value] : array.fields) append_element(out, mi_matrix, matrix_of(value, {}));
}

void append_sparse(std::string& out, const MatArray& array) {
    const std::vector<std::int32_t> rows(array.row_of.begin(), array.row_of.end());
    const std::vector<std::int32_t> starts(array.starts.begin(), array.starts.end());
    append_element(out, mi_int32, bytes_of(rows));
    append_element(out, mi_int32, bytes_of(starts));
    append_element(out, mi_double, bytes_of(array.numbers));
}

std::string matrix_of(const MatArray& array, std::string_view name) {
    std::string out;
    switch (array.kind) {
        case MatArray::Kind::text: {
            const auto units = utf16_of(array.text);
            const auto size = static_cast<std::int64_t>(units.size());
            const bool upright = array.rows > 1 && array.rows == size;  // a column of letters
            append_head(out, mx_char, upright ? size : size == 0 ? 0 : 1, upright ? 1 : size, name);
            append_element(out, mi_utf16, bytes_of(units));
            break;
        }
        case MatArray::Kind::cells:
            append_head(out, mx_cell, array.rows, array.columns, name);
            for (const auto& cell : array.cells) append_element(out, mi_matrix, matrix_of(cell, {}));
            break;
        case MatArray::Kind::structure:
            append_head(out, mx_struct, 1, 1, name);
            append_structure(out, array);
            break;
        case MatArray::Kind::sparse:
            append_head(out, mx_sparse, array.rows, array.columns, name,
                        std::max<std::size_t>(1, array.numbers.size()));
            append_sparse(out, array);
            break;
        default:
            append_head(out, array.whole ? mx_int32 : mx_double, array.rows, array.columns, name);
            if (array.whole)
                append_element(out, mi_int32,
                               bytes_of(std::vector<std::int32_t>(array.numbers.begin(), array.numbers.end())));
            else
                append_element(out, mi_double, bytes_of(array.numbers));
    }
    return out;
}

}  // namespace

std::string write_mat_file(const MatVariable& variable) {
    std::string out = "MATLAB 5.0 MAT-file, written by Leaven";
    out.resize(116, ' ');
    out.append(8, '\0');
    out += std::string_view("\x00\x01IM", 4);
    std::string plain;
    append_element(plain, mi_matrix, matrix_of(variable.value, variable.name));
    uLongf size = compressBound(static_cast<uLong>(plain.size()));
    std::string packed(size, '\0');
    compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(plain.data()),
              static_cast<uLong>(plain.size()), Z_DEFAULT_COMPRESSION);
    append_word(out, mi_compressed);
    append_word(out, static_cast<std::uint32_t>(size));
    out.append(packed, 0, size);
    return out;
}

}  // namespace leaven::metabolism
