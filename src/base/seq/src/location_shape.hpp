// Shapes of the location tree that several steps share.
#pragma once

#include <leaven/seq/location.hpp>

namespace leaven::seq {

/// join, order or bond
bool is_compound(const Location& location);

/// The span that is read last.
const Location& last_span(const Location& location);

/// Spans with end > length, or on a turned circle beyond it, split into two parts at the origin.
Location split_at_origin(const Location& location, std::int64_t length);

/// A compound of one part is that part; a join inside a join is one join.
Location flattened(Location location);

}  // namespace leaven::seq
