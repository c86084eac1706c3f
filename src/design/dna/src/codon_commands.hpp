// The operations on codon choice.
#pragma once

#include <leaven/op/operation.hpp>

namespace leaven::dna {

Operation codons_operation();
Operation evaluate_operation();
Operation optimise_operation();

}  // namespace leaven::dna
