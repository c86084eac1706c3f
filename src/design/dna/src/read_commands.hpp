// The operations of primers and of sequencing, and what they share.
#pragma once

#include <leaven/op/operation.hpp>

namespace leaven::dna {

Operation primers_operation();
Operation verify_operation();

}  // namespace leaven::dna
