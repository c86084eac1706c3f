#include <algorithm>
#include <cmath>
#include <utility>

#include <leaven/lp/exact.hpp>

#include "basis.hpp"
#include "exact_factor.hpp"

namespace leaven::lp {
namespace {

constexpr int most_pivots = 500;

/// An end of an interval: a fraction, or none where it is infinite.
struct Bound {
    Fraction value = 0;
    bool finite = false;

    explicit Bound(double bound) : finite(!std::isinf(bound)) {
        if (finite) value = to_fraction(bound);
    }
};

ExactSolution ended(SolveStatus status) {
    ExactSolution solution;
    solution.status = status;
    return solution;
}

/// The textbook bounded simplex, everything computed anew for each pivot: few are needed, and none may be wrong.
class ExactSimplex {
public:
    ExactSimplex(const Problem& problem, const SolverOptions& options)
        : problem_(problem),
          options_(options),
          matrix_(problem.matrix),
          sign_(problem.sense == Sense::minimize ? 1 : -1) {
        for (int j = 0; j < problem.matrix.columns; ++j) {
            lower_.emplace_back(problem.lower[j]);
            upper_.emplace_back(problem.upper[j]);
            cost_.push_back(sign_ * to_fraction(problem.objective[j]));
        }
        for (int i = 0; i < problem.matrix.rows; ++i) {
            lower_.emplace_back(problem.row_lower[i]);
            upper_.emplace_back(problem.row_upper[i]);
            cost_.emplace_back(0);
        }
        working_cost_ = cost_;
    }

    ExactSolution run(const Basis& start) {
        load(start);
        auto status = SolveStatus::failed;
        for (; pivots_ < most_pivots; ++pivots_) {
            if (stopped()) return ended(SolveStatus::stopped);
            if (!compute()) break;
            status = step();
            if (status != SolveStatus::failed) break;
        }
        return answer(status);
    }

private:
    [[nodiscard]] bool stopped() const {
        return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed);
    }

    void load(const Basis& start) {
        const int columns = problem_.matrix.columns;
        for (int j = 0; j < matrix_.variables(); ++j) {
            const auto wish = j < columns ? start.columns[j] : start.rows[j - columns];
            if (wish == place::basic && static_cast<int>(head_.size()) < matrix_.rows()) {
                head_.push_back(j);
                place_.push_back(place::basic);
            } else {
                place_.push_back(nearest_place(wish, bound(j, false), bound(j, true)));
            }
        }
        for (int j = columns; static_cast<int>(head_.size()) < matrix_.rows(); ++j) {
            if (place_[j] == place::basic) continue;
            head_.push_back(j);
            place_[j] = place::basic;
        }
    }

    [[nodiscard]] double bound(int variable, bool upper) const {
        const int columns = problem_.matrix.columns;
        if (variable < columns) return upper ? problem_.upper[variable] : problem_.lower[variable];
        return upper ? problem_.row_upper[variable - columns] : problem_.row_lower[variable - columns];
    }

    [[nodiscard]] const Fraction& resting(int variable) const {
        static const Fraction zero = 0;
        if (place_[variable] == place::lower) return lower_[variable].value;
        return place_[variable] == place::upper ? upper_[variable].value : zero;
    }

    [[nodiscard]] bool fixed(int variable) const {
        return lower_[variable].finite && upper_[variable].finite && lower_[variable].value == upper_[variable].value;
    }

    /// Values, prices and reduced costs of the present basis.
    bool compute() {
        if (!factor_.build(problem_.matrix, matrix_, head_)) return false;
        value_.assign(matrix_.rows(), Fraction(0));
        for (int j = 0; j < matrix_.variables(); ++j) {
            if (place_[j] == place::basic || resting(j).is_zero()) continue;
            for (const auto& [row, entry] : matrix_.column(j)) value_[row] -= entry * resting(j);
        }
        factor_.solve(value_);
        compute_prices();
        return true;
    }

    void compute_prices() {
        price_.clear();
        for (const int j : head_) price_.push_back(working_cost_[j]);
        factor_.solve_transposed(price_);
        reduced_.assign(matrix_.variables(), Fraction(0));
        for (int j = 0; j < matrix_.variables(); ++j)
            if (place_[j] != place::basic) reduced_[j] = working_cost_[j] - matrix_.product(j, price_);
    }

    /// How far a basic variable is below (negative) or above its bounds.
    [[nodiscard]] Fraction outside(int position) const {
        const int j = head_[position];
        if (lower_[j].finite && value_[position] < lower_[j].value) return value_[position] - lower_[j].value;
        if (upper_[j].finite && value_[position] > upper_[j].value) return value_[position] - upper_[j].value;
        return 0;
    }

    [[nodiscard]] bool attractive(int variable) const {
        if (place_[variable] == place::basic || fixed(variable)) return false;
        const int sign = reduced_[variable].sign();
        return (sign < 0 && place_[variable] != place::upper) || (sign > 0 && place_[variable] != place::lower);
    }

    /// One pivot; failed: not there yet.
    SolveStatus step() {
        int worst = -1;
        double most = 0;
        for (int p = 0; p < matrix_.rows(); ++p) {
            const double miss = std::fabs(static_cast<double>(outside(p)));
            if (outside(p).is_zero() || (worst >= 0 && miss <= most)) continue;
            worst = p;
            most = miss;
        }
        if (worst >= 0) return dual_step(worst);
        if (std::exchange(shifted_, false)) {
            working_cost_ = cost_;
            compute_prices();
        }
        for (int j = 0; j < matrix_.variables(); ++j)
            if (attractive(j)) return primal_step(j);
        return SolveStatus::optimal;
    }

    /// Bland's rule: the first attractive variable enters, of those that block it the first leaves.
    SolveStatus primal_step(int entering) {
        const int direction = reduced_[entering].sign() < 0 ? 1 : -1;
        auto column = column_of(entering);
        int leaving = -1;
        bool at_upper = false;
        Fraction reach = 0;
        const bool may_flip = lower_[entering].finite && upper_[entering].finite;
        if (may_flip) reach = upper_[entering].value - lower_[entering].value;
        for (int p = 0; p < matrix_.rows(); ++p) {
            const int rate = -direction * column[p].sign();
            if (rate == 0) continue;
            const auto& limit = rate > 0 ? upper_[head_[p]] : lower_[head_[p]];
            if (!limit.finite) continue;
            Fraction room = abs((limit.value - value_[p]) / column[p]);
            const bool nearer = (leaving < 0 && !may_flip) || room < reach;
            if (!nearer && !(leaving >= 0 && room == reach && head_[p] < head_[leaving])) continue;
            leaving = p;
            at_upper = rate > 0;
            reach = std::move(room);
        }
        if (leaving < 0 && !may_flip) return keep_ray(entering, direction, column);
        if (leaving < 0)
            place_[entering] = direction > 0 ? place::upper : place::lower;
        else
            exchange(leaving, entering, at_upper ? place::upper : place::lower);
        return SolveStatus::failed;
    }

    SolveStatus dual_step(int position) {
        shift_costs();
        std::vector<Fraction> row(matrix_.rows());
        row[position] = 1;
        factor_.solve_transposed(row);
        const int sign = outside(position).sign() < 0 ? 1 : -1;
        int entering = -1;
        Fraction best = 0;
        for (int j = 0; j < matrix_.variables(); ++j) {
            if (place_[j] == place::basic || fixed(j)) continue;
            const Fraction entry = -sign * matrix_.product(j, row);  // what a rise of j adds towards the bound
            if (entry.is_zero()) continue;
            if (entry.sign() < 0 ? place_[j] == place::lower : place_[j] == place::upper) continue;
            Fraction ratio = abs(reduced_[j] / entry);
            if (entering >= 0 && ratio >= best) continue;
            entering = j;
            best = std::move(ratio);
        }
        if (entering < 0) {
            for (const auto& entry : row) ray_.push_back(static_cast<double>(entry));
            return SolveStatus::infeasible;
        }
        exchange(position, entering, sign > 0 ? place::lower : place::upper);
        return SolveStatus::failed;
    }

    /// Makes the basis dual feasible for other costs; the true ones come back once it is primal feasible.
    void shift_costs() {
        for (int j = 0; j < matrix_.variables(); ++j) {
            if (!attractive(j)) continue;
            working_cost_[j] -= reduced_[j];
            reduced_[j] = 0;
            shifted_ = true;
        }
    }

    [[nodiscard]] std::vector<Fraction> column_of(int variable) const {
        std::vector<Fraction> column(matrix_.rows());
        for (const auto& [row, entry] : matrix_.column(variable)) column[row] = entry;
        factor_.solve(column);
        return column;
    }

    void exchange(int position, int entering, signed char place_of_leaving) {
        place_[head_[position]] = place_of_leaving;
        place_[entering] = place::basic;
        head_[position] = entering;
    }

    SolveStatus keep_ray(int entering, int direction, const std::vector<Fraction>& column) {
        ray_.assign(problem_.matrix.columns, 0);
        if (entering < problem_.matrix.columns) ray_[entering] = direction;
        for (int p = 0; p < matrix_.rows(); ++p)
            if (head_[p] < problem_.matrix.columns) ray_[head_[p]] = -direction * static_cast<double>(column[p]);
        return SolveStatus::unbounded;
    }

    ExactSolution answer(SolveStatus status) {
        auto solution = ended(status);
        solution.ray = std::move(ray_);
        solution.pivots = pivots_;
        if (status == SolveStatus::failed) return solution;
        std::vector<Fraction> x(matrix_.variables());
        for (int j = 0; j < matrix_.variables(); ++j)
            if (place_[j] != place::basic) x[j] = resting(j);
        for (int p = 0; p < matrix_.rows(); ++p) x[head_[p]] = value_[p];
        for (int j = 0; j < problem_.matrix.columns; ++j) solution.x.push_back(static_cast<double>(x[j]));
        if (status != SolveStatus::optimal) return solution;
        Fraction objective = 0;
        for (int j = 0; j < problem_.matrix.columns; ++j)
            if (!cost_[j].is_zero()) objective += sign_ * cost_[j] * x[j];
        solution.objective = static_cast<double>(objective);
        solution.fraction = objective.str();
        for (const auto& price : price_) solution.row_duals.push_back(sign_ * static_cast<double>(price));
        return solution;
    }

    const Problem& problem_;
    const SolverOptions& options_;
    ExactMatrix matrix_;
    int sign_;
    std::vector<Bound> lower_, upper_;
    std::vector<Fraction> cost_, working_cost_;
    std::vector<int> head_;
    std::vector<signed char> place_;
    ExactFactor factor_;
    std::vector<Fraction> value_, price_, reduced_;
    std::vector<double> ray_;
    bool shifted_ = false;
    int pivots_ = 0;
};

}  // namespace

ExactSolution solve_exactly(const Problem& problem, const Basis& start, const SolverOptions& options) {
    for (int j = 0; j < problem.matrix.columns; ++j)
        if (problem.lower[j] > problem.upper[j]) return ended(SolveStatus::infeasible);
    for (int i = 0; i < problem.matrix.rows; ++i)
        if (problem.row_lower[i] > problem.row_upper[i]) return ended(SolveStatus::infeasible);
    return ExactSimplex(problem, options).run(start);
}

}  // namespace leaven::lp
