// The bounded simplex method for networks of reactions: thousands of nearly equal problems, each a few pivots from
// the last.
//
// After a change of bounds the dual method, with costs made unequal once ties hold it up; after a change of objective
// the primal one. Where the basis is neither primal nor dual feasible, the dual method runs on costs shifted until it
// is dual feasible for them, and the primal method goes on from there with the true ones.
//
// What it says is not believed by its caller, who checks the numbers and has Clp as a second way; so whatever does
// not go smoothly (a pivot too small, too many steps) simply ends as `failed`.
//
// References  Maros 2003, Computational Techniques of the Simplex Method; Koberstein 2005, thesis, Paderborn (bound
//             flipping, Harris' test with shifted costs); Forrest & Goldfarb 1992, doi:10.1007/BF01581089 (weights
//             of the dual method); Harris 1973, doi:10.1007/BF01580108 (of the primal one).
// Threads: one thread each; copies share only the matrix.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <leaven/lp/problem.hpp>
#include <leaven/lp/solver.hpp>

#include "factor.hpp"
#include "network.hpp"

namespace leaven::lp {

class Simplex {
public:
    Simplex(const Problem& problem, const SolverOptions& options);

    /// Costs are to be minimised, whatever the sense of the problem.
    void set_cost(int column, double cost);
    void set_bounds(int variable, double lower, double upper);

    /// From the present basis. Prices and ray are those of minimising.
    Solution solve();

    /// Drops what pivots have accumulated; the basis stays.
    void refresh() { factor_is_stale_ = true; }

    /// Without weights where they are not known.
    [[nodiscard]] Basis basis() const;
    [[nodiscard]] bool knows_weights() const { return dual_weights_are_known_; }

    /// One solve with the transposed basis for each row: worth it for a basis that many solves start from.
    void compute_weights();

    void restore(const Basis& basis);

private:
    enum class Outcome { done, infeasible, unbounded, stopped, failed };

    /// The variable to enter, its entry in the pivot row, and how many of `flips_` come before it.
    struct Entering {
        int variable = -1;
        double pivot = 0;
        std::size_t flips = 0;
    };
    struct Leaving {
        int position = -1;
        double step = 0;
        bool at_upper = false;
    };
    struct Breakpoint {
        int variable;
        double size;   // |entry in the pivot row|
        double slack;  // |reduced cost|
    };
    /// A basis and its factorisation, for those who come back to it.
    struct Saved {
        Basis basis;
        std::vector<int> head;
        Factor factor;
        std::uint64_t used = 0;
    };

    // simplex.cpp: solving
    Outcome optimise();
    Solution answer(Outcome outcome);
    void compute_values();
    void apply_shift();
    void compute_reduced_costs();
    void drop_cost_changes();
    [[nodiscard]] bool stopped() const;
    [[nodiscard]] bool primal_feasible() const;
    [[nodiscard]] double wrong_reduced_cost(int variable) const;
    void price_column(int variable);
    void price_row(int position);
    void multiply_row();
    [[nodiscard]] bool agree(double by_column, double by_row) const;
    void exchange(int position, int entering, double value, signed char place_of_leaving);

    // simplex_basis.cpp: which variables are where
    void put_out(int variable, signed char wish);
    void put_in(int variable);
    void set_mobile(int variable, bool mobile);
    void load_basis(const Basis& basis);
    void load_factor(const Basis& basis);
    [[nodiscard]] bool must_refactor() const;
    void refactor();
    bool rebuilt();
    void rename_positions();

    // simplex_dual.cpp
    Outcome dual();
    void make_dual_feasible();
    void perturb_costs();
    [[nodiscard]] int most_infeasible() const;
    void list_breakpoints(double sign);
    Entering choose_entering(double infeasibility);
    void take_dual_step(int position, const Entering& entering, bool below);
    void update_reduced_costs(int position, const Entering& entering);
    void flip_bounds(std::size_t count);
    void update_dual_weights(int position);

    // simplex_primal.cpp
    Outcome primal();
    void start_primal();
    void list_attractive();
    void note_attractive(int variable);
    int choose_attractive();
    [[nodiscard]] Leaving choose_leaving(double direction) const;
    void take_flip(int variable, double direction);
    void take_primal_step(int entering, const Leaving& leaving, double direction);
    void keep_ray(int entering, double direction);
    double weigh_exactly(int entering);
    void update_prices(int position, int entering);
    void estimate_dual_weights(int position);

    std::shared_ptr<const Network> network_;
    SolverOptions options_;
    int rows_;
    int columns_;
    std::vector<double> lower_, upper_, cost_;  // of all variables

    // The basis.
    std::vector<int> head_;           // variable at each position
    std::vector<int> position_;       // of each variable, -1 outside the basis
    std::vector<signed char> place_;  // of each variable
    std::vector<int> mobile_;         // outside the basis and between bounds that differ: what can enter
    std::vector<int> mobile_at_;      // where each variable stands in that list, -1 where it does not
    Factor factor_;
    Elimination elimination_;
    std::vector<Saved> saved_;
    std::uint64_t clock_ = 0;

    // Values: outside the basis by variable, in the basis by position.
    std::vector<double> value_;
    std::vector<double> base_value_, base_lower_, base_upper_;
    SparseVector shift_;                // columns times what variables moved since then, not yet taken into base_value_
    std::vector<double> working_cost_;  // cost_ with what perturbing and shifting added
    std::vector<double> reduced_;       // of mobile variables, for the working costs

    bool factor_is_stale_ = true;
    bool values_are_stale_ = true;
    bool reduced_are_stale_ = true;
    bool costs_are_changed_ = false;  // working_cost_ differs from cost_
    bool has_shift_ = false;

    // Weights that make steps of different variables comparable.
    std::vector<double> dual_weight_;    // by position: |row of B^-1|^2, or 1 where not known
    std::vector<double> primal_weight_;  // by variable: |column of B^-1 A|^2 within the framework, as in Devex
    std::vector<double> in_framework_;   // 1 or 0
    bool dual_weights_are_known_ = false;
    bool primal_weights_are_known_ = false;
    int estimates_ = 0;  // pivots that only estimated the dual weights

    // Scratch.
    SparseVector row_;        // a row of B^-1
    SparseVector pivot_row_;  // times the columns of what can enter
    SparseVector column_;     // B^-1 times the entering column
    SparseVector other_;      // for the weights
    std::vector<Entry> spike_;
    std::vector<Entry> partial_;
    std::vector<Breakpoint> breakpoints_;
    std::vector<int> flips_;
    std::vector<int> attractive_;  // mobile variables with a reduced cost of the wrong sign, and some that had one
    std::vector<char> is_attractive_;
    std::vector<double> ray_;
    std::int64_t iterations_ = 0;
    std::int64_t iteration_limit_ = 0;
};

}  // namespace leaven::lp
