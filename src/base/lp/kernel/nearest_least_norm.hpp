// The nearest-point problem in its own units, and the two ways to solve it.
//
// In z = sqrt(weight) (x - target), with rows brought to length one:  the least |z|^2 / 2 with B z = c, lower <= z <=
// upper. Newton's method on the dual (nearest_newton.cpp) is quick from a good start and ends exactly at the right set
// of bounds; where many bounds hold by force, so that prices are not unique, it can lose its way. The interior point
// method (nearest_interior.cpp) does not mind, and leaves a start from which Newton's method does the rest.
#pragma once

#include <Eigen/SparseCholesky>
#include <Eigen/SparseCore>
#include <cstdint>
#include <vector>

#include <leaven/lp/solver.hpp>

namespace leaven::lp {

using Vector = Eigen::VectorXd;
using Matrix = Eigen::SparseMatrix<double>;

struct LeastNorm {
    Matrix b;
    Matrix transposed;
    Vector c;
    Vector lower, upper;
    Vector root;       // sqrt(weight)
    Vector row_scale;  // of each row of A
};

/// B D B' + damping, factored; the pattern and its order are found once for all diagonals D.
class NormalEquations {
public:
    explicit NormalEquations(const Matrix& b);

    bool factorise(const Vector& diagonal, double damping);

    /// With steps of refinement.
    [[nodiscard]] Vector solve(const Vector& right) const;

private:
    /// What column j adds to one entry, for each unit of D_j.
    struct Contribution {
        int entry;
        double value;
    };
    Matrix normal_;  // lower triangle
    std::vector<int> diagonal_;
    std::vector<int> begin_;  // of each column's contributions
    std::vector<Contribution> contributions_;
    Eigen::SimplicialLDLT<Matrix, Eigen::Lower> factor_;
};

struct LeastNormPoint {
    SolveStatus status = SolveStatus::failed;
    Vector z;
    Vector y;  // prices: z - B'y is zero between bounds, above at the lower, below at the upper one
    int steps = 0;
};

/// `most_steps` bounds the walk; from a start without sense some tens are needed, from a good one a few.
LeastNormPoint solve_by_newton(const LeastNorm& problem, NormalEquations& normal, Vector start, int most_steps,
                               const SolverOptions& options);

/// Mehrotra's predictor and corrector. Close to the solution, strictly inside the bounds.
LeastNormPoint solve_from_inside(const LeastNorm& problem, NormalEquations& normal, const SolverOptions& options);

}  // namespace leaven::lp
