// `leaven dna …`: sequences that can be built, and proof that they are the best.
#pragma once

#include <leaven/dna/genome_edit.hpp>
#include <leaven/op/operation.hpp>

namespace leaven::dna {

/// `find` finds the guides of `dna edit --method cas9_hdr`; without it that method says so.
std::vector<Operation> operations(GuideFinder find = {});

}  // namespace leaven::dna
