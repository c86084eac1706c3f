// `leaven data list|get|path`.
#pragma once

#include <leaven/op/operation.hpp>

namespace leaven::data {

std::vector<Operation> operations();

}  // namespace leaven::data
