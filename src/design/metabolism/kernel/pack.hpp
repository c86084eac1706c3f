// Bytes compressed as gzip does.
#pragma once

#include <string>
#include <string_view>

namespace leaven::metabolism {

/// Ensures  the same bytes for the same input: no name and no time inside.
std::string pack(std::string_view bytes);

}  // namespace leaven::metabolism
