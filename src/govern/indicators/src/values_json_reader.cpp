#include <algorithm>

#include <fmt/core.h>

#include <leaven/op/json.hpp>

#include "rows.hpp"

namespace leaven::indicators {
namespace {

std::string cell_of(const Json& value) {
    if (value.is_null()) return {};
    return value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Result<std::vector<RawRow>> json_rows(const std::string& bytes, const std::string& name) {
    Json json;
    try {
        json = parse_json(bytes);
    } catch (const Json::parse_error& error) {
        const auto before = bytes.substr(0, error.byte == 0 ? 0 : error.byte - 1);
        return bad_input({"this is not JSON", "不是有效的 JSON"})
            .at(fmt::format("{}, line {}, column {}", name, 1 + std::count(before.begin(), before.end(), '\n'),
                            before.size() - (before.rfind('\n') + 1) + 1))
            .advise({"write an array of objects", "请写成对象数组"});
    }
    std::vector<RawRow> rows;
    if (!json.is_array())
        return bad_input({"expected an array of objects", "应为对象数组"})
            .at(name)
            .advise({"write [{\"indicator\": …}]", "请写成 [{\"indicator\": …}]"});
    for (const auto& item : json) {
        RawRow row{{}, fmt::format("{}, row {}", name, rows.size() + 1)};
        if (!item.is_object())
            return bad_input({"expected an object", "应为对象"})
                .at(row.place)
                .advise({"write {\"indicator\": …}", "请写成 {\"indicator\": …}"});
        for (const auto& field : item.items()) row.cells[field.key()] = cell_of(field.value());
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace leaven::indicators
