// Internal loops: reactions that run in a circle, balanced without an exchange, driven by nothing.
//
// A loop of a flux w is a vector d other than zero that balances, is zero on every reaction that exchanges matter with
// the outside, and runs nowhere against w: d_j w_j > 0 wherever d_j is not zero. The loop law says that the flux of a
// living cell has none: Beard, Liang, Qian 2002, doi:10.1016/S0006-3495(02)75150-3.
//
// Few columns of the compression can take part in a loop at all, and what is asked here are small programs over these
// (localised as in Chan et al. 2018, doi:10.1093/bioinformatics/bty446). A reaction is internal unless it has one side
// only. Threads: one object is used by one thread; a copy is independent.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/lp/solver.hpp>

#include "study.hpp"

namespace leaven::metabolism {

/// A column of the compression and the direction in which it runs, 1 or -1.
struct LoopStep {
    std::int32_t column;
    int sign;
};

using Loop = std::vector<LoopStep>;

class Loops {
public:
    /// All loops of fluxes between these bounds of the columns, of which the signs alone matter.
    ///
    /// Errors  cancelled;  bug  a program could not be solved
    static Result<Loops> find(const Study& study, const std::vector<double>& lower, const std::vector<double>& upper,
                              const Context& context);

    /// Columns that can take part in a loop, increasing.
    [[nodiscard]] const std::vector<std::int32_t>& columns() const { return columns_; }

    /// Whether some loop runs through the column in this direction.
    [[nodiscard]] bool runs(std::int32_t column, int sign) const {
        return place_[column] >= 0 && runs_[place_[column]][sign > 0 ? 0 : 1];
    }

    /// The flux after as much of its loops as possible is taken out, by amount of flux: it keeps `lower` and `upper`,
    /// the objective of the study, and column `kept` (none: -1). What is left runs in the same directions.
    Result<std::vector<double>> without_loops(std::vector<double> flux, const std::vector<double>& lower,
                                              const std::vector<double>& upper, std::int32_t kept);

    /// A loop of this flux of which no part can be spared, with as large a share of column `through` (any: -1) as there
    /// is. Nothing: the flux obeys the loop law.
    Result<std::optional<Loop>> loop_in(const std::vector<double>& flux, std::int32_t through);

private:
    Loops(const Study& study, std::vector<std::int32_t> columns, std::vector<std::array<bool, 2>> runs,
          const Context& context);

    Result<lp::Solution> solve();

    std::vector<std::int32_t> columns_;
    std::vector<std::array<bool, 2>> runs_;  // of each of them: forward, backward
    std::vector<std::int32_t> place_;        // of each column of the compression: where it stands in `columns_`, or -1
    std::vector<double> size_;               // of each loop column: sum of |flux| of its reactions per unit

    // Columns 2k and 2k+1 are what loop column k runs forward and backward. Rows: balances, the sum by size, the
    // objective of the study.
    std::optional<lp::Solver> solver_;
    int sum_row_ = 0;
    int objective_row_ = 0;
};

}  // namespace leaven::metabolism
