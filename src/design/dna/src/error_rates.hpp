// How often reads of a sample err, by the kind of error, from the sample itself.
#pragma once

#include <array>

#include "pileup.hpp"

namespace leaven::dna {

/// Length of the run of one base that begins at `position`, at most 8; 0 within a run.
std::size_t run_at(const seq::Record& design, std::int64_t position);

class ErrorRates {
public:
    ErrorRates(const seq::Record& design, const Pileup& pileup);

    [[nodiscard]] double substitution() const { return substitution_; }
    [[nodiscard]] double deletion(std::size_t run) const { return deletion_[run]; }
    [[nodiscard]] double insertion(std::size_t run) const { return insertion_[run]; }
    [[nodiscard]] double long_insertion() const { return long_insertion_; }  // of three letters or more, a base

private:
    static constexpr double least = 0.002;
    double substitution_ = least;
    double long_insertion_ = least;
    std::array<double, 9> deletion_{};  // by run
    std::array<double, 9> insertion_{};
};

/// Probability of `count` or more errors in `depth` reads; 1 where the mean is as great.
///
/// Requires  0 < rate < 1
double chance_of(std::int64_t count, std::int64_t depth, double rate);

}  // namespace leaven::dna
