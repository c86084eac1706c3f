// The command line: `leaven <module> <verb> [INPUT…] --param value`, one loop over the registry.
//
// Results go to standard output, progress, notes and errors to standard error. Exit status as in
// `leaven/core/result.hpp`. Nothing is written where an operation failed.
#pragma once

#include <string>
#include <vector>

#include <leaven/op/operation.hpp>

namespace leaven::cli {

/// Runs one command; `arguments` are those after the program's name. Returns the exit status.
int run(const Registry& registry, const std::vector<std::string>& arguments);

}  // namespace leaven::cli
