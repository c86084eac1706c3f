#include "uploads.hpp"

#include <algorithm>
#include <cstdlib>

#include <leaven/access/folders.hpp>
#include <leaven/core/file.hpp>
#include <leaven/op/json.hpp>

namespace leaven::server {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_name = 100;

/// A name of one file in any file system: no folder, no dot in front.
bool is_plain(const std::string& name) {
    const auto plain = [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-';
    };
    return !name.empty() && name.size() <= longest_name && name[0] != '.' &&
           std::all_of(name.begin(), name.end(), plain);
}

}  // namespace

Uploads::~Uploads() {
    std::error_code code;
    if (!folder_.empty()) fs::remove_all(folder_, code);
}

Status Uploads::take(const Operation& operation, Json& parameters) {
    if (!parameters.is_object()) return {};
    for (const auto& info : operation.parameters) {
        const auto& [name, format] = std::pair(std::string(info.field.name), info.field.format);
        if (!access::may_be_path(format) || format == "folder" || !parameters.contains(name)) continue;
        auto& value = parameters[name];
        if (value.is_object())
            if (auto status = place(value, name); !status) return status;
        if (value.is_array())
            for (std::size_t i = 0; i < value.size(); ++i)
                if (value[i].is_object())
                    if (auto status = place(value[i], fmt::format("{}[{}]", name, i)); !status) return status;
    }
    return {};
}

Status Uploads::place(Json& value, const std::string& where) {
    const auto name = value.value("name", Json());
    const auto content = value.value("content", Json());
    if (!name.is_string() || !content.is_string() || value.size() != 2)
        return bad_input({"a file is an object with name and content", "文件应为含 name 与 content 的对象"}).at(where);
    if (below_.empty() || !is_plain(name.get<std::string>()))
        return bad_input({"this cannot be the name of a file that comes with a call", "随调用送来的文件不能使用该名称"})
            .at(where + ".name")
            .advise({"up to {} letters, digits, dots and dashes", "至多 {} 个字母、数字、点或短横"}, longest_name);
    if (folder_.empty()) {
        auto pattern = (below_ / "call-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr)
            return bad_input({"no folder for the files of the call", "无法为调用中的文件建立文件夹"}).at(where);
        folder_ = pattern;
    }
    // Each in a folder of its own: two may have one name.
    const auto folder = folder_ / std::to_string(count_++);
    std::error_code code;
    fs::create_directory(folder, code);
    const auto path = folder / name.get<std::string>();
    if (auto status = write_file(path, content.get<std::string>()); !status) return status;
    value = path.string();
    return {};
}

std::string Uploads::by_their_names(std::string text) const {
    for (std::size_t i = 0; i < count_; ++i) {
        const auto prefix = (folder_ / std::to_string(i)).string() + "/";
        for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at))
            text.erase(at, prefix.size());
    }
    return text;
}

}  // namespace leaven::server
