#include "fixed_ends.hpp"

namespace leaven::dna {

Result<std::optional<PrimerPair>> primers_of_ends(const std::string& letters, const std::string& tail_forward,
                                                  const std::string& tail_reverse, const Context& context) {
    seq::Record piece;
    piece.set_sequence({letters, {}, seq::Alphabet::dna});
    const PrimerOptions options{.exact = true,
                                .tail_forward = tail_forward,
                                .tail_reverse = tail_reverse,
                                .pairs = 1,
                                .longest = 36,
                                .tm_min_c = 52,
                                .tm_max_c = 68,
                                .gc_min = 0,
                                .gc_max = 1};
    auto made = design_primers(piece, {{0, piece.length}, seq::Strand::forward}, options, {}, context);
    if (!made) return pass(made);
    if (made->pairs.empty()) return std::optional<PrimerPair>();
    return std::optional(std::move(made->pairs.front()));
}

}  // namespace leaven::dna
