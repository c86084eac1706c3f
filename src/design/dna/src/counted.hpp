// Terms of the objective that depend on how often a codon, or G and C, occurs: concave in the counts.
#pragma once

#include "goals.hpp"
#include "lattice.hpp"

namespace leaven::dna {

/// Multipliers on the counts. For any of them, best path at these prices + `best_counts` is a bound.
class CountedTerms {
public:
    explicit CountedTerms(const Model& model);

    [[nodiscard]] bool none() const { return model_.matches.empty() && model_.gc_goals.empty(); }

    /// Adds what the multipliers give to every codon and base.
    void price(Prices& prices) const;

    /// The greatest worth of any counts less what they would be priced; leaves those counts for `move`.
    double best_counts();

    /// How far the counts of an answer are from the best ones; leaves them for `move`. The square of that distance.
    double distance(std::string_view letters);

    void move(double step);
    void forget();

    /// For each match term the counts of `best_counts`.
    [[nodiscard]] const std::vector<PerCodon>& wanted() const { return wanted_; }

private:
    const Model& model_;
    std::vector<PerCodon> price_;
    std::vector<PerCodon> wanted_;
    std::vector<PerCodon> away_;
    std::vector<double> gc_price_;
    std::vector<double> gc_wanted_;
    std::vector<double> gc_away_;
    std::vector<std::array<double, 256>> sites_;  // of each amino acid
};

}  // namespace leaven::dna
