#include "text_table.hpp"

#include <algorithm>

#include <fmt/core.h>

#include <leaven/op/show.hpp>

namespace leaven {
namespace {

bool is_table(const FieldInfo& info) { return info.kind == Kind::list && info.fields.front().kind == Kind::object; }

void walk(const std::vector<FieldInfo>& fields, const Json& object, Lang lang, const std::string& path,
          const std::string& label, Layout& layout) {
    for (const auto& info : fields) {
        const std::string name(info.field.name);
        if (!object.is_object() || !object.contains(name)) continue;
        const Json& value = object[name];
        const auto here = path.empty() ? name : path + "." + name;
        const auto title = label.empty() ? std::string(info.field.doc.in(lang))
                                         : fmt::format("{} · {}", label, info.field.doc.in(lang));
        if (info.kind == Kind::object && value.is_object())
            walk(info.fields, value, lang, here, title, layout);
        else if (is_table(info))
            layout.tables.push_back({&info, &value, here, value.size()});
        else
            layout.scalars.push_back({&info, &value, title});
    }
}

}  // namespace

std::string show_cell(const Json& value, Lang lang) {
    if (value.is_null()) return "–";
    if (value.is_boolean())
        return std::string(value.get<bool>() ? Doc{"yes", "是"}.in(lang) : Doc{"no", "否"}.in(lang));
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_integer()) return value.dump();
    if (value.is_number()) return show_number(value.get<double>());
    if (value.is_array()) {
        std::string joined;
        for (const auto& element : value) {
            const auto cell = show_cell(element, lang);
            joined += (joined.empty() ? "" : ", ") + (element.is_array() ? fmt::format("({})", cell) : cell);
        }
        return joined.empty() ? "–" : joined;
    }
    if (value.contains("name") && value.contains("id") && value["name"].is_string() && !value["name"].empty())
        return fmt::format("{} ({})", value["id"].get<std::string>(), value["name"].get<std::string>());
    std::string joined;
    for (const auto& item : value.items())
        joined += (joined.empty() ? "" : " ") + fmt::format("{}={}", item.key(), show_cell(item.value(), lang));
    return joined;
}

std::string show_unit(std::string_view ucum) {
    if (ucum == "1") return {};
    std::string unit;
    for (const char c : ucum)
        if (c != '{' && c != '}') unit += c;
    return unit;
}

std::string heading(const Field& field, Lang lang) {
    const auto label = field.doc.in(lang);
    const auto unit = show_unit(field.unit);
    return unit.empty() ? std::string(label) : fmt::format("{} [{}]", label, unit);
}

bool is_numeric(const FieldInfo& info) { return info.kind == Kind::integer || info.kind == Kind::number; }

std::vector<FieldInfo> columns_of(const FieldInfo& table) {
    auto columns = table.fields.front().fields;
    std::erase_if(columns, [](const FieldInfo& info) { return info.kind == Kind::object; });
    return columns;
}

Layout lay_out(const std::vector<FieldInfo>& fields, const Json& result, Lang lang,
               const std::vector<LongList>& long_lists) {
    Layout layout;
    walk(fields, result, lang, "", "", layout);
    for (auto& table : layout.tables)
        for (const auto& list : long_lists)
            if (table.path == list.name) {
                table.total = list.size;
                table.long_list = &list;
            }
    return layout;
}

Json with_first_rows(const Answer& answer, Lang lang, std::size_t most) {
    auto result = localize(answer.result, lang);
    for (const auto& list : answer.long_lists)
        for (std::size_t i = 0; i < std::min(most, list.size); ++i)
            result[list.name].push_back(localize(list.element(i), lang));
    return result;
}

}  // namespace leaven
