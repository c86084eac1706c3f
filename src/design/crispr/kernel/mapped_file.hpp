// A file read through the memory of the machine, as far as it is looked at.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include <leaven/core/result.hpp>

namespace leaven::crispr {

class MappedFile {
public:
    /// Errors  not_found  no such file;  bad_input  not readable, empty;  refused  outside what may be read
    static Result<std::shared_ptr<const MappedFile>> open(const std::filesystem::path& path);

    [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

    explicit MappedFile(std::span<const std::byte> bytes) : bytes_(bytes) {}
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

private:
    std::span<const std::byte> bytes_;
};

}  // namespace leaven::crispr
