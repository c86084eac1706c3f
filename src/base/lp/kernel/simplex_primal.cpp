#include <algorithm>
#include <cmath>

#include "basis.hpp"
#include "simplex.hpp"

namespace leaven::lp {
namespace {

constexpr double smallest_in_column = 1e-9;  // of a pivot column, below which it counts as zero
constexpr double least_column_weight = 1e-4;
constexpr int most_rows_estimated = 800;  // with more, weights as exact as can be save more pivots than they cost

}  // namespace

Simplex::Outcome Simplex::primal() {
    start_primal();
    bool retried = false;
    while (iterations_ < iteration_limit_) {
        if (stopped()) return Outcome::stopped;
        if (rebuilt()) {
            list_attractive();
            if (!primal_feasible()) return Outcome::done;  // the caller looks, and calls the dual method
        }
        const int entering = choose_attractive();
        if (entering < 0) return Outcome::done;
        const double direction = reduced_[entering] < 0 ? 1 : -1;
        price_column(entering);
        const auto leaving = choose_leaving(direction);
        const double range = upper_[entering] - lower_[entering];
        if (leaving.position < 0 && std::isinf(range)) {
            keep_ray(entering, direction);
            return Outcome::unbounded;
        }
        if (leaving.position < 0 || range <= leaving.step) {
            take_flip(entering, direction);
            continue;
        }
        price_row(leaving.position);
        if (!agree(column_.value[leaving.position], pivot_row_.value[entering])) {
            if (retried || factor_.exchanges() == 0) return Outcome::failed;
            retried = factor_is_stale_ = true;
            continue;
        }
        retried = false;
        take_primal_step(entering, leaving, direction);
    }
    return Outcome::failed;
}

void Simplex::start_primal() {
    if (reduced_are_stale_) compute_reduced_costs();
    if (!primal_weights_are_known_) {
        std::fill(primal_weight_.begin(), primal_weight_.end(), 1.0);
        for (int j = 0; j < network_->variables(); ++j) in_framework_[j] = position_[j] < 0 ? 1 : 0;
        primal_weights_are_known_ = true;
    }
    list_attractive();
}

void Simplex::list_attractive() {
    for (const int j : attractive_) is_attractive_[j] = 0;
    attractive_.clear();
    for (const int j : mobile_) note_attractive(j);
}

void Simplex::note_attractive(int variable) {
    if (is_attractive_[variable] != 0 || wrong_reduced_cost(variable) == 0) return;
    is_attractive_[variable] = 1;
    attractive_.push_back(variable);
}

/// The variable that improves the objective most for its weight; drops those that no longer do from the list.
int Simplex::choose_attractive() {
    int best = -1;
    double best_score = 0;
    std::size_t kept = 0;
    for (const int j : attractive_) {
        const double d = mobile_at_[j] < 0 ? 0 : wrong_reduced_cost(j);
        if (d == 0) {
            is_attractive_[j] = 0;
            continue;
        }
        attractive_[kept++] = j;
        if (d * d <= best_score * primal_weight_[j]) continue;
        best = j;
        best_score = d * d / primal_weight_[j];
    }
    attractive_.resize(kept);
    return best;
}

/// Harris' test in two passes: how far within tolerance, then the largest pivot on the way.
Simplex::Leaving Simplex::choose_leaving(double direction) const {
    double reach = infinity;
    for (const int p : column_.index) {
        const double rate = -direction * column_.value[p];
        if (rate < -smallest_in_column)
            reach = std::min(reach, (base_value_[p] - base_lower_[p] + options_.tolerance) / -rate);
        else if (rate > smallest_in_column)
            reach = std::min(reach, (base_upper_[p] - base_value_[p] + options_.tolerance) / rate);
    }
    Leaving best;
    if (std::isinf(reach)) return best;
    double best_size = smallest_in_column;
    for (const int p : column_.index) {
        const double rate = -direction * column_.value[p];
        const double size = std::abs(rate);
        if (size <= best_size) continue;
        const double room = rate < 0 ? base_value_[p] - base_lower_[p] : base_upper_[p] - base_value_[p];
        if (room > reach * size) continue;
        best = {p, std::max(0.0, room / size), rate > 0};
        best_size = size;
    }
    return best;
}

/// The variable goes from one bound to the other; the basis stays.
void Simplex::take_flip(int variable, double direction) {
    const double range = upper_[variable] - lower_[variable];
    for (const int p : column_.index) base_value_[p] -= direction * range * column_.value[p];
    put_out(variable, direction > 0 ? place::upper : place::lower);
    ++iterations_;
}

void Simplex::take_primal_step(int entering, const Leaving& leaving, double direction) {
    const double move = direction * leaving.step;
    update_prices(leaving.position, entering);
    estimate_dual_weights(leaving.position);
    for (const int p : column_.index) base_value_[p] -= move * column_.value[p];
    const int left = head_[leaving.position];
    const double weight = primal_weight_[left];
    exchange(leaving.position, entering, value_[entering] + move, leaving.at_upper ? place::upper : place::lower);
    primal_weight_[left] = weight;
    if (mobile_at_[left] >= 0) note_attractive(left);
}

void Simplex::keep_ray(int entering, double direction) {
    ray_.assign(columns_, 0);
    if (entering < columns_) ray_[entering] = direction;
    for (const int p : column_.index)
        if (head_[p] < columns_) ray_[head_[p]] = -direction * column_.value[p];
}

/// The squared length of a variable's step as seen by the framework, from its column; leaves what that takes of other
/// variables' weights in other_.
double Simplex::weigh_exactly(int entering) {
    double weight = in_framework_[entering];
    other_.clear();
    for (const int p : column_.index) {
        if (in_framework_[head_[p]] == 0) continue;
        other_.value[p] = column_.value[p];
        weight += column_.value[p] * column_.value[p];
    }
    factor_.solve_transposed(other_);
    return weight;
}

/// Reduced costs after the pivot, and weights: the lengths of steps as seen from where the weights began, as far as the
/// pivot row tells.
void Simplex::update_prices(int position, int entering) {
    const bool exact = rows_ > most_rows_estimated;
    const double weight = exact ? weigh_exactly(entering) : primal_weight_[entering];
    const double pivot = pivot_row_.value[entering];
    const double step = reduced_[entering] / pivot;
    for (const int j : pivot_row_.index) {
        const double ratio = pivot_row_.value[j] / pivot;
        reduced_[j] -= step * pivot_row_.value[j];
        const double least =
            exact ? in_framework_[j] + ratio * ratio * in_framework_[entering] : ratio * ratio * weight;
        const double known = exact
                                 ? primal_weight_[j] + ratio * (ratio * weight - 2 * network_->product(j, other_.value))
                                 : primal_weight_[j];
        primal_weight_[j] = std::max({known, least, least_column_weight});
        note_attractive(j);
    }
    const int leaving = head_[position];
    reduced_[entering] = 0;
    reduced_[leaving] = -step;
    primal_weight_[leaving] = std::max(weight / (pivot * pivot), exact ? in_framework_[leaving] : 1.0);
    primal_weight_[leaving] = std::max(primal_weight_[leaving], least_column_weight);
}

/// Without the solve that exact weights would cost; too many estimates make the weights unknown.
void Simplex::estimate_dual_weights(int position) {
    if (!dual_weights_are_known_) return;
    if (++estimates_ > rows_ / 2) {
        dual_weights_are_known_ = false;
        std::fill(dual_weight_.begin(), dual_weight_.end(), 1.0);
        return;
    }
    const double pivot = column_.value[position];
    double length = 0;
    for (const int i : row_.index) length += row_.value[i] * row_.value[i];
    for (const int p : column_.index) {
        const double ratio = column_.value[p] / pivot;
        dual_weight_[p] = std::max(dual_weight_[p], ratio * ratio * length);
    }
    dual_weight_[position] = std::max(length / (pivot * pivot), least_column_weight);
}

}  // namespace leaven::lp
