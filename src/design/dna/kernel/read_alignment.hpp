// A read laid on a design, base by base.
#pragma once

#include <optional>

#include "design_index.hpp"
#include "pair_aligner.hpp"

namespace leaven::dna {

struct ReadAlignment {
    seq::Strand strand = seq::Strand::forward;
    std::int64_t start = 0;   // on the design, of the first column; on a circle below its length
    Columns columns{};        // as the design reads; gaps as far left as they go
    std::int64_t length = 0;  // of the read
    std::int64_t laid = 0;    // bases of the read that stand in a column

    /// Matches over matches, mismatches and gaps, each gap counted once.
    [[nodiscard]] double identity() const;
};

/// None where the read has nothing in common with the design.
///
/// Method  what lies between the runs of the chain is aligned with affine gaps; where it does not resemble, or is too
///         long for that, it is one deletion and one insertion. Both ends are drawn out as far as the score rises, at
///         most 500 bases.
std::optional<ReadAlignment> lay_on(const DesignIndex& index, std::string_view read, PairAligner& aligner,
                                    const Context& context);

}  // namespace leaven::dna
