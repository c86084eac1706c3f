#include "paths.hpp"

#include <array>
#include <filesystem>

#include <leaven/core/file.hpp>
#include <leaven/data/catalogue.hpp>

namespace leaven::mcp {
namespace {

namespace fs = std::filesystem;

/// Formats whose values may be a path, a name of the catalogue, or neither.
bool may_be_path(std::string_view format) {
    constexpr std::array formats{"model", "path", "folder", "map", "medium"};
    return std::find(formats.begin(), formats.end(), format) != formats.end();
}

/// A value that is no path to anyone is no matter; where it could be opened or made, it must lie within.
Status check_value(const std::string& value, const Field& field, const std::string& where) {
    std::error_code code;
    const bool looks_like_path = may_be_path(field.format) && value.find_first_of("/\\") != std::string::npos;
    const bool exists = fs::exists(fs::symlink_status(value, code));
    if (value.empty() || (!looks_like_path && !exists && field.format != "folder")) return {};
    auto status = field.format == "folder" ? may_write(value) : may_read(value);
    if (status) return status;
    auto error = status.error();
    error.where = where + ": " + value;
    return tl::unexpected(std::move(error));
}

Status check(const FieldInfo& info, const Json& value, const std::string& where) {
    if (value.is_string()) return check_value(value.get<std::string>(), info.field, where);
    if (value.is_array()) {
        for (const auto& element : value) {
            auto status = element.is_string()   ? check_value(element.get<std::string>(), info.field, where)
                          : info.fields.empty() ? Status()
                                                : check(info.fields.front(), element, where);
            if (!status) return status;
        }
    }
    if (value.is_object())
        for (const auto& member : info.fields) {
            const auto found = value.find(std::string(member.field.name));
            if (found == value.end()) continue;
            if (auto status = check(member, *found, where + "." + std::string(member.field.name)); !status)
                return status;
        }
    return {};
}

}  // namespace

Status check_paths(const Operation& operation, const Json& arguments) {
    for (const auto& info : operation.parameters) {
        const auto found = arguments.find(std::string(info.field.name));
        if (found == arguments.end()) continue;
        if (auto status = check(info, *found, std::string(info.field.name)); !status) return status;
    }
    return {};
}

}  // namespace leaven::mcp
