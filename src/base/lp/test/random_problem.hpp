// Random linear programs that look like metabolic networks: few entries a column, mostly ±1, and every kind of bound.
#pragma once

#include <algorithm>
#include <vector>

#include <rapidcheck.h>

#include <leaven/lp/problem.hpp>

namespace leaven::lp::test {

inline rc::Gen<int> between(int least, int greatest) { return rc::gen::inRange(least, greatest + 1); }

/// Mostly ±1, sometimes another small integer, seldom a fraction as in a biomass reaction.
inline double coefficient() {
    const int kind = *between(0, 19);
    const int sign = *between(0, 1) == 0 ? -1 : 1;
    if (kind < 15) return sign;
    if (kind < 19) return sign * *between(2, 10);
    return sign * *between(1, 99) / 64.0;
}

struct Range {
    double lower;
    double upper;
};

/// `boxed`: never infinite, so that the problem is never unbounded.
inline Range range(bool boxed) {
    switch (*between(0, boxed ? 4 : 8)) {
        case 0:
            return {0, 1000};
        case 1:
            return {-1000, 1000};
        case 2:
            return {0, static_cast<double>(*between(0, 20))};
        case 3:
            return {-static_cast<double>(*between(0, 20)), static_cast<double>(*between(0, 20))};
        case 4: {
            const double value = *between(-3, 3);
            return {value, value};
        }
        case 5:
            return {0, infinity};
        case 6:
            return {-infinity, static_cast<double>(*between(-5, 5))};
        case 7:
            return {static_cast<double>(*between(-5, 5)), infinity};
        default:
            return {-infinity, infinity};
    }
}

inline void add_column(Problem& problem, bool boxed) {
    const int rows = problem.matrix.rows;
    std::vector<int> indices;
    for (int k = *between(0, std::min(rows, 4)); k > 0; --k) indices.push_back(*between(0, rows - 1));
    std::sort(indices.begin(), indices.end());
    indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
    std::vector<double> values;
    for (std::size_t k = 0; k < indices.size(); ++k) values.push_back(coefficient());
    problem.matrix.add_column(indices, values);
    const auto bounds = range(boxed);
    problem.lower.push_back(bounds.lower);
    problem.upper.push_back(bounds.upper);
    problem.objective.push_back(*between(0, 2) == 0 ? *between(-3, 3) : 0);
}

inline Problem problem(int most_rows, int most_columns, bool boxed) {
    Problem result;
    result.matrix.rows = *between(0, most_rows);
    result.sense = *between(0, 1) == 0 ? Sense::minimize : Sense::maximize;
    for (int i = 0; i < result.matrix.rows; ++i) {
        // Balances mostly; other rows as well.
        const auto bounds = *between(0, 3) > 0 ? Range{0, 0} : range(boxed);
        result.row_lower.push_back(bounds.lower);
        result.row_upper.push_back(bounds.upper);
    }
    const int columns = *between(0, most_columns);
    for (int j = 0; j < columns; ++j) add_column(result, boxed);
    return result;
}

}  // namespace leaven::lp::test
