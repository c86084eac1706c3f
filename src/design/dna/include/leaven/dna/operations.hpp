// `leaven dna …`
#pragma once

#include <leaven/op/operation.hpp>

namespace leaven::dna {

std::vector<Operation> operations();

}  // namespace leaven::dna
