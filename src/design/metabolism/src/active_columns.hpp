// Which columns of a compressed network can carry flux at all, with some held at zero.
//
// One linear program asks many columns at once: where the sum of fluxes that can run one way only is at most zero, none
// of them runs; and every flux found takes the columns that it uses off the list. What is left is asked one by one, both
// ways. So that a column is called blocked, an optimum with its certificate says so.
//
// Reference  Vlassis, Pacheco, Sauter 2014, doi:10.1371/journal.pcbi.1003424 (FASTCC).
// Threads    one object is used by one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/lp/solver.hpp>

#include "study.hpp"

namespace leaven::metabolism {

class ActiveColumns {
public:
    /// What is told of each flux found: a value for each column; along an unbounded ray, the direction.
    using Witness = std::function<void(const std::vector<double>& flux)>;

    /// `solver` stands at a feasible point of what is asked about.
    ActiveColumns(const Study& study, const lp::Solver& solver);

    /// Columns held at zero from now on, in place of those before.
    void hold(const std::vector<std::int32_t>& off);

    /// Asks many at once: the columns that no flux found uses and for which nothing is proved yet, in order; `blocked`
    /// gets those for which it is.
    Result<std::vector<std::int32_t>> undecided(std::vector<std::int32_t> columns, std::vector<std::int32_t>& blocked,
                                                const Witness& witness);

    /// Asks one, both ways.
    Result<bool> is_active(std::int32_t column, const Witness& witness);

    /// Both: those of the columns that are blocked, increasing.
    Result<std::vector<std::int32_t>> blocked_of(std::vector<std::int32_t> columns, const Witness& witness);

    /// Linear programs solved.
    [[nodiscard]] std::int64_t lps() const { return lps_; }

    /// A flux this large in the units of its column is no rounding.
    static constexpr double surely_active = 1e-6;

private:
    [[nodiscard]] double direction(std::int32_t column) const;
    Result<double> maximize(const std::vector<std::int32_t>& columns, const std::vector<double>& signs);

    const Study& study_;
    lp::Solver solver_;
    std::vector<double> objective_;
    std::vector<double> flux_;  // of the last program
    std::vector<std::int32_t> off_;
    std::int64_t lps_ = 0;
};

}  // namespace leaven::metabolism
