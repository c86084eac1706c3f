// Ribosome binding sites for a wanted initiation rate, or a library of them over a range of rates.
//
// A stretch of `length` bases is chosen between fixed bases before it and the coding sequence, so that the predicted
// rate of the whole (see rbs.hpp) comes near its target. It holds no ATG, alone or with the bases around it.
//
// Method  simulated annealing over replaced, inserted and removed bases; each step is evaluated by the full model.
// Ensures the same designs for the same seed, whatever the number of threads.
#pragma once

#include <leaven/dna/rbs.hpp>

namespace leaven::dna {

struct RbsGoal {
    std::string upstream{};    // fixed, before the designed stretch
    std::string cds{};         // begins with its start codon
    std::int64_t length = 25;  // of the designed stretch, 8 … 35
    double min_rate = 1;
    double max_rate = 1;    // targets lie between, in equal steps of their logarithm
    std::int64_t size = 1;  // how many, 1 … 1000
    RbsConditions conditions{};
};

struct RbsDesign {
    std::string sequence{};  // the designed stretch, as DNA
    double dg_total_kcal = 0;
    double rate = 0;
};

struct RbsLibrary {
    std::vector<RbsDesign> designs{};       // one for each target, by target
    std::optional<std::string> degenerate;  // IUPAC; at most `size` and 64 members that hit at least half of
                                            // min(size, 10) equal steps of ln rate; none found: none
    double coverage = 0;                    // share of targets that are met within 10 %
};

/// Errors  bad_input  a parameter out of range, no start codon, a letter that is no nucleotide;  cancelled
Result<RbsLibrary> design_rbs(const RbsGoal& goal, const Context& context);

}  // namespace leaven::dna
