// UCSC's 2bit: two bits a base, with runs of N and of lower case beside them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::seq {

inline constexpr std::uint32_t two_bit_magic = 0x1A412743;

bool is_two_bit(std::string_view bytes);

/// Format  genome.ucsc.edu/FAQ/FAQformat.html#format7, versions 0 and 1, either byte order
Result<std::vector<Record>> read_two_bit(std::string_view bytes, const std::string& name);

/// Requires  nucleotides; letters other than A C G T are written as N
std::string write_two_bit(const std::vector<Record>& records);

}  // namespace leaven::seq
