// `leaven policy …`: support measures.
#pragma once

#include <leaven/op/operation.hpp>

namespace leaven::policy {

std::vector<Operation> operations();

}  // namespace leaven::policy
