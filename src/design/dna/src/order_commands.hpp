// The operations that end in an order: edits of a chromosome, plans of constructs.
#pragma once

#include <leaven/dna/genome_edit.hpp>
#include <leaven/op/operation.hpp>

namespace leaven::dna {

Operation edit_operation(GuideFinder find);
Operation plan_operation();

}  // namespace leaven::dna
