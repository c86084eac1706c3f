// Edits of a molecule that carry every feature.
//
//     rotate:501   reverse   circularise   linearise   delete:10..20   insert:10:ACGT   replace:10..20:ACGT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::seq {

struct FeatureChange {
    std::string label{};
    std::string type{};
    std::string change{};  // moved, split, truncated, removed, altered
};

/// One edit as typed. Positions are 1-based.
struct Edit {
    enum class Kind : std::uint8_t { rotate, reverse, circularise, linearise, remove, insert, replace };
    Kind kind = Kind::reverse;
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::string letters{};
};

/// Errors  bad_input  not an edit; `where` is its text
Result<Edit> parse_edit(std::string_view text);

/// Applies an edit; features that lie beyond the record stay as they are. Adds what became of features, those that only
/// moved along included.
///
/// Errors  bad_input  a position beyond the record, rotation of a linear record, letters outside IUPAC, no sequence
Status apply(Record& record, const Edit& edit, std::vector<FeatureChange>& changes);

/// Base `offset` (0-based) becomes the first. Requires  circular
void rotate(Record& record, std::int64_t offset);

/// The other strand becomes the forward one.
void reverse(Record& record);

}  // namespace leaven::seq
