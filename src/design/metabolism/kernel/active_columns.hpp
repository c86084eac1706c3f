// Which columns of a compressed network can carry flux at all, with some held at zero.
//
// One linear program asks many columns at once. Each column asked about is split into a small part that is worth
// something, at most `cap`, and a rest that is worth nothing: so the best flux runs through as many of them as can run
// together, instead of through the few that pay most. Every flux found takes the columns it uses off the list. Where
// the best is zero, none of those that can run one way only does. What is left is asked one by one, both ways. So a
// column is called blocked on the word of an optimum with its certificate, never for want of a flux.
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

    /// `solver` stands at a feasible point of the study, prepared without an objective. A copy is independent.
    ActiveColumns(const Study& study, const lp::Solver& solver, const Context& context);

    /// Columns held at zero from now on, in place of those before.
    void hold(std::vector<std::int32_t> off);

    /// Asks many at once. Returns the columns that no flux found uses and of which nothing is proved yet, increasing;
    /// `blocked` gets those that are.
    Result<std::vector<std::int32_t>> undecided(std::vector<std::int32_t> columns, std::vector<std::int32_t>& blocked,
                                                const Witness& witness);

    /// Asks one, both ways.
    Result<bool> is_active(std::int32_t column, const Witness& witness);

    /// Both: those of the columns that are blocked, increasing.
    Result<std::vector<std::int32_t>> blocked_of(std::vector<std::int32_t> columns, const Witness& witness);

    /// Linear programs solved.
    [[nodiscard]] std::int64_t lps() const { return lps_; }

    /// A flux this large in the units of its column is no rounding.
    static constexpr double surely_active = 1e-5;

private:
    enum class Way { forwards, backwards };

    [[nodiscard]] double lower(std::int32_t column) const;
    [[nodiscard]] double upper(std::int32_t column) const;
    void ask(std::int32_t column, Way way);
    void put_back(std::int32_t column);
    Result<lp::SolveStatus> solve();
    Status thin_out(std::vector<std::int32_t>& columns, Way way, const Witness& witness);

    const Study& study_;
    std::int32_t columns_;
    lp::Solver solver_;         // the columns, then the part of each that is worth something
    std::vector<double> flux_;  // of the last program, over the columns
    double worth_ = 0;          // of the same
    std::vector<bool> held_;
    std::vector<std::int32_t> off_;
    std::int64_t lps_ = 0;
};

}  // namespace leaven::metabolism
