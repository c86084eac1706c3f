#include <algorithm>
#include <array>

#include <leaven/access/folders.hpp>
#include <leaven/core/file.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/op/json.hpp>

namespace leaven::access {
namespace {

namespace fs = std::filesystem;

Failure bad_root(const fs::path& root, const std::string& reason) {
    return bad_input({"the folder cannot be used: {}", "无法使用该文件夹：{}"}, reason)
        .at("--root " + root.string())
        .advise({"name a folder that exists", "请给出已存在的文件夹"});
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

Status confine(std::vector<fs::path> roots, const std::vector<fs::path>& more) {
    if (roots.empty()) roots.emplace_back(".");
    FileLimits limits;
    for (const auto& root : roots) {
        std::error_code code;
        auto place = fs::canonical(root, code);
        if (code) return bad_root(root, code.message());
        if (!fs::is_directory(place, code)) return bad_root(root, "it is a file");
        limits.write.push_back(std::move(place));
    }
    for (const auto& set : data::catalogue())
        if (const auto place = data::locate(set)) limits.read.push_back(*place);
    limits.write.push_back(data::cache_folder());
    limits.write.insert(limits.write.end(), more.begin(), more.end());
    std::error_code code;
    fs::current_path(limits.write.front(), code);
    if (code) return bad_root(roots.front(), code.message());
    limit_files(std::move(limits));
    return {};
}

bool may_be_path(std::string_view format) {
    constexpr std::array formats{"model", "path", "folder", "map", "medium", "sequence", "problem", "guides"};
    return std::find(formats.begin(), formats.end(), format) != formats.end();
}

Status check_paths(const Operation& operation, const Json& arguments) {
    for (const auto& info : operation.parameters) {
        const auto found = arguments.find(std::string(info.field.name));
        if (found == arguments.end()) continue;
        if (auto status = check(info, *found, std::string(info.field.name)); !status) return status;
    }
    return {};
}

}  // namespace leaven::access
