// Parameters from a file: a JSON object or a TOML table.
#pragma once

#include <string>

#include <leaven/core/result.hpp>
#include <leaven/op/json.hpp>

namespace leaven::cli {

/// Errors  not_found, bad_input  the file is absent, or is no object in its format; `where` gives line and column
Result<Json> read_params_file(const std::string& path);

}  // namespace leaven::cli
