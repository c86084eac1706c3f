// Quotes against their sources: compared after removing all white space, and nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <leaven/policy/money.hpp>

namespace leaven::policy {

/// Without ASCII blanks and line ends, U+00A0, U+3000 and the byte order mark.
std::string without_blanks(std::string_view text);

std::size_t occurrences(std::string_view text, std::string_view part);

/// Does the quote print this amount, in any unit? "50 万元" says 500000.
bool amount_in_quote(std::string_view quote, std::int64_t yuan);
bool rate_in_quote(std::string_view quote, Rate rate);

}  // namespace leaven::policy
