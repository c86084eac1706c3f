#include "mat_elements.hpp"

#include <algorithm>
#include <cstring>

#include "utf8.hpp"

namespace leaven::metabolism {
namespace {

template <class T>
Result<std::vector<double>> numbers_as(std::string_view data, std::size_t most) {
    if (data.size() / sizeof(T) > most) return other_size();
    std::vector<double> out;
    out.reserve(data.size() / sizeof(T));
    for (std::size_t at = 0; at + sizeof(T) <= data.size(); at += sizeof(T)) {
        T value{};
        std::memcpy(&value, data.data() + at, sizeof value);
        out.push_back(static_cast<double>(value));
    }
    return out;
}

}  // namespace

Failure damaged_mat(Doc what) { return bad_input(what).advise({"save the file again", "请重新保存该文件"}); }

Failure other_size() {
    return damaged_mat({"an array of the MAT-file has another size than it says", "MAT 文件中数组大小不符"});
}

Result<MatElement> MatElements::next() {
    if (done()) return damaged_mat({"the MAT-file is cut short", "MAT 文件不完整，被截断"});
    const auto first = word(0);
    if (first >> 16U != 0) {  // a small element: type, size and data in eight bytes
        const auto size = first >> 16U;
        if (size > 4) return damaged_mat({"the MAT-file is damaged", "MAT 文件已损坏"});
        MatElement element{first & 0xFFFFU, rest_.substr(4, size)};
        rest_.remove_prefix(8);
        return element;
    }
    const std::size_t size = word(4);
    if (size > rest_.size() - 8) return damaged_mat({"the MAT-file is cut short", "MAT 文件不完整，被截断"});
    MatElement element{first, rest_.substr(8, size)};
    const auto padded = first == mi_compressed ? size : (size + 7) / 8 * 8;
    rest_.remove_prefix(std::min(8 + padded, rest_.size()));
    return element;
}

std::uint32_t MatElements::word(std::size_t at) const {
    std::uint32_t value = 0;
    std::memcpy(&value, rest_.data() + at, sizeof value);
    return value;
}

Result<std::vector<double>> numbers_of(const MatElement& element, std::size_t most) {
    switch (element.type) {
        case mi_int8:
            return numbers_as<std::int8_t>(element.data, most);
        case mi_uint8:
            return numbers_as<std::uint8_t>(element.data, most);
        case mi_int16:
            return numbers_as<std::int16_t>(element.data, most);
        case mi_uint16:
            return numbers_as<std::uint16_t>(element.data, most);
        case mi_int32:
            return numbers_as<std::int32_t>(element.data, most);
        case mi_uint32:
            return numbers_as<std::uint32_t>(element.data, most);
        case mi_single:
            return numbers_as<float>(element.data, most);
        case mi_double:
            return numbers_as<double>(element.data, most);
        case mi_int64:
            return numbers_as<std::int64_t>(element.data, most);
        case mi_uint64:
            return numbers_as<std::uint64_t>(element.data, most);
        default:
            return damaged_mat({"numbers of an unknown type in the MAT-file", "MAT 文件中有未知类型的数"});
    }
}

Result<std::string> text_of(const MatElement& element, std::size_t most) {
    if (element.type == mi_utf8 || element.type == mi_int8) return xml_text(element.data);
    const auto units =
        element.type == mi_utf16 || element.type == mi_utf32
            ? numbers_of({element.type == mi_utf16 ? std::uint32_t{mi_uint16} : std::uint32_t{mi_uint32}, element.data},
                         most)
            : numbers_of(element, most);
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

}  // namespace leaven::metabolism
