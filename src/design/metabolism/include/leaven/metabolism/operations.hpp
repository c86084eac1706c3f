// `leaven metabolism …`: flux analysis and strain design.
#pragma once

#include <leaven/op/operation.hpp>

namespace leaven::metabolism {

std::vector<Operation> operations();

}  // namespace leaven::metabolism
