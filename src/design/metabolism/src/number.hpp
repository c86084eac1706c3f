// Numbers as people write them in parameters.
#pragma once

#include <optional>
#include <string_view>

namespace leaven::metabolism {

/// A decimal number, or "inf" and "-inf"; nothing where the whole text is not one.
std::optional<double> read_number(std::string_view text);

}  // namespace leaven::metabolism
