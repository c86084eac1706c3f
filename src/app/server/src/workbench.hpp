// The pages that are part of the program.
#pragma once

#include <optional>
#include <string_view>

#include <leaven/server/service.hpp>

namespace leaven::server {

/// The file of the workbench at this path; "/" is its page. None where there is no such file.
std::optional<Response> workbench_file(std::string_view path, Lang lang);

}  // namespace leaven::server
