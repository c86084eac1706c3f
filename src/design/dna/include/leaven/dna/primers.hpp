// Primer pairs for a place on a molecule: to amplify it, to read it, or to tell by length whether it was edited.
//
//     const auto design = design_primers(record, {400, 1200}, {}, {}, context);
//     design->pairs.front().forward.letters;
//
// Units     degrees Celsius, kcal/mol at 37 degrees. Positions 0-based half-open on the forward strand of the template;
//           over the origin of a circle `end` is beyond the length.
// Threads   a pure function; the answer does not depend on the threads.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/dna/oligo.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::dna {

enum class PrimerMode : std::uint8_t {
    amplify,   // the product holds the whole target
    sequence,  // each part of the target of at most 600 bases is read from both sides, from 50 bases away
    check,     // both primers lie 30 bases or more outside the target, so that the product tells its length
};

struct PrimerOptions {
    // What is asked for.
    PrimerMode mode = PrimerMode::amplify;
    bool exact = false;  // amplify: the product is the target, base by base
    std::string tail_forward{};
    std::string tail_reverse{};
    std::int64_t product_min = 0;  // with the tails; 0: the least that the target allows
    std::int64_t product_max = 0;  // with the tails; 0: 500 bases more than the target (check: 1,000)
    std::int64_t pairs = 5;        // of each part of the target

    // What a primer must be. Tails do not count.
    std::int64_t shortest = 18;
    std::int64_t longest = 30;
    double tm_c = 60;
    double tm_min_c = 57;
    double tm_max_c = 63;
    double gc_min = 0.3;
    double gc_max = 0.7;

    // Where else it anneals: as in pcr.hpp.
    std::int64_t anneal_min = 15;  // bases at the 3' end that must pair
    std::int64_t mismatches = 1;   // among them; never among the last three

    // The reaction: primer3's convention at its usual concentrations.
    OligoConditions conditions{.table = StackTable::allawi1997,
                               .oligo_nm = 50,
                               .target_nm = 0,
                               .na_mm = 50,
                               .mg_mm = 1.5,
                               .dntp_mm = 0.6,
                               .convention = TmConvention::primer3};
};

struct DesignedPrimer {
    std::string letters{};    // to order: tail and annealing bases, 5' to 3'
    std::string annealing{};  // what pairs with the template
    seq::Interval at{};
    seq::Strand strand = seq::Strand::forward;
    double tm_c = 0;
    double gc = 0;
    double hairpin_dg_kcal = 0;     // of the whole oligo; 0: forms none that is stable
    double self_dimer_dg_kcal = 0;  // of the whole oligo; 0: forms none
    std::int64_t off_targets = 0;   // other places of template and background where its 3' end anneals
};

struct PrimerPair {
    DesignedPrimer forward{};  // reads the target in its own direction
    DesignedPrimer reverse{};
    std::int64_t part = 1;  // which part of the target it reads (sequence), from 1
    std::int64_t product_start = 0;
    std::int64_t product_length = 0;  // with the tails
    double tm_difference_c = 0;
    double dimer_dg_kcal = 0;
    double penalty = 0;
};

struct PrimerDesign {
    std::vector<PrimerPair> pairs{};                 // part by part, least penalty first
    std::map<std::string, std::int64_t> rejected{};  // reason: candidates or pairs
};

/// The bases of a target, and the strand in whose direction it is read.
struct PrimerTarget {
    seq::Interval at{};
    seq::Strand strand = seq::Strand::forward;
};

/// Pairs of least penalty among all primers that the options allow. Penalty of a primer: |Tm - tm_c|, 0.1 for each base
/// of length away from 20, 0.5 where it does not end in G or C, 0.5 for each base of a run beyond four, what a hairpin
/// has below -1 and half of what a dimer with itself has below -5 kcal/mol, 1 for each off-target up to 10. Of a pair:
/// both, the difference of Tm, half of what their dimer has below -5 kcal/mol, and 0.002 for each base of product.
///
/// A pair is left out where the primers amplify something else of up to 4,000 bases from template or background as
/// well. A place of the background that is the template itself, 100 bases around the primer alike, is no off-target.
/// Pairs much like a better one, both 3' ends within three bases of its, are left out unless the ends are exact.
///
/// Method  Tm of every place and length; best pairs first by a lower bound of the penalty, hairpins, dimers and other
///         places being looked at as far as the bound asks for, at most 512 primers of each side
/// Errors  bad_input  a target beyond the molecule or empty; limits that contradict each other; a tail that is not DNA;
///         cancelled
Result<PrimerDesign> design_primers(const seq::Record& record, const PrimerTarget& target, const PrimerOptions& options,
                                    std::span<const seq::Record> background, const Context& context);

}  // namespace leaven::dna
