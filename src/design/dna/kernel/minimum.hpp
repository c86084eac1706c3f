// The recursion of Zuker and Stiegler over all intervals of one or two strands: energies by interval, and the
// structure behind them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "energy_tables.hpp"

namespace leaven::dna {

/// What joining at the innermost pair between two strands costs besides; may be empty.
using NickCost = std::function<Energy(int i, int j)>;

class Minimum {
public:
    explicit Minimum(const EnergyTables& tables) : tables_(&tables) { make_loops(); }

    /// Errors  cancelled
    Status run(const Strands& strands, const Context& context, NickCost nick_cost = {});

    /// The least energy; of two strands joined or apart.
    [[nodiscard]] Energy energy() const { return std::min(apart_, joined_); }

    /// Of two strands that pair with one another, duplex initiation included; `forbidden` where they cannot.
    [[nodiscard]] Energy joined_energy() const { return joined_; }

    /// Of the first `end` bases by themselves, as the start of their strand. Requires  end <= nick
    [[nodiscard]] Energy prefix_energy(int end) const { return prefix_[0][at(end)]; }

    /// For each base its partner or -1, in a structure of least energy; of joined strands only where `joined`.
    [[nodiscard]] std::vector<int> partners(bool joined) const;
    [[nodiscard]] std::vector<int> partners() const { return partners(joined_ < apart_); }

private:
    struct Step;
    static constexpr int window = 32;  // rows of the ring, lanes of a row: the bases that an interior loop can reach

    void make_loops();
    void start();
    void fill_row(int i);
    [[nodiscard]] Energy pair_energy(int i, int j) const;
    [[nodiscard]] Energy nick_energy(int i, int j) const;
    [[nodiscard]] Energy small_loops(int i, int j, int outer) const;
    [[nodiscard]] Energy best_interior(int i, int j, int outer) const;
    [[nodiscard]] Energy joined_at(int i, int j) const;
    void remember(int i, int j, Energy energy);
    void fill_prefix(int strand);
    void close_strands();

    void trace_suffix(const Step& step, std::vector<Step>& todo) const;
    void trace_prefix(const Step& step, std::vector<Step>& todo) const;
    void trace_pair(const Step& step, std::vector<Step>& todo) const;
    void trace_multi(const Step& step, std::vector<Step>& todo) const;
    void trace_split(int i, int j, Energy energy, std::vector<Step>& todo) const;
    bool trace_nick(const Step& step, Energy energy, std::vector<Step>& todo) const;
    bool trace_interior(const Step& step, Energy energy, std::vector<Step>& todo) const;

    [[nodiscard]] int begin_of(int strand) const { return strand == 0 ? 0 : strands_->nick; }
    [[nodiscard]] int end_of(int strand) const { return strand == 0 ? strands_->nick : strands_->size(); }
    [[nodiscard]] Energy& pair(int i, int j) { return pair_[row(i) + at(j)]; }
    [[nodiscard]] Energy pair(int i, int j) const { return pair_[row(i) + at(j)]; }
    [[nodiscard]] Energy multi(int i, int j) const { return multi_[column(j) + at(i)]; }
    [[nodiscard]] std::size_t row(int i) const { return at(i) * at(n_) - at(i) * (at(i) + 1) / 2; }
    [[nodiscard]] static std::size_t column(int j) { return at(j) * (at(j) + 1) / 2; }
    [[nodiscard]] std::size_t ring_width() const { return at(n_ + 2 * window); }
    [[nodiscard]] std::size_t ring_row(int p) const { return at(p % window) * ring_width(); }
    [[nodiscard]] const Energy* ring(const std::vector<Energy>& rows, int p) const {
        return rows.data() + ring_row(p) + window;
    }

    const EnergyTables* tables_;
    const Strands* strands_ = nullptr;
    NickCost nick_cost_{};
    int n_ = 0;
    std::vector<Energy> pair_;   // by row: i and j pair
    std::vector<Energy> multi_;  // by column: at least one branch of a multiloop
    std::vector<Energy> row_;    // multi_ of the row at hand
    std::vector<Energy> split_;  // at least two branches, of the row at hand
    std::vector<Energy> last_split_;

    // Pairs with what they add to an interior loop that they close from inside, for the last rows.
    std::vector<Energy> generic_;
    std::vector<Energy> one_by_n_;
    std::vector<Energy> bulge_;

    // What loops of given sides cost, the longer index running backwards: lane k is the base j - window + k.
    Energy generic_loop_[window][window];
    Energy one_by_n_loop_[window];
    Energy bulge_loop_[window];

    std::vector<Energy> suffix_[2];  // of each strand: the best of i … end, outside all pairs
    std::vector<Energy> prefix_[2];  // and of begin … j-1; the index counts from the strand's begin
    Energy apart_ = 0;
    Energy joined_ = forbidden;
};

}  // namespace leaven::dna
