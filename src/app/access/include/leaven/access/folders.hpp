// What the calls of others may reach: the folders that were named, and nothing else.
//
// For the surfaces that serve: `leaven mcp` and `leaven serve`.
#pragma once

#include <filesystem>
#include <vector>

#include <leaven/op/operation.hpp>

namespace leaven::access {

/// From now on the process reads and writes only below `roots`, `more` and Leaven's own cache, and reads the public
/// data sets on this machine besides. Its working folder becomes the first root; no root: the working folder is the
/// root. Requires  no other thread is running yet.  Errors  bad_input  a root that cannot be entered
Status confine(std::vector<std::filesystem::path> roots, const std::vector<std::filesystem::path>& more = {});

/// Formats whose values may be a path, a name of the catalogue, or neither.
bool may_be_path(std::string_view format);

/// Which files the arguments of a call name, and whether they may be touched. What an operation opens is limited where
/// it is opened (`limit_files` in leaven/core/file.hpp); this is the check before it.
///
/// Errors  refused  a path leads out of the folders that may be used; `where` is the parameter
Status check_paths(const Operation& operation, const Json& arguments);

}  // namespace leaven::access
