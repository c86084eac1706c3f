// `leaven design PROJECT.toml -o DIR`: the main job.
#pragma once

#include <leaven/op/operation.hpp>

namespace leaven::pipeline {

std::vector<Operation> operations();

}  // namespace leaven::pipeline
