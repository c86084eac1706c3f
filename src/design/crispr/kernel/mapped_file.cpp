#include "mapped_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <leaven/core/file.hpp>

namespace leaven::crispr {
namespace {

Failure unreadable(const std::filesystem::path& path, const std::string& reason) {
    return bad_input({"the file cannot be read: {}", "无法读取文件：{}"}, reason)
        .at(path.string())
        .advise({"check the path and its permissions", "请检查路径及其权限"});
}

}  // namespace

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& path) {
    if (auto status = may_read(path); !status) return pass(status);
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);  // NOLINT(cppcoreguidelines-pro-type-vararg)
    if (file < 0 && errno == ENOENT)
        return not_found({"there is no such file", "文件不存在"})
            .at(path.string())
            .advise({"check the path", "请检查路径"});
    if (file < 0) return unreadable(path, std::strerror(errno));
    struct stat about {};
    const bool known = ::fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0;
    void* at =
        known ? ::mmap(nullptr, static_cast<std::size_t>(about.st_size), PROT_READ, MAP_SHARED, file, 0) : MAP_FAILED;
    const int reason = errno;
    ::close(file);
    if (at == MAP_FAILED) return unreadable(path, known ? std::strerror(reason) : "it is empty or no plain file");
    return std::make_shared<const MappedFile>(
        std::span<const std::byte>(static_cast<const std::byte*>(at), static_cast<std::size_t>(about.st_size)));
}

MappedFile::~MappedFile() {
    ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());  // NOLINT: as mmap gave it
}

}  // namespace leaven::crispr
