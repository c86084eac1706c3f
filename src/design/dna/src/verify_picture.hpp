// Samples drawn against their design: depth, changes and features on one scale.
//
// Works on light and dark ground and in grey: verdicts are written as well as coloured (Okabe & Ito).
#pragma once

#include <string>
#include <vector>

#include <leaven/dna/verify.hpp>

namespace leaven::dna {

/// The first 100 samples; the same input gives the same bytes.
std::string draw_verification(const seq::Record& design, const std::vector<VerifiedSample>& samples,
                              std::int64_t min_depth, Lang lang);

}  // namespace leaven::dna
