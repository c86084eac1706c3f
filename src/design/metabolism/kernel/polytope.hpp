// The flux space in as many coordinates as it has dimensions, rounded: what samplers walk in.
//
//     w = base + scale * y    of the columns that can move;    y = centre + directions * z
//
// y is w in units of half its range, so that every coordinate of y has a range of length 2, whatever the flux. The
// space is { z : lower <= centre + directions z <= upper }, and the unit ball of z lies in it up to a factor.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>

#include "study.hpp"

namespace leaven::metabolism {

/// The ends of every column, and flux distributions that attain them.
struct Extremes {
    std::vector<double> least, greatest;        // of each column of the compression
    std::vector<double> middle;                 // mean of all those flux distributions: inside every bound that can be
    std::vector<std::vector<double>> vertices;  // the distributions, where they were asked for
    std::int32_t endless = -1;                  // a column without a limit; then there is nothing else
    bool endless_upwards = false;
};
Result<Extremes> find_extremes(const Study& study, const lp::Solver& solver, bool keep_vertices,
                               const Context& context);

struct Polytope {
    std::vector<double> base;        // of each column: its value at y = 0
    std::vector<std::int32_t> free;  // columns that can move; the rows of what follows
    Eigen::VectorXd scale;
    Eigen::VectorXd lower, upper;  // of y; infinite where the bound is never reached
    Eigen::MatrixXd basis;         // orthonormal, of the y that keep the balance: rows x dimensions

    [[nodiscard]] Eigen::Index dimensions() const { return basis.cols(); }
    [[nodiscard]] std::vector<double> columns_at(const Eigen::VectorXd& y) const;
};

/// Complexity  O(columns^2 * rows) once, dense.
Polytope reduce(const Study& study, const Extremes& extremes);

struct Rounding {
    Eigen::VectorXd centre;      // a y well inside
    Eigen::MatrixXd directions;  // of y, one a coordinate of z
};

/// The analytic centre (Newton), and the John ellipsoid of the bounds made symmetric around it by fixed-point iteration
/// on leverage scores.
///
/// Reference   Cohen, Cousins, Lee, Yang 2019, PMLR 99:849 (the iteration).
/// Complexity  O(columns * dimensions^2) an iteration, about fifty of them.
/// Errors      cancelled;  bug  no interior was found
Result<Rounding> round(const Polytope& polytope, const Context& context);

}  // namespace leaven::metabolism
