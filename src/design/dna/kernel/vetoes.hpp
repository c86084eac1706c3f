// What an inspector has ruled out, as the search for cuts takes it.
#pragma once

#include <vector>

#include <leaven/dna/fragment.hpp>

namespace leaven::dna {

/// The fragments of a plan of a sequence of `length` letters.
std::vector<seq::Interval> fragments_of(const std::vector<std::int64_t>& cuts, std::int64_t shared,
                                        std::int64_t length);

/// Shuts out a fragment, or whatever holds the part of it that is at fault.
void shut_out(CutOptions& open, seq::Interval fragment, const Veto& veto, std::int64_t length);

}  // namespace leaven::dna
