// A basis to start from where none is known: as many columns of the matrix as a triangle can take.
//
// Rows that hold an equality must give their place in the basis to a column sooner or later. Choosing columns that form
// a lower triangle does that for most rows at once, without a pivot and without a fill of the factorisation.
//
// Reference   Maros 2003, Computational Techniques of the Simplex Method, section 9.8.2 (lower triangular symbolic
// crash). Complexity  O(nonzeros log rows).
#pragma once

#include <leaven/lp/problem.hpp>
#include <leaven/lp/solver.hpp>

namespace leaven::lp {

/// Columns with wide bounds are preferred: they can take the value that the rest asks of them.
Basis crash_basis(const Problem& problem);

}  // namespace leaven::lp
