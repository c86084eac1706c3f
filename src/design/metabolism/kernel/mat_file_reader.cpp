// Reads MAT-files of version 5.

#include <algorithm>
#include <cstring>
#include <limits>

#include <zlib.h>

#include "mat_elements.hpp"
#include "mat_file.hpp"
#include "reading_rules.hpp"
#include "utf8.hpp"

namespace leaven::metabolism {
namespace {

constexpr std::size_t most_unpacked = std::size_t{1} << 30;
constexpr int deepest = 32;
constexpr std::size_t most_dimensions = 32;
constexpr std::size_t most_numbers = std::size_t{1} << 27;  // a full matrix of the largest models

bool is_number(double) { return true; }
bool is_index(double value) { return value >= 0 && value < 0x1p53; }

class MatFileReader {
public:
    MatFileReader(std::string_view bytes, StopFlag stop) : bytes_(bytes), stop_(stop) {}

    Result<std::vector<MatVariable>> run() {
        std::vector<MatVariable> variables;
        MatElements elements(bytes_.substr(mat_header_bytes));
        while (!elements.done()) {
            auto element = elements.next();
            if (!element) return pass(element);
            std::string unpacked;
            if (element->type == mi_compressed) {
                auto inflated = inflate(element->data);
                if (!inflated) return pass(inflated);
                unpacked = *std::move(inflated);
                element = MatElements(unpacked).next();
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
        if (inflateInit(&stream) != Z_OK) return damaged_mat({"there is not memory enough", "内存不足"});
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
        if (code != Z_STREAM_END) return damaged_mat({"the compressed data are damaged", "压缩数据已损坏"});
        out.resize(used);
        return out;
    }

    static Result<Header> header_of(MatElements& parts) {
        const auto damage = [] { return damaged_mat({"the MAT-file is damaged", "MAT 文件已损坏"}); };
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
        const auto values = numbers_of(*sizes, most_dimensions);
        if (!values) return pass(values);
        if (values->size() < 2) return damage();
        for (const double value : *values) {
            if (!is_index(value)) return damage();
            header.sizes.push_back(static_cast<std::int64_t>(value));
            if (value != 0 &&
                header.count > std::numeric_limits<std::int64_t>::max() / static_cast<std::int64_t>(value))
                return damage();
            header.count *= static_cast<std::int64_t>(value);
        }
        return header;
    }

    Result<MatArray> matrix(std::string_view data, std::string* name) {
        constexpr std::size_t marks_between_looks = 1024;
        if (++marks_ > most_marks) return too_many_marks();
        if (marks_ % marks_between_looks == 0 && stopped(stop_)) return cancelled();
        if (data.empty()) return MatArray{};
        if (++depth_ > deepest) return damaged_mat({"arrays are nested more than 32 deep", "数组嵌套超过 32 层"});
        MatElements parts(data);
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

    Status content(const Header& header, MatElements& parts, MatArray& array) {
        if (header.kind == mx_cell) return cells(header, parts, array);
        if (header.kind == mx_struct) return structure(header, parts, array);
        if (header.kind == mx_char) return text(header, parts, array);
        if (header.kind == mx_sparse) return sparse(header, parts, array);
        if (header.kind >= mx_double && header.kind <= mx_uint64) return numbers(header, parts, array);
        return {};
    }

    Status numbers(const Header& header, MatElements& parts, MatArray& array) {
        if (header.complex) return {};
        array.kind = MatArray::Kind::numbers;
        if (header.count == 0) return {};
        numbers_ += static_cast<std::size_t>(header.count);
        if (numbers_ > most_numbers) return too_many_marks();
        const auto element = parts.next();
        if (!element) return pass(element);
        auto values = numbers_of(*element, static_cast<std::size_t>(header.count));
        if (!values) return pass(values);
        if (static_cast<std::int64_t>(values->size()) != header.count) return other_size();
        array.numbers = *std::move(values);
        return {};
    }

    Status text(const Header& header, MatElements& parts, MatArray& array) {
        array.kind = MatArray::Kind::text;
        if (parts.done()) return {};
        numbers_ += static_cast<std::size_t>(header.count);
        if (numbers_ > most_numbers) return too_many_marks();
        const auto element = parts.next();
        if (!element) return pass(element);
        const auto units = static_cast<std::size_t>(header.count);
        auto text = text_of(*element, 2 * units);  // where pairs of units count as one character
        if (!text) return pass(text);
        if (!text->empty() && text->size() < units) return other_size();  // no character takes less than a byte
        array.text = *std::move(text);
        return {};
    }

    Status sparse(const Header& header, MatElements& parts, MatArray& array) {
        array.kind = MatArray::Kind::sparse;
        const auto damage = [] {
            return damaged_mat({"a sparse array of the MAT-file is damaged", "MAT 文件中稀疏数组已损坏"});
        };
        std::vector<double> lists[3];
        for (auto& list : lists) {
            const auto element = parts.next();
            if (!element) return pass(element);
            auto values = numbers_of(*element, most_numbers);
            if (!values) return pass(values);
            if (!std::all_of(values->begin(), values->end(), &list == &lists[2] ? is_number : is_index))
                return damage();
            list = *std::move(values);
        }
        const auto& [rows, starts, entries] = lists;
        if (header.complex || header.sizes.size() != 2 ||
            static_cast<std::int64_t>(starts.size()) != header.sizes[1] + 1)
            return damage();
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

    Status cells(const Header& header, MatElements& parts, MatArray& array) {
        array.kind = MatArray::Kind::cells;
        for (std::int64_t i = 0; i < header.count; ++i) {
            auto cell = member(parts);
            if (!cell) return pass(cell);
            array.cells.push_back(*std::move(cell));
        }
        return {};
    }

    /// Of a structure with more than one element only the size is kept.
    Status structure(const Header& header, MatElements& parts, MatArray& array) {
        const auto damage = [] {
            return damaged_mat({"a structure of the MAT-file is damaged", "MAT 文件中结构体已损坏"});
        };
        const auto length = parts.next();
        if (!length) return pass(length);
        const auto name_size = numbers_of(*length, 1);
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

    Result<MatArray> member(MatElements& parts) {
        const auto element = parts.next();
        if (!element) return pass(element);
        if (element->type != mi_matrix) return damaged_mat({"the MAT-file is damaged", "MAT 文件已损坏"});
        return matrix(element->data, nullptr);
    }

    std::string_view bytes_;
    std::size_t unpacked_ = 0;
    StopFlag stop_;
    std::size_t marks_ = 0;
    std::size_t numbers_ = 0;
    int depth_ = 0;
};

Status check_header(std::string_view bytes) {
    constexpr std::string_view saves{"in MATLAB: save('model.mat', 'model', '-v7')"};
    if (bytes.starts_with("MATLAB 7.3"))
        return bad_input({"this is a MAT-file of version 7.3, which is not read", "这是 7.3 版的 MAT 文件，目前不支持"})
            .advise({"save it as version 7: {}", "请另存为第 7 版：{}"}, saves);
    if (bytes.size() < mat_header_bytes) return damaged_mat({"the MAT-file is cut short", "MAT 文件不完整，被截断"});
    if (bytes.substr(126, 2) == "MI")
        return bad_input({"the MAT-file has its bytes in the order of old machines", "该 MAT 文件为大端字节序"})
            .advise({"save it again: {}", "请重新保存：{}"}, saves);
    if (bytes.substr(126, 2) != "IM") return damaged_mat({"the MAT-file is damaged", "MAT 文件已损坏"});
    return {};
}

}  // namespace

const MatArray* MatArray::field(std::string_view name) const {
    for (const auto& [key, value] : fields)
        if (key == name) return &value;
    return nullptr;
}

bool looks_like_mat(std::string_view bytes) {
    return bytes.starts_with("MATLAB ") && bytes.substr(0, mat_header_bytes).find("MAT-file") != std::string_view::npos;
}

Result<std::vector<MatVariable>> read_mat_file(std::string_view bytes, const std::string& name, StopFlag stop) {
    if (auto status = check_header(bytes); !status) {
        status.error().where = name;
        return pass(status);
    }
    auto variables = MatFileReader(bytes, stop).run();
    if (!variables) variables.error().where = name;
    return variables;
}

}  // namespace leaven::metabolism
