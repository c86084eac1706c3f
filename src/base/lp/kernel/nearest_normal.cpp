#include <algorithm>

#include "nearest_least_norm.hpp"

namespace leaven::lp {

NormalEquations::NormalEquations(const Matrix& b) {
    std::vector<Eigen::Triplet<double>> pattern;
    for (int i = 0; i < b.rows(); ++i) pattern.emplace_back(i, i, 1);
    const auto for_each_pair = [&](int j, const auto& visit) {
        for (Matrix::InnerIterator one(b, j); one; ++one)
            for (Matrix::InnerIterator other(b, j); other; ++other)
                if (one.row() >= other.row()) visit(one.row(), other.row(), one.value() * other.value());
    };
    for (int j = 0; j < b.cols(); ++j)
        for_each_pair(j, [&](auto row, auto column, double) {
            pattern.emplace_back(static_cast<int>(row), static_cast<int>(column), 1);
        });
    normal_.resize(b.rows(), b.rows());
    normal_.setFromTriplets(pattern.begin(), pattern.end());
    const auto entry_of = [&](auto row, auto column) {
        const int* rows = normal_.innerIndexPtr();
        const int* starts = normal_.outerIndexPtr();
        return static_cast<int>(std::lower_bound(rows + starts[column], rows + starts[column + 1], row) - rows);
    };
    for (int i = 0; i < b.rows(); ++i) diagonal_.push_back(entry_of(i, i));
    begin_.push_back(0);
    for (int j = 0; j < b.cols(); ++j) {
        for_each_pair(j, [&](auto row, auto column, double value) {
            contributions_.push_back({entry_of(row, column), value});
        });
        begin_.push_back(static_cast<int>(contributions_.size()));
    }
    factor_.analyzePattern(normal_);
}

bool NormalEquations::factorise(const Vector& diagonal, double damping) {
    double* values = normal_.valuePtr();
    std::fill(values, values + normal_.nonZeros(), 0.0);
    for (const int entry : diagonal_) values[entry] = damping;
    for (Eigen::Index j = 0; j < diagonal.size(); ++j) {
        if (diagonal[j] == 0) continue;
        for (int k = begin_[j]; k < begin_[j + 1]; ++k)
            values[contributions_[k].entry] += diagonal[j] * contributions_[k].value;
    }
    factor_.factorize(normal_);
    return factor_.info() == Eigen::Success;
}

Vector NormalEquations::solve(const Vector& right) const {
    constexpr int refinements = 2;
    Vector out = factor_.solve(right);
    for (int i = 0; i < refinements; ++i) {
        const Vector left = right - normal_.selfadjointView<Eigen::Lower>() * out;
        out += factor_.solve(left);
    }
    return out;
}

}  // namespace leaven::lp
