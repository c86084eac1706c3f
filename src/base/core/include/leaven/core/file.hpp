// Whole files in and out of memory.
//
// A write is whole or absent: the bytes go to a temporary name beside the target, which is renamed over it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include <leaven/core/result.hpp>

namespace leaven {

/// Greatest file read into memory unless the caller allows more: 2 GiB.
inline constexpr std::uintmax_t largest_file_bytes = std::uintmax_t{2} << 30;

/// Errors  not_found  no such file;  bad_input  a directory, not readable, or larger than `limit`
Result<std::string> read_file(const std::filesystem::path& path, std::uintmax_t limit = largest_file_bytes);

/// Errors  bad_input  the folder does not exist, is not writable, or the disk is full; then nothing is left behind
Status write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace leaven
