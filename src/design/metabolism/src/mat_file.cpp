#include "mat_file.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include <zlib.h>

#include "reading_rules.hpp"
#include "utf8.hpp"

static_assert(std::endian::native == std::endian::little, "numbers are copied as the file has them");

namespace leaven::metabolism {
namespace {

constexpr std::size_t header_bytes = 128;
constexpr std::size_t most_unpacked = std::size_t{1} << 30;
constexpr int deepest = 32;
constexpr std::size_t most_numbers = std::size_t{1} << 27;  // a full matrix of the largest models

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

Failure damaged(Doc what) { return bad_input(what).advise({"save the file again", "请重新保存该文件"}); }

struct Element {
    std::uint32_t type = 0;
    std::string_view data;
};

/// The data elements of a stretch of bytes, one after another.
class Elements {
public:
    explicit Elements(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] bool done() const { return rest_.size() < 8; }

    Result<Element> next() {
        if (done()) return damaged({"the MAT-file is cut short", "MAT 文件不完整，被截断"});
        const auto first = word(0);
        if (first >> 16U != 0) {  // a small element: type, size and data in eight bytes
            const auto size = first >> 16U;
            if (size > 4) return damaged({"the MAT-file is damaged", "MAT 文件已损坏"});
            Element element{first & 0xFFFFU, rest_.substr(4, size)};
            rest_.remove_prefix(8);
            return element;
        }
        const std::size_t size = word(4);
        if (size > rest_.size() - 8) return damaged({"the MAT-file is cut short", "MAT 文件不完整，被截断"});
        Element element{first, rest_.substr(8, size)};
        const auto padded = first == mi_compressed ? size : (size + 7) / 8 * 8;
        rest_.remove_prefix(std::min(8 + padded, rest_.size()));
        return element;
    }

private:
    [[nodiscard]] std::uint32_t word(std::size_t at) const {
        std::uint32_t value = 0;
        std::memcpy(&value, rest_.data() + at, sizeof value);
        return value;
    }

    std::string_view rest_;
};

template <class T>
void append_as(std::string_view data, std::vector<double>& out) {
    for (std::size_t at = 0; at + sizeof(T) <= data.size(); at += sizeof(T)) {
        T value{};
        std::memcpy(&value, data.data() + at, sizeof value);
        out.push_back(static_cast<double>(value));
    }
}

Result<std::vector<double>> numbers_of(const Element& element) {
    std::vector<double> out;
    switch (element.type) {
        case mi_int8:
            append_as<std::int8_t>(element.data, out);
            return out;
        case mi_uint8:
            append_as<std::uint8_t>(element.data, out);
            return out;
        case mi_int16:
            append_as<std::int16_t>(element.data, out);
            return out;
        case mi_uint16:
            append_as<std::uint16_t>(element.data, out);
            return out;
        case mi_int32:
            append_as<std::int32_t>(element.data, out);
            return out;
        case mi_uint32:
            append_as<std::uint32_t>(element.data, out);
            return out;
        case mi_single:
            append_as<float>(element.data, out);
            return out;
        case mi_double:
            append_as<double>(element.data, out);
            return out;
        case mi_int64:
            append_as<std::int64_t>(element.data, out);
            return out;
        case mi_uint64:
            append_as<std::uint64_t>(element.data, out);
            return out;
        default:
            return damaged({"numbers of an unknown type in the MAT-file", "MAT 文件中有未知类型的数"});
    }
}

Result<std::string> text_of(const Element& element) {
    if (element.type == mi_utf8 || element.type == mi_int8) return xml_text(element.data);
    const auto units =
        element.type == mi_utf16 || element.type == mi_utf32
            ? numbers_of({element.type == mi_utf16 ? std::uint32_t{mi_uint16} : std::uint32_t{mi_uint32}, element.data})
            : numbers_of(element);
    if (!units) return pass(units);
    std::string out;
    for (std::size_t i = 0; i < units->size(); ++i) {
        auto code = static_cast<std::uint64_t>(std::clamp((*units)[i], 0.0, 4e9));
        const bool high = code >= 0xD800 && code < 0xDC00 && i + 1 < units->size();
        if (high) {
            const auto low = static_cast<std::uint64_t>(std::clamp((*units)[i + 1], 0.0, 4e9));
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
                ++i;
            }
        }
        const bool sound = is_unicode_scalar(code) && is_xml_character(static_cast<std::uint32_t>(code));
        append_utf8(out, sound ? static_cast<std::uint32_t>(code) : replacement_character);
    }
    return out;
}

class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    Result<std::vector<MatVariable>> run() {
        std::vector<MatVariable> variables;
        Elements elements(bytes_.substr(header_bytes));
        while (!elements.done()) {
            auto element = elements.next();
            if (!element) return pass(element);
            std::string unpacked;
            if (element->type == mi_compressed) {
                auto inflated = inflate(element->data);
                if (!inflated) return pass(inflated);
                unpacked = *std::move(inflated);
                element = Elements(unpacked).next();
                if (!element) return pass(element);
            }
            if (element->type != mi_matrix) continue;
            MatVariable variable;
            auto value = matrix(element->data, &variable.name);
            if (!value) return pass(value);
            variable.value = *std::move(value);
            variables.push_back(std::move(variable));
        }
        return variables;
    }

private:
    struct Header {
        std::uint32_t kind = 0;
        bool complex = false;
        std::size_t most_entries = 0;  // of a sparse matrix
        std::vector<std::int64_t> sizes;
        std::int64_t count = 1;
    };

    Result<std::string> inflate(std::string_view packed) {
        z_stream stream{};
        if (inflateInit(&stream) != Z_OK) return damaged({"there is not memory enough", "内存不足"});
        stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(packed.data()));  // zlib reads only
        stream.avail_in = static_cast<uInt>(packed.size());
        std::string out(std::min(std::max<std::size_t>(packed.size() * 8, 4096), most_unpacked), '\0');
        std::size_t used = 0;
        int code = Z_OK;
        while (code == Z_OK) {
            if (used == out.size()) out.resize(std::min(out.size() * 2, most_unpacked + 1));
            const auto room = std::min<std::size_t>(out.size() - used, std::numeric_limits<uInt>::max());
            stream.next_out = reinterpret_cast<Bytef*>(out.data() + used);
            stream.avail_out = static_cast<uInt>(room);
            code = ::inflate(&stream, Z_NO_FLUSH);
            used += room - stream.avail_out;
            if (unpacked_ + used > most_unpacked) break;
            if (code == Z_OK && stream.avail_in == 0 && stream.avail_out != 0) break;
        }
        inflateEnd(&stream);
        unpacked_ += used;
        if (unpacked_ > most_unpacked)
            return bad_input({"it unpacks to more than {} bytes", "解压后超过 {} 字节"}, most_unpacked)
                .advise({"check that this is a model", "请确认这是模型文件"});
        if (code != Z_STREAM_END) return damaged({"the compressed data are damaged", "压缩数据已损坏"});
        out.resize(used);
        return out;
    }

    static Result<Header> header_of(Elements& parts) {
        const auto damage = [] { return damaged({"the MAT-file is damaged", "MAT 文件已损坏"}); };
        Header header;
        const auto flags = parts.next();
        if (!flags) return pass(flags);
        if (flags->type != mi_uint32 || flags->data.size() < 8) return damage();
        std::uint32_t words[2];
        std::memcpy(words, flags->data.data(), sizeof words);
        header.kind = words[0] & 0xFFU;
        header.complex = (words[0] & 0x800U) != 0;
        header.most_entries = words[1];
        const auto sizes = parts.next();
        if (!sizes) return pass(sizes);
        if (sizes->type != mi_int32) return damage();
        const auto values = numbers_of(*sizes);
        if (!values) return pass(values);
        if (values->size() < 2 || values->size() > 32) return damage();
        for (const double value : *values) {
            if (value < 0) return damage();
            header.sizes.push_back(static_cast<std::int64_t>(value));
            if (value != 0 &&
                header.count > std::numeric_limits<std::int64_t>::max() / static_cast<std::int64_t>(value))
                return damage();
            header.count *= static_cast<std::int64_t>(value);
        }
        return header;
    }

    Result<MatArray> matrix(std::string_view data, std::string* name) {
        if (++marks_ > most_marks) return too_many_marks();
        if (data.empty()) return MatArray{};
        if (++depth_ > deepest) return damaged({"arrays are nested more than 32 deep", "数组嵌套超过 32 层"});
        Elements parts(data);
        auto header = header_of(parts);
        if (!header) return pass(header);
        const auto own_name = parts.next();
        if (!own_name) return pass(own_name);
        if (name != nullptr) *name = xml_text(own_name->data);
        MatArray array;
        array.rows = header->sizes[0];
        array.columns = array.rows == 0 ? 0 : header->count / array.rows;
        auto status = content(*header, parts, array);
        --depth_;
        if (!status) return pass(status);
        return array;
    }

    Status content(const Header& header, Elements& parts, MatArray& array) {
        if (header.kind == mx_cell) return cells(header, parts, array);
        if (header.kind == mx_struct) return structure(header, parts, array);
        if (header.kind == mx_char) return text(parts, array);
        if (header.kind == mx_sparse) return sparse(header, parts, array);
        if (header.kind >= mx_double && header.kind <= mx_uint64) return numbers(header, parts, array);
        return {};
    }

    Status numbers(const Header& header, Elements& parts, MatArray& array) {
        if (header.complex) return {};
        array.kind = MatArray::Kind::numbers;
        if (header.count == 0) return {};
        numbers_ += static_cast<std::size_t>(header.count);
        if (numbers_ > most_numbers) return too_many_marks();
        const auto element = parts.next();
        if (!element) return pass(element);
        auto values = numbers_of(*element);
        if (!values) return pass(values);
        if (static_cast<std::int64_t>(values->size()) != header.count)
            return damaged({"an array of the MAT-file has another size than it says", "MAT 文件中数组大小不符"});
        array.numbers = *std::move(values);
        return {};
    }

    Status text(Elements& parts, MatArray& array) {
        array.kind = MatArray::Kind::text;
        if (parts.done()) return {};
        const auto element = parts.next();
        if (!element) return pass(element);
        auto text = text_of(*element);
        if (!text) return pass(text);
        array.text = *std::move(text);
        return {};
    }

    Status sparse(const Header& header, Elements& parts, MatArray& array) {
        array.kind = MatArray::Kind::sparse;
        const auto damage = [] {
            return damaged({"a sparse array of the MAT-file is damaged", "MAT 文件中稀疏数组已损坏"});
        };
        std::vector<double> lists[3];
        for (auto& list : lists) {
            const auto element = parts.next();
            if (!element) return pass(element);
            auto values = numbers_of(*element);
            if (!values) return pass(values);
            list = *std::move(values);
        }
        const auto& [rows, starts, entries] = lists;
        if (header.complex || static_cast<std::int64_t>(starts.size()) != header.sizes[1] + 1) return damage();
        for (const double start : starts) array.starts.push_back(static_cast<std::int64_t>(start));
        const auto size = static_cast<std::size_t>(std::max<std::int64_t>(array.starts.back(), 0));
        if (array.starts.front() != 0 || !std::is_sorted(array.starts.begin(), array.starts.end()) ||
            size > rows.size() || size > entries.size())
            return damage();
        for (std::size_t i = 0; i < size; ++i) {
            array.row_of.push_back(static_cast<std::int64_t>(rows[i]));
            if (array.row_of.back() < 0 || array.row_of.back() >= header.sizes[0]) return damage();
        }
        array.numbers.assign(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(size));
        numbers_ += size;
        return numbers_ > most_numbers ? Status(too_many_marks()) : Status();
    }

    Status cells(const Header& header, Elements& parts, MatArray& array) {
        array.kind = MatArray::Kind::cells;
        for (std::int64_t i = 0; i < header.count; ++i) {
            auto cell = member(parts);
            if (!cell) return pass(cell);
            array.cells.push_back(*std::move(cell));
        }
        return {};
    }

    /// Of a structure with more than one element only the size is kept.
    Status structure(const Header& header, Elements& parts, MatArray& array) {
        const auto damage = [] {
            return damaged({"a structure of the MAT-file is damaged", "MAT 文件中结构体已损坏"});
        };
        const auto length = parts.next();
        if (!length) return pass(length);
        const auto name_size = numbers_of(*length);
        if (!name_size) return pass(name_size);
        const auto names = parts.next();
        if (!names) return pass(names);
        if (name_size->size() != 1 || (*name_size)[0] < 1 || (*name_size)[0] > 4096) return damage();
        const auto size = static_cast<std::size_t>((*name_size)[0]);
        array.kind = MatArray::Kind::structure;
        if (header.count != 1) return {};
        for (std::size_t at = 0; at + size <= names->data.size(); at += size) {
            const auto name = names->data.substr(at, size);
            auto value = member(parts);
            if (!value) return pass(value);
            array.fields.emplace_back(xml_text(name.substr(0, name.find('\0'))), *std::move(value));
        }
        return {};
    }

    Result<MatArray> member(Elements& parts) {
        const auto element = parts.next();
        if (!element) return pass(element);
        if (element->type != mi_matrix) return damaged({"the MAT-file is damaged", "MAT 文件已损坏"});
        return matrix(element->data, nullptr);
    }

    std::string_view bytes_;
    std::size_t unpacked_ = 0;
    std::size_t marks_ = 0;
    std::size_t numbers_ = 0;
    int depth_ = 0;
};

Status check_header(std::string_view bytes) {
    constexpr std::string_view saves{"in MATLAB: save('model.mat', 'model', '-v7')"};
    if (bytes.starts_with("MATLAB 7.3"))
        return bad_input({"this is a MAT-file of version 7.3, which is not read", "这是 7.3 版的 MAT 文件，目前不支持"})
            .advise({"save it as version 7: {}", "请另存为第 7 版：{}"}, saves);
    if (bytes.size() < header_bytes) return damaged({"the MAT-file is cut short", "MAT 文件不完整，被截断"});
    if (bytes.substr(126, 2) == "MI")
        return bad_input({"the MAT-file has its bytes in the order of old machines", "该 MAT 文件为大端字节序"})
            .advise({"save it again: {}", "请重新保存：{}"}, saves);
    if (bytes.substr(126, 2) != "IM") return damaged({"the MAT-file is damaged", "MAT 文件已损坏"});
    return {};
}

// ---- writing --------------------------------------------------------------------------------------------------------

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

const MatArray* MatArray::field(std::string_view name) const {
    for (const auto& [key, value] : fields)
        if (key == name) return &value;
    return nullptr;
}

bool looks_like_mat(std::string_view bytes) {
    return bytes.starts_with("MATLAB ") && bytes.substr(0, header_bytes).find("MAT-file") != std::string_view::npos;
}

Result<std::vector<MatVariable>> read_mat_file(std::string_view bytes, const std::string& name) {
    if (auto status = check_header(bytes); !status) {
        status.error().where = name;
        return pass(status);
    }
    auto variables = Reader(bytes).run();
    if (!variables) variables.error().where = name;
    return variables;
}

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
