// Whole files in and out of memory.
//
// A write is whole or absent: the bytes go to a temporary name beside the target, which is renamed over it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>

namespace leaven {

/// Greatest file read into memory unless the caller allows more: 2 GiB.
inline constexpr std::uintmax_t largest_file_bytes = std::uintmax_t{2} << 30;

/// Errors  not_found  no such file;  bad_input  a directory, not readable, or larger than `limit`
Result<std::string> read_file(const std::filesystem::path& path, std::uintmax_t limit = largest_file_bytes);

/// Errors  bad_input  the folder does not exist, is not writable, or the disk is full; then nothing is left behind
Status write_file(const std::filesystem::path& path, std::string_view bytes);

/// What a process that serves others may reach: these files, and everything below these folders.
struct FileLimits {
    std::vector<std::filesystem::path> read;
    std::vector<std::filesystem::path> write;  // may be read as well
};

/// From now on `read_file` and `write_file` refuse what lies elsewhere, and links that lead there. Until it is called
/// there is no limit. Requires  no other thread is running yet.
void limit_files(FileLimits limits);

/// Errors  refused  outside the limits, as the path stands once every link in it is followed
Status may_read(const std::filesystem::path& path);
Status may_write(const std::filesystem::path& path);

}  // namespace leaven
