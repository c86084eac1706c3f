// `leaven seq info|convert|extract|edit|find|compare|map`.
#pragma once

#include <leaven/op/operation.hpp>

namespace leaven::seq {

std::vector<Operation> operations();

}  // namespace leaven::seq
