// Does a document hold on a day, and for a place?
#pragma once

#include <algorithm>

#include <leaven/policy/match.hpp>

namespace leaven::policy {

/// `and` in strong Kleene logic.
inline Truth both(Truth a, Truth b) { return std::min(a, b); }

Truth truth_of(Standing standing);
Truth region_of(const Document& document, const Profile& profile);

}  // namespace leaven::policy
