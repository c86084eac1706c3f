// `leaven dna …`: sequences that can be built, and proof that they are the best.
#pragma once

#include <leaven/op/operation.hpp>

namespace leaven::dna {

std::vector<Operation> operations();

}  // namespace leaven::dna
