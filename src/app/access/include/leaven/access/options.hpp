// The words after `leaven mcp` and `leaven serve`.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <leaven/core/result.hpp>

namespace leaven::access {

struct GivenOption {
    std::string name;  // "--root"
    std::string value;
};

/// "--name value" and "--name=value"; `command` is "leaven mcp".
///
/// Errors  bad_input  an option that is not known, with the nearest; an option without its value
Result<std::vector<GivenOption>> split_options(const std::string& command, const std::vector<std::string>& words,
                                               const std::vector<std::string>& known);

/// The folder that --root names.  Errors  not_found
Result<std::filesystem::path> root_folder(const std::string& value);

}  // namespace leaven::access
