#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <system_error>

#include <fmt/core.h>
#include <unistd.h>

#include <leaven/core/file.hpp>

namespace leaven {
namespace {

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

Failure unreadable(const std::filesystem::path& path, const std::string& reason) {
    return bad_input({"the file cannot be read: {}", "无法读取文件：{}"}, reason)
        .at(path.string())
        .advise({"check the path and its permissions", "请检查路径及其权限"});
}

Failure unwritable(const std::filesystem::path& path, const std::string& reason) {
    return bad_input({"the file cannot be written: {}", "无法写入文件：{}"}, reason)
        .at(path.string())
        .advise({"choose a folder that exists, is writable and has room", "请选择存在、可写且有足够空间的文件夹"});
}

/// A property of the process, as its working folder is; none: no limit.
std::optional<FileLimits>& process_limits() {
    static std::optional<FileLimits> limits;
    return limits;
}

/// Where the path leads once every link is followed; what does not exist yet stays as it is written.
std::filesystem::path place_of(const std::filesystem::path& path) {
    std::error_code code;
    auto place = std::filesystem::weakly_canonical(std::filesystem::absolute(path, code), code);
    return code ? std::filesystem::path() : place;
}

bool lies_in(const std::filesystem::path& place, const std::vector<std::filesystem::path>& allowed) {
    for (const auto& root : allowed)
        if (std::mismatch(root.begin(), root.end(), place.begin(), place.end()).first == root.end()) return true;
    return false;
}

Failure outside(const std::filesystem::path& path, const std::vector<std::filesystem::path>& allowed) {
    std::string names;
    for (const auto& root : allowed) names += (names.empty() ? "" : ", ") + root.string();
    return failure(ErrorCode::refused,
                   {"the path lies outside the folders that may be used", "路径不在允许使用的文件夹内"})
        .at(path.string())
        .advise({"allowed: {}", "允许的文件夹：{}"}, names);
}

}  // namespace

void limit_files(FileLimits limits) {
    for (auto* paths : {&limits.read, &limits.write}) {
        for (auto& path : *paths) path = place_of(path);
        std::erase(*paths, std::filesystem::path());
    }
    process_limits() = std::move(limits);
}

Status may_write(const std::filesystem::path& path) {
    const auto& limits = process_limits();
    if (!limits || lies_in(place_of(path), limits->write)) return {};
    return outside(path, limits->write);
}

Status may_read(const std::filesystem::path& path) {
    const auto& limits = process_limits();
    if (!limits || lies_in(place_of(path), limits->read)) return {};
    return may_write(path);
}

Result<std::string> read_file(const std::filesystem::path& path, std::uintmax_t limit) {
    if (auto status = may_read(path); !status) return pass(status);
    std::error_code code;
    if (!std::filesystem::exists(path, code))
        return not_found({"there is no such file", "文件不存在"})
            .at(path.string())
            .advise({"check the path", "请检查路径"});
    if (std::filesystem::is_directory(path, code)) return unreadable(path, "it is a folder");
    const File file(std::fopen(path.c_str(), "rb"));
    if (!file) return unreadable(path, std::strerror(errno));

    std::string bytes;
    std::string buffer(std::size_t{1} << 18, '\0');
    while (const auto got = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
        bytes.append(buffer, 0, got);
        if (bytes.size() > limit) return unreadable(path, fmt::format("it is larger than {} bytes", limit));
    }
    if (std::ferror(file.get())) return unreadable(path, std::strerror(errno));
    return bytes;
}

Status write_file(const std::filesystem::path& path, std::string_view bytes) {
    if (auto status = may_write(path); !status) return status;
    auto temporary = path;
    temporary += fmt::format(".{}.part", ::getpid());
    File file(std::fopen(temporary.c_str(), "wb"));
    if (!file) return unwritable(path, std::strerror(errno));
    const bool written =
        std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() && std::fflush(file.get()) == 0;
    const int reason = errno;
    const bool closed = std::fclose(file.release()) == 0;
    std::error_code code;
    if (!written || !closed) {
        std::filesystem::remove(temporary, code);
        return unwritable(path, std::strerror(written ? errno : reason));
    }
    std::filesystem::rename(temporary, path, code);
    if (code) {
        std::error_code ignored;
        std::filesystem::remove(temporary, ignored);
        return unwritable(path, code.message());
    }
    return {};
}

}  // namespace leaven
