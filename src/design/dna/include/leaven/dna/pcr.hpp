// What a polymerase makes with primers: every product of a template, tails and mismatches as the primers have them.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::dna {

struct Primer {
    std::string name{};
    std::string letters{};  // upper case IUPAC, 5' to 3'
};

struct PcrOptions {
    std::int64_t mismatches = 0;   // among the `anneal_min` bases at the 3' end
    std::int64_t anneal_min = 15;  // bases at the 3' end that must pair; a mismatch is never among the last three
    std::int64_t max_product = 20'000;
};

/// Where a primer anneals. What lies beyond `at` on its 5' side is tail.
struct Annealing {
    std::size_t primer = 0;
    seq::Interval at{};  // bases of the template that pair; the strand is the one that the primer's letters read as
    seq::Strand strand = seq::Strand::forward;
    std::int64_t mismatches = 0;
};

struct PcrProduct {
    Annealing forward{};
    Annealing reverse{};
    std::int64_t start = 0;  // on the template, first base paired by the forward primer
    std::string letters{};   // with both tails
};

struct PcrResult {
    std::vector<PcrProduct> products{};              // by start, length, primers
    std::map<std::string, std::int64_t> rejected{};  // reason: primers, sites or pairs
};

/// Every pair of annealed primers that face each other, a primer with itself too; on a circle over the origin, and once
/// round where they lie back to back.
///
/// Errors  bad_input  more than 100,000 products; cancelled
Result<PcrResult> amplify(const seq::Record& record, std::span<const Primer> primers, const PcrOptions& options,
                          const Context& context);

}  // namespace leaven::dna
