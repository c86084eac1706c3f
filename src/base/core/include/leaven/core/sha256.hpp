// SHA-256 of bytes, as lower-case hexadecimal: the checksum of inputs and of public data sets.
//
// Source  FIPS 180-4. Cost: O(n), about 200 MB/s.
#pragma once

#include <string>
#include <string_view>

namespace leaven {

std::string sha256(std::string_view bytes);

}  // namespace leaven
