// What the reads say of each base of a design, and the changes that follow from it.
#pragma once

#include <array>
#include <string>
#include <vector>

#include <leaven/dna/verify.hpp>

#include "read_alignment.hpp"

namespace leaven::dna {

/// Reads over one base, by letter and strand.
struct BaseCounts {
    static constexpr std::size_t deleted = 4;
    std::array<std::array<std::int32_t, 5>, 2> of{};  // forward, reverse: A C G T and none

    [[nodiscard]] std::int32_t count(std::size_t letter) const { return of[0][letter] + of[1][letter]; }
    [[nodiscard]] std::int32_t strand_depth(std::size_t strand) const {
        std::int32_t sum = 0;
        for (const auto count : of[strand]) sum += count;
        return sum;
    }
    [[nodiscard]] std::int32_t depth() const { return strand_depth(0) + strand_depth(1); }
};

/// Letters that one read has before a base of the design.
struct Insertion {
    std::int64_t position = 0;
    std::size_t strand = 0;
    std::string letters{};
};

struct Pileup {
    std::vector<BaseCounts> bases{};
    std::vector<std::int32_t> joints{};  // reads that go over to each base from the one before it
    std::vector<Insertion> insertions{};

    explicit Pileup(std::int64_t length)
        : bases(static_cast<std::size_t>(length)), joints(static_cast<std::size_t>(length)) {}
    void add(const ReadAlignment& alignment);
};

struct CallOptions {
    double mixed = 0.2;
    std::int64_t min_depth = 5;
    bool finished = false;
};

/// Changes by position, without feature and effect.
std::vector<Variant> call_variants(const seq::Record& design, const Pileup& pileup, const CallOptions& options);

}  // namespace leaven::dna
