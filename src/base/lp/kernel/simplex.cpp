#include "simplex.hpp"

#include <algorithm>
#include <cmath>

#include "basis.hpp"

namespace leaven::lp {
namespace {

constexpr int rounds = 12;                // of the dual and the primal method in turn
constexpr double pivot_agreement = 1e-6;  // of a pivot computed by row and by column, relative
constexpr std::size_t dense_share = 8;    // rows of B^-1 with more than 1/8 entries are multiplied column by column
constexpr double ray_rounding = 1e-12;    // of an entry of a ray, relative to its largest
constexpr double listed_zero = 1e-100;    // stands for an entry that cancelled and is listed already

/// What rounding left of zeros would be multiplied with infinite bounds, and then prove nothing.
std::vector<double> without_rounding(std::vector<double> ray) {
    double largest = 0;
    for (const double entry : ray) largest = std::max(largest, std::abs(entry));
    for (double& entry : ray)
        if (std::abs(entry) <= ray_rounding * largest) entry = 0;
    return ray;
}

}  // namespace

Simplex::Simplex(const Problem& problem, const SolverOptions& options)
    : network_(std::make_shared<const Network>(problem.matrix)),
      options_(options),
      rows_(problem.matrix.rows),
      columns_(problem.matrix.columns),
      lower_(problem.lower),
      upper_(problem.upper),
      cost_(problem.objective),
      head_(rows_),
      position_(network_->variables(), -1),
      place_(network_->variables()),
      mobile_at_(network_->variables(), -1),
      factor_(rows_),
      value_(network_->variables()),
      base_value_(rows_),
      base_lower_(rows_),
      base_upper_(rows_),
      shift_(rows_),
      reduced_(network_->variables()),
      dual_weight_(rows_, 1.0),
      primal_weight_(network_->variables(), 1.0),
      in_framework_(network_->variables()),
      row_(rows_),
      pivot_row_(network_->variables()),
      column_(rows_),
      other_(rows_),
      is_attractive_(network_->variables()) {
    lower_.insert(lower_.end(), problem.row_lower.begin(), problem.row_lower.end());
    upper_.insert(upper_.end(), problem.row_upper.begin(), problem.row_upper.end());
    cost_.resize(network_->variables());
    if (problem.sense == Sense::maximize)
        for (auto& cost : cost_) cost = -cost;
    working_cost_ = cost_;
    load_basis({std::vector<signed char>(columns_, place::lower), std::vector<signed char>(rows_, place::basic), {}});
}

void Simplex::set_cost(int column, double cost) {
    cost_[column] = cost;
    reduced_are_stale_ = true;
    costs_are_changed_ = true;
}

void Simplex::set_bounds(int variable, double lower, double upper) {
    lower_[variable] = lower;
    upper_[variable] = upper;
    const int position = position_[variable];
    if (position >= 0) {
        base_lower_[position] = lower;
        base_upper_[position] = upper;
        return;
    }
    const double before = value_[variable];
    const bool was_mobile = mobile_at_[variable] >= 0;
    put_out(variable, place_[variable]);
    if (mobile_at_[variable] >= 0 && !was_mobile) reduced_are_stale_ = true;
    if (values_are_stale_ || value_[variable] == before) return;
    network_->add_column(variable, value_[variable] - before, shift_);
    has_shift_ = true;
}

Solution Simplex::solve() {
    iterations_ = 0;
    iteration_limit_ = 1000 + network_->variables();
    drop_cost_changes();
    if (must_refactor()) refactor();
    if (values_are_stale_) compute_values();
    apply_shift();
    return answer(optimise());
}

Simplex::Outcome Simplex::optimise() {
    for (int round = 0; round < rounds; ++round) {
        if (!primal_feasible()) {
            const auto outcome = dual();
            if (outcome != Outcome::done) return outcome;
            drop_cost_changes();
        }
        const auto outcome = primal();
        if (outcome != Outcome::done) return outcome;
        if (primal_feasible()) return Outcome::done;
    }
    return Outcome::failed;
}

Solution Simplex::answer(Outcome outcome) {
    Solution solution;
    solution.iterations = iterations_;
    solution.x.assign(value_.begin(), value_.begin() + columns_);
    for (int p = 0; p < rows_; ++p)
        if (head_[p] < columns_) solution.x[head_[p]] = base_value_[p];
    switch (outcome) {
        case Outcome::done:
            solution.status = SolveStatus::optimal;
            row_.clear();
            for (int p = 0; p < rows_; ++p) row_.value[p] = cost_[head_[p]];
            factor_.solve_transposed(row_);
            solution.row_duals = row_.value;
            break;
        case Outcome::infeasible:
            solution.status = SolveStatus::infeasible;
            solution.ray = without_rounding(row_.value);
            break;
        case Outcome::unbounded:
            solution.status = SolveStatus::unbounded;
            solution.ray = ray_;
            break;
        case Outcome::stopped:
            solution.status = SolveStatus::stopped;
            break;
        case Outcome::failed:
            break;
    }
    return solution;
}

void Simplex::compute_values() {
    std::fill(shift_.value.begin(), shift_.value.end(), 0.0);
    for (int j = 0; j < network_->variables(); ++j)
        if (position_[j] < 0 && value_[j] != 0) network_->add_column(j, value_[j], shift_);
    std::fill(base_value_.begin(), base_value_.end(), 0.0);
    has_shift_ = true;
    apply_shift();
    values_are_stale_ = false;
}

void Simplex::apply_shift() {
    if (!has_shift_) return;
    factor_.solve(shift_);
    for (const int p : shift_.index) base_value_[p] -= shift_.value[p];
    shift_.clear();
    has_shift_ = false;
}

void Simplex::compute_reduced_costs() {
    row_.clear();
    for (int p = 0; p < rows_; ++p) row_.value[p] = working_cost_[head_[p]];
    factor_.solve_transposed(row_);
    for (const int j : mobile_) reduced_[j] = working_cost_[j] - network_->product(j, row_.value);
    reduced_are_stale_ = false;
}

void Simplex::drop_cost_changes() {
    if (!costs_are_changed_) return;
    working_cost_ = cost_;
    costs_are_changed_ = false;
    reduced_are_stale_ = true;
}

bool Simplex::stopped() const { return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed); }

bool Simplex::primal_feasible() const {
    for (int p = 0; p < rows_; ++p)
        if (base_value_[p] < base_lower_[p] - options_.tolerance ||
            base_value_[p] > base_upper_[p] + options_.tolerance)
            return false;
    return true;
}

/// The negative of a mobile variable's reduced cost where that has the wrong sign (positive: it should rise), else 0.
double Simplex::wrong_reduced_cost(int variable) const {
    const double d = reduced_[variable];
    if (d < -options_.tolerance && place_[variable] != place::upper) return -d;
    if (d > options_.tolerance && place_[variable] != place::lower) return -d;
    return 0;
}

void Simplex::price_column(int variable) {
    column_.clear();
    network_->add_column(variable, 1, column_);
    factor_.solve(column_, &spike_);
}

void Simplex::price_row(int position) {
    row_.clear();
    row_.value[position] = 1;
    partial_.clear();
    factor_.solve_transposed(row_, position, &partial_);
    multiply_row();
}

void Simplex::multiply_row() {
    pivot_row_.clear();
    if (row_.index.size() * dense_share > row_.value.size()) {
        for (const int j : mobile_) {
            const double product = network_->product(j, row_.value);
            if (product != 0) pivot_row_.set(j, product);
        }
        return;
    }
    for (const int i : row_.index) {
        const double factor = row_.value[i];
        for (int k = network_->row_starts[i]; k < network_->row_starts[i + 1]; ++k) {
            const auto [j, entry] = network_->row_entries[k];
            if (mobile_at_[j] < 0) continue;
            double& product = pivot_row_.value[j];
            if (product == 0) pivot_row_.index.push_back(j);
            product += factor * entry;
            if (product == 0) product = listed_zero;
        }
        if (mobile_at_[columns_ + i] >= 0) pivot_row_.set(columns_ + i, -factor);
    }
}

bool Simplex::agree(double by_column, double by_row) const {
    return std::abs(by_column - by_row) <= pivot_agreement * std::max(std::abs(by_column), std::abs(by_row));
}

/// `entering` takes the position with `value`; column_, spike_ and partial_ are those of the two.
void Simplex::exchange(int position, int entering, double value, signed char place_of_leaving) {
    const int leaving = head_[position];
    factor_.exchange(position, spike_, partial_, column_.value[position]);
    head_[position] = entering;
    position_[entering] = position;
    position_[leaving] = -1;
    put_in(entering);
    put_out(leaving, place_of_leaving);
    base_value_[position] = value;
    base_lower_[position] = lower_[entering];
    base_upper_[position] = upper_[entering];
    ++iterations_;
}

}  // namespace leaven::lp
