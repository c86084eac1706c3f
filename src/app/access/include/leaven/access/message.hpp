// JSON from outside.
#pragma once

#include <string>
#include <string_view>

#include <leaven/core/result.hpp>
#include <leaven/op/json.hpp>

namespace leaven::access {

enum class JsonFault { too_deep, syntax };

/// Strict JSON in UTF-8, nested at most a hundred deep: the parser's stack is not the sender's to spend.
tl::expected<Json, JsonFault> parse_json(std::string_view text);

/// The error of a call that ended in an exception.
Error bug(const std::string& what);

}  // namespace leaven::access
