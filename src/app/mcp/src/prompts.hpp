// Worked jobs that a person can start from a menu, in English and Chinese.
#pragma once

#include <vector>

#include <leaven/core/text.hpp>

#include "message.hpp"

namespace leaven::mcp {

std::vector<Json> prompt_entries(Lang lang);

/// The result of prompts/get; the argument "lang" chooses the language where it is given.
///
/// Errors  invalid_params  no such prompt, an argument is missing, unknown or no text
Answered<Json> prompt(const Json& params, Lang lang);

}  // namespace leaven::mcp
