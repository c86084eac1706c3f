#include <algorithm>
#include <utility>

#include "basis.hpp"
#include "simplex.hpp"

namespace leaven::lp {
namespace {

constexpr int exchanges_between_factorisations = 60;
constexpr std::size_t bases_saved = 4;
constexpr double least_dual_weight = 1e-4;

}  // namespace

/// A variable outside the basis rests at one of its bounds, or at zero where it has none.
void Simplex::put_out(int variable, signed char wish) {
    place_[variable] = nearest_place(wish, lower_[variable], upper_[variable]);
    value_[variable] = place_[variable] == place::lower   ? lower_[variable]
                       : place_[variable] == place::upper ? upper_[variable]
                                                          : 0;
    set_mobile(variable, lower_[variable] < upper_[variable]);
}

void Simplex::put_in(int variable) {
    place_[variable] = place::basic;
    set_mobile(variable, false);
}

void Simplex::set_mobile(int variable, bool mobile) {
    int& at = mobile_at_[variable];
    if ((at >= 0) == mobile) return;
    if (mobile) {
        at = static_cast<int>(mobile_.size());
        mobile_.push_back(variable);
        primal_weight_[variable] = 1;
        return;
    }
    mobile_[at] = mobile_.back();
    mobile_at_[mobile_[at]] = at;
    mobile_.pop_back();
    at = -1;
}

/// Any places will do: rows fill up where there are too few columns, and what is too much is put out.
void Simplex::load_basis(const Basis& basis) {
    int position = 0;
    for (int j = 0; j < network_->variables(); ++j) {
        const auto wish = j < columns_ ? basis.columns[j] : basis.rows[j - columns_];
        if (wish == place::basic && position < rows_) {
            put_in(j);
            head_[position++] = j;
        } else {
            put_out(j, wish);
        }
    }
    for (int j = columns_; position < rows_; ++j) {
        if (place_[j] == place::basic) continue;
        put_in(j);
        head_[position++] = j;
    }
    // In one order, whatever came before: the same basis then always gives the same answer.
    for (const int j : mobile_) mobile_at_[j] = -1;
    mobile_.clear();
    for (int j = 0; j < network_->variables(); ++j)
        if (place_[j] != place::basic) set_mobile(j, lower_[j] < upper_[j]);
    factor_is_stale_ = true;
    primal_weights_are_known_ = false;
}

Basis Simplex::basis() const {
    Basis now{{place_.begin(), place_.begin() + columns_}, {place_.begin() + columns_, place_.end()}};
    if (!dual_weights_are_known_) return now;
    for (int j = 0; j < network_->variables(); ++j)
        if (position_[j] >= 0) now.weights.push_back(static_cast<float>(dual_weight_[position_[j]]));
    return now;
}

void Simplex::restore(const Basis& basis) {
    load_basis(basis);
    load_factor(basis);
    estimates_ = 0;
    dual_weights_are_known_ = basis.weights.size() == dual_weight_.size();
    if (!dual_weights_are_known_) {
        std::fill(dual_weight_.begin(), dual_weight_.end(), 1.0);
        return;
    }
    auto weight = basis.weights.begin();
    for (int j = 0; j < network_->variables(); ++j)
        if (position_[j] >= 0) dual_weight_[position_[j]] = std::max(least_dual_weight, static_cast<double>(*weight++));
}

void Simplex::load_factor(const Basis& basis) {
    ++clock_;
    for (auto& saved : saved_) {
        if (saved.basis.columns != basis.columns || saved.basis.rows != basis.rows) continue;
        saved.used = clock_;
        head_ = saved.head;
        factor_ = saved.factor;
        factor_is_stale_ = false;
        rename_positions();
        return;
    }
    refactor();
    Saved fresh{{basis.columns, basis.rows, {}}, head_, factor_, clock_};
    if (saved_.size() < bases_saved) {
        saved_.push_back(std::move(fresh));
        return;
    }
    *std::min_element(saved_.begin(), saved_.end(), [](const Saved& a, const Saved& b) { return a.used < b.used; }) =
        std::move(fresh);
}

bool Simplex::must_refactor() const {
    return factor_is_stale_ || factor_.exchanges() >= exchanges_between_factorisations || factor_.has_grown();
}

/// Between two pivots: factorises where that is due, and computes anew what pivots had updated.
bool Simplex::rebuilt() {
    if (!must_refactor()) return false;
    refactor();
    compute_values();
    compute_reduced_costs();
    return true;
}

void Simplex::refactor() {
    std::vector<double> weights(network_->variables(), 1.0);
    for (int p = 0; p < rows_; ++p) weights[head_[p]] = dual_weight_[p];
    for (const int variable : factor_.build(network_->matrix, head_, elimination_)) {
        position_[variable] = -1;
        put_out(variable, place::lower);
    }
    for (const int variable : head_) put_in(variable);
    for (int p = 0; p < rows_; ++p) dual_weight_[p] = weights[head_[p]];
    factor_is_stale_ = false;
    rename_positions();
}

/// After the head changed as a whole.
void Simplex::rename_positions() {
    std::fill(position_.begin(), position_.end(), -1);
    for (int p = 0; p < rows_; ++p) {
        position_[head_[p]] = p;
        base_lower_[p] = lower_[head_[p]];
        base_upper_[p] = upper_[head_[p]];
    }
    values_are_stale_ = true;
    reduced_are_stale_ = true;
}

void Simplex::compute_weights() {
    if (must_refactor()) refactor();
    for (int p = 0; p < rows_; ++p) {
        row_.clear();
        row_.value[p] = 1;
        factor_.solve_transposed(row_, p);
        dual_weight_[p] = 0;
        for (const int i : row_.index) dual_weight_[p] += row_.value[i] * row_.value[i];
    }
    dual_weights_are_known_ = true;
    estimates_ = 0;
}

}  // namespace leaven::lp
