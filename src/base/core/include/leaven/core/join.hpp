// Words in a row: {"a", "b"} and ", " give "a, b".
//
// Compiled once. fmt::join does the same, and costs half a second of compiling wherever it is used.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace leaven {

std::string join(std::span<const std::string> words, std::string_view between);
std::string join(std::span<const std::string_view> words, std::string_view between);
std::string join(const std::set<std::string>& words, std::string_view between);
std::string join(std::span<const std::int64_t> numbers, std::string_view between);

}  // namespace leaven
