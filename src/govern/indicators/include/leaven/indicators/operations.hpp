// `leaven indicators …`: targets of the plans.
#pragma once

#include <leaven/op/operation.hpp>

namespace leaven::indicators {

std::vector<Operation> operations();

}  // namespace leaven::indicators
