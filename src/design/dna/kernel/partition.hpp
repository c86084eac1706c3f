// McCaskill's sums over all structures of one or two strands, and pair probabilities as their derivatives.
//
// The inside sums are those of the least-energy recursion with products for sums and sums for minima, made unambiguous:
// a stretch of a multiloop is cut before its last branch. The way back takes each of their equations in the opposite
// order and passes the derivative of ln Z from the left side to the right side.
#pragma once

#include <vector>

#include "energy_tables.hpp"

namespace leaven::dna {

class Partition {
public:
    explicit Partition(const EnergyTables& tables);

    /// `least` is the least energy of the strands, by which the sums are scaled.
    ///
    /// Errors  cancelled;  bad_input  a sum leaves the range of numbers
    Status run(const Strands& strands, Energy least, const Context& context);

    [[nodiscard]] double energy_kcal() const { return energy_kcal_; }
    [[nodiscard]] double probability(int i, int j) const { return pair_[row(i) + at(j)] * d_pair_[row(i) + at(j)]; }

private:
    void start(Energy least);
    void fill_row(int i);
    void fill_prefix(int strand);
    void close_strands();
    [[nodiscard]] double pair_sum(int i, int j) const;

    void back_joined(double d_joined);
    void back_prefix(int strand);
    void back_suffix(int i, int strand);
    void back_row(int i);
    void back_stretch(int i, int j);
    void back_pair(int i, int j);

    /// Visits each (p, q) inside (i, j) with the weight of the loop between.
    template <class F>
    void each_interior(int i, int j, F&& visit) const;

    [[nodiscard]] double weight(Energy energy) const;
    [[nodiscard]] double exterior(int i, int j) const { return weight(tables_->exterior(*strands_, i, j)); }
    [[nodiscard]] double multi(int i, int j) const { return weight(tables_->multi(*strands_, i, j)); }
    [[nodiscard]] double nick_weight(int i, int j) const { return exterior(j, i) * scale_[2]; }
    [[nodiscard]] double closing(int i, int j) const { return multi(j, i) * multi_closing_ * scale_[2]; }
    [[nodiscard]] bool pairs(int i, int j) const {
        return strands_->far(i, j) && tables_->kind(*strands_, i, j) != no_pair;
    }
    /// No stretch of a multiloop begins or ends where the strands meet.
    [[nodiscard]] bool blocked(int i, int j) const { return i == strands_->nick || j == strands_->nick - 1; }
    [[nodiscard]] int begin_of(int strand) const { return strand == 0 ? 0 : strands_->nick; }
    [[nodiscard]] int end_of(int strand) const { return strand == 0 ? strands_->nick : strands_->size(); }
    [[nodiscard]] std::size_t row(int i) const { return at(i) * at(n_) - at(i) * (at(i) + 1) / 2; }
    [[nodiscard]] static std::size_t column(int j) { return at(j) * (at(j) + 1) / 2; }

    const EnergyTables* tables_;
    const Strands* strands_ = nullptr;
    int n_ = 0;
    double kt_ = 0;        // in units of Energy
    double unpaired_ = 1;  // a base of a multiloop, scaled
    double multi_closing_ = 1;
    double initiation_ = 1;
    double energy_kcal_ = 0;
    std::vector<double> weights_;  // exp(-energy / kT) of the usual range
    std::vector<double> scale_;    // by the number of bases

    std::vector<double> pair_;      // by row
    std::vector<double> stretch_;   // by row: one branch or more of a multiloop
    std::vector<double> last_one_;  // by column: one branch that begins at i, unpaired bases after it
    std::vector<double> ahead_;     // by column: one branch, unpaired bases before and after it
    std::vector<double> split_;     // by row: two branches or more
    std::vector<double> suffix_[2];
    std::vector<double> prefix_[2];

    std::vector<double> d_pair_;
    std::vector<double> d_stretch_;
    std::vector<double> d_last_one_;
    std::vector<double> d_ahead_;
    std::vector<double> d_split_;
    std::vector<double> d_suffix_[2];
    std::vector<double> d_prefix_[2];
};

}  // namespace leaven::dna
