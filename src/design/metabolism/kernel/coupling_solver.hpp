// Greatest growth of a knock-out set, and what the target does there, on the compressed network, from a neighbour's
// basis.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/lp/solver.hpp>

#include "study.hpp"

namespace leaven::metabolism {

/// A set of columns of the compressed network, a bit each.
class ColumnBits {
public:
    ColumnBits() = default;
    /// The columns that carry more than `idle`.
    ColumnBits(const std::vector<double>& flux, std::size_t columns, double idle = 1e-10);

    [[nodiscard]] bool has(std::int32_t column) const {
        return (words_[static_cast<std::size_t>(column) / 64] >> (column % 64) & 1U) != 0;
    }
    [[nodiscard]] bool avoids(const std::vector<std::int32_t>& columns) const;
    [[nodiscard]] std::vector<std::int32_t> columns() const;

    static void members(auto& p, auto&& v) { v(p.words_); }

private:
    std::vector<std::uint64_t> words_;
};

/// A flux of maximal growth.
struct GrowthFlux {
    double growth = 0;
    double target = 0;
    ColumnBits support;
};

class CouplingSolver {
public:
    CouplingSolver(const Study& study, const lp::Solver& solver, std::int32_t target);

    /// Maximal growth with these columns at zero, from `basis`; none where there is no flux at all.
    Result<std::optional<GrowthFlux>> maximize_growth(const std::vector<std::int32_t>& off, const lp::Basis& basis);

    /// The least or greatest target at that growth, less the slack; after maximize_growth, for the same columns.
    Result<GrowthFlux> optimize_target(double growth, lp::Sense sense);

    /// Maximal growth with the target's column at zero besides; none where there is no flux at all. After
    /// maximize_growth, for the same columns.
    Result<std::optional<GrowthFlux>> maximize_growth_without_target();

    [[nodiscard]] lp::Basis basis() const { return solver_.basis(); }
    [[nodiscard]] std::int64_t solved() const { return solved_; }

private:
    void switch_off(const std::vector<std::int32_t>& off);
    Result<std::optional<GrowthFlux>> grow();
    [[nodiscard]] GrowthFlux flux_of(const lp::Solution& solution, double growth) const;
    [[nodiscard]] bool others_need_the_column() const;

    const Study& study_;
    lp::Solver solver_;
    std::vector<double> growth_;  // objectives over the columns
    std::vector<double> target_;
    std::int32_t reaction_;
    std::int32_t target_column_;
    double target_factor_;
    std::vector<std::int32_t> off_;
    std::int64_t solved_ = 0;
};

}  // namespace leaven::metabolism
