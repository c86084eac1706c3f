// Branch and bound over lattices: proves the best answer, or that there is none.
//
// The relaxation of a node is its lattice with the GC windows. What that leaves out is branched on: words that collide
// (one of the two must not begin where it does), geometric means (the chord of exp over an interval of the sum is
// cut in two), counts of codons (a base is fixed or taken away). Best bound first; ties go to the newest.
#pragma once

#include <queue>

#include "clock.hpp"
#include "counted.hpp"
#include "gc_windows.hpp"

namespace leaven::dna {

struct Found {
    enum class Status : std::uint8_t { optimal, feasible, infeasible, limit };
    Status status = Status::limit;
    std::string letters{};
    double bound = 0;  // on the objective; of `optimal` its value
};

/// The best answer; with `any` the first. Errors  cancelled; bad_input  the lattice is too large
Result<Found> search(const Model& model, bool any, std::uint64_t seed, const Clock& clock);

}  // namespace leaven::dna
