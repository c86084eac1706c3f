// Which files the arguments of a call name, and whether they may be touched.
//
// The files that an operation opens are limited where they are opened (`limit_files` in leaven/core/file.hpp). This is
// the check before it: an operation with a path that leads out does not start.
#pragma once

#include <leaven/op/operation.hpp>

namespace leaven::mcp {

/// Errors  refused  a path leads out of the folders that may be used; `where` is the parameter
Status check_paths(const Operation& operation, const Json& arguments);

}  // namespace leaven::mcp
