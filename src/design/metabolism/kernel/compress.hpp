// A network made smaller without changing what it can do.
//
// What follows from the steady state alone is taken out, in exact rational arithmetic (src/rational.hpp):
//   - a metabolite touched by one reaction, or by reactions that can all only make it (or only use it), stops them;
//   - a metabolite touched by two reactions ties their fluxes together: they become one column;
//   - reactions bounded to zero are left out.
// This is iterated until nothing follows. Then each column is scaled by a power of two, for lumping inflates
// coefficients (0.25 to 4e7 in iML1515) beyond what a solver's tolerances bear.
//
// Every reaction's flux is a fixed multiple of one column: v[r] = factor[r] * w[column[r]], or zero. The factor can be
// negative: what is at least zero in the model may be at most zero here.
//
// Valid for every scenario whose bounds are those of the network, tighter, or zero: knock-outs need no second one.
// Reference   Gagneur, Klamt 2004, doi:10.1186/1471-2105-5-175.
// Complexity  near linear in the nonzeros; iML1515 2712 x 1877 in a few milliseconds.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <leaven/lp/problem.hpp>
#include <leaven/lp/solver.hpp>

#include "network.hpp"

namespace leaven::metabolism {

/// Reactions tied into one column at some moment: a chain, begun by the reaction that the column is measured in.
struct Part {
    std::int32_t first;
    std::int32_t last;
};

/// One step of the compression, kept so that dual values can be taken back through it.
struct Elimination {
    enum class Kind {
        ties,          // the row touches two parts, which become one
        stops_one,     // the row touches one part, which must be zero
        stops_makers,  // every part in the row can only add to it, so all are zero
        stops_users,   // every part in the row can only take from it, so all are zero
        bounds_meet,   // no row: the bounds of the part allow zero alone
    };
    Kind kind;
    std::int32_t row;
    std::vector<Part> parts;
};

struct Compression {
    lp::Problem problem;      // columns w
    bool infeasible = false;  // the bounds were found to contradict each other; then there is no problem
    double tolerance = 1e-9;  // how far bounds may contradict each other, relative to max(1, bound)

    // Of each reaction of the network.
    std::vector<std::int32_t> column;  // -1: its flux is zero
    std::vector<double> factor;

    std::vector<std::int32_t> row;                   // of each row of the problem: the row of the network
    std::vector<std::vector<std::int32_t>> members;  // of each column: its reactions

    // How it was done, for dual values.
    std::vector<Elimination> eliminations;  // in order
    std::vector<std::int32_t> next;         // of each reaction: the next one in its chain, or -1
    std::vector<double> relative;           // of each reaction: flux per unit of the first one of its chain
    std::vector<std::int32_t> lower_by;  // of the first reaction of a chain: the one that bounds the chain from below
    std::vector<std::int32_t> upper_by;  // and from above
};

/// `tolerance` is how far bounds may contradict each other before the network counts as infeasible.
Compression compress(const Network& network, double tolerance);

/// The flux of each reaction.
std::vector<double> expand(const Compression& compression, std::span<const double> w);

/// Coefficients over reactions as coefficients over columns: the same value for every flux.
std::vector<double> compress_objective(const Compression& compression, std::span<const double> coefficients);

/// The bounds of a column when its reactions have these; reversed (lower > upper) where they contradict each other.
std::pair<double, double> column_bounds(const Compression& compression, std::int32_t column,
                                        std::span<const double> lower, std::span<const double> upper);

/// Dual values of the network's rows from those of the compressed rows, such that every reduced cost keeps its sign.
std::vector<double> expand_duals(const Network& network, const Compression& compression,
                                 std::span<const double> objective, lp::Sense sense, std::span<const double> row_duals);

/// A Farkas vector of the network's rows from one of the compressed rows.
std::vector<double> expand_farkas(const Network& network, const Compression& compression, std::span<const double> ray);

}  // namespace leaven::metabolism
