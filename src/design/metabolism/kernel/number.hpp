// Numbers and words as people write them in parameters.
#pragma once

#include <optional>
#include <string_view>

namespace leaven::metabolism {

/// Without the blanks at both ends.
std::string_view trimmed(std::string_view text);

/// A decimal number, or "inf" and "-inf"; nothing where the whole text is not one.
std::optional<double> read_number(std::string_view text);

}  // namespace leaven::metabolism
