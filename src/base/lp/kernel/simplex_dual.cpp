#include <algorithm>
#include <cmath>

#include "basis.hpp"
#include "simplex.hpp"

namespace leaven::lp {
namespace {

constexpr double smallest_in_row = 1e-9;  // of a pivot row, below which it counts as zero
constexpr double perturbation = 5e-7;     // of costs, relative to 1 + |cost|
constexpr double standstill = 1e-8;       // a step of the prices that is none
constexpr int standstills_suffered = 5;   // before costs are made unequal
constexpr double least_row_weight = 1e-4;
constexpr double rounded_up = 1 + 1e-14;  // the nearest breakpoint is within its own reach

}  // namespace

Simplex::Outcome Simplex::dual() {
    if (reduced_are_stale_) compute_reduced_costs();
    make_dual_feasible();
    bool retried = false;
    int standstills = 0;
    while (iterations_ < iteration_limit_) {
        if (stopped()) return Outcome::stopped;
        if (rebuilt()) make_dual_feasible();
        const int position = most_infeasible();
        if (position < 0) return Outcome::done;
        const bool below = base_value_[position] < base_lower_[position];
        price_row(position);
        list_breakpoints(below ? 1 : -1);
        const auto entering = choose_entering(below ? base_lower_[position] - base_value_[position]
                                                    : base_value_[position] - base_upper_[position]);
        if (entering.variable < 0) return Outcome::infeasible;
        price_column(entering.variable);
        if (!agree(column_.value[position], entering.pivot)) {
            if (retried || factor_.exchanges() == 0) return Outcome::failed;
            retried = factor_is_stale_ = true;
            continue;
        }
        retried = false;
        if (std::abs(reduced_[entering.variable]) < standstill * std::abs(entering.pivot)) ++standstills;
        take_dual_step(position, entering, below);
        if (standstills == standstills_suffered) {
            perturb_costs();
            ++standstills;
        }
    }
    return Outcome::failed;
}

/// Shifts costs until no reduced cost has the wrong sign.
void Simplex::make_dual_feasible() {
    for (const int j : mobile_) {
        if (wrong_reduced_cost(j) == 0) continue;
        working_cost_[j] -= reduced_[j];
        reduced_[j] = 0;
        costs_are_changed_ = true;
    }
}

/// Moves reduced costs away from zero, each by its own amount: ties would let the dual method stand still.
void Simplex::perturb_costs() {
    for (const int j : mobile_) {
        if (place_[j] == place::between) continue;
        const double amount = perturbation * (1 + std::abs(cost_[j])) * network_->jitter[j];
        const double change = place_[j] == place::lower ? amount : -amount;
        working_cost_[j] += change;
        reduced_[j] += change;
    }
    costs_are_changed_ = true;
}

int Simplex::most_infeasible() const {
    int best = -1;
    double best_score = 0;
    for (int p = 0; p < rows_; ++p) {
        const double miss = std::max(base_lower_[p] - base_value_[p], base_value_[p] - base_upper_[p]);
        if (miss <= options_.tolerance || miss * miss <= best_score * dual_weight_[p]) continue;
        best = p;
        best_score = miss * miss / dual_weight_[p];
    }
    return best;
}

/// The variables whose reduced cost falls as the variable of the pivot row moves towards its bound: up for sign 1.
void Simplex::list_breakpoints(double sign) {
    breakpoints_.clear();
    for (const int j : pivot_row_.index) {
        const double entry = -sign * pivot_row_.value[j];
        if (std::abs(entry) < smallest_in_row) continue;
        if (entry < 0 ? place_[j] == place::lower : place_[j] == place::upper) continue;
        breakpoints_.push_back({j, std::abs(entry), place_[j] == place::between ? 0 : std::abs(reduced_[j])});
    }
}

/// Passes breakpoints, in groups that tie within tolerance, while the infeasibility is worth flipping their variables
/// from bound to bound; of these groups takes the furthest with a pivot that is large enough. None where flipping
/// them all does not reach the bound: then nothing does.
Simplex::Entering Simplex::choose_entering(double infeasibility) {
    flips_.clear();
    double largest = 0;
    for (const auto& point : breakpoints_) largest = std::max(largest, point.size);
    const double large_enough = std::min(0.1 * largest, 1.0);

    Entering best;
    double best_size = 0;
    double slope = infeasibility;
    for (auto begin = breakpoints_.begin(); begin != breakpoints_.end() && slope >= 0;) {
        double reach = infinity;
        for (auto point = begin; point != breakpoints_.end(); ++point)
            reach = std::min(reach, (point->slack + options_.tolerance) / point->size);
        reach *= rounded_up;
        const auto end = std::partition(begin, breakpoints_.end(),
                                        [&](const Breakpoint& point) { return point.slack <= reach * point.size; });
        if (end == begin) return {};  // no number: the costs were none
        const auto widest =
            std::max_element(begin, end, [](const Breakpoint& a, const Breakpoint& b) { return a.size < b.size; });
        if (widest->size >= large_enough || widest->size > best_size) {
            best = {widest->variable, pivot_row_.value[widest->variable], flips_.size()};
            best_size = widest->size;
        }
        for (auto point = begin; point != end; ++point) {
            slope -= point->size * (upper_[point->variable] - lower_[point->variable]);
            flips_.push_back(point->variable);
        }
        begin = end;
    }
    return slope > options_.tolerance ? Entering{} : best;
}

void Simplex::take_dual_step(int position, const Entering& entering, bool below) {
    flip_bounds(entering.flips);
    update_reduced_costs(position, entering);
    const double bound = below ? base_lower_[position] : base_upper_[position];
    const double move = (base_value_[position] - bound) / column_.value[position];
    for (const int p : column_.index) base_value_[p] -= move * column_.value[p];
    update_dual_weights(position);
    exchange(position, entering.variable, value_[entering.variable] + move, below ? place::lower : place::upper);
}

void Simplex::flip_bounds(std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) {
        const int j = flips_[k];
        const double before = value_[j];
        put_out(j, place_[j] == place::lower ? place::upper : place::lower);
        network_->add_column(j, value_[j] - before, shift_);
        has_shift_ = true;
    }
    apply_shift();
}

void Simplex::update_reduced_costs(int position, const Entering& entering) {
    const double step = reduced_[entering.variable] / entering.pivot;
    for (const int j : pivot_row_.index) reduced_[j] -= step * pivot_row_.value[j];
    reduced_[entering.variable] = 0;
    reduced_[head_[position]] = -step;
    for (const auto& [j, size, slack] : breakpoints_) {
        // The ratio test let some pass zero by up to the tolerance: their costs follow.
        const bool wrong = place_[j] == place::lower   ? reduced_[j] < 0
                           : place_[j] == place::upper ? reduced_[j] > 0
                                                       : reduced_[j] != 0;
        if (!wrong) continue;
        working_cost_[j] -= reduced_[j];
        reduced_[j] = 0;
        costs_are_changed_ = true;
    }
}

/// Steepest edge: the squared lengths of the rows of B^-1 after the exchange.
void Simplex::update_dual_weights(int position) {
    const double pivot = column_.value[position];
    double length = 0;
    other_.clear();
    for (const int i : row_.index) {
        other_.value[i] = row_.value[i];
        length += row_.value[i] * row_.value[i];
    }
    factor_.solve(other_);
    for (const int p : column_.index) {
        const double ratio = column_.value[p] / pivot;
        const double weight = dual_weight_[p] + ratio * (ratio * length - 2 * other_.value[p]);
        dual_weight_[p] = std::max(weight, least_row_weight);
    }
    dual_weight_[position] = std::max(length / (pivot * pivot), least_row_weight);
}

}  // namespace leaven::lp
