#include "exact_factor.hpp"

#include <charconv>
#include <cmath>
#include <functional>
#include <queue>
#include <string_view>

namespace leaven::lp {

Fraction to_fraction(double value) {
    using boost::multiprecision::cpp_int;
    if (value == std::trunc(value) && std::fabs(value) < 9007199254740992.0)
        return Fraction(static_cast<long long>(value));
    char text[40];
    const auto* end = std::to_chars(text, text + sizeof text, std::fabs(value), std::chars_format::scientific).ptr;
    const std::string_view all(text, static_cast<std::size_t>(end - text));
    const auto at = all.find('e');
    cpp_int digits = 0;
    int exponent = 0;
    for (const char c : all.substr(0, at))
        if (c != '.') digits = digits * 10 + (c - '0');
    if (const auto point = all.substr(0, at).find('.'); point != std::string_view::npos)
        exponent -= static_cast<int>(at - point - 1);
    const auto* shift_begin = text + at + (all[at + 1] == '+' ? 2 : 1);
    int shift = 0;
    std::from_chars(shift_begin, end, shift);
    exponent += shift;
    if (value < 0) digits = -digits;
    const cpp_int power = boost::multiprecision::pow(cpp_int(10), static_cast<unsigned>(std::abs(exponent)));
    return exponent < 0 ? Fraction(digits, power) : Fraction(cpp_int(digits * power));
}

ExactMatrix::ExactMatrix(const SparseMatrix& matrix) : rows_(matrix.rows) {
    columns_.resize(static_cast<std::size_t>(matrix.columns) + matrix.rows);
    for (int j = 0; j < matrix.columns; ++j)
        for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k)
            columns_[j].emplace_back(matrix.indices[k], to_fraction(matrix.values[k]));
    for (int i = 0; i < matrix.rows; ++i) columns_[matrix.columns + i].emplace_back(i, Fraction(-1));
}

Fraction ExactMatrix::product(int variable, const std::vector<Fraction>& y) const {
    Fraction sum = 0;
    for (const auto& [row, value] : columns_[variable])
        if (!y[row].is_zero()) sum += value * y[row];
    return sum;
}

bool ExactFactor::build(const SparseMatrix& pattern, const ExactMatrix& matrix, const std::vector<int>& head) {
    Elimination elimination;
    elimination.run(pattern, head);
    if (static_cast<int>(elimination.pivots.size()) < matrix.rows()) return false;
    steps_.clear();
    step_of_row_.assign(matrix.rows(), -1);
    work_.assign(matrix.rows(), Fraction(0));
    for (const auto& pivot : elimination.pivots) {
        add_step(matrix, pivot, head[pivot.column]);
        if (steps_.back().pivot.is_zero()) return false;
    }
    return true;
}

/// The column as the steps before leave it: what they take from it in the order of the steps.
void ExactFactor::add_step(const ExactMatrix& matrix, const Pivot& pivot, int variable) {
    Step step{pivot.row, pivot.column, 0, {}, {}};
    std::priority_queue<int, std::vector<int>, std::greater<>> before;
    std::vector<int> below;
    const auto add = [&](int row, const Fraction& amount) {
        if (work_[row].is_zero()) {
            if (step_of_row_[row] >= 0)
                before.push(step_of_row_[row]);
            else
                below.push_back(row);
        }
        work_[row] += amount;
    };
    for (const auto& [row, value] : matrix.column(variable)) add(row, value);
    while (!before.empty()) {
        const int s = before.top();
        before.pop();
        const Fraction value = std::exchange(work_[steps_[s].row], Fraction(0));
        if (value.is_zero()) continue;
        for (const auto& [row, multiple] : steps_[s].lower) add(row, -multiple * value);
        step.upper.emplace_back(s, value);
    }
    step.pivot = std::exchange(work_[step.row], Fraction(0));
    for (const int row : below) {
        const Fraction value = std::exchange(work_[row], Fraction(0));
        if (!value.is_zero() && !step.pivot.is_zero()) step.lower.emplace_back(row, value / step.pivot);
    }
    step_of_row_[step.row] = static_cast<int>(steps_.size());
    steps_.push_back(std::move(step));
}

void ExactFactor::solve(std::vector<Fraction>& v) const {
    for (const auto& step : steps_) {
        if (v[step.row].is_zero()) continue;
        for (const auto& [row, multiple] : step.lower) v[row] -= multiple * v[step.row];
    }
    std::vector<Fraction> x(v.size());
    for (std::size_t s = steps_.size(); s-- > 0;) {
        const auto& step = steps_[s];
        if (v[step.row].is_zero()) continue;
        auto& value = x[step.place];
        value = v[step.row] / step.pivot;
        for (const auto& [before, entry] : step.upper) v[steps_[before].row] -= entry * value;
    }
    v = std::move(x);
}

void ExactFactor::solve_transposed(std::vector<Fraction>& v) const {
    std::vector<Fraction> y(v.size());
    for (const auto& step : steps_) {
        Fraction sum = v[step.place];
        for (const auto& [before, entry] : step.upper) sum -= entry * y[steps_[before].row];
        y[step.row] = sum / step.pivot;
    }
    for (std::size_t s = steps_.size(); s-- > 0;)
        for (const auto& [row, multiple] : steps_[s].lower) y[steps_[s].row] -= multiple * y[row];
    v = std::move(y);
}

}  // namespace leaven::lp
