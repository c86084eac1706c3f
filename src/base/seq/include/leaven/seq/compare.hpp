// Are two molecules the same, and where do they differ?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::seq {

enum class Relation : std::uint8_t { identical, rotation, reverse, reverse_rotation, different };
std::string_view name_of(Relation relation);

/// A place where two sequences differ, in the coordinates of each.
struct Difference {
    Interval a;
    Interval b;
    std::string from{};
    std::string to{};
};

struct Comparison {
    Relation relation = Relation::different;
    std::int64_t rotation = 0;  // b begins with base `rotation` (0-based) of a, or of a's reverse complement
    bool reversed = false;      // b is compared with the reverse complement of a
    double identity = 0;        // matches over columns of the alignment
    bool complete = true;       // false: too far apart to be aligned; `identity` is that of 16-letter words they share
    std::vector<Difference> differences{};
};

/// Strand and rotation are found by words that occur once in each; the alignment has the fewest edits.
///
/// Method  wavefronts of edit distance (Ukkonen 1985, doi:10.1016/S0019-9958(85)80046-2), O(n + d²), d <= 5,000
Result<Comparison> compare(const Record& a, const Record& b, const Context& context);

/// `a` turned so that it lies as `b` does.
Record aligned(const Record& a, const Comparison& comparison);

}  // namespace leaven::seq
